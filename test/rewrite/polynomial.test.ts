/** Polynomials, their factors and their quotients at random, against exact values; and what a factorer must find. */
import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/number/rational.ts';
import { type Candidates, type Factored, factorerFor } from '../../src/algebra/factor-polynomial.ts';
import {
  addPolynomials,
  coefficientsOf,
  commonMonomial,
  compareMonomials,
  constantPolynomial,
  contentOf,
  dividedByMonomial,
  divideExactly,
  exponentIn,
  type Monomial,
  multiplyMonomials,
  multiplyPolynomials,
  type Polynomial,
  polynomialKey,
  polynomialOf,
  powerPolynomial,
  scalePolynomial,
  substitutePolynomial,
  variablePolynomial,
  variablesOf,
} from '../../src/algebra/polynomial.ts';
import {
  addFractions,
  divideFractions,
  type Fraction,
  fractionOf,
  isZeroFraction,
  multiplyFractions,
  reciprocalOf,
  scaleFraction,
  substituteFraction,
  subtractFractions,
} from '../../src/algebra/rational-function.ts';
import { splitPolynomial, squareRoot } from '../../src/algebra/split-polynomial.ts';
import { Random } from './random.ts';

const RUNS = 120;
/** Values at which nothing below vanishes by chance. */
const AT = [Rational.of(7, 3), Rational.of(-5, 11), Rational.of(13, 7)];

const worthOfMonomial = (monomial: Monomial): Rational =>
  monomial.reduce(
    (product, [variable, exponent]) => product.multiply((AT[variable] ?? Rational.one).power(exponent)),
    Rational.one,
  );
const worth = (polynomial: Polynomial): Rational =>
  polynomial.reduce(
    (sum, { coefficient, monomial }) => sum.add(coefficient.multiply(worthOfMonomial(monomial))),
    Rational.zero,
  );
const worthOfFraction = ({ above, below }: Fraction): Rational =>
  below.reduce((value, { base, count }) => value.divide(worth(base).power(count)), worth(above));

const monomialOf = (random: Random, least: number): Monomial =>
  [0, 1, 2].flatMap(variable => {
    const exponent = random.chance(50) ? 0 : random.int(least, 2);
    return exponent === 0 ? [] : [[variable, exponent] as const];
  });
const drawn = (random: Random, { least = 0, low = 1, high = 3 } = {}): Polynomial => {
  const made = polynomialOf(
    random.list(low, high, () => ({
      coefficient: Rational.of(random.pick([-3, -2, -1, 1, 2, 4]), random.int(1, 3)),
      monomial: monomialOf(random, least),
    })),
  );
  return made.length === 0 ? constantPolynomial(2) : made;
};
const draws = function* (): Generator<{ readonly random: Random; readonly seed: number }> {
  for (let seed = 1; seed <= RUNS; seed += 1) yield { random: new Random(seed), seed };
};
const same = (found: Rational, wanted: Rational, seed: number): void =>
  expect(found.toString(), `seed ${seed}`).toBe(wanted.toString());

const [x, y, z] = [0, 1, 2].map(variable => variablePolynomial(variable)) as [Polynomial, Polynomial, Polynomial];
const number = constantPolynomial;
const minus = (left: Polynomial, right: Polynomial): Polynomial =>
  addPolynomials(left, scalePolynomial(right, Rational.minusOne));
const times = (...factors: readonly Polynomial[]): Polynomial => factors.reduce(multiplyPolynomials);

