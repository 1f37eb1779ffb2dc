/**
 * High-precision numbers with a rigorous bound of their error: midpoint ± radius · 2^scale.
 *
 * Whatever is printed from a ball is proved: no two precisions have to agree by chance, and 10^100 + 1/3 − 10^100 is not
 * taken for zero. Where a decision (a sign, a division) depends on what the bound does not tell, {@link PrecisionLoss} asks
 * for more digits.
 *
 * Source: Johansson, Arb: efficient arbitrary-precision midpoint-radius interval arithmetic, IEEE Transactions on Computers 66 (2017).
 */
import type { Problem } from '../../base/problem.ts';
import { type BigFloat, FloatArithmetic, toDigits } from '../../number/big-float.ts';
import { decimalsWith } from '../../number/decimal.ts';

/** Every number within radius · 2^scale of the float is possible. Radius 0: the float is the number itself. */
export interface Ball extends BigFloat {
  readonly radius: number;
  readonly scale: number;
}

/**
 * The digits do not suffice to tell a number from zero. The caller takes more digits; where that does not help either,
 * nothing is known, and `problem` says what stands in the way.
 */
export class PrecisionLoss extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'PrecisionLoss';
    this.problem = problem;
  }
}

const LARGEST_RADIUS = 2 ** 40;
/** Makes up for the rounding of the few Float64 operations that a radius takes. */
const UPWARDS = 1 + 2 ** -48;
/** A bound 2^… of the size: 2^(size − 1) · (1 − 2^−50) ≤ |value| ≤ 2^size. */
export const sizeOf = ({ length, exponent }: BigFloat): number => length + exponent;
export const isNothing = ({ mantissa }: BigFloat): boolean => mantissa === 0n;
export const isExactZero = ({ mantissa, radius }: Ball): boolean => radius === 0 && mantissa === 0n;

/** 2^{−k}, from a table because it is needed several times an operation; beyond 60 the last entry bounds it. */
const POWERS = Float64Array.from({ length: 61 }, (_, k) => 2 ** -k);
const down = (k: number): number => POWERS[Math.min(k, 60)] ?? 1;

/** The float with the error a · 2^p + b · 2^q + c · 2^r. */
export const ball = (
  { mantissa, exponent, length }: BigFloat,
  a: number,
  p: number,
  b: number,
  q: number,
  c: number,
  r: number,
): Ball => made(mantissa, exponent, length, a, p, b, q, c, r);

/** The ball of these parts with the sum of three errors. */
export function made(
  mantissa: bigint,
  exponent: number,
  length: number,
  a: number,
  p: number,
  b: number,
  q: number,
  c: number,
  r: number,
): Ball {
  let scale = Number.NEGATIVE_INFINITY;
  if (a > 0) scale = p;
  if (b > 0 && q > scale) scale = q;
  if (c > 0 && r > scale) scale = r;
  if (scale === Number.NEGATIVE_INFINITY) return { mantissa, exponent, length, radius: 0, scale: 0 };
  let radius = 0;
  if (a > 0) radius += a * down(scale - p);
  if (b > 0) radius += b * down(scale - q);
  if (c > 0) radius += c * down(scale - r);
  radius *= UPWARDS;
  return radius > LARGEST_RADIUS
    ? { mantissa, exponent, length, radius: radius / LARGEST_RADIUS, scale: scale + 40 }
    : { mantissa, exponent, length, radius, scale };
}

/** Whether the error is at most an eighth of the number, which then has a sign. */
export function isApart(value: Ball): boolean {
  const { radius, scale } = value;
  return radius === 0 || (!isNothing(value) && Math.log2(radius) + scale <= sizeOf(value) - 4);
}

/** The ball of a float that is the number itself. */
export const exactly = ({ mantissa, exponent, length }: BigFloat): Ball => ({
  mantissa,
  exponent,
  length,
  radius: 0,
  scale: 0,
});

/** Whether zero is among the numbers of the ball. */
export function mayBeZero(value: Ball): boolean {
  const { radius, scale } = value;
  if (isNothing(value)) return true;
  return radius > 0 && Math.log2(radius) + scale > sizeOf(value) - 3;
}

/**
 * The number rounded half away from zero to `digits` significant digits, as decimal.js prints it, if all numbers of the
 * ball round to it; else null. An exact zero is "0".
 */
export function printBall(value: Ball, digits: number): string | null {
  if (isExactZero(value)) return '0';
  if (mayBeZero(value)) return null;
  const arithmetic = new FloatArithmetic(value.length + 64);
  // The radius as a float above it: 53 bits and a power of two.
  const radius = value.radius === 0 ? 0n : BigInt(Math.ceil(value.radius * 2 ** 10));
  const error = arithmetic.scaled(radius, value.scale - 10);
  const [low, high] = [arithmetic.subtract(value, error), arithmetic.add(value, error)].map(end =>
    toDigits(end, digits),
  );
  if (low === undefined || high === undefined || low.coefficient !== high.coefficient || low.power !== high.power)
    return null;
  const decimals = decimalsWith(digits);
  return new decimals(`${low.coefficient}e${low.power}`).toString();
}
