import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/base/problem.ts';
import { type BigFloat, logarithmOfSize } from '../../src/number/big-float.ts';
import { decimalsWith } from '../../src/number/decimal.ts';
import { Rational } from '../../src/number/rational.ts';
import { mayBeZero } from '../../src/evaluate/ring/ball.ts';
import { EnclosureRing } from '../../src/evaluate/ring/enclosure-ring.ts';
import { FloatRing, printFloat } from '../../src/evaluate/ring/float-ring.ts';
import { RationalRing } from '../../src/evaluate/ring/rational-ring.ts';
import { integerPower, type Ring } from '../../src/evaluate/ring/ring.ts';
import { type RingSeries, SeriesRing } from '../../src/evaluate/ring/series-ring.ts';
import { FUNCTION_LAWS, RING_LAWS, type Law } from './ring-laws.ts';

const DIGITS = 60;
const floats = new FloatRing(DIGITS);
const series = new SeriesRing(floats, 6);
const nested = new SeriesRing(new SeriesRing(floats, 2), 2);

const small = fc
  .tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: 1, max: 12 }))
  .map(([num, den]) => Rational.of(num, den));
const positive = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 12 }))
  .map(([num, den]) => Rational.of(num, den));

interface Tested<T> {
  readonly ring: Ring<T>;
  /** An element whose leading number is the first one. */
  element(numbers: readonly Rational[]): T;
  numbers(value: T): readonly BigFloat[];
}
const testedFloats: Tested<BigFloat> = {
  ring: floats,
  element: ([first = Rational.zero]) => floats.fromRational(first),
  numbers: value => [value],
};
const testedSeries: Tested<RingSeries<BigFloat>> = {
  ring: series,
  element: numbers => series.zero.map((_, q) => floats.fromRational(numbers[q] ?? Rational.zero)),
  numbers: value => value,
};
const testedNested: Tested<RingSeries<RingSeries<BigFloat>>> = {
  ring: nested,
  element: ([a = Rational.zero, b = Rational.zero, c = Rational.zero, d = Rational.zero]) => [
    [a, b].map(x => floats.fromRational(x)),
    [c, d].map(x => floats.fromRational(x)),
  ],
  numbers: value => value.flat(),
};

/** Whether a law holds for the elements, to all but a few digits. */
function holds<T>({ ring, element, numbers }: Tested<T>, law: Law, samples: readonly (readonly Rational[])[]): boolean {
  const [a = [], b = [], c = []] = samples;
  const [left, right] = law(ring, [element(a), element(b), element(c)]);
  const scale = Math.max(0, ...numbers(left).map(logarithmOfSize), ...numbers(right).map(logarithmOfSize));
  // Quotients of series by a small constant term grow like its negative powers.
  return numbers(left).every(
    (value, at) => logarithmOfSize(floats.subtract(value, numbers(right)[at] ?? floats.zero)) < scale + 20 - DIGITS,
  );
}

const coefficients = fc.array(small, { minLength: 6, maxLength: 6 });
const samples = fc
  .tuple(positive, coefficients, coefficients, coefficients)
  .map(([first, a, b, c]) => [[first, ...a], b, c]);

function checkLaws<T>(name: string, tested: Tested<T>): void {
  describe(`the laws of ${name}`, () => {
    it.each(Object.entries({ ...RING_LAWS, ...FUNCTION_LAWS }))('%s', (_, law) => {
      expect.hasAssertions();
      fc.assert(
        fc.property(samples, given => {
          expect(holds(tested, law, given)).toBe(true);
        }),
        { numRuns: 15 },
      );
    });
  });
}
checkLaws('numbers', testedFloats);
checkLaws('series in h', testedSeries);
checkLaws('dual numbers of dual numbers', testedNested);

