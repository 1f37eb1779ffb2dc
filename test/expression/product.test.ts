/** Products over an index: every one is a ratio of cumulative products from 0, whatever its letters and bounds. */
import { describe, expect, it } from 'vitest';
import { NO_ASSUMPTIONS } from '../../src/expression/assumptions.ts';
import { type Expression, factorExpression, multiply, ONE_EXPRESSION, sameExpression } from '../../src/expression/expression.ts';
import { ITERATION_INDEX, openIndex } from '../../src/expression/indices.ts';
import { productOver } from '../../src/expression/product.ts';
import { constantForm, variableForm } from '../../src/number/linear-form.ts';

/** Π_{i=lower}^{n+upper} μ_{i+shift}. */
function product(shift: number, lower: number, upper: number): Expression {
  const i = openIndex('history');
  const body = factorExpression({ kind: 'schedule', name: '\\mu', index: variableForm(i, shift) });
  return productOver(body, i, constantForm(lower), variableForm(ITERATION_INDEX, upper), NO_ASSUMPTIONS);
}
const mu = (index: number): Expression => factorExpression({ kind: 'schedule', name: '\\mu', index: constantForm(index) });

describe('the product of a schedule', () => {
  it.each([
    [-1, 1, 1],
    [1, -1, -1],
    [-3, 3, 3],
  ])('with the letter shifted by %i is the same', (shift, lower, upper) => {
    expect(sameExpression(product(shift, lower, upper), product(0, 0, 0))).toBe(true);
  });

  it.each([
    [-1, 1, 0],
    [-1, 2, 1],
    [1, 0, 0],
  ])('over another range is another one (%i, %i, %i)', (shift, lower, upper) => {
    expect(sameExpression(product(shift, lower, upper), product(0, 0, 0))).toBe(false);
  });

  it('starts at 0, so that no earlier value is asked for', () => {
    const [term, ...others] = product(-1, 1, 1).terms;
    expect(others).toEqual([]);
    expect(term?.factors).toHaveLength(1);
  });

  it('takes its first factor out', () => {
    expect(sameExpression(multiply(mu(0), product(0, 1, 0)), product(0, 0, 0))).toBe(true);
    expect(sameExpression(multiply(mu(1), product(0, 1, 0)), product(0, 0, 0))).toBe(false);
    expect(sameExpression(product(0, 0, 0), ONE_EXPRESSION)).toBe(false);
  });
});
