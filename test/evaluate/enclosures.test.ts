/** What comes out of a ring of enclosures holds every value that its operands allow, as many more digits know it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/base/problem.ts';
import { type BigFloat, toRational } from '../../src/number/big-float.ts';
import { Rational } from '../../src/number/rational.ts';
import { type Ball, isApart, mayBeZero, PrecisionLoss } from '../../src/evaluate/ring/ball.ts';
import { BallRing } from '../../src/evaluate/ring/ball-ring.ts';
import { enclose, precisionsFrom } from '../../src/evaluate/ring/enclose.ts';
import { type Enclosure, EnclosureRing } from '../../src/evaluate/ring/enclosure-ring.ts';
import { FloatRing } from '../../src/evaluate/ring/float-ring.ts';
import { integerPower, rationalPower, type Ring } from '../../src/evaluate/ring/ring.ts';

const balls = new BallRing(20);
const floats = new FloatRing(130);
const two = Rational.of(2);

/** The bound of the error, exactly. */
const errorOf = ({ radius, scale }: Ball): Rational =>
  Rational.of(BigInt(Math.ceil(radius * 2 ** 20))).multiply(two.power(scale - 20));

const exactFloat = (value: Rational): BigFloat => floats.fromRational(value);
const REFERENCE_ERROR = Rational.of(1, 10n ** 110n);

/** Whether the number, known to 110 digits, lies in the ball. */
function contains(ball: Ball, value: BigFloat): boolean {
  const number = toRational(value);
  const slack = number.abs().multiply(REFERENCE_ERROR);
  return toRational(ball).subtract(number).abs().compare(errorOf(ball).add(slack)) <= 0;
}

interface Operation {
  readonly apply: <T>(ring: Ring<T>, a: T, b: T) => T;
  /** log10 of the largest and the least size of an argument. */
  readonly largest: number;
  readonly least: number;
  readonly positive?: boolean;
}
const OPERATIONS: Readonly<Record<string, Operation>> = {
  add: { apply: (ring, a, b) => ring.add(a, b), largest: 40, least: -40 },
  subtract: { apply: (ring, a, b) => ring.subtract(a, b), largest: 40, least: -40 },
  multiply: { apply: (ring, a, b) => ring.multiply(a, b), largest: 40, least: -40 },
  divide: { apply: (ring, a, b) => ring.divide(a, b), largest: 40, least: -40 },
  'square root': { apply: (ring, a) => ring.root(a, 2), largest: 60, least: -60, positive: true },
  'fifth root': { apply: (ring, a) => ring.root(a, 5), largest: 60, least: -60, positive: true },
  'a large power': { apply: (ring, a) => integerPower(ring, a, 50), largest: 3, least: -3 },
  'a rational power': {
    apply: (ring, a) => rationalPower(ring, a, Rational.of(-7, 3)),
    largest: 9,
    least: -9,
    positive: true,
  },
  exp: { apply: (ring, a) => ring.exp(a), largest: 3, least: -40 },
  log: { apply: (ring, a) => ring.log(a), largest: 60, least: -60, positive: true },
  'log near 1': { apply: (ring, a) => ring.log(ring.add(ring.one, a)), largest: -1, least: -30 },
  tanh: { apply: (ring, a) => ring.tanh(a), largest: 3, least: -40 },
  sin: { apply: (ring, a) => ring.sin(a), largest: 40, least: -40 },
  cos: { apply: (ring, a) => ring.cos(a), largest: 8, least: -8 },
  sinh: { apply: (ring, a) => ring.sinh(a), largest: 3, least: -40 },
  cosh: { apply: (ring, a) => ring.cosh(a), largest: 3, least: -40 },
};

const digits = fc.bigInt(1n, 10n ** 25n);
/** A number by its leading digits, its sign and its place in the range of sizes; the relative error is 2^−error. */
const operand = fc.record({
  digits,
  negative: fc.boolean(),
  size: fc.double({ min: 0, max: 1, noNaN: true }),
  error: fc.integer({ min: 4, max: 90 }),
  at: fc.constantFrom(-1, 0, 1),
});
type Operand = typeof operand extends fc.Arbitrary<infer A> ? A : never;

/** A ball, and a number in it. */
function build(given: Operand, { largest, least, positive }: Operation): { ball: Ball; inside: BigFloat } {
  const power = Math.round(least + given.size * (largest - least));
  const size = Rational.of(given.digits, 10n ** 25n).multiply(Rational.of(10).power(power));
  const exact = balls.fromRational(given.negative && positive !== true ? size.negate() : size);
  const middle: Ball = { ...exact, radius: 0, scale: 0 };
  if (given.error > 80) return { ball: middle, inside: middle };
  const scale = middle.exponent + middle.length - given.error;
  const shift = two.power(scale).multiply(Rational.of(given.at));
  return { ball: { ...middle, radius: 1, scale }, inside: exactFloat(toRational(middle).add(shift)) };
}