describe('polynomials', () => {
  it('are worth what their parts are', () => {
    for (const { random, seed } of draws()) {
      const [a, b] = [drawn(random, { least: -2 }), drawn(random, { least: -2 })];
      same(worth(addPolynomials(a, b)), worth(a).add(worth(b)), seed);
      same(worth(multiplyPolynomials(a, b)), worth(a).multiply(worth(b)), seed);
      same(worth(powerPolynomial(a, 3)), worth(a).power(3), seed);
      same(worth(scalePolynomial(a, Rational.of(2, 7))), worth(a).multiply(Rational.of(2, 7)), seed);
      same(worth(dividedByMonomial(a, [[1, 2]])), worth(a).divide(worthOfMonomial([[1, 2]])), seed);
    }
    expect(powerPolynomial(x, 0)).toEqual(number(1));
    expect(variablePolynomial(4, 0)).toEqual(number(1));
    expect(variablePolynomial(4, -2)).toEqual([{ coefficient: Rational.one, monomial: [[4, -2]] }]);
    expect(scalePolynomial(x, Rational.zero)).toEqual([]);
    expect(minus(x, x)).toEqual([]);
    expect(number(0)).toEqual([]);
  });

  it('have every monomial once, the greatest first, and one text each', () => {
    for (const { random, seed } of draws()) {
      const a = drawn(random, { least: -1, high: 5 });
      for (const [at, { monomial, coefficient }] of a.entries()) {
        const next = a[at + 1];
        if (next !== undefined) expect(compareMonomials(monomial, next.monomial), `seed ${seed}`).toBeGreaterThan(0);
        expect(coefficient.isZero()).toBe(false);
        expect([...monomial].sort((p, q) => p[0] - q[0])).toEqual(monomial);
      }
      const shuffled = polynomialOf([...a].reverse());
      expect(polynomialKey(shuffled)).toBe(polynomialKey(a));
      expect(polynomialKey(addPolynomials(a, variablePolynomial(1, 9)))).not.toBe(polynomialKey(a));
      expect(polynomialKey(scalePolynomial(a, Rational.of(2)))).not.toBe(polynomialKey(a));
    }
  });

  it('have an order of monomials that products keep', () => {
    for (const { random, seed } of draws()) {
      const [a, b, c] = [monomialOf(random, -2), monomialOf(random, -2), monomialOf(random, -2)];
      const order = Math.sign(compareMonomials(a, b));
      expect(Math.sign(compareMonomials(b, a)) + order, `seed ${seed}`).toBe(0);
      expect(Math.sign(compareMonomials(multiplyMonomials(a, c), multiplyMonomials(b, c)))).toBe(order);
      expect(order === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
      expect(multiplyMonomials(multiplyMonomials(a, b), b, -1)).toEqual(a);
    }
    expect(compareMonomials([[0, 1]], [[1, 5]])).toBeGreaterThan(0);
    expect(compareMonomials([[0, -1]], [[1, 5]])).toBeLessThan(0);
    expect(compareMonomials([], [[1, -1]])).toBeGreaterThan(0);
    expect(compareMonomials([], [])).toBe(0);
  });

  it('are divided where that leaves nothing, and else not', () => {
    let refused = 0;
    for (const { random, seed } of draws()) {
      const [a, b] = [drawn(random), drawn(random)];
      const product = multiplyPolynomials(a, b);
      expect(polynomialKey(divideExactly(product, b) ?? []), `seed ${seed}`).toBe(polynomialKey(a));
      const more = addPolynomials(product, number(1));
      const quotient = divideExactly(more, b);
      if (quotient === null) refused += 1;
      else same(worth(multiplyPolynomials(quotient, b)), worth(more), seed);
    }
    expect(refused).toBeGreaterThan(RUNS / 3);
    expect(divideExactly(x, [])).toBe(null);
    expect(divideExactly([], x)).toEqual([]);
    expect(divideExactly(x, multiplyPolynomials(x, x))).toBe(null);
    expect(divideExactly(addPolynomials(x, y), x)).toBe(null);
  });

  it('are divided by one in a single variable, where that divides every part', () => {
    let refused = 0;
    for (const { random, seed } of draws()) {
      const [a, drawnDivisor] = [drawn(random), drawn(random)];
      const divisor = polynomialOf(
        drawnDivisor.map(({ coefficient, monomial }) => ({
          coefficient,
          monomial: monomial.filter(([variable]) => variable === 1),
        })),
      );
      if (variablesOf(divisor).length === 0) continue;
      const product = multiplyPolynomials(a, divisor);
      expect(polynomialKey(divideExactly(product, divisor) ?? []), `seed ${seed}`).toBe(polynomialKey(a));
      // A remainder in one part alone is one.
      expect(divideExactly(addPolynomials(product, variablePolynomial(2, 9)), divisor), `seed ${seed}`).toBe(null);
      refused += 1;
    }
    expect(refused).toBeGreaterThan(RUNS / 3);
    const below: Polynomial = [{ coefficient: Rational.one, monomial: [[1, -1]] }];
    expect(divideExactly(below, addPolynomials(variablePolynomial(1), number(1)))).toBe(null);
  });

  it('have a monomial, a content and coefficients', () => {
    for (const { random, seed } of draws()) {
      const a = drawn(random, { least: -2, high: 4 });
      const left = dividedByMonomial(a, commonMonomial(a));
      expect(commonMonomial(left), `seed ${seed}`).toEqual([]);
      const common = commonMonomial(a);
      expect([...common].sort((p, q) => p[0] - q[0])).toEqual(common);
      for (const { monomial } of left) for (const [, exponent] of monomial) expect(exponent).toBeGreaterThan(0);
      expect(contentOf(a).sign()).toBe(1);
      const whole = scalePolynomial(a, contentOf(a).inverse());
      expect(contentOf(whole).isOne()).toBe(true);
      expect(whole.every(({ coefficient }) => coefficient.isInteger())).toBe(true);
      const parts = [...coefficientsOf(a, 1)].map(([exponent, part]) =>
        multiplyPolynomials(part, variablePolynomial(1, exponent)),
      );
      expect(polynomialKey(addPolynomials(...parts))).toBe(polynomialKey(a));
      for (const [, part] of coefficientsOf(a, 1)) expect(variablesOf(part)).not.toContain(1);
      expect(variablesOf(a)).toEqual(
        [0, 1, 2].filter(variable => a.some(({ monomial }) => exponentIn(monomial, variable) !== 0)),
      );
    }
    expect(commonMonomial([])).toEqual([]);
    expect(contentOf([]).isOne()).toBe(true);
  });

  it('take a polynomial in place of a variable', () => {
    for (const { random, seed } of draws()) {
      const [a, b] = [drawn(random), drawn(random)];
      const image = substitutePolynomial(a, 1, b) ?? [];
      const direct = a.reduce(
        (sum, { coefficient, monomial }) =>
          sum.add(
            monomial.reduce(
              (part, [variable, exponent]) =>
                part.multiply((variable === 1 ? worth(b) : (AT[variable] ?? Rational.one)).power(exponent)),
              coefficient,
            ),
          ),
        Rational.zero,
      );
      same(worth(image), direct, seed);
    }
    expect(substitutePolynomial(variablePolynomial(1, -1), 1, x)).toBe(null);
  });
});

const likely: Candidates = variables => variables.flatMap(variable => [minus(number(1), variablePolynomial(variable))]);
const put = ({ number: by, monomial, powers }: Factored): Polynomial =>
  powers.reduce(
    (product, { base, count }) => multiplyPolynomials(product, powerPolynomial(base, count)),
    polynomialOf([{ coefficient: by, monomial }]),
  );

describe('factors', () => {
  it('multiply to the polynomial, and each is in lowest terms', () => {
    for (const { random, seed } of draws()) {
      const factor = factorerFor(likely);
      const a = multiplyPolynomials(drawn(random, { least: -1 }), drawn(random));
      const found = factor(a);
      expect(polynomialKey(put(found)), `seed ${seed}`).toBe(polynomialKey(a));
      for (const { base, count } of found.powers) {
        expect(base.length).toBeGreaterThan(1);
        expect(count).toBeGreaterThan(0);
        expect(commonMonomial(base)).toEqual([]);
        expect(contentOf(base).isOne()).toBe(true);
      }
      expect(factor(a)).toBe(found);
    }
  });

  const powersOf = (polynomial: Polynomial): string[] =>
    factorerFor(likely)(polynomial)
      .powers.map(({ base, count }) => `${polynomialKey(base)} ${count}`)
      .sort();
  const key = (polynomial: Polynomial, count: number): string => `${polynomialKey(polynomial)} ${count}`;
  const oneMinus = (of: Polynomial): Polynomial => minus(number(1), of);

  it('are those that are expected, as often as they go', () => {
    expect(powersOf(times(oneMinus(x), oneMinus(x), oneMinus(y)))).toEqual(
      [key(oneMinus(x), 2), key(oneMinus(y), 1)].sort(),
    );
    expect(powersOf(scalePolynomial(times(x, oneMinus(x)), Rational.of(-2, 3)))).toEqual([key(oneMinus(x), 1)]);
  });
  it('are the contents in a variable', () => {
    const [common, more] = [addPolynomials(times(x, x), number(3)), addPolynomials(times(y, z), number(5))];
    expect(powersOf(times(common, more))).toEqual([key(common, 1), key(more, 1)].sort());
  });
  it('are what is left, where anything is', () => {
    const rest = addPolynomials(times(x, y), number(7));
    expect(powersOf(times(oneMinus(x), rest))).toEqual([key(oneMinus(x), 1), key(rest, 1)].sort());
    expect(powersOf(times(x, y))).toEqual([]);
    expect(powersOf(number(5))).toEqual([]);
    expect(factorerFor(likely)(scalePolynomial(x, Rational.of(-5, 2)))).toEqual({
      number: Rational.of(-5, 2),
      monomial: [[0, 1]],
      powers: [],
    });
  });
  it('begin with a positive term of least degree', () => {
    expect(powersOf(minus(x, number(1)))).toEqual([key(oneMinus(x), 1)]);
    const { number: by } = factorerFor(likely)(minus(x, number(1)));
    expect(by.toString()).toBe('-1');
    // 7 − x y, which nobody expects.
    expect(factorerFor(likely)(minus(times(x, y), number(7))).number.toString()).toBe('-1');
    expect(factorerFor(likely)(minus(number(7), times(x, y))).number.toString()).toBe('1');
    expect(factorerFor(likely)([]).powers).toEqual([]);
  });
});

describe('fractions', () => {
  const factor = factorerFor(likely);
  const fraction = (random: Random): Fraction => {
    const below = random.chance(30) ? minus(number(1), x) : drawn(random, { low: 2 });
    return multiplyFractions(fractionOf(drawn(random, { least: -1 })), reciprocalOf(below, factor));
  };
  it('are worth what their parts are', () => {
    for (const { random, seed } of draws()) {
      const [a, b] = [fraction(random), fraction(random)];
      const [wa, wb] = [worthOfFraction(a), worthOfFraction(b)];
      same(worthOfFraction(addFractions(a, b)), wa.add(wb), seed);
      same(worthOfFraction(subtractFractions(a, b)), wa.subtract(wb), seed);
      same(worthOfFraction(multiplyFractions(a, b)), wa.multiply(wb), seed);
      same(worthOfFraction(divideFractions(a, b, factor)), wa.divide(wb), seed);
      same(worthOfFraction(scaleFraction(a, Rational.of(3, 5))), wa.multiply(Rational.of(3, 5)), seed);
      const sum = addFractions(a, b, scaleFraction(a, Rational.minusOne), scaleFraction(b, Rational.minusOne));
      expect(isZeroFraction(sum), `seed ${seed}`).toBe(true);
      expect(sum.below).toEqual([]);
      expect(isZeroFraction(a)).toBe(false);
    }
  });
  it('are cancelled', () => {
    const a = times(oneMinusX, oneMinusX, addPolynomials(x, y));
    const { above, below } = multiplyFractions(
      fractionOf(a),
      reciprocalOf(times(oneMinusX, oneMinusX, oneMinusX), factor),
    );
    expect(polynomialKey(above)).toBe(polynomialKey(addPolynomials(x, y)));
    expect(below.map(({ base, count }) => [polynomialKey(base), count])).toEqual([[polynomialKey(oneMinusX), 1]]);
    const whole = multiplyFractions(
      fractionOf(times(oneMinusX, variablePolynomial(0, -2))),
      reciprocalOf(oneMinusX, factor),
    );
    expect([polynomialKey(whole.above), whole.below.length]).toEqual([polynomialKey(variablePolynomial(0, -2)), 0]);
    // As often as they stand below, and no more often.
    const once = multiplyFractions(fractionOf(times(oneMinusX, oneMinusX)), reciprocalOf(oneMinusX, factor));
    expect([polynomialKey(once.above), once.below.length]).toEqual([polynomialKey(oneMinusX), 0]);
  });
  it('have no reciprocal of zero', () => {
    expect(() => reciprocalOf([], factor)).toThrow();
    expect(reciprocalOf(scalePolynomial(x, Rational.of(-4)), factor)).toEqual({
      above: [{ coefficient: Rational.of(-1, 4), monomial: [[0, -1]] }],
      below: [],
    });
  });
  it('take a polynomial in place of a variable', () => {
    const own = multiplyFractions(fractionOf(addPolynomials(x, y)), reciprocalOf(times(oneMinusX, oneMinusX), factor));
    const image = substituteFraction(own, 0, times(y, z), factor);
    const [, b = Rational.one, c = Rational.one] = AT;
    const by = b.multiply(c);
    const wanted = by.add(b).divide(Rational.one.subtract(by).power(2));
    same(worthOfFraction(image ?? own), wanted, 0);
    expect(substituteFraction(own, 0, number(1), factor)).toBe(null);
    expect(substituteFraction(fractionOf(variablePolynomial(0, -1)), 0, y, factor)).toBe(null);
  });
});

const oneMinusX = minus(number(1), x);

describe('what a polynomial is split into', () => {
  const product = (factors: readonly Polynomial[]): Polynomial => factors.reduce(multiplyPolynomials, number(1));
  const plus = addPolynomials;
  it.each<readonly [string, readonly Polynomial[]]>([
    ['1 − x²', [minus(number(1), x), plus(number(1), x)]],
    ['x² − y²', [minus(x, y), plus(x, y)]],
    [
      '4x² − 9y²z²',
      [minus(times(number(2), x), times(number(3), y, z)), plus(times(number(2), x), times(number(3), y, z))],
    ],
    ['(x − y)²', [minus(x, y), minus(x, y)]],
    ['1 − x⁴', [minus(number(1), x), plus(number(1), x), plus(number(1), times(x, x))]],
    [
      '(2x − 3)(x + 1)(x − 1/2)',
      [minus(times(number(2), x), number(3)), plus(x, number(1)), minus(x, number(Rational.of(1, 2)))],
    ],
    ['2x³ + x − 3', [minus(x, number(1)), plus(times(number(2), x, x), times(number(2), x), number(3))]],
    ['(1 − x)(1 − y)', [minus(number(1), x), minus(number(1), y)]],
    ['(x − 1)(y − 2)(x + y)', [minus(x, number(1)), minus(y, number(2)), plus(x, y)]],
    // A difference and a sum of two variables, where no power is alone and the degrees differ.
    ['(x − y)(x³ + y³ + 1)', [minus(x, y), plus(times(x, x, x), times(y, y, y), number(1))]],
    ['(x + y)(x³ − y³ + 1)', [plus(x, y), plus(minus(times(x, x, x), times(y, y, y)), number(1))]],
    ['x³ − y³', [minus(x, y), plus(times(x, x), times(x, y), times(y, y))]],
    [
      '(x − 3y)(x + 2y)(2x − y)',
      [minus(x, times(number(3), y)), plus(x, times(number(2), y)), minus(times(number(2), x), y)],
    ],
  ])('%s', (_, wanted) => {
    const found = splitPolynomial(product(wanted));
    expect(found).toHaveLength(wanted.length);
    expect(polynomialKey(product(found))).toBe(polynomialKey(product(wanted)));
    const own = (factors: readonly Polynomial[]): string[] =>
      factors
        .map(each => polynomialKey(scalePolynomial(each, (each[0]?.coefficient ?? Rational.one).inverse())))
        .sort();
    expect(own(found)).toEqual(own(wanted));
  });
  it.each<readonly [string, Polynomial]>([
    ['1 + x²', plus(number(1), times(x, x))],
    ['x² − 2', minus(times(x, x), number(2))],
    ['x − y', minus(x, y)],
    ['x² + y', plus(times(x, x), y)],
    ['x² + xy + y²', plus(times(x, x), times(x, y), times(y, y))],
    ['x', x],
    ['2x²y', times(number(2), x, x, y)],
    ['0', []],
    ['x + xy', plus(x, times(x, y))],
    ['x³ + 2', plus(times(x, x, x), number(2))],
  ])('%s stays', (_, polynomial) => {
    expect(splitPolynomial(polynomial)).toEqual([polynomial]);
  });
  it('stays whole where it is large', () => {
    const square = (f: Polynomial): Polynomial => times(f, f);
    const high = square(plus(...Array.from({ length: 13 }, (_, at) => variablePolynomial(0, at + 1))));
    const many = square(plus(...Array.from({ length: 7 }, (_, at) => variablePolynomial(at))));
    for (const large of [high, many]) expect(splitPolynomial(large)).toEqual([large]);
  });
  it('has the polynomial as its product', () => {
    let split = 0;
    for (const { random, seed } of draws()) {
      const whole = times(...random.list(1, 3, () => drawn(random)));
      const found = splitPolynomial(whole);
      expect(polynomialKey(product(found)), `seed ${seed}`).toBe(polynomialKey(whole));
      if (found.length > 1) split += 1;
    }
    expect(split).toBeGreaterThan(RUNS / 10);
  });
  it('has no square root of an odd power', () => {
    for (const odd of [x, times(x, x, x), times(x, x, y)]) expect(squareRoot(odd)).toBeNull();
  });
  it('has square roots of squares alone', () => {
    for (const { random, seed } of draws()) {
      const root = drawn(random);
      const square = times(root, root);
      const found = squareRoot(square);
      expect(found && polynomialKey(times(found, found)), `seed ${seed}`).toBe(polynomialKey(square));
      expect(squareRoot(plus(square, times(x, x, x, x, x, x, x)))).toBeNull();
      expect(squareRoot(scalePolynomial(square, Rational.of(2)))).toBeNull();
    }
  });
});
