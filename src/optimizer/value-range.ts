/**
 * Ranges of values that hold for every n and every point while the hyperparameters stay fixed.
 *
 * A strict end is kept away from by some distance that depends on the hyperparameters alone: β ∈ (0,1) has two strict ends, and
 * β^{n+1} lies in [0, 1) with a strict upper end, since its supremum over n is β; 1 − β^{n+1} has 1 as a supremum that is no
 * strict end. Nothing here rounds: ends are exact or missing.
 */
import { Rational } from '../number/rational.ts';

export interface ValueRange {
  /** Null: none is known. */
  readonly lower: Rational | null;
  readonly lowerStrict: boolean;
  readonly upper: Rational | null;
  readonly upperStrict: boolean;
  /** Whether the values stay in some bounded set for all n, even where no end is known. */
  readonly bounded: boolean;
}

export const ANYTHING: ValueRange = {
  lower: null,
  lowerStrict: false,
  upper: null,
  upperStrict: false,
  bounded: false,
};
/** Some bounded set, nothing more. */
export const BOUNDED: ValueRange = { ...ANYTHING, bounded: true };
/** π lies between 3 and 4. */
export const RANGE_OF_PI: ValueRange = {
  ...BOUNDED,
  lower: Rational.of(3),
  lowerStrict: true,
  upper: Rational.of(4),
  upperStrict: true,
};

export const rangeOfValue = (value: Rational): ValueRange => ({
  lower: value,
  lowerStrict: false,
  upper: value,
  upperStrict: false,
  bounded: true,
});

export const between = (lower: number, upper: number): ValueRange => ({
  ...rangeOfValue(Rational.of(lower)),
  upper: Rational.of(upper),
});
export const atLeast = (lower: number, bounded: boolean): ValueRange => ({
  ...ANYTHING,
  lower: Rational.of(lower),
  bounded,
});

export const isNonNegative = ({ lower }: ValueRange): boolean => lower !== null && lower.sign() >= 0;
/** Away from zero, above it. */
export const isSurelyAboveZero = ({ lower, lowerStrict }: ValueRange): boolean =>
  lower !== null && (lower.sign() > 0 || (lower.isZero() && lowerStrict));
export const isZeroRange = ({ lower, upper }: ValueRange): boolean =>
  lower !== null && upper !== null && lower.isZero() && upper.isZero();

/** Whether |value| stays below 1 by a fixed distance. */
export function isContraction({ lower, lowerStrict, upper, upperStrict }: ValueRange): boolean {
  if (lower === null || upper === null) return false;
  const above = upper.compare(Rational.one);
  const below = lower.compare(Rational.minusOne);
  return (above < 0 || (above === 0 && upperStrict)) && (below > 0 || (below === 0 && lowerStrict));
}

export const addRanges = (a: ValueRange, b: ValueRange): ValueRange => ({
  lower: a.lower && b.lower && a.lower.add(b.lower),
  lowerStrict: a.lowerStrict || b.lowerStrict,
  upper: a.upper && b.upper && a.upper.add(b.upper),
  upperStrict: a.upperStrict || b.upperStrict,
  bounded: a.bounded && b.bounded,
});

export const negateRange = (a: ValueRange): ValueRange => ({
  lower: a.upper?.negate() ?? null,
  lowerStrict: a.upperStrict,
  upper: a.lower?.negate() ?? null,
  upperStrict: a.lowerStrict,
  bounded: a.bounded,
});

const isNonPositive = (a: ValueRange): boolean => isNonNegative(negateRange(a));

export function multiplyRanges(a: ValueRange, b: ValueRange): ValueRange {
  if (isZeroRange(a) || isZeroRange(b)) return rangeOfValue(Rational.zero);
  if (isNonNegative(a) && isNonNegative(b)) return multiplyNonNegative(a, b);
  if (isNonPositive(a)) return negateRange(multiplyRanges(negateRange(a), b));
  if (isNonPositive(b)) return negateRange(multiplyRanges(a, negateRange(b)));
  const size = multiplyNonNegative(sizeRange(a), sizeRange(b));
  return {
    ...negateRange(size),
    lower: size.upper?.negate() ?? null,
    upper: size.upper,
    upperStrict: size.upperStrict,
  };
}

function multiplyNonNegative(a: ValueRange, b: ValueRange): ValueRange {
  const lower = a.lower && b.lower && a.lower.multiply(b.lower);
  const away = isSurelyAboveZero(a) && isSurelyAboveZero(b);
  return {
    lower,
    lowerStrict: away && (lower === null || lower.isZero() || a.lowerStrict || b.lowerStrict),
    upper: a.upper && b.upper && a.upper.multiply(b.upper),
    upperStrict: a.upperStrict || b.upperStrict,
    bounded: a.bounded && b.bounded,
  };
}

/** Of |value|. */
export function sizeRange(a: ValueRange): ValueRange {
  if (isNonNegative(a)) return a;
  if (isNonPositive(a)) return negateRange(a);
  const [low, high] = [a.lower?.negate() ?? null, a.upper];
  const order = low && high ? low.compare(high) : 0;
  return {
    lower: Rational.zero,
    lowerStrict: false,
    upper: low && high && (order > 0 ? low : high),
    upperStrict: order > 0 ? a.lowerStrict : order < 0 ? a.upperStrict : a.lowerStrict && a.upperStrict,
    bounded: a.bounded,
  };
}

/** 1/value; null where the values are not kept away from zero. */
export function reciprocalRange(a: ValueRange): ValueRange | null {
  if (isSurelyAboveZero(negateRange(a))) {
    const inner = reciprocalRange(negateRange(a));
    return inner && negateRange(inner);
  }
  if (!isSurelyAboveZero(a) || a.lower === null) return null;
  return {
    lower: a.upper === null ? Rational.zero : a.upper.inverse(),
    lowerStrict: a.upper === null ? a.bounded : a.upperStrict,
    upper: a.lower.isZero() ? null : a.lower.inverse(),
    upperStrict: a.lowerStrict,
    bounded: true,
  };
}

/** The values of either. */
export function hullOf(a: ValueRange, b: ValueRange): ValueRange {
  const lower = lowest(a, b);
  const upper = negateRange(lowest(negateRange(a), negateRange(b)));
  return {
    lower: lower.lower,
    lowerStrict: lower.lowerStrict,
    upper: upper.upper,
    upperStrict: upper.upperStrict,
    bounded: a.bounded && b.bounded,
  };
}

function lowest(a: ValueRange, b: ValueRange): ValueRange {
  if (a.lower === null || b.lower === null) return ANYTHING;
  const order = a.lower.compare(b.lower);
  if (order !== 0) return order < 0 ? a : b;
  return { ...a, lowerStrict: a.lowerStrict && b.lowerStrict };
}

/** value^exponent for a whole exponent from 0. */
export function raiseRange(a: ValueRange, exponent: number): ValueRange {
  if (exponent === 0) return rangeOfValue(Rational.one);
  const base = exponent % 2 === 0 ? sizeRange(a) : a;
  let result = base;
  for (let count = 1; count < exponent; count += 1) result = multiplyRanges(result, base);
  return result;
}

/** value^exponent where the exponent is positive and no more is known of it, for values from 0. */
export const rootRange = (a: ValueRange): ValueRange => ({
  lower: Rational.zero,
  lowerStrict: isSurelyAboveZero(a),
  upper: a.upper !== null && a.upper.compare(Rational.one) <= 0 ? Rational.one : null,
  upperStrict: a.upper !== null && (a.upper.compare(Rational.one) < 0 || a.upperStrict),
  bounded: a.bounded,
});