/** Whether the result's ball holds the value; null where it has none or the ring asks for more digits. `shrunk` breaks the ring. */
function holds(operation: Operation, a: Operand, b: Operand, shrunk = 1): boolean | null {
  const [one, other] = [build(a, operation), build(b, operation)];
  let found: Ball;
  let value: BigFloat;
  try {
    found = operation.apply(balls, one.ball, other.ball);
    value = operation.apply(floats, one.inside, other.inside);
  } catch (error) {
    if (error instanceof PrecisionLoss || error instanceof Refusal) return null;
    throw error;
  }
  return contains({ ...found, radius: found.radius * shrunk }, value);
}

describe('balls hold every value that their operands allow', () => {
  it.each(Object.entries(OPERATIONS))('%s', (_, operation) => {
    let told = 0;
    fc.assert(
      fc.property(operand, operand, (a, b) => {
        const held = holds(operation, a, b);
        if (held !== null) told += 1;
        return held !== false;
      }),
      { numRuns: 120, seed: 9 },
    );
    expect(told).toBeGreaterThan(40);
  });
  it.each(Object.entries(OPERATIONS))('a ring with too small an error is caught: %s', (_, operation) => {
    let missed = 0;
    for (const [a, b] of fc.sample(fc.tuple(operand, operand), { numRuns: 120, seed: 9 }))
      if (holds(operation, a, b, 2 ** -5) === false) missed += 1;
    expect(missed).toBeGreaterThan(0);
  });
  it('sines near multiples of π lose the digits that they lose', () => {
    // 355/113 and the next good fractions.
    for (const [num, den] of [
      [355n, 113n],
      [103993n, 33102n],
      [21053343141n, 6701487259n],
      [3587785776203n, 1142027682075n],
    ] as const) {
      const angle = Rational.of(num, den);
      const fine = floats.sin(floats.fromRational(angle));
      expect(contains(balls.sin(balls.fromRational(angle)), fine)).toBe(true);
    }
  });
  it('a sign that is told is the sign of every number in the ball, and zero may be in no such ball', () => {
    fc.assert(
      fc.property(operand, fc.integer({ min: -2, max: 12 }), (given, error) => {
        const operation = { apply: <T>(_: Ring<T>, a: T): T => a, largest: 40, least: -40 };
        const { ball } = build({ ...given, error: 90 }, operation);
        const wide: Ball = { ...ball, radius: 1, scale: ball.exponent + ball.length - error };
        const ends = [-1, 1].map(side =>
          toRational(wide)
            .add(errorOf(wide).multiply(Rational.of(side)))
            .sign(),
        );
        if (!isApart(wide)) expect(() => balls.sign(wide)).toThrow(PrecisionLoss);
        else expect(ends).toEqual([balls.sign(wide), balls.sign(wide)]);
        if (!mayBeZero(wide)) expect(ends[0]).toBe(ends[1]);
      }),
    );
  });
});

