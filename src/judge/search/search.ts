/**
 * What is searched for where nothing is proved and no sample refuted: violations of inequalities, and zeros of what stands
 * under a sign or a bar. The work is counted; a search that ends early leaves the statement open.
 */
import { atMost } from '../../base/work.ts';
import { BudgetSpent } from '../../base/budget.ts';
import { compareSides } from '../question/compare-sides.ts';
import { withDefinitions } from '../stated/stated-formulas.ts';
import type { Found } from '../refute/refute.ts';
import type { Sample } from '../sample/sample.ts';
import { PolynomialLoss } from '../../evaluate/loss/polynomial-loss.ts';
import { atIteration } from './variables.ts';
import { searchBreaks } from './search-breaks.ts';
import { searchGap } from './search-gap.ts';
import type { Noted, Searched, SearchTask } from './search-task.ts';

export interface SearchOutcome {
  readonly found: Found | null;
  readonly open: string | null;
}

const GAP_WORK = 3_000_000;
const BREAKS_WORK = 3_000_000;
const LOSSES_SHOWN = 1;
const NOTHING = { found: null, open: null } as const;

/** Only statements about values at a sample are searched: no limit, regime, expansion or equation of motion. */
export const isSearched = ({ statement, question }: Pick<SearchTask, 'statement' | 'question'>): boolean =>
  !question.along && !question.epoch && statement.kind === 'identity' && statement.remainder === null;

export function search(given: Omit<SearchTask, 'formulas'>): SearchOutcome {
  if (!isSearched(given)) return NOTHING;
  const { claim, statement, question } = given;
  const formulas = withDefinitions([statement.left, statement.right], claim.definitions);
  const task: SearchTask = { ...given, formulas };
  const isPlainOrder = question.relation !== '=' && question.relationAt === undefined;
  const first = within(BREAKS_WORK, noted => searchBreaks(task, noted));
  const searched = first.found ? first : isPlainOrder ? within(GAP_WORK, noted => searchGap(task, noted)) : NOTHING;
  if (searched.found) {
    const sample = tidied(searched.found, task);
    const difference = compareSides(question, sample, task.digits);
    if (difference.kind === 'differ') return { found: { sample, difference }, open: null };
  }
  return { found: null, open: first.open ?? searched.open };
}

/** The same violation without losses where it needs none, and at the smallest n that halving leads to: shrinking has less to do. */
function tidied(found: Sample, { question, holds, digits }: SearchTask): Sample {
  const isViolated = (sample: Sample): boolean =>
    holds(sample) && compareSides(question, sample, digits).kind === 'differ';
  const none = new PolynomialLoss([]);
  // What reads no loss needs none to be shown.
  const bare: Sample = { ...found, losses: found.losses.slice(0, LOSSES_SHOWN).map(() => none), earlierLosses: [] };
  let best = isViolated(bare) ? bare : found;
  let below = 0;
  while (best.n - below > 1) {
    const middle = atIteration(best, Math.floor((below + best.n) / 2), question.space);
    if (middle && middle.n < best.n && isViolated(middle)) best = middle;
    else if (middle && middle.n > below) below = middle.n;
    else break;
  }
  const short: Sample = { ...best, losses: best.losses.slice(0, LOSSES_SHOWN) };
  return isViolated(short) ? short : best;
}

/** A search that takes too much work says what it has found open until then. */
function within(units: number, action: (noted: Noted) => Searched): Searched {
  const noted: Noted = { open: null };
  const spent = (): Searched => ({ found: null, open: noted.open });
  try {
    return atMost(units, () => action(noted), spent);
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    return spent();
  }
}
