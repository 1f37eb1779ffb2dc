/** Exact fractions of whole numbers, the arithmetic of the fuzz generator: it must not be the program's own. */
export interface Fraction {
  readonly top: bigint;
  /** Positive, without a common factor. */
  readonly bottom: bigint;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

export function fraction(top: number | bigint, bottom: number | bigint = 1n): Fraction {
  let [a, b] = [BigInt(top), BigInt(bottom)];
  if (b === 0n) throw new Error('division by zero');
  if (b < 0n) [a, b] = [-a, -b];
  if (b === 1n) return { top: a, bottom: 1n };
  const common = gcd(a, b);
  return common === 1n ? { top: a, bottom: b } : { top: a / common, bottom: b / common };
}

export const ZERO = fraction(0);
export const ONE = fraction(1);

export const plus = (a: Fraction, b: Fraction): Fraction =>
  a.bottom === b.bottom
    ? fraction(a.top + b.top, a.bottom)
    : fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
export const negative = (a: Fraction): Fraction => ({ top: -a.top, bottom: a.bottom });
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, negative(b));
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.top, a.bottom * b.bottom);
/** Throws at zero. */
export const over = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.bottom, a.bottom * b.top);
/** −1, 0 or 1. */
export const signOf = (a: Fraction): number => (a.top === 0n ? 0 : a.top > 0n ? 1 : -1);
export const compare = (a: Fraction, b: Fraction): number => {
  const [left, right] = [a.top * b.bottom, b.top * a.bottom];
  return left === right ? 0 : left > right ? 1 : -1;
};
/** 0⁰ = 1; throws at 0 to a negative power. */
export function power(a: Fraction, exponent: number): Fraction {
  if (exponent < 0) return power(over(ONE, a), -exponent);
  return { top: a.top ** BigInt(exponent), bottom: a.bottom ** BigInt(exponent) };
}

/** The largest whole number whose square is at most `a` ≥ 0. */
export function wholeRoot(a: bigint): bigint {
  if (a < 2n) return a;
  let guess = 1n << BigInt((a.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (guess + a / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}
