/**
 * Do two sides differ at a sample? Their values are enclosed: they differ where the enclosures are disjoint, also with more
 * digits, and agree where these overlap and are narrow beside the values. What cancels is looked at with more digits; what
 * stays open is no evidence, and nothing counts as equal because both sides are small.
 */
import { type Ball, isApart, mayBeZero } from '../../evaluate/ring/ball.ts';
import { ballRing, precisionsFrom } from '../../evaluate/ring/enclose.ts';
import type { BigFloat } from '../../number/big-float.ts';
import { compareInOrder, isAboutOrder } from './compare-order.ts';
import type { Comparison, Outcome, Question } from '../question.ts';
import type { Sample } from '../sample/sample.ts';

/** Digits computed beyond those that are asked for. */
const GUARD_DIGITS = 12;
const BITS_A_DIGIT = Math.log2(10);
/** Digits with which a comparison at `digits` digits begins. */
export const workingDigits = (digits: number): number => digits + GUARD_DIGITS;
/** Two sums that cancel to so many times the digits asked for show nothing, and leave nothing to see. */
const CANCELLED = 2;

type Rows = readonly (readonly Ball[])[];
interface Cell {
  readonly row: number;
  readonly component: number;
  readonly claimed: Ball;
  readonly derived: Ball;
}

/** What one entry says: `zero` exactly on both sides; `cancelled`, where both contain zero; `open`, where nothing is told. */
type CellOutcome = 'agree' | 'differ' | 'zero' | 'cancelled' | 'open';

function* cells(claimed: Rows, derived: Rows): Generator<Cell> {
  for (const [row, values] of claimed.entries()) {
    const opposite = derived[row];
    if (!opposite || opposite.length !== values.length) throw new Error('the two sides have rows of different lengths');
    for (const [component, value] of values.entries()) {
      const other = opposite[component];
      if (other === undefined) throw new Error('a component is missing');
      yield { row, component, claimed: value, derived: other };
    }
  }
}

const sizeOf = ({ length, exponent }: BigFloat): number => length + exponent;
const isExactZero = ({ mantissa, radius }: Ball): boolean => mantissa === 0n && radius === 0;
/** log2 of the error. */
const errorOf = ({ radius, scale }: Ball): number => Math.log2(radius) + scale;

function judgeCell({ claimed, derived }: Cell, digits: number, working: number): CellOutcome {
  if (isExactZero(claimed) && isExactZero(derived)) return 'zero';
  const difference = ballRing(working).subtract(claimed, derived);
  if (!isExactZero(difference) && isApart(difference)) return 'differ';
  const bits = digits * BITS_A_DIGIT;
  const surely = [claimed, derived].filter(value => !mayBeZero(value));
  if (surely.length === 2) {
    const size = Math.max(...surely.map(sizeOf)) - 1;
    return isExactZero(difference) || errorOf(difference) <= size - bits ? 'agree' : 'open';
  }
  return surely.length === 0 && errorOf(difference) <= -CANCELLED * bits ? 'cancelled' : 'open';
}

interface Values {
  readonly claimed: Outcome;
  readonly derived: Outcome;
}

const valuesAt = (question: Question, sample: Sample, digits: number): Values => {
  const derived = question.derived(sample, digits);
  return { derived, claimed: derived.kind === 'unusable' ? derived : question.claimed(sample, digits) };
};

/** The comparison at one precision. `open`: more digits may tell; `rest` is what is to be said if there are none. */
type Look = Comparison | { readonly kind: 'open'; readonly rest: Comparison };

const TOO_CLOSE = 'the digits do not tell whether the two sides differ';

function look(question: Question, sample: Sample, digits: number, working: number): Look {
  const { claimed, derived } = valuesAt(question, sample, working);
  if (derived.kind === 'unusable') return { kind: 'unusable', reason: derived.reason };
  if (claimed.kind === 'unusable') return { kind: 'unusable', reason: claimed.reason };
  const found = new Set<CellOutcome>();
  for (const cell of cells(claimed.rows, derived.rows)) {
    if (question.speaksOf?.(sample, cell.component + 1) === false) continue;
    const outcome = judgeCell(cell, digits, working);
    if (outcome === 'differ')
      return { kind: 'differ', ...cell, claimed: shown(cell.claimed), derived: shown(cell.derived) };
    found.add(outcome);
  }
  if (claimed.rows.length < derived.rows.length || claimed.missing !== undefined)
    return { kind: 'unusable', reason: claimed.missing ?? 'a coefficient of the claimed side has no value' };
  if (question.speaksOf && found.size === 0)
    return { kind: 'unusable', reason: 'the condition holds for no component there' };
  if (found.has('open')) return { kind: 'open', rest: { kind: 'unusable', reason: TOO_CLOSE } };
  const rest: Comparison = { kind: found.has('agree') ? 'agree' : 'degenerate' };
  return found.has('cancelled') ? { kind: 'open', rest } : rest;
}

/** A value of which nothing is known but that it is small is shown as zero. */
const shown = (value: Ball): BigFloat => (mayBeZero(value) ? ballRing(GUARD_DIGITS).zero : value);

function compareAlong({ along, speaksOf }: Question, sample: Sample, digits: number, screening: boolean): Comparison {
  if (!along) throw new Error('a question about a sequence');
  const spoken = speaksOf ? { speaksOf: (component: number) => speaksOf(sample, component) } : {};
  return along.compare(sample, digits, { screening, ...spoken });
}

/**
 * Whether the sides seem equal at `digits` digits, without the second look that a refutation needs: for choosing among
 * candidates, never for a verdict.
 */
export function seemEqual(question: Question, sample: Sample, digits: number): Comparison['kind'] {
  if (question.along) return compareAlong(question, sample, digits, true).kind;
  if (isAboutOrder(question)) return compareInOrder(question, sample, digits).kind;
  const { kind } = look(question, sample, digits, digits + GUARD_DIGITS);
  return kind === 'open' ? 'unusable' : kind;
}

/** Compares the sides at `digits` digits; see the file's head for when a difference counts. */
export function compareSides(question: Question, sample: Sample, digits: number): Comparison {
  if (question.along) return compareAlong(question, sample, digits, false);
  if (isAboutOrder(question)) return compareInOrder(question, sample, digits);
  const undecided: Comparison = { kind: 'unusable', reason: TOO_CLOSE };
  let last: Comparison = undecided;
  for (const working of precisionsFrom(workingDigits(digits))) {
    const said = look(question, sample, digits, working);
    // A difference is confirmed once with more digits: the last word has the highest precision.
    if (last.kind === 'differ') return said.kind === 'differ' ? said : undecided;
    if (said.kind !== 'open' && said.kind !== 'differ') return said;
    last = said.kind === 'open' ? said.rest : said;
  }
  return last;
}
