/** Series that may be divided by h, held against rational functions of h in exact numbers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attempt, Refusal } from '../../src/base/problem.ts';
import { LaurentRing, withEnoughTerms } from '../../src/evaluate/ring/laurent-ring.ts';
import { RationalRing } from '../../src/evaluate/ring/rational-ring.ts';
import { type RingSeries, SeriesRing } from '../../src/evaluate/ring/series-ring.ts';
import { Rational } from '../../src/number/rational.ts';

const numbers = new RationalRing();
type Draw = <T>(ring: SeriesRing<T>) => RingSeries<T>;
const constant =
  (value: number): Draw =>
  ring =>
    ring.fromRational(Rational.of(value));
const variable: Draw = ring => ring.monomial(ring.base.one, 1);

/** Polynomials in h, the constant term first. */
type Polynomial = readonly Rational[];
const add = (a: Polynomial, b: Polynomial, sign = 1): Polynomial =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, q) =>
    (a[q] ?? Rational.zero).add((b[q] ?? Rational.zero).multiply(Rational.of(sign))),
  );
const times = (a: Polynomial, b: Polynomial): Polynomial =>
  a.reduce<Polynomial>(
    (sum, value, q) => add(sum, [...Array.from({ length: q }, () => Rational.zero), ...b.map(x => x.multiply(value))]),
    [],
  );
interface Fraction {
  readonly above: Polynomial;
  readonly below: Polynomial;
}
/** Coefficients of h^0, …, h^{count−1} of a fraction; null where it has a pole at 0 or is none. */
function expansionOf({ above, below }: Fraction, count: number): Rational[] | null {
  const first = below.findIndex(value => !value.isZero());
  const top = above.findIndex(value => !value.isZero());
  if (first < 0) return null;
  if (top < 0) return Array.from({ length: count }, () => Rational.zero);
  if (top < first) return null;
  const [n, d] = [above.slice(first), below.slice(first)];
  const found: Rational[] = [];
  for (let q = 0; q < count; q += 1) {
    const known = found.reduce((sum, value, r) => sum.add(value.multiply(d[q - r] ?? Rational.zero)), Rational.zero);
    found.push((n[q] ?? Rational.zero).subtract(known).divide(d[0] ?? Rational.one));
  }
  return found;
}

interface Drawn {
  readonly draw: Draw;
  /** null: divides by zero on the way. */
  readonly fraction: Fraction | null;
}
const one: Polynomial = [Rational.one];
const leaf: fc.Arbitrary<Drawn> = fc.oneof(
  fc
    .integer({ min: -2, max: 2 })
    .map(value => ({ draw: constant(value), fraction: { above: [Rational.of(value)], below: one } })),
  fc.constant({ draw: variable, fraction: { above: [Rational.zero, Rational.one], below: one } }),
);
const combined = (name: 'add' | 'subtract' | 'multiply' | 'divide', a: Drawn, b: Drawn): Drawn => {
  const draw: Draw = ring => ring[name](a.draw(ring), b.draw(ring));
  if (a.fraction === null || b.fraction === null) return { draw, fraction: null };
  const [x, y] = [a.fraction, b.fraction];
  if (name === 'divide')
    return y.above.every(value => value.isZero())
      ? { draw, fraction: null }
      : { draw, fraction: { above: times(x.above, y.below), below: times(x.below, y.above) } };
  const below = times(x.below, y.below);
  if (name === 'multiply') return { draw, fraction: { above: times(x.above, y.above), below } };
  return {
    draw,
    fraction: { above: add(times(x.above, y.below), times(y.above, x.below), name === 'add' ? 1 : -1), below },
  };
};
const { tree } = fc.letrec<{ tree: Drawn }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc
      .tuple(fc.constantFrom('add', 'subtract', 'multiply', 'divide', 'divide'), tie('tree'), tie('tree'))
      .map(([name, a, b]) => combined(name, a, b)),
  ),
}));