describe('exact rationals', () => {
  const exact = new RationalRing();
  it.each(Object.entries(RING_LAWS))('%s', (_, law) => {
    expect.hasAssertions();
    fc.assert(
      fc.property(fc.tuple(positive, small, small), given => {
        const [left, right] = law(exact, given);
        expect(left.equals(right)).toBe(true);
      }),
    );
  });
  it('has the roots that are rational, and no others', () => {
    fc.assert(
      fc.property(positive, fc.integer({ min: 2, max: 5 }), (value, degree) => {
        expect(exact.root(value.power(degree), degree).equals(value)).toBe(true);
      }),
    );
    for (const [value, degree] of [
      [2, 2],
      [9, 3],
      [10 ** 12 + 1, 2],
      [8, 4],
    ] as const)
      expect(() => exact.root(Rational.of(value), degree)).toThrow(Refusal);
    expect(() => exact.root(Rational.of(-4), 2)).toThrow('negative');
  });
  it('refuses what it would have to round', () => {
    for (const name of ['exp', 'tanh', 'sin', 'cos', 'sinh', 'cosh', 'arctan', 'log'] as const)
      expect(() => exact[name](Rational.of(2)), name).toThrow('not a rational number');
    expect(exact.exp(Rational.zero).isOne()).toBe(true);
    expect(exact.log(Rational.one).isZero()).toBe(true);
    expect(() => exact.divide(Rational.one, Rational.zero)).toThrow('division by zero');
    expect(() => integerPower(exact, Rational.of(3, 7), 300_000)).toThrow('too long');
  });
});

describe('every law is violated by a broken ring', () => {
  const one = floats.one;
  const bent = (value: BigFloat): BigFloat => floats.add(value, floats.fromRational(Rational.of(1, 1000)));
  /** The ring with one operation changed; what else rests on it changes too. */
  const broken = (change: Partial<Ring<BigFloat>>): Tested<BigFloat> => ({
    ...testedFloats,
    ring: {
      zero: floats.zero,
      one,
      pi: () => floats.pi(),
      fromRational: x => floats.fromRational(x),
      add: (a, b) => floats.add(a, b),
      subtract: (a, b) => floats.subtract(a, b),
      negate: a => floats.negate(a),
      multiply: (a, b) => floats.multiply(a, b),
      divide: (a, b) => floats.divide(a, b),
      root: (a, degree) => floats.root(a, degree),
      exp: a => floats.exp(a),
      log: a => floats.log(a),
      tanh: a => floats.tanh(a),
      sin: a => floats.sin(a),
      cos: a => floats.cos(a),
      sinh: a => floats.sinh(a),
      cosh: a => floats.cosh(a),
      arctan: a => floats.arctan(a),
      abs: a => floats.abs(a),
      sign: a => floats.sign(a),
      compare: (a, b) => floats.compare(a, b),
      isZero: a => floats.isZero(a),
      ...change,
    },
  });
  const twins: Readonly<Record<string, Partial<Ring<BigFloat>>>> = {
    'addition commutes': { add: (a, b) => floats.add(a, floats.add(b, b)) },
    'addition associates': { add: (a, b) => floats.add(floats.multiply(a, b), one) },
    'zero is neutral': { add: (a, b) => bent(floats.add(a, b)) },
    'subtraction undoes addition': { subtract: (a, b) => floats.subtract(b, a) },
    'negation is subtraction from zero': { negate: a => a },
    'multiplication commutes': { multiply: (a, b) => floats.add(a, floats.multiply(a, b)) },
    'multiplication associates': { multiply: (a, b) => floats.add(floats.multiply(a, b), a) },
    'one is neutral': { one: floats.fromRational(Rational.of(2)) },
    'multiplication distributes': { multiply: (a, b) => floats.multiply(floats.multiply(a, b), floats.multiply(a, b)) },
    'division undoes multiplication': { divide: (a, b) => floats.divide(b, a) },
    'numbers are embedded': { fromRational: x => floats.fromRational(x.add(Rational.one)) },
    'a root squared': { root: (a, degree) => floats.root(a, degree + 1) },
    'a cube root cubed': { root: a => floats.root(a, 2) },
    'a root of degree 1000 to that power': { root: (a, degree) => floats.root(a, degree + 1) },
    'exp of a sum': { exp: a => floats.add(a, one) },
    'log undoes exp': { log: a => floats.subtract(a, one) },
    'exp undoes log': { exp: a => bent(floats.exp(a)) },
    'tanh through exp': { tanh: a => floats.sinh(a) },
    'sine and cosine on the circle': { cos: a => floats.cosh(a) },
    'sine of a double': { sin: a => floats.tanh(a) },
    'cosine of a double': { cos: a => floats.sin(a) },
    'sinh and cosh make exp': { sinh: a => floats.tanh(a) },
    'sinh is odd, cosh even': { sinh: a => floats.exp(a), cosh: () => one },
    'rational powers multiply': { root: (a, degree) => bent(floats.root(a, degree)) },
    'a real power of a power': { log: a => floats.subtract(a, one) },
    'the absolute value of a positive': { abs: a => a },
  };
  const given = [[Rational.of(7, 3)], [Rational.of(-2, 5)], [Rational.of(9, 4)]];
  it.each(Object.entries({ ...RING_LAWS, ...FUNCTION_LAWS }))('%s', (name, law) => {
    const change = twins[name];
    expect(change).toBeDefined();
    expect(holds(testedFloats, law, given)).toBe(true);
    expect(holds(broken(change ?? {}), law, given)).toBe(false);
  });
});

