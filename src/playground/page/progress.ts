/** What the engine does now, for how long, and the button that stops it. */
import { byId } from './dom.ts';
import type { LaneListener, Lane } from './lane.ts';
import type { EngineReply, EngineRequest } from '../protocol.ts';

/** Work that is over sooner is not announced. */
const QUIET_MILLISECONDS = 250;

export class ProgressBox {
  readonly #box: HTMLElement;
  readonly #stage: HTMLElement;
  readonly #time: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #lane: Lane;
  #timer: ReturnType<typeof setInterval> | undefined;
  #started = 0;
  #limit: number | null = null;
  #isStoppedByHand = false;

  /** `id` is that of the box; its parts are `id`-stage, `id`-time, `id`-bar and `id`-stop. */
  constructor(id: string, lane: Lane) {
    this.#box = byId(id, HTMLElement);
    this.#stage = byId(`${id}-stage`, HTMLElement);
    this.#time = byId(`${id}-time`, HTMLElement);
    this.#bar = byId(`${id}-bar`, HTMLProgressElement);
    this.#lane = lane;
    byId(`${id}-stop`, HTMLButtonElement).addEventListener('click', () => {
      this.#isStoppedByHand = true;
      lane.stop();
    });
  }

  /** Whether the reader stopped what was asked last. */
  get isStoppedByHand(): boolean {
    return this.#isStoppedByHand;
  }

  /** Asks and shows how it goes; `limit` is the seconds behind which the engine gives up by itself. */
  ask(
    request: EngineRequest,
    { onReply, onEnd }: Omit<LaneListener, 'onStart'>,
    { limit = null, whenBusy = 'stop' }: { readonly limit?: number | null; readonly whenBusy?: 'stop' | 'wait' } = {},
  ): void {
    this.#isStoppedByHand = false;
    this.#lane.ask(
      request,
      {
        onStart: () => this.#begin(limit),
        onReply: reply => {
          if (reply.kind === 'stage') this.#stage.textContent = reply.text;
          else onReply(reply);
        },
        onEnd: how => {
          this.#end(how);
          onEnd(how);
        },
      },
      whenBusy,
    );
  }

  #begin(limit: number | null): void {
    clearInterval(this.#timer);
    this.#started = performance.now();
    this.#limit = limit;
    this.#stage.textContent = 'starting';
    this.#box.dataset.state = 'waiting';
    if (limit === null) this.#bar.removeAttribute('value');
    this.#tick();
    this.#timer = setInterval(() => this.#tick(), 100);
  }

  #tick(): void {
    const passed = performance.now() - this.#started;
    if (passed > QUIET_MILLISECONDS) this.#box.dataset.state = 'busy';
    this.#time.textContent = `${(passed / 1000).toFixed(1)} s`;
    if (this.#limit !== null) this.#bar.value = Math.min(1, passed / 1000 / this.#limit);
  }

  #end(how: 'done' | 'stopped'): void {
    clearInterval(this.#timer);
    this.#box.dataset.state = how;
  }
}

/** A refusal or a mistake of the program as HTML; null for every other reply. */
export function failureHtml(reply: EngineReply): string | null {
  if (reply.kind === 'refused') return reply.html;
  if (reply.kind !== 'crashed') return null;
  const text = document.createElement('p');
  text.textContent = `The engine made a mistake of its own: ${reply.message}`;
  text.className = 'message';
  return text.outerHTML;
}
