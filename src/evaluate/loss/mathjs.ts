/**
 * mathjs behind two functions: parse a text, differentiate a node. Loaded when the first loss typed by a user is read.
 *
 * mathjs is never asked to evaluate, to simplify or to hold a number: unbound names can be units, `1:1e9` can exhaust the
 * memory, and literals are rounded. Its trees are walked against a whitelist by the callers.
 */
import type { MathInstance, MathNode } from 'mathjs/lib/browser/math.js';

export type { MathInstance, MathNode };

let loaded: MathInstance | null = null;

/** An instance of its own: configuring it would change no other user of the library. */
export async function loadMathjs(): Promise<MathInstance> {
  if (loaded === null) {
    const { default: math } = await import('mathjs/lib/browser/math.js');
    loaded ??= math.create(math.all);
  }
  return loaded;
}
