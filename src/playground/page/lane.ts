/** A worker for one kind of question: the newest one counts, and what is under way is ended by ending the worker. */
import type { EngineSource } from './engine-source.ts';
import type { EngineReply, EngineRequest, Numbered } from '../protocol.ts';

export interface LaneListener {
  readonly onStart: () => void;
  readonly onReply: (reply: EngineReply) => void;
  /** All replies are there, or none will come any more. */
  readonly onEnd: (how: 'done' | 'stopped') => void;
}

export class Lane {
  readonly #source: EngineSource;
  #worker: Worker | null = null;
  #number = 0;
  #asked: LaneListener | null = null;
  #waiting: (() => void) | null = null;

  constructor(source: EngineSource) {
    this.#source = source;
  }

  /** Loads the engine, so that the first question finds it there. */
  warm(): void {
    this.#worker ??= this.#start();
  }

  /** Asks; an earlier question that is not answered yet is stopped, or waited for by the newest one. */
  ask(request: EngineRequest, listener: LaneListener, whenBusy: 'stop' | 'wait' = 'stop'): void {
    if (whenBusy === 'wait' && this.#asked !== null) {
      this.#waiting = () => this.#send(request, listener);
      return;
    }
    this.stop();
    this.#send(request, listener);
  }

  /** Ends what is under way. */
  stop(): void {
    const asked = this.#asked;
    this.#waiting = null;
    if (asked === null) return;
    this.#asked = null;
    this.#worker?.terminate();
    this.#worker = null;
    asked.onEnd('stopped');
  }

  #send(request: EngineRequest, listener: LaneListener): void {
    this.warm();
    this.#number += 1;
    this.#asked = listener;
    this.#worker?.postMessage({ number: this.#number, message: request } satisfies Numbered<EngineRequest>);
    listener.onStart();
  }

  #start(): Worker {
    const worker = new Worker(this.#source.url, { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Numbered<EngineReply>>) => this.#take(data);
    worker.onerror = event => {
      if (worker === this.#worker)
        this.#take({ number: this.#number, message: { kind: 'crashed', message: event.message } }, true);
    };
    return worker;
  }

  #take({ number, message }: Numbered<EngineReply>, isLast = false): void {
    const asked = this.#asked;
    if (number !== this.#number || asked === null) return;
    if (message.kind !== 'done') asked.onReply(message);
    if (message.kind !== 'done' && !isLast) return;
    this.#asked = null;
    asked.onEnd('done');
    const next = this.#waiting;
    this.#waiting = null;
    next?.();
  }
}
