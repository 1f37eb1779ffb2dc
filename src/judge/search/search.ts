/**
 * What is searched for where nothing is proved and no sample refuted: violations of inequalities, and zeros of what stands
 * under a sign or a bar. The work is counted; a search that ends early leaves the statement open.
 */
import { atMost } from '../../base/work.ts';
import { BudgetSpent } from '../../base/budget.ts';
import { isAboutOrder } from '../numeric/compare-order.ts';
import { compareSides } from '../numeric/compare-sides.ts';
import { extremeDigits } from '../sample/extreme-numbers.ts';
import { withDefinitions } from '../stated/stated-formulas.ts';
import type { Found } from '../refute/refute.ts';
import type { Sample } from '../sample/sample.ts';
import { PolynomialLoss } from '../../evaluate/loss/polynomial-loss.ts';
import { atIteration } from './variables.ts';
import { searchLimit } from './far-limits.ts';
import { openBetween } from './meet/between-integers.ts';
import { lookDeeper } from './more-digits.ts';
import { oscillationOf } from './oscillation.ts';
import { searchBreaks } from './search-breaks.ts';
import { searchGap } from './search-gap.ts';
import { searchInside } from './search-inside.ts';
import type { Noted, Searched, SearchTask } from './search-task.ts';

export interface SearchOutcome {
  readonly found: Found | null;
  readonly open: string | null;
  /** The digits in which what is found shows, where they are more than those asked for. */
  readonly digits?: number;
}

const GAP_WORK = 3_000_000;
const BREAKS_WORK = 3_000_000;
const OSCILLATION_WORK = 300_000;
const BETWEEN_WORK = 300_000;
const INSIDE_WORK = 1_000_000;
const LIMITS_WORK = 3_000_000;
const DEEPER_WORK = 3_000_000;
/** Powers of ten that digits tell apart from 0. */
const MOST_POWERS = 300;
const LOSSES_SHOWN = 1;
const NOTHING = { found: null, open: null } as const;

/** Only statements about values at a sample are searched: no limit, regime, expansion or equation of motion. */
export const isSearched = ({ statement, question }: Pick<SearchTask, 'statement' | 'question'>): boolean =>
  !question.along && !question.epoch && statement.kind === 'identity' && statement.remainder === null;

export function search(given: Omit<SearchTask, 'formulas'>): SearchOutcome {
  const nearby = isSearched(given) ? searchValues(given) : NOTHING;
  if (nearby.found || nearby.open !== null) return nearby;
  // tanh x < 1 − 10^{−600} fails where no digits tell the two sides apart.
  if (isAboutOrder(given.question) && extremeDigits({ ...given, optimizer: null }) > MOST_POWERS)
    return { found: null, open: 'numbers are typed that the digits hardly reach' };
  return given.question.along ? limit(given) : deeper(given);
}

/** What has a limit for small hyperparameters may have none for large ones. */
function limit(given: Omit<SearchTask, 'formulas'>): SearchOutcome {
  const { question, digits } = given;
  if (question.space.decay !== 'slow') return NOTHING;
  const { found, open } = within(LIMITS_WORK, () => searchLimit(given));
  const difference = found && compareSides(question, found, digits);
  return found && difference?.kind === 'differ'
    ? { found: { sample: found, difference }, open: null }
    : { found: null, open };
}

/** Agreement to some digits, looked at with more. */
function deeper(given: Omit<SearchTask, 'formulas'>): SearchOutcome {
  const { question } = given;
  const { found, open, digits } = atMost(
    DEEPER_WORK,
    () => lookDeeper(given),
    () => ({ found: null, open: null, digits: given.digits }),
  );
  const difference = found && compareSides(question, found, digits);
  return found && difference?.kind === 'differ'
    ? { found: { sample: found, difference }, open: null, digits }
    : { found: null, open };
}

function searchValues(given: Omit<SearchTask, 'formulas'>): SearchOutcome {
  const { claim, statement, question } = given;
  const formulas = withDefinitions([statement.left, statement.right], claim.definitions);
  const task: SearchTask = { ...given, formulas };
  const isPlainOrder = question.relation !== '=' && question.relationAt === undefined;
  const first = within(BREAKS_WORK, noted => searchBreaks(task, noted));
  const gap = first.found ? first : isPlainOrder ? within(GAP_WORK, noted => searchGap(task, noted)) : NOTHING;
  const inside = gap.found || !isPlainOrder ? NOTHING : within(INSIDE_WORK, () => searchInside(task));
  const searched = inside.found ? inside : gap;
  if (searched.found) {
    const sample = tidied(searched.found, task);
    const difference = compareSides(question, sample, task.digits);
    if (difference.kind === 'differ') return { found: { sample, difference }, open: null };
  }
  const oscillates = isPlainOrder
    ? within(OSCILLATION_WORK, () => ({ found: null, open: oscillationOf(task) }))
    : NOTHING;
  const between = isPlainOrder ? within(BETWEEN_WORK, () => ({ found: null, open: openBetween(task) })) : NOTHING;
  return { found: null, open: first.open ?? searched.open ?? between.open ?? oscillates.open };
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
