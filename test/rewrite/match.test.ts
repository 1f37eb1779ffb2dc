/** Quantities that are one but for a shift of their labels: from which label on they are, and how far the shift may be. */
import { describe, expect, it } from 'vitest';
import { withIndices } from '../../src/expression/arithmetic/assumptions.ts';
import type { Constraint } from '../../src/expression/core/domain.ts';
import {
  add,
  type Expression,
  expressionKey,
  isZero,
  multiply,
  scale,
  substituteIndices,
  subtract,
} from '../../src/expression/core/expression.ts';
import { IndexFacts } from '../../src/expression/core/index-facts.ts';
import { ITERATION_INDEX, openIndex, ZERO } from '../../src/expression/core/indices.ts';
import { power } from '../../src/expression/arithmetic/power.ts';
import { wrap } from '../../src/expression/core/template.ts';
import { variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import { testZero } from '../../src/prove/zero/zero-test.ts';
import { matchQuantities } from '../../src/rewrite/rules/match.ts';
import { ample, FACTS, typed } from './typed.ts';

const LETTER = openIndex('history');
const from = (index: number, least: number): Constraint => ({ left: ZERO, right: index, bound: -least });
const fromN = (least: number): IndexFacts => IndexFacts.TOP.with([from(ITERATION_INDEX, least)]);
const matched = (value: Expression, facts: IndexFacts): Expression =>
  matchQuantities(
    value,
    each => testZero(each, withIndices(FACTS, facts), ample(), { probe: false }).kind === 'zero',
    facts,
    ample(),
  );
const gone = (value: Expression, facts: IndexFacts): boolean => isZero(matched(value, facts));

/** Σ_{k ≤ n} g_k, and the same sum with its last c terms written beside it, which is so from n = c − 1 on. */
const whole = '\\sum_{k=0}^{n}\\nabla_jE_k';
const apart = (c: number): string =>
  `${Array.from({ length: c }, (_, i) => `\\nabla_jE_{n-${i}}`).join('+')}+\\sum_{k=0}^{n-${c}}\\nabla_jE_k`;

describe('quantities at other labels', () => {
  it.each([1, 2, 3, 4, 5, 6])('are the same %i labels away, from where they are', c => {
    const [sooner, later] = [typed(`(${whole})^3-(${apart(c)})^3`), typed(`(${apart(c)})^3-(${whole})^3`)];
    for (const value of [sooner, later]) {
      expect(isZero(value)).toBe(false);
      expect(gone(value, fromN(c - 1)), 'from the first label').toBe(true);
      expect(gone(value, fromN(c)), 'and later').toBe(true);
      if (c > 1) expect(gone(value, fromN(c - 2)), 'one label before').toBe(false);
    }
  });

  it('are not the same without their last term, or with one too many', () => {
    for (const c of [1, 2, 3, 4]) {
      expect(gone(typed(`(${whole})^3-(${apart(c)}-\\nabla_jE_n)^3`), fromN(9)), `${c}`).toBe(false);
      expect(gone(typed(`(${whole})^3-(${apart(c)}+\\nabla_jE_{n-${c}})^3`), fromN(9)), `${c}`).toBe(false);
    }
  });

  it('are looked at at the labels of a sum', () => {
    const atL = (text: string): string =>
      text.replaceAll('_{n-', '_{l-').replaceAll('^{n-', '^{l-').replaceAll('k=0}^{n}', 'k=0}^{l}');
    const summed = (least: number): Expression =>
      typed(`\\sum_{l=${least}}^{n}(${atL(whole)})^3-\\sum_{l=${least}}^{n}(${atL(apart(1))})^3`);
    expect(gone(summed(0), IndexFacts.TOP)).toBe(true);
    expect(gone(summed(-1), IndexFacts.TOP)).toBe(false);
  });

  it('are looked at at their labels inside of others', () => {
    const inside = typed(`((${whole})^3+q)^5-((${apart(2)})^3+q)^5`);
    expect(gone(inside, fromN(1))).toBe(true);
    expect(gone(inside, fromN(0))).toBe(false);
    // One use at a label that is too early is enough.
    const both = substituteIndices(inside, new Map([[ITERATION_INDEX, variableForm(LETTER)]]));
    const known = (least: number): IndexFacts => fromN(1).with([from(LETTER, least)]);
    expect(gone(add(inside, both), known(1))).toBe(true);
    expect(gone(add(inside, both), known(0))).toBe(false);
    expect(gone(both, fromN(1))).toBe(false);
  });

  it.each([3, 5])('are found %i labels away inside of others', c => {
    const inside = typed(`((${whole})^3+q)^5-((${apart(c)})^3+q)^5`);
    expect(gone(inside, fromN(c - 1))).toBe(true);
    expect(gone(inside, fromN(c - 2))).toBe(false);
  });

  it('are looked at inside of others where they stand alone too', () => {
    const alone = typed(`(${whole})^3-(${apart(2)})^3`);
    const later = substituteIndices(alone, new Map([[ITERATION_INDEX, variableForm(LETTER)]]));
    const fifth = (value: Expression): Expression => power(wrap(value), Rational.of(5), FACTS);
    const value = add(alone, fifth(add(typed('x+q'), later)), scale(fifth(typed('x+q')), Rational.minusOne));
    const known = (least: number): IndexFacts => fromN(1).with([from(LETTER, least)]);
    expect(gone(value, known(1))).toBe(true);
    expect(expressionKey(matched(value, known(0)))).toBe(expressionKey(value));
  });
});

describe('quantities of two labels', () => {
  const [a, b] = [
    typed('\\nabla_jE_n'),
    substituteIndices(typed('\\nabla_jE_n'), new Map([[ITERATION_INDEX, variableForm(LETTER)]])),
  ];
  const cube = (value: Expression): Expression => power(wrap(value), Rational.of(3), FACTS);
  it.each([1, 2])('(g_n + %i g_l)²', weight => {
    const square = power(wrap(add(a, scale(b, Rational.of(weight)))), Rational.of(2), FACTS);
    const difference = (cross: number): Expression =>
      subtract(
        cube(add(typed('x'), square)),
        cube(
          add(
            typed('x'),
            multiply(a, a),
            scale(multiply(a, b), Rational.of(cross)),
            scale(multiply(b, b), Rational.of(weight ** 2)),
          ),
        ),
      );
    expect(isZero(difference(2 * weight))).toBe(false);
    expect(gone(difference(2 * weight), IndexFacts.TOP)).toBe(true);
    expect(gone(difference(weight), IndexFacts.TOP)).toBe(false);
  });
});

describe('quantities that are multiples of one another', () => {
  const product = (by: number): string =>
    `(${by}\\nabla_jE_n+\\nabla_jE_{n-1})^2-${by ** 2}(\\nabla_jE_n)^2-(\\nabla_jE_{n-1})^2`;
  it.each([3, 7])('are found for a ratio of %i', by => {
    const one = product(1);
    expect(gone(typed(`(${product(by)})^3-${by ** 3}(${one})^3`), fromN(1))).toBe(true);
    expect(gone(typed(`(${product(by)})^3-${by ** 2}(${one})^3`), fromN(1))).toBe(false);
  });
});

describe('quantities that are nearly multiples of one another', () => {
  const almost = (by: string): Expression => typed(`(${whole})^3-(${whole}+${by}x)^3`);
  it.each(['10^{-7}', '10^{-9}', '10^{-12}'])('are not when %s x is between them', by => {
    const value = almost(by);
    expect(expressionKey(matched(value, IndexFacts.TOP))).toBe(expressionKey(value));
  });
});