describe('a ring that is exact while numbers are short', () => {
  const ring = new EnclosureRing(50);
  const at = (num: number, den = 1): Enclosure => ring.fromRational(Rational.of(num, den));

  it('knows rational zeros', () => {
    const zero = ring.subtract(ring.multiply(at(1, 2), at(1, 2)), at(1, 4));
    expect(ring.isZero(zero)).toBe(true);
    expect(ring.sign(zero)).toBe(0);
    expect(() => ring.divide(ring.one, zero)).toThrow('division by zero');
    const root = ring.root(at(9, 16), 2);
    expect(ring.isZero(ring.subtract(ring.multiply(root, root), at(9, 16)))).toBe(true);
    expect(ring.isZero(ring.subtract(ring.root(at(8, 27), 3), at(2, 3)))).toBe(true);
  });
  it('decides nothing about a zero that is none for certain', () => {
    const root = ring.root(at(2), 2);
    const unsure = ring.subtract(ring.multiply(root, root), at(2));
    expect(ring.isZero(unsure)).toBe(false);
    for (const action of [
      () => ring.sign(unsure),
      () => ring.abs(unsure),
      () => ring.root(unsure, 2),
      () => ring.log(unsure),
      () => ring.divide(ring.one, unsure),
      () => ring.compare(ring.add(ring.one, unsure), ring.one),
    ])
      expect(action).toThrow(PrecisionLoss);
  });
  it('takes a number less itself as zero, whatever the number is', () => {
    const root = ring.root(at(2), 2);
    expect(ring.isZero(ring.subtract(root, root))).toBe(true);
    expect(ring.compare(root, root)).toBe(0);
  });
  it('has the values of functions where they are rational', () => {
    const zero = at(0);
    expect([ring.exp(zero), ring.cos(zero), ring.cosh(zero)]).toEqual([ring.one, ring.one, ring.one]);
    expect([ring.log(at(1)), ring.sin(zero), ring.sinh(zero), ring.tanh(zero)]).toEqual([zero, zero, zero, zero]);
  });
  it('gives up exactness before numbers become long', () => {
    const power = integerPower(ring, at(4, 3), 5000);
    expect(power).not.toBeInstanceOf(Rational);
    expect(contains(ring.ball(power), integerPower(floats, exactFloat(Rational.of(4, 3)), 5000))).toBe(true);
  });
  it('holds the values of chains, exact or not', () => {
    const names = Object.keys(OPERATIONS).filter(name => !/power|log near|cosh|sinh|exp/.test(name));
    const chain = fc.array(fc.tuple(fc.constantFrom(...names), fc.boolean()), { minLength: 1, maxLength: 6 });
    const small = fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 16 }));
    let told = 0;
    const run = <T>(
      over: Ring<T>,
      start: readonly [Rational, Rational],
      steps: readonly (readonly [string, boolean])[],
    ): T | null => {
      let [a, b] = start.map(value => over.fromRational(value)) as [T, T];
      try {
        for (const [name, swapped] of steps) {
          const value = OPERATIONS[name]?.apply(over, a, b) ?? a;
          if (swapped) b = value;
          else a = value;
        }
      } catch (error) {
        if (error instanceof PrecisionLoss || error instanceof Refusal) return null;
        throw error;
      }
      return over.add(a, b);
    };
    fc.assert(
      fc.property(small, small, chain, ([a, b], [c, d], steps) => {
        const start = [Rational.of(a, b), Rational.of(c, d)] as const;
        const value = run(ring, start, steps);
        // What cancels in floats is no reference: the exact ring of many more digits is one, by its midpoint.
        const fine = new EnclosureRing(250);
        const reference = value === null ? null : run(fine, start, steps);
        if (value === null || reference === null) return;
        told += 1;
        const gap = toRational(ring.ball(value))
          .subtract(toRational(fine.ball(reference)))
          .abs();
        expect(gap.compare(errorOf(ring.ball(value)).add(errorOf(fine.ball(reference)))) <= 0).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(told).toBeGreaterThan(120);
  });
});

describe('enclose', () => {
  const quotientBy = (denominator: <T>(ring: Ring<T>) => T) =>
    enclose(50, ring => ring.ball(ring.divide(ring.one, denominator(ring))));
  it('takes more digits until a denominator is not zero', () => {
    const found = quotientBy(ring =>
      ring.subtract(
        ring.root(ring.fromRational(Rational.of(2n * 10n ** 400n + 1n, 10n ** 400n)), 2),
        ring.root(ring.fromRational(two), 2),
      ),
    );
    expect(found.ok && isApart(found.value)).toBe(true);
  });
  it('has no value where none of them tells, and none at an exact zero', () => {
    const unsure = quotientBy(ring => {
      const root = ring.root(ring.fromRational(two), 2);
      return ring.subtract(ring.multiply(root, root), ring.fromRational(two));
    });
    expect(unsure).toMatchObject({ ok: false, problems: [{ code: 'division-by-zero' }] });
    const half = Rational.of(1, 3);
    const exact = quotientBy(ring =>
      ring.subtract(
        ring.multiply(ring.fromRational(half), ring.fromRational(half)),
        ring.fromRational(Rational.of(1, 9)),
      ),
    );
    expect(exact).toMatchObject({ ok: false, problems: [{ code: 'division-by-zero' }] });
  });
  it('tells a rational zero from a small number', () => {
    const found = enclose(50, ring => {
      const [a, b] = [Rational.of(1, 3), Rational.of(1, 9)].map(value => ring.fromRational(value));
      if (a === undefined || b === undefined) throw new Error('two numbers');
      return ring.sign(ring.subtract(ring.multiply(a, a), b));
    });
    expect(found).toEqual({ ok: true, value: 0 });
  });
  it('grows from the digits that are asked for', () => {
    expect(precisionsFrom(62)).toEqual([62, 120, 300, 700]);
    expect(precisionsFrom(120)).toEqual([120, 300, 700]);
    expect(precisionsFrom(900)).toEqual([900]);
  });
});
