import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRational } from '../../src/number/big-float.ts';
import { Rational } from '../../src/number/rational.ts';
import { type Ball, mayBeZero, PrecisionLoss, printBall } from '../../src/evaluate/ring/ball.ts';
import { BallRing } from '../../src/evaluate/ring/ball-ring.ts';
import type { Ring } from '../../src/evaluate/ring/ring.ts';

const coarse = new BallRing(20);
const fine = new BallRing(60);

/** The bound of the error, exactly. */
const errorOf = ({ radius, scale }: Ball): Rational => {
  const mantissa = Rational.of(BigInt(Math.ceil(radius * 2 ** 20)));
  return mantissa.multiply(Rational.of(2).power(scale - 20));
};
/** Whether the two balls have a number in common. */
const meet = (a: Ball, b: Ball): boolean =>
  toRational(a)
    .subtract(toRational(b))
    .abs()
    .compare(errorOf(a).add(errorOf(b))) <= 0;

type Operation = <T>(ring: Ring<T>, a: T, b: T) => T;
const OPERATIONS: Readonly<Record<string, Operation>> = {
  add: (ring, a, b) => ring.add(a, b),
  subtract: (ring, a, b) => ring.subtract(a, b),
  multiply: (ring, a, b) => ring.multiply(a, b),
  divide: (ring, a, b) => ring.divide(a, b),
  root: (ring, a) => ring.root(ring.abs(a), 2),
  'cube root': (ring, a) => ring.root(ring.abs(a), 3),
  'root of a high degree': (ring, a) => ring.root(ring.abs(a), 10_000),
  exp: (ring, a) => ring.exp(ring.tanh(a)),
  log: (ring, a) => ring.log(ring.abs(a)),
  tanh: (ring, a) => ring.tanh(a),
  sin: (ring, a) => ring.sin(a),
  cos: (ring, a) => ring.cos(a),
  sinh: (ring, a) => ring.sinh(ring.sin(a)),
  cosh: (ring, a) => ring.cosh(ring.sin(a)),
  cancel: (ring, a, b) => ring.subtract(ring.add(a, ring.multiply(b, b)), ring.multiply(b, b)),
};
const rational = fc
  .tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(1n, 10n ** 9n), fc.integer({ min: -12, max: 12 }))
  .map(([num, den, power]) => Rational.of(num, den).multiply(Rational.of(10).power(power)));
/** Chains of operations: the value of each replaces one of two. */
const chain = fc.tuple(
  rational,
  rational,
  fc.array(fc.tuple(fc.constantFrom(...Object.keys(OPERATIONS)), fc.boolean()), { minLength: 1, maxLength: 6 }),
);

/** The last value of a chain; null where it does not exist or the digits do not suffice. */
function run(
  ring: Ring<Ball>,
  [first, second, steps]: readonly [Rational, Rational, readonly (readonly [string, boolean])[]],
): Ball | null {
  let [a, b] = [ring.fromRational(first), ring.fromRational(second)];
  try {
    for (const [name, swapped] of steps) {
      const operation = OPERATIONS[name];
      if (!operation) throw new Error(name);
      const value = operation(ring, a, b);
      if (swapped) b = value;
      else a = value;
    }
  } catch (error) {
    if (error instanceof PrecisionLoss || (error instanceof Error && error.name === 'Refusal')) return null;
    throw error;
  }
  return ring.add(a, b);
}

describe('balls of 20 digits', () => {
  it('contain the value, as balls of 60 digits know it', () => {
    let compared = 0;
    fc.assert(
      fc.property(chain, given => {
        const [low, high] = [run(coarse, given), run(fine, given)];
        if (low === null || high === null) return;
        expect(meet(low, high)).toBe(true);
        compared += 1;
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  it('do not, when the radius is left out', () => {
    let missed = 0;
    fc.assert(
      fc.property(chain, given => {
        const [low, high] = [run(coarse, given), run(fine, given)];
        if (low !== null && high !== null && !meet({ ...low, radius: 0 }, { ...high, radius: 0 })) missed += 1;
      }),
      { numRuns: 300 },
    );
    expect(missed).toBeGreaterThan(50);
  });

  it.each(Object.entries(OPERATIONS))('%s does not blow the bound up', (_, operation) => {
    const value = operation(fine, fine.fromRational(Rational.of(7, 3)), fine.fromRational(Rational.of(-5, 11)));
    // 60 digits are carried; a single step may cost two or three.
    expect(printBall(value, 54)).not.toBeNull();
  });

  it('stay exact on small integers', () => {
    const [two, three] = [Rational.of(2), Rational.of(3)].map(value => coarse.fromRational(value));
    if (!two || !three) throw new Error('no numbers');
    expect(coarse.multiply(coarse.subtract(three, two), coarse.add(two, two)).radius).toBe(0);
    expect(coarse.isZero(coarse.subtract(coarse.multiply(two, three), coarse.add(three, three)))).toBe(true);
  });
});

describe('what a ball cannot decide', () => {
  const third = coarse.fromRational(Rational.of(1, 3));
  const unsure = coarse.subtract(coarse.multiply(third, coarse.fromRational(Rational.of(3))), coarse.one);
  it.each<[string, () => unknown]>([
    ['its sign', () => coarse.sign(unsure)],
    ['a quotient by it', () => coarse.divide(coarse.one, unsure)],
    ['its root', () => coarse.root(unsure, 2)],
    ['its logarithm', () => coarse.log(unsure)],
    ['an order', () => coarse.compare(coarse.add(coarse.one, unsure), coarse.one)],
  ])('asks for more digits: %s', (_, action) => {
    expect(mayBeZero(unsure)).toBe(true);
    expect(printBall(unsure, 5)).toBeNull();
    expect(action).toThrow(PrecisionLoss);
  });
  it('a product of two unsure zeros is an unsure zero', () => {
    expect(mayBeZero(coarse.multiply(unsure, unsure))).toBe(true);
    expect(coarse.isZero(coarse.multiply(unsure, unsure))).toBe(false);
    expect(coarse.isZero(coarse.multiply(unsure, coarse.zero))).toBe(true);
  });
});
