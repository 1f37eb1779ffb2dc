/** Another program's opinion: questions to nerdamer and mathjs in a worker that is ended when an answer takes too long. */
import { Worker } from 'node:worker_threads';

export type Answer =
  | { readonly kind: 'text'; readonly text: string }
  /** The library threw. */
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'no answer in time' };

export type Library = 'nerdamer' | 'mathjs';
type Arguments = readonly (string | Readonly<Record<string, string>>)[];

/** Milliseconds. */
const LONGEST = 20_000;

export class Oracle {
  readonly #longest: number;
  #worker: Worker | null = null;
  #count = 0;

  constructor(longest = LONGEST) {
    this.#longest = longest;
  }

  /** One question at a time. */
  async ask(library: Library, action: string, ...args: Arguments): Promise<Answer> {
    this.#worker ??= new Worker(new URL('./worker.mjs', import.meta.url));
    const worker = this.#worker;
    const id = ++this.#count;
    return await new Promise<Answer>((resolve, reject) => {
      const late = setTimeout(() => {
        this.#worker = null;
        void worker.terminate().then(() => resolve({ kind: 'no answer in time' }));
      }, this.#longest);
      worker.once('message', (answer: Answer & { readonly id: number }) => {
        clearTimeout(late);
        if (answer.id !== id) reject(new Error('an answer to another question'));
        else resolve(answer);
      });
      worker.once('error', reject);
      worker.postMessage({ id, library, action, args });
    }).finally(() => {
      worker.removeAllListeners('message');
      worker.removeAllListeners('error');
    });
  }

  /** The text of an answer; where there is none, why, in brackets. */
  async text(library: Library, action: string, ...args: Arguments): Promise<string> {
    const answer = await this.ask(library, action, ...args);
    return answer.kind === 'text' ? answer.text : `(${answer.kind})`;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = null;
  }
}
