/** A refuted claim that holds as something else than its keys say: what authors leave out most often is that n is large. */
import { statesMotion } from '../../notation/kinds.ts';
import type { Claim, Verdict } from '../../document/model.ts';
import { hasOneLoss } from '../../notation/settings.ts';
import { mentionsIteration } from '../unsupported.ts';

/** A key with which a claim holds. */
export interface OtherReading {
  /** As typed behind the id of the claim. */
  readonly key: string;
  readonly verdict: Verdict;
}

/**
 * `limit=large-n` where an equation of motion in the full batch, without n in it, is proved for n → ∞; null otherwise. `judge` judges the
 * claim as it would stand with the key.
 */
export function otherReading(claim: Claim, judge: (claim: Claim) => Verdict): OtherReading | null {
  const { limit, statements, setting } = claim;
  if (limit !== null || !hasOneLoss(setting) || statements.length === 0) return null;
  if (!statements.every(statement => statesMotion(statement) && !mentionsIteration(claim, statement))) return null;
  const verdict = judge({ ...claim, limit: 'large-n' });
  return verdict === 'proved' ? { key: 'limit=large-n', verdict } : null;
}

/** In words, for a note. */
export const readingNote = ({ key, verdict }: OtherReading, { notation }: Claim): string =>
  `after many steps, for large ${notation.iteration}, it is ${verdict}: say ${key}`;
