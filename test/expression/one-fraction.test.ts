/** Rational functions of an index as products of linear factors: the same values at every integer at which they have one. */
import { describe, expect, it } from 'vitest';
import { asOneFraction } from '../../src/expression/arithmetic/one-fraction.ts';
import { add, constant, type Expression, factorExpression, multiply } from '../../src/expression/core/expression.ts';
import { exponentOf, integerExponent } from '../../src/expression/core/factor.ts';
import { ITERATION_INDEX, openIndex } from '../../src/expression/core/indices.ts';
import type { LinearForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import { Random } from '../rewrite/random.ts';

const RUNS = Number(process.env.MODEQ_RULE_RUNS ?? 300);
const index = openIndex('history');
const form = (slope: number, shift: number): LinearForm => ({ constant: shift, terms: [[index, slope]] });
const to = (slope: number, shift: number, power: number): Expression =>
  factorExpression({ kind: 'index', index: form(slope, shift) }, exponentOf(power));

/** By hand; null where something is divided by 0. */
function valueAt({ terms }: Expression, place: number): Rational | null {
  let sum = Rational.zero;
  for (const { coefficient, factors } of terms) {
    let product = coefficient;
    for (const { factor, exponent } of factors) {
      if (factor.kind !== 'index') throw new Error('not a form');
      const [[, slope] = [0, 0]] = factor.index.terms;
      const value = Rational.of(slope * place + factor.index.constant);
      const power = integerExponent(exponent) ?? 0;
      if (value.isZero() && power < 0) return null;
      product = product.multiply(value.power(power));
    }
    sum = sum.add(product);
  }
  return sum;
}

/** c Π (k − zeros) / Π (k + b)^e, multiplied out into a sum of fractions. */
function drawn(random: Random): Expression {
  const below = Array.from({ length: random.int(1, 2) }, () => ({
    slope: random.pick([1, 1, 1, 2]),
    shift: random.int(-2, 3),
    power: -random.int(1, 2),
  }));
  const zeros = Array.from({ length: random.int(1, 3) }, () => ({
    slope: random.pick([1, 1, 2, 3]),
    shift: random.int(-3, 3),
  }));
  const above = zeros.reduce<Expression>(
    (product, { slope, shift }) => multiply(product, add(multiply(constant(slope), to(1, 0, 1)), constant(shift))),
    constant(Rational.of(random.pick([1, -1, 3]), random.pick([1, 2]))),
  );
  return multiply(above, ...below.map(({ slope, shift, power }) => to(slope, shift, power)));
}

type Made = (expression: Expression) => Expression | null;
/** How often it was made, and at how many integers it was wrong. */
function watched(make: Made): { readonly made: number; readonly wrong: number } {
  const random = new Random(7);
  let [made, wrong] = [0, 0];
  for (let run = 0; run < RUNS; run += 1) {
    const before = drawn(random);
    const after = make(before);
    if (after === null) continue;
    made += 1;
    for (let place = -6; place <= 9; place += 1) {
      const [one, other] = [valueAt(before, place), valueAt(after, place)];
      if (one !== null && (other === null || !other.equals(one))) wrong += 1;
    }
  }
  return { made, wrong };
}

const own: Made = expression => asOneFraction(expression, index);

describe('a sum of fractions of an index', () => {
  it('is worth what the product is', () => {
    const { made, wrong } = watched(own);
    expect(wrong).toBe(0);
    expect(made).toBeGreaterThan(RUNS / 2);
  });
  it('is one term with linear factors', () => {
    const image = own(add(constant(1), multiply(constant(-1), to(1, 1, -2))));
    expect(image?.terms.map(({ factors }) => factors.length)).toEqual([3]);
  });
  const twins: readonly (readonly [string, (image: Expression) => Expression])[] = [
    [
      'a factor forgotten',
      ({ terms }) => ({ terms: terms.map(each => ({ ...each, factors: each.factors.slice(1) })) }),
    ],
    [
      'a last factor forgotten',
      ({ terms }) => ({ terms: terms.map(each => ({ ...each, factors: each.factors.slice(0, -1) })) }),
    ],
    ['its number forgotten', ({ terms }) => ({ terms: terms.map(each => ({ ...each, coefficient: Rational.one })) })],
  ];
  it.each(twins)('a broken twin is caught: %s', (_, spoiled) => {
    const twin: Made = expression => {
      const image = own(expression);
      return image && spoiled(image);
    };
    expect(watched(twin).wrong).toBeGreaterThan(0);
  });
  it('is none where a zero is not rational, where it has another index, and where nothing is added', () => {
    expect(own(add(to(1, 0, 2), constant(-2)))).toBeNull();
    expect(
      own(add(to(1, 0, 1), factorExpression({ kind: 'index', index: { constant: 0, terms: [[ITERATION_INDEX, 1]] } }))),
    ).toBeNull();
    expect(own(to(1, 2, -1))).toBeNull();
  });
});
