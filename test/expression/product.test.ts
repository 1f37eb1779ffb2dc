/** Products over an index: every one is a ratio of cumulative products from 0, whatever its letters and bounds. */
import { describe, expect, it } from 'vitest';
import { NO_ASSUMPTIONS } from '../../src/expression/assumptions.ts';
import {
  type Expression,
  factorExpression,
  multiply,
  ONE_EXPRESSION,
  sameExpression,
  scale,
} from '../../src/expression/expression.ts';
import { exponentOf } from '../../src/expression/factor.ts';
import { ITERATION_INDEX, openIndex } from '../../src/expression/indices.ts';
import { productOver } from '../../src/expression/product.ts';
import { constantForm, variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';

/** Π_{i=lower}^{n+upper} μ_{i+shift}. */
function product(shift: number, lower: number, upper: number): Expression {
  const i = openIndex('history');
  const body = factorExpression({ kind: 'schedule', name: '\\mu', index: variableForm(i, shift) });
  return productOver(body, i, constantForm(lower), variableForm(ITERATION_INDEX, upper), NO_ASSUMPTIONS);
}
const mu = (index: number): Expression =>
  factorExpression({ kind: 'schedule', name: '\\mu', index: constantForm(index) });

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

describe('a product of quotients of neighbours', () => {
  /** Π_{i=1}^{n} (i + numerator)/(i + denominator). */
  const quotients = (numerator: number, denominator: number): Expression => {
    const i = openIndex('history');
    const at = (shift: number, exponent: number): Expression =>
      factorExpression({ kind: 'index', index: variableForm(i, shift) }, exponentOf(exponent));
    return productOver(
      multiply(at(numerator, 1), at(denominator, -1)),
      i,
      constantForm(1),
      variableForm(ITERATION_INDEX),
      NO_ASSUMPTIONS,
    );
  };
  const n = (shift: number, exponent = 1): Expression =>
    factorExpression({ kind: 'index', index: variableForm(ITERATION_INDEX, shift) }, exponentOf(exponent));

  it('telescopes over one place or several, in both directions', () => {
    expect(sameExpression(quotients(0, 1), n(1, -1))).toBe(true);
    expect(sameExpression(quotients(0, 3), scale(multiply(n(1, -1), n(2, -1), n(3, -1)), Rational.of(6)))).toBe(true);
    expect(sameExpression(quotients(2, 0), scale(multiply(n(1), n(2)), Rational.of(1, 2)))).toBe(true);
  });
  it('does not where the distance is another one', () => {
    expect(sameExpression(quotients(0, 3), scale(multiply(n(1, -1), n(2, -1), n(4, -1)), Rational.of(6)))).toBe(false);
    expect(sameExpression(quotients(0, 2), quotients(0, 3))).toBe(false);
  });
});
