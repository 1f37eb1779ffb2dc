/** Keys of a claim that make it readable. */
import { keyed } from './comment-edits.ts';
import type { Fix } from './edit.ts';
import type { Mistake } from './entry-text.ts';

/** A claim in a file of several optimizers that does not say which: their hyperparameters and losses are not known to it. */
export function* otherAbout(mistake: Mistake): Generator<Fix> {
  const { problem, entry, optimizers } = mistake;
  const isOfOptimizer = problem.code === 'missing-about' || problem.code === 'undefined-name';
  if (!isOfOptimizer || entry.annotation.kind !== 'claim' || entry.annotation.keys.some(({ key }) => key === 'about'))
    return;
  if (problem.code === 'undefined-name' && optimizers.length < 2) return;
  for (const id of optimizers.toReversed())
    yield {
      edits: keyed(mistake, 'about', id),
      code: 'missing-about',
      ...(problem.code === 'undefined-name' ? { place: entry.body } : {}),
      message: 'it is not said which optimizer this claim is about',
      hint: `Say which optimizer it is about, as about=${id}.`,
    };
}

export function* otherKeys(mistake: Mistake): Generator<Fix> {
  const { problem } = mistake;
  switch (problem.code) {
    case 'unindexed-loss':
      yield { edits: keyed(mistake, 'setting', 'full-batch'), hint: problem.hint ?? 'Say setting=full-batch.' };
      return;
    case 'vector-product':
    case 'vector-quotient':
      yield { edits: keyed(mistake, 'vector', 'componentwise'), hint: problem.hint ?? 'Say vector=componentwise.' };
      return;
  }
}
