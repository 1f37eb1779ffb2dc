/** Values of the fuzz generator: fractions, and where a root is not one, two fractions that enclose it. */
import {
  compare,
  type Fraction,
  fraction,
  minus,
  ONE,
  over,
  plus,
  power,
  signOf,
  times,
  wholeRoot,
} from './fraction.ts';

export interface Enclosure {
  readonly low: Fraction;
  readonly high: Fraction;
}

/** A part has no value: the point says nothing about a claim. */
export class NoValue extends Error {}
/** The generator cannot tell, or not at a reasonable price: the point is not used. */
export class CannotTell extends Error {}

/** Bits that the ends of an enclosure keep. */
const BITS = 400n;

export const exactly = (value: Fraction): Enclosure => ({ low: value, high: value });
export const isExact = ({ low, high }: Enclosure): boolean => low === high || compare(low, high) === 0;

/** Ends of many digits are moved outwards. */
function rounded(low: Fraction, high: Fraction): Enclosure {
  if (compare(low, high) === 0) return exactly(low);
  const floor = (value: Fraction): Fraction => {
    if (value.bottom.toString(16).length * 4 <= Number(BITS)) return value;
    const scaled = value.top << BITS;
    const quotient = scaled / value.bottom;
    return fraction(scaled < 0n && scaled % value.bottom !== 0n ? quotient - 1n : quotient, 1n << BITS);
  };
  const up = (value: Fraction): Fraction => {
    const { top, bottom } = floor({ top: -value.top, bottom: value.bottom });
    return { top: -top, bottom };
  };
  return { low: floor(low), high: up(high) };
}

export const sum = (a: Enclosure, b: Enclosure): Enclosure =>
  isExact(a) && isExact(b) ? exactly(plus(a.low, b.low)) : rounded(plus(a.low, b.low), plus(a.high, b.high));

function hull(values: readonly Fraction[]): Enclosure {
  const ordered = [...values].sort(compare);
  const [low, high] = [ordered[0], ordered[ordered.length - 1]];
  if (low === undefined || high === undefined) throw new Error('no values');
  return rounded(low, high);
}

export const product = (a: Enclosure, b: Enclosure): Enclosure =>
  isExact(a) && isExact(b)
    ? exactly(times(a.low, b.low))
    : hull([times(a.low, b.low), times(a.low, b.high), times(a.high, b.low), times(a.high, b.high)]);

/** −1, 0, 1; throws where the enclosure does not tell. */
export function surelySign(a: Enclosure): number {
  const [low, high] = [signOf(a.low), signOf(a.high)];
  if (low === high && (low !== 0 || isExact(a))) return low;
  throw new CannotTell('the sign of an enclosure that contains 0');
}

export function inverse(a: Enclosure): Enclosure {
  if (surelySign(a) === 0) throw new NoValue('division by zero');
  return isExact(a) ? exactly(over(ONE, a.low)) : rounded(over(ONE, a.high), over(ONE, a.low));
}

export function integerPower(a: Enclosure, exponent: number): Enclosure {
  if (exponent < 0) return integerPower(inverse(a), -exponent);
  if (isExact(a)) return exactly(power(a.low, exponent));
  let result = exactly(ONE);
  for (let turn = 0; turn < exponent; turn += 1) result = product(result, a);
  return result;
}

export const opposite = (a: Enclosure): Enclosure => product(exactly(fraction(-1)), a);

export const absolute = (a: Enclosure): Enclosure => (surelySign(a) < 0 ? opposite(a) : a);

export function squareRoot(a: Enclosure): Enclosure {
  if (surelySign(a) < 0) throw new NoValue('the root of a negative number');
  const bound = (value: Fraction, up: boolean): Fraction => {
    const [top, bottom] = [wholeRoot(value.top), wholeRoot(value.bottom)];
    if (top * top === value.top && bottom * bottom === value.bottom) return fraction(top, bottom);
    const scaled = (value.top << (2n * BITS)) / value.bottom;
    return fraction(wholeRoot(scaled) + (up ? 1n : 0n), 1n << BITS);
  };
  return isExact(a)
    ? rounded(bound(a.low, false), bound(a.low, true))
    : rounded(bound(a.low, false), bound(a.high, true));
}

/** Which of the two is larger: the sign of a − b, or null where the enclosures overlap. */
export function order(a: Enclosure, b: Enclosure): number | null {
  if (isExact(a) && isExact(b)) return signOf(minus(a.low, b.low));
  if (compare(a.low, b.high) > 0) return 1;
  return compare(a.high, b.low) < 0 ? -1 : null;
}