describe('elementary functions', () => {
  const decimals = decimalsWith(DIGITS + 40);
  const cases: readonly (readonly [string, Rational])[] = [
    '1/3',
    '-7/2',
    '1/1000000',
    '25',
    '-40',
    '123456789/1000',
    '1/100000000000000000000',
  ].map(text => [text, Rational.parse(text) ?? Rational.zero]);
  it.each(cases)('agree with decimal.js at %s', (_, value) => {
    const exact = new decimals(value.num.toString()).div(value.den.toString());
    const x = floats.fromRational(value);
    const shown = (result: BigFloat): string => printFloat(result, 50);
    const expected = (result: InstanceType<typeof decimals>): string => result.toSignificantDigits(50).toString();
    if (exact.abs().lt(200)) {
      expect(shown(floats.exp(x))).toBe(expected(exact.exp()));
      expect(shown(floats.sinh(x))).toBe(expected(exact.sinh()));
      expect(shown(floats.cosh(x))).toBe(expected(exact.cosh()));
      expect(shown(floats.tanh(x))).toBe(expected(exact.tanh()));
    }
    expect(shown(floats.sin(x))).toBe(expected(exact.sin()));
    expect(shown(floats.cos(x))).toBe(expected(exact.cos()));
    const root = floats.root(floats.abs(x), 3);
    expect(shown(root)).toBe(expected(exact.abs().cbrt()));
  });
  it('lose of a logarithm near 1 only what its argument has lost', () => {
    const value = new decimals('1.00000000000000000001');
    expect(
      printFloat(floats.log(floats.fromRational(Rational.parse('1.00000000000000000001') ?? Rational.one)), 38),
    ).toBe(value.ln().toSignificantDigits(38).toString());
  });
  it('saturate: tanh of a large number is ±1', () => {
    expect(printFloat(floats.tanh(floats.fromRational(Rational.of(-1_000_000))), 50)).toBe('-1');
  });
});