const TERMS = 3;
type Made = (terms: number) => SeriesRing<Rational>;
const valueIn = (make: Made, draw: Draw): readonly Rational[] | null => {
  const found = withEnoughTerms(TERMS, terms =>
    attempt(() => {
      const ring = make(terms);
      const value = draw(ring);
      return Array.from({ length: TERMS }, (_, q) => ring.coefficient(value, q));
    }),
  );
  return found.ok ? found.value : null;
};
/** How many trees had a value with a division by a series that vanishes at h = 0, or null where one is wrong. */
function usableOf(make: Made): number | null {
  let usable = 0;
  const found = fc.check(
    fc.property(tree, ({ draw, fraction }) => {
      const value = valueIn(make, draw);
      if (value === null) return true;
      const expected = fraction === null ? null : expansionOf(fraction, TERMS);
      if (expected === null) return false;
      if (valueIn(terms => new SeriesRing(numbers, terms), draw) === null) usable += 1;
      return value.every((each, q) => each.equals(expected[q] ?? Rational.zero));
    }),
    { numRuns: 4000, seed: 3 },
  );
  return found.failed ? null : usable;
}

describe('series that are divided by h', () => {
  it('have the coefficients of the fraction, or none', () => {
    expect(usableOf(terms => new LaurentRing(numbers, terms))).toBeGreaterThan(100);
  });
  it('would not where a quotient says to be known as far as its parts (broken twin)', () => {
    class Twin extends LaurentRing<Rational> {
      override divide(a: RingSeries<Rational>, b: RingSeries<Rational>): RingSeries<Rational> {
        const made = super.divide(a, b);
        return made.low === undefined && made.length < this.terms
          ? Array.from({ length: this.terms }, (_, q) => made[q] ?? Rational.zero)
          : made;
      }
    }
    expect(usableOf(terms => new Twin(numbers, terms))).toBeNull();
  });
  it('would not where a pole is left out (broken twin)', () => {
    class Twin extends LaurentRing<Rational> {
      override coefficient(a: RingSeries<Rational>, power: number): Rational {
        return a.low === undefined ? super.coefficient(a, power) : (a[power - a.low] ?? Rational.zero);
      }
    }
    expect(usableOf(terms => new Twin(numbers, terms))).toBeNull();
  });

  const h: Draw = variable;
  const shown = (draw: Draw): string => valueIn(terms => new LaurentRing(numbers, terms), draw)?.join(' ') ?? 'none';
  it.each<[string, string, Draw]>([
    ['h²/h', '0 1 0', r => r.divide(r.multiply(h(r), h(r)), h(r))],
    ['(e^h − 1)/h', '1 1/2 1/6', r => r.divide(r.subtract(r.exp(h(r)), r.one), h(r))],
    ['h/(e^h − 1)', '1 -1/2 1/12', r => r.divide(h(r), r.subtract(r.exp(h(r)), r.one))],
    ['h²·(1/h)', '0 1 0', r => r.multiply(r.multiply(h(r), h(r)), r.divide(r.one, h(r)))],
    ['1/h − (1/h)', '0 0 0', r => r.subtract(r.divide(r.one, h(r)), r.divide(r.one, h(r)))],
    ['1/h', 'none', r => r.divide(r.one, h(r))],
    ['h/(h − h)', 'none', r => r.divide(h(r), r.subtract(h(r), h(r)))],
    ['e^{1/h}', 'none', r => r.exp(r.divide(r.one, h(r)))],
    ['sin(h²/h)', '0 1 0', r => r.sin(r.divide(r.multiply(h(r), h(r)), h(r)))],
    ['√(h/h)', '1 0 0', r => r.root(r.divide(h(r), h(r)), 2)],
    ['√(h²/h)', 'none', r => r.root(r.divide(r.multiply(h(r), h(r)), h(r)), 2)],
    ['sign(1 − h/h)', 'none', r => r.fromRational(Rational.of(r.sign(r.subtract(r.one, r.divide(h(r), h(r))))))],
  ])('%s is %s', (_, expected, draw) => {
    expect(shown(draw)).toBe(expected);
  });
  it('throw beyond what is known', () => {
    const ring = new LaurentRing(numbers, 3);
    const quotient = ring.divide(ring.multiply(h(ring), h(ring)), h(ring));
    expect(() => ring.coefficient(quotient, 2)).toThrow(Refusal);
  });
});
