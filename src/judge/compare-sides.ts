/**
 * Do two sides differ at a sample by far more than the error of the arithmetic?
 *
 * A difference is believed only when it stays the same at more than twice the digits: what rounding makes of a sum that
 * cancels shrinks with the precision, a true difference does not.
 */
import type { BigFloat } from '../number/big-float.ts';
import { FloatRing } from '../numeric/float-ring.ts';
import { Rational } from '../number/rational.ts';
import { compareInOrder, isAboutOrder } from './compare-order.ts';
import type { Comparison, Outcome, Question } from './question.ts';
import type { Sample } from './sample.ts';

const HUNDRED = Rational.of(100);
/** Digits computed beyond those that are asked for. */
const GUARD_DIGITS = 12;

type Rows = readonly (readonly BigFloat[])[];
interface Cell {
  readonly row: number;
  readonly component: number;
  readonly claimed: BigFloat;
  readonly derived: BigFloat;
}

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

class Scale {
  readonly ring: FloatRing;
  /** 10^{−digits}. */
  readonly tiny: BigFloat;
  constructor(digits: number) {
    this.ring = new FloatRing(digits + GUARD_DIGITS);
    this.tiny = this.ring.fromRational(Rational.of(1, 10n ** BigInt(digits)));
  }
  size(value: BigFloat): BigFloat {
    return this.ring.sign(value) < 0 ? this.ring.negate(value) : value;
  }
  larger(a: BigFloat, b: BigFloat): BigFloat {
    return this.ring.compare(this.size(a), this.size(b)) < 0 ? this.size(b) : this.size(a);
  }
  difference({ claimed, derived }: Cell): BigFloat {
    return this.size(this.ring.subtract(claimed, derived));
  }
  /** Whether the two values differ in their leading `digits` digits. */
  isApart(cell: Cell): boolean {
    const bound = this.ring.multiply(this.tiny, this.larger(cell.claimed, cell.derived));
    return this.ring.compare(this.difference(cell), bound) > 0;
  }
}

/** Whether `first` and `second` (more digits) are one number seen twice, and not the rounding of zero. */
function isStable(first: BigFloat, second: BigFloat, scale: Scale): boolean {
  const { ring } = scale;
  const gap = scale.size(ring.subtract(first, second));
  return ring.compare(ring.multiply(gap, ring.fromRational(HUNDRED)), scale.size(second)) < 0;
}

const valuesAt = (
  question: Question,
  sample: Sample,
  digits: number,
): { readonly claimed: Outcome; readonly derived: Outcome } => {
  const derived = question.derived(sample, digits + GUARD_DIGITS);
  return { derived, claimed: derived.kind === 'unusable' ? derived : question.claimed(sample, digits + GUARD_DIGITS) };
};

/**
 * Whether the sides seem equal at `digits` digits, without the second look that a refutation needs: for choosing among
 * candidates, never for a verdict.
 */
export function seemEqual(question: Question, sample: Sample, digits: number): Comparison['kind'] {
  if (question.along) return question.along.compare(sample, digits).kind;
  if (isAboutOrder(question)) return compareInOrder(question, sample, digits).kind;
  return compare(question, sample, digits, cell => cell).kind;
}

/** Compares the sides at `digits` digits; see the file's head for when a difference counts. */
export function compareSides(question: Question, sample: Sample, digits: number): Comparison {
  if (question.along) return question.along.compare(sample, digits);
  if (isAboutOrder(question)) return compareInOrder(question, sample, digits);
  return compare(question, sample, digits, cell => confirm(question, sample, digits, cell));
}

function compare(
  question: Question,
  sample: Sample,
  digits: number,
  confirmed: (cell: Cell) => Cell | null,
): Comparison {
  const { claimed, derived } = valuesAt(question, sample, digits);
  if (derived.kind === 'unusable') return { kind: 'unusable', reason: derived.reason };
  if (claimed.kind === 'unusable') return { kind: 'unusable', reason: claimed.reason };
  const scale = scaleFor(digits);
  let nonzero = false;
  for (const cell of cells(claimed.rows, derived.rows)) {
    if (question.speaksOf?.(sample, cell.component + 1) === false) continue;
    if (!scale.ring.isZero(cell.claimed) || !scale.ring.isZero(cell.derived)) nonzero = true;
    if (!scale.isApart(cell)) continue;
    const difference = confirmed(cell);
    if (difference) return { kind: 'differ', ...difference };
  }
  if (claimed.rows.length < derived.rows.length)
    return { kind: 'unusable', reason: claimed.missing ?? 'a coefficient of the claimed side has no value' };
  return { kind: nonzero ? 'agree' : 'degenerate' };
}

/** The cell at more than twice the digits, if it still violates the relation by the same difference. */
function confirm(question: Question, sample: Sample, digits: number, cell: Cell): Cell | null {
  const more = 2 * digits + GUARD_DIGITS;
  const { claimed, derived } = valuesAt(question, sample, more);
  if (claimed.kind === 'unusable' || derived.kind === 'unusable') return null;
  const scale = scaleFor(more);
  for (const again of cells(claimed.rows, derived.rows)) {
    if (again.row !== cell.row || again.component !== cell.component) continue;
    if (!scale.isApart(again)) return null;
    return isStable(scale.difference(cell), scale.difference(again), scale)
      ? withoutRounding(again, scaleFor(2 * digits))
      : null;
  }
  return null;
}

/** A value that vanishes beside the other one to twice the digits asked for is the rounding of zero, and shown as zero. */
function withoutRounding(cell: Cell, scale: Scale): Cell {
  const { ring } = scale;
  const bound = ring.multiply(scale.tiny, scale.larger(cell.claimed, cell.derived));
  const cleaned = (value: BigFloat): BigFloat => (ring.compare(scale.size(value), bound) < 0 ? ring.zero : value);
  return { ...cell, claimed: cleaned(cell.claimed), derived: cleaned(cell.derived) };
}

const scales = new Map<number, Scale>();
/** Made once for a number of digits: the powers of ten cost more than a comparison. */
function scaleFor(digits: number): Scale {
  const known = scales.get(digits);
  if (known) return known;
  const made = new Scale(digits);
  scales.set(digits, made);
  return made;
}