describe('series', () => {
  const variable = series.monomial(floats.one, 1);
  const shown = (value: RingSeries<BigFloat>): string[] => value.map(coefficient => printFloat(coefficient, 20));
  const exactly = (...numbers: string[]): string[] =>
    numbers.map(text => printFloat(floats.fromRational(Rational.parse(text) ?? Rational.zero), 20));
  it.each([
    ['exp', (x: RingSeries<BigFloat>) => series.exp(x), ['1', '1', '1/2', '1/6', '1/24', '1/120']],
    [
      'log(1+h)',
      (x: RingSeries<BigFloat>) => series.log(series.add(series.one, x)),
      ['0', '1', '-1/2', '1/3', '-1/4', '1/5'],
    ],
    ['tanh', (x: RingSeries<BigFloat>) => series.tanh(x), ['0', '1', '0', '-1/3', '0', '2/15']],
    ['sin', (x: RingSeries<BigFloat>) => series.sin(x), ['0', '1', '0', '-1/6', '0', '1/120']],
    ['cos', (x: RingSeries<BigFloat>) => series.cos(x), ['1', '0', '-1/2', '0', '1/24', '0']],
    ['sinh', (x: RingSeries<BigFloat>) => series.sinh(x), ['0', '1', '0', '1/6', '0', '1/120']],
    ['cosh', (x: RingSeries<BigFloat>) => series.cosh(x), ['1', '0', '1/2', '0', '1/24', '0']],
    ['arctan', (x: RingSeries<BigFloat>) => series.arctan(x), ['0', '1', '0', '-1/3', '0', '1/5']],
    [
      '1/(1−h)',
      (x: RingSeries<BigFloat>) => series.divide(series.one, series.subtract(series.one, x)),
      ['1', '1', '1', '1', '1', '1'],
    ],
    [
      '√(1+h)',
      (x: RingSeries<BigFloat>) => series.root(series.add(series.one, x), 2),
      ['1', '1/2', '-1/8', '1/16', '-5/128', '7/256'],
    ],
  ])('%s has its Taylor coefficients', (_, f, expected) => {
    expect(shown(f(variable))).toEqual(exactly(...expected));
  });
});

describe('refusals', () => {
  const codeOf = (action: () => unknown): string => {
    try {
      action();
    } catch (error) {
      if (error instanceof Refusal) return error.problem.code;
      throw error;
    }
    return 'none';
  };
  const h = series.monomial(floats.one, 1);
  const minus = floats.negate(floats.one);
  it.each<[string, string, () => unknown]>([
    ['1/0', 'division-by-zero', () => floats.divide(floats.one, floats.zero)],
    ['0^-1', 'division-by-zero', () => integerPower(floats, floats.zero, -1)],
    ['√−1', 'undefined-at-point', () => floats.root(minus, 2)],
    ['log 0', 'undefined-at-point', () => floats.log(floats.zero)],
    ['exp of 10^6', 'number-too-large', () => floats.exp(floats.fromRational(Rational.of(1_000_000)))],
    ['sin of 10^400', 'number-too-large', () => floats.sin(floats.fromRational(Rational.of(10n ** 400n)))],
    ['1/h', 'division-by-zero', () => series.divide(series.one, h)],
    ['√h', 'not-differentiable', () => series.root(h, 2)],
    ['√0 of a series', 'not-differentiable', () => series.root(series.zero, 2)],
    ['|h|', 'not-differentiable', () => series.abs(h)],
    ['h against 0', 'not-differentiable', () => series.compare(h, series.zero)],
    ['log h', 'undefined-at-point', () => series.log(h)],
    ['√0 of a number', 'none', () => floats.root(floats.zero, 2)],
    ['|0| of a series', 'none', () => series.abs(series.zero)],
    ['0^0', 'none', () => integerPower(floats, floats.zero, 0)],
  ])('%s: %s', (_, code, action) => {
    expect(codeOf(action)).toBe(code);
  });
  it('0⁰ is 1', () => {
    expect(integerPower(floats, floats.zero, 0)).toBe(floats.one);
  });
});

