/**
 * Products over an index: every one is a ratio of cumulative products from 0, whatever its letters and bounds, and 1 over an
 * empty range, which has its own case where the facts do not exclude it.
 */
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/base/problem.ts';
import { assumptionsOf, NO_ASSUMPTIONS, withIndices } from '../../src/expression/arithmetic/assumptions.ts';
import type { Constraint } from '../../src/expression/core/domain.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  multiply,
  ONE_EXPRESSION,
  restrict,
  sameExpression,
  scale,
} from '../../src/expression/core/expression.ts';
import { exponentOf } from '../../src/expression/core/factor.ts';
import { ITERATION_INDEX, openIndex, ZERO } from '../../src/expression/core/indices.ts';
import { powerOfForm } from '../../src/expression/arithmetic/power-of-form.ts';
import { productOver } from '../../src/expression/arithmetic/product.ts';
import { constantForm, type LinearForm, variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';

/** n ≥ 0. */
const FROM_ZERO = assumptionsOf([]);

/** Π_{i=lower}^{n+upper} μ_{i+shift}. */
function product(shift: number, lower: number, upper: number): Expression {
  const i = openIndex('history');
  const body = factorExpression({ kind: 'schedule', name: '\\mu', index: variableForm(i, shift) });
  return productOver(body, i, constantForm(lower), variableForm(ITERATION_INDEX, upper), FROM_ZERO);
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
      FROM_ZERO,
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

describe('a product over a range that may be empty by more than one', () => {
  const two = constant(2);
  const n = variableForm(ITERATION_INDEX);
  const open = openIndex('history');
  const atMost = (bound: number): Constraint => ({ left: ITERATION_INDEX, right: ZERO, bound });
  const atLeast = (bound: number): Constraint => ({ left: ZERO, right: ITERATION_INDEX, bound: -bound });
  const powerOfTwo = (form: LinearForm): Expression => powerOfForm(two, form) ?? ONE_EXPRESSION;

  it('is 1 there, in a case of its own', () => {
    const value = productOver(two, open, n, constantForm(11), FROM_ZERO);
    const cases = add(
      restrict(powerOfTwo({ constant: 12, terms: [[ITERATION_INDEX, -1]] }), [atMost(12)]),
      restrict(ONE_EXPRESSION, [atLeast(13)]),
    );
    expect(sameExpression(value, cases)).toBe(true);
  });
  it('has one case where the facts exclude the other', () => {
    const known = withIndices(NO_ASSUMPTIONS, FROM_ZERO.indices.with([atMost(12)]));
    const value = productOver(two, open, n, constantForm(11), known);
    expect(sameExpression(value, powerOfTwo({ constant: 12, terms: [[ITERATION_INDEX, -1]] }))).toBe(true);
    const never = withIndices(NO_ASSUMPTIONS, FROM_ZERO.indices.with([atLeast(20)]));
    expect(sameExpression(productOver(two, open, n, constantForm(11), never), ONE_EXPRESSION)).toBe(true);
  });
  it('knows nothing of n without facts', () => {
    expect(productOver(two, open, constantForm(0), n, NO_ASSUMPTIONS).terms).toHaveLength(2);
    expect(productOver(two, open, constantForm(0), n, FROM_ZERO).terms).toHaveLength(1);
  });
  it('begins after factors that vanish before its range', () => {
    // Π_{i=2}^{n}(i − 1) is no ratio of products from 0 or 1 on.
    const i = openIndex('history');
    const body = factorExpression({ kind: 'index', index: variableForm(i, -1) });
    const late = withIndices(NO_ASSUMPTIONS, FROM_ZERO.indices.with([atLeast(2)]));
    const [only] = productOver(body, i, constantForm(2), n, late).terms;
    expect(only?.factors).toHaveLength(1);
    // Π_{i=n}^{0}(i + 1) may begin anywhere.
    const next = factorExpression({ kind: 'index', index: variableForm(i, 1) });
    expect(productOver(next, i, n, constantForm(0), FROM_ZERO).terms).not.toHaveLength(1);
  });
  it('does not telescope through a factor that is zero inside', () => {
    const i = openIndex('history');
    const at = (shift: number, exponent: number): Expression =>
      factorExpression({ kind: 'index', index: variableForm(i, shift) }, exponentOf(exponent));
    const body = multiply(at(0, 1), at(1, -1));
    expect(() => productOver(body, i, constantForm(-3), n, FROM_ZERO)).toThrow(Refusal);
  });
});
