/** How far an expansion in a regime is known: a short one says nothing that a longer one takes back. */
import { describe, expect, it } from 'vitest';
import { attempt } from '../../src/base/problem.ts';
import { type Expression, isZero, restrict, subtract } from '../../src/expression/core/expression.ts';
import { asAtom, ITERATION_INDEX, openIndex, ZERO } from '../../src/expression/core/indices.ts';
import { Rational } from '../../src/number/rational.ts';
import { expandRegime } from '../../src/prove/regime/regime.ts';
import type { RegimeScaling } from '../../src/prove/regime/scaling.ts';
import {
  BeyondExpansion,
  coefficientAt,
  exponentsOf,
  isKnownTo,
  type ScaledSeries,
} from '../../src/prove/regime/scaled-series.ts';
import { testZero } from '../../src/prove/zero/zero-test.ts';
import { isProbablyNonzero } from '../../src/rewrite/probably-nonzero.ts';
import { ample, FACTS, typed } from '../rewrite/typed.ts';

const scaling = (change: Partial<RegimeScaling> = {}): RegimeScaling => ({
  small: 'e',
  dimension: Rational.of(2),
  direction: 1,
  alone: false,
  ...change,
});
/** The series; where there is none, why not. */
const expanded = (value: Expression, own: RegimeScaling, count: number): ScaledSeries | string => {
  try {
    const made = attempt(() => expandRegime(value, own, count, FACTS, ample()).series);
    return made.ok ? made.value : (made.problems[0]?.code ?? '');
  } catch (error) {
    if (error instanceof BeyondExpansion) return 'more coefficients';
    throw error;
  }
};
const isNothing = (value: Expression): boolean =>
  isZero(value) || (!isProbablyNonzero(value) && testZero(value, FACTS, ample()).kind === 'zero');
const g = '(\\nabla_jE)';

describe.each([1, -1] as const)('in the direction %i', direction => {
  it.each([
    `\\sqrt{${g}^2+e}`,
    `\\frac{${g}}{\\sqrt{${g}^2+e}}`,
    `\\frac{1}{${g}^2+e}`,
    `\\frac{1}{(${g}^2+e)^2-${g}^4}`,
    `\\sqrt{(${g}^2+e)^2-${g}^4}`,
    `\\frac{1}{\\sqrt{${g}^2+e}-|${g}|}`,
    `\\frac{1}{\\sqrt{${g}^2+e}+|${g}|}`,
    `\\sqrt{\\sqrt{${g}^2+e}+|${g}|}`,
    `\\frac{e}{\\sqrt{${g}^2+e}-|${g}|}-|${g}|`,
    `(\\sqrt{${g}^2+e}+b)^3`,
    `(\\sqrt{${g}^2+e}-|${g}|)^3`,
    `\\frac{x}{b+\\sqrt{${g}^2+e}}`,
    `\\sum_{i=1}^{p}\\sqrt{(\\nabla_iE)^2+e}`,
  ])('%s', text => {
    const own = scaling({ direction });
    const long = expanded(typed(text), own, 9);
    for (const count of [1, 2, 3, 5]) {
      const short = expanded(typed(text), own, count);
      if (typeof short === 'string' || typeof long === 'string') {
        // Fewer coefficients are no way to know more.
        expect(typeof long === 'string' || short === 'more coefficients').toBe(true);
        continue;
      }
      expect(short.coefficients.length).toBeLessThanOrEqual(count);
      for (const power of exponentsOf(long)) {
        if (!isKnownTo(short, power) || !isKnownTo(long, power)) continue;
        expect(
          isNothing(subtract(coefficientAt(short, power), coefficientAt(long, power))),
          `${count}: s^${power}`,
        ).toBe(true);
      }
    }
  });
});

describe('with component j alone', () => {
  const leading = (text: string): string => {
    const series = expanded(typed(text), scaling({ alone: true }), 8);
    return typeof series === 'string' ? series : (exponentsOf(series)[0]?.toString() ?? 'none');
  };
  it.each([
    [`${g}`, '0'],
    [`${g}^2`, '0'],
    ['\\sum_{i=1}^{p}(\\nabla_iE)^2', '0'],
    [`\\sum_{i=1}^{p}(\\nabla_iE)^2-${g}^2`, '2'],
    [`\\sum_{i=1}^{p}|\\nabla_iE|-|${g}|`, '1'],
    [`\\sum_{i=1}^{p}\\sqrt{(\\nabla_iE)^2+e}-\\sqrt{${g}^2+e}`, '1'],
    [`\\sum_{i=1}^{p}\\frac{1}{\\sqrt{(\\nabla_iE)^2+e}}`, '-1'],
    [`\\sum_{i=1}^{p}((\\nabla_iE)^2+e)^2-(${g}^2+e)^2`, '4'],
    ['\\sum_{i=1}^{p}\\nabla_i\\nabla_jE', '0'],
  ])('%s begins with s^%s', (text, wanted) => {
    expect(leading(text)).toBe(wanted);
  });
});

it('a range that ends at a form is refused', () => {
  const letter = openIndex('history');
  const twice = asAtom({
    constant: 0,
    terms: [
      [ITERATION_INDEX, 1],
      [letter, 1],
    ],
  });
  if (twice === null) throw new Error('a sum of two letters is a form');
  const value = restrict(typed('x'), [{ left: ZERO, right: twice.index, bound: -3 }]);
  expect(expanded(value, scaling(), 3)).toBe('not-a-difference');
});