describe('the number π', () => {
  // The first 50 digits, from any table.
  const known = Rational.parse('3.14159265358979323846264338327950288419716939937510') ?? Rational.zero;
  it('is enclosed: its ball holds the known digits and neither of Archimedes’ bounds', () => {
    const ring = new EnclosureRing(60);
    const apart = (bound: Rational): number => ring.compare(ring.pi(), ring.fromRational(bound));
    expect(apart(Rational.of(22n, 7n))).toBe(-1);
    expect(apart(Rational.of(223n, 71n))).toBe(1);
    expect(apart(known.subtract(Rational.of(1n, 10n ** 49n)))).toBe(1);
    expect(apart(known.add(Rational.of(1n, 10n ** 49n)))).toBe(-1);
  });
  it('is no rational number', () => {
    expect(() => new RationalRing().pi()).toThrow('not a rational number');
  });
  it('is met by sine and cosine as far as digits tell', () => {
    const ring = new EnclosureRing(40);
    const half = ring.divide(ring.pi(), ring.fromRational(Rational.of(6)));
    expect(mayBeZero(ring.ball(ring.subtract(ring.sin(half), ring.fromRational(Rational.of(1n, 2n)))))).toBe(true);
  });
  it('with more digits than the functions have, an angle is refused and no error', () => {
    const ring = new FloatRing(600);
    expect(() => ring.cos(ring.fromRational(Rational.of(10n, 3n)))).toThrow('digits');
  });
});

describe('what a series says of what was cut off', () => {
  const short = new SeriesRing(new RationalRing(), 2);
  const long = new SeriesRing(new RationalRing(), 12);
  type Draw = <T>(ring: SeriesRing<T>) => RingSeries<T>;
  const leaf: fc.Arbitrary<Draw> = fc.oneof(
    fc.integer({ min: -2, max: 2 }).map(
      value =>
        <T>(ring: SeriesRing<T>) =>
          ring.fromRational(Rational.of(value)),
    ),
    fc.constant(<T>(ring: SeriesRing<T>) => ring.monomial(ring.base.one, 1)),
  );
  const { tree } = fc.letrec<{ tree: Draw }>(tie => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.tuple(fc.constantFrom('add', 'subtract', 'multiply', 'divide'), tie('tree'), tie('tree')).map(
        ([name, a, b]) =>
          <T>(ring: SeriesRing<T>) =>
            ring[name](a(ring), b(ring)),
      ),
      tie('tree').map(
        a =>
          <T>(ring: SeriesRing<T>) =>
            ring.abs(a(ring)),
      ),
    ),
  }));
  const signIn = <T>(ring: SeriesRing<T>, draw: Draw): number | null => {
    try {
      return ring.sign(draw(ring));
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  };
  it('has the sign that it has with more terms, or none', () => {
    let zeros = 0;
    fc.assert(
      fc.property(tree, draw => {
        const sign = signIn(short, draw);
        if (sign === 0) zeros += 1;
        if (sign === null) return true;
        try {
          const lead = draw(long).find(value => !value.isZero());
          return sign === (lead === undefined ? 0 : lead.sign());
        } catch (error) {
          if (error instanceof Refusal) return true;
          throw error;
        }
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(zeros).toBeGreaterThan(10);
  });
  it('has no sign where all that is known is zero', () => {
    const square = short.multiply(short.monomial(Rational.one, 1), short.monomial(Rational.one, 1));
    expect(() => short.sign(square)).toThrow(Refusal);
    expect(short.isZero(short.abs(square))).toBe(true);
    const dual = new SeriesRing(short, 2);
    const moving = dual.add(dual.one, dual.monomial(short.one, 1));
    const tiny = dual.constant(square);
    for (const made of [
      tiny,
      dual.multiply(tiny, moving),
      dual.divide(tiny, moving),
      dual.tanh(dual.multiply(moving, tiny)),
    ])
      expect(() => dual.sign(made)).toThrow(Refusal);
    expect(short.compare(square, short.zero)).toBe(0);
    expect(short.sign(short.subtract(short.one, short.one))).toBe(0);
    expect(short.sign(short.multiply(short.subtract(short.one, short.one), square))).toBe(0);
  });
});
