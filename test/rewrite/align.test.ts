/**
 * Products over ranges that begin or end apart, at every distance of their ends: the same values, and one range where the
 * facts let there be one.
 */
import { describe, expect, it } from 'vitest';
import { withIndices } from '../../src/expression/arithmetic/assumptions.ts';
import {
  add,
  type Expression,
  factorExpression,
  multiply,
  substituteIndices,
} from '../../src/expression/core/expression.ts';
import { exponentOf } from '../../src/expression/core/factor.ts';
import { IndexFacts } from '../../src/expression/core/index-facts.ts';
import { ITERATION_INDEX, openIndex, slot } from '../../src/expression/core/indices.ts';
import { wrap } from '../../src/expression/core/template.ts';
import { constantForm, type LinearForm, variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import { RationalRing } from '../../src/evaluate/ring/rational-ring.ts';
import { Interpreter } from '../../src/recheck/interpreter.ts';
import { alignProducts } from '../../src/rewrite/rules/align-products.ts';
import { ample, FACTS, typed } from './typed.ts';

const LETTER = openIndex('history');
const never = (): never => {
  throw new Error('nothing of this kind occurs');
};
/** η_i is the prime number below, from i = −6 on, and x = 1/2. */
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];
const valueAt = (value: Expression, n: number, l: number): string =>
  new Interpreter({
    ring: new RationalRing(),
    dimension: 1,
    symbol: () => Rational.of(1, 2),
    schedule: (_, i) => Rational.of(PRIMES[i + 6] ?? 1),
    loss: never,
    moment: never,
    point: never,
    recursive: never,
    function: never,
    vectorFunction: never,
  })
    .value(
      value,
      new Map([
        [ITERATION_INDEX, n],
        [LETTER, l],
      ]),
    )
    .toString();

const body = wrap(substituteIndices(typed('x+\\eta_n'), new Map([[ITERATION_INDEX, variableForm(slot(0, 'history'))]])))
  .terms[0]?.factors[0]?.factor;
/** Π_{i=l+from}^{n+to} (x + η_i). */
const product = (from: number, to: number, exponent = 1): Expression => {
  if (body?.kind !== 'template') throw new Error('a template was made');
  const [lower, upper]: [LinearForm, LinearForm] = [variableForm(LETTER, from), variableForm(ITERATION_INDEX, to)];
  return factorExpression(
    { kind: 'product', template: body.template, arguments: [constantForm(0)], lower, upper },
    exponentOf(exponent),
  );
};
/** n − l ≥ least, and ≤ most. */
const knowing = (least: number | null, most: number | null = null): IndexFacts =>
  IndexFacts.TOP.with([
    ...(least === null ? [] : [{ left: LETTER, right: ITERATION_INDEX, bound: -least }]),
    ...(most === null ? [] : [{ left: ITERATION_INDEX, right: LETTER, bound: most }]),
  ]);
const aligned = (value: Expression, facts: IndexFacts): Expression =>
  alignProducts(value, withIndices(FACTS, facts), ample());
/** The ends of the products that are left. */
const ranges = ({ terms }: Expression): string[] => [
  ...new Set(
    terms.flatMap(({ factors }) =>
      factors.flatMap(({ factor }) =>
        factor.kind === 'product' ? [`${factor.lower?.constant}..${factor.upper.constant}`] : [],
      ),
    ),
  ),
];
const LABEL = 2;

const PAIRS: readonly (readonly [string, Expression])[] = [
  ['one factor more at the start', add(product(0, 0), product(1, 0))],
  ['one factor more at the end', add(product(0, 0), product(0, -1))],
  ['two more at both ends', add(product(-2, 2), product(0, 0))],
  ['apart at either end', add(product(0, -2), product(1, 0))],
  ['two powers', add(product(0, 0, 2), multiply(product(2, 0), typed('x')))],
  ['one below a line', add(product(0, 0, -1), product(0, -1))],
];

describe.each(PAIRS)('%s', (_, value) => {
  const SPANS = [-4, -3, -2, -1, 0, 1, 2, 3];
  it.each([null, ...SPANS])('keeps its values where n − l ≥ %s', least => {
    for (const most of [null, 1, 3]) {
      if (most !== null && least !== null && least > most) continue;
      const after = aligned(value, knowing(least, most));
      for (const span of SPANS.filter(each => each >= (least ?? -9) && each <= (most ?? 9)))
        expect(valueAt(after, LABEL + span, LABEL), `n − l = ${span}`).toBe(valueAt(value, LABEL + span, LABEL));
    }
  });
  it('has one range where it is long enough', () => {
    expect(ranges(value)).toHaveLength(2);
    expect(ranges(aligned(value, knowing(3)))).toHaveLength(1);
  });
});

describe('where the shortest range begins to be one', () => {
  const value = add(product(0, 0), product(1, 0));
  it('is told by the facts', () => {
    // Π_{l+1}^{n} is empty at n = l: x + η_l is split off all the same.
    expect(aligned(value, knowing(0)).terms).toHaveLength(aligned(value, knowing(1)).terms.length);
    // At n = l − 1 both are empty, which is a case of its own.
    expect(aligned(value, knowing(-1)).terms.length).toBeGreaterThan(aligned(value, knowing(0)).terms.length);
  });
  it('has all its factors where their number is known', () => {
    expect(ranges(aligned(product(0, 0), knowing(0, 0)))).toEqual([]);
    expect(ranges(aligned(product(0, 0), knowing(2, 2)))).toEqual([]);
    expect(ranges(aligned(product(0, 0), knowing(-3, -1)))).toEqual([]);
    expect(valueAt(aligned(product(0, 0), knowing(-3, -1)), LABEL, LABEL)).toBe('1');
    expect(ranges(aligned(product(0, 0), knowing(-3, 0)))).toEqual(['0..0']);
    expect(ranges(aligned(product(0, 0), knowing(0, 1)))).toEqual(['0..0']);
  });
});

it.each([7, 8, 9, 10])('ranges that are far apart keep their values where n − l ≥ %i', least => {
  const value = add(product(0, 0), product(10, 0));
  const after = aligned(value, knowing(least));
  for (const span of [7, 8, 9, 10, 11].filter(each => each >= least))
    expect(valueAt(after, LABEL + span, LABEL), `n − l = ${span}`).toBe(valueAt(value, LABEL + span, LABEL));
  // There are too many cases in which the shorter one is none.
  expect(ranges(after)).toHaveLength(least < 9 ? 2 : 1);
});

it('leaves products of other factors, and other powers, as they are', () => {
  const one = product(0, 0);
  expect(aligned(one, knowing(0))).toBe(one);
  const root = add(product(0, 0), factorRoot());
  expect(aligned(root, knowing(0))).toBe(root);
});
function factorRoot(): Expression {
  const [own] = product(1, 0).terms[0]?.factors ?? [];
  if (own === undefined) throw new Error('a product was made');
  return factorExpression(own.factor, exponentOf(Rational.of(1, 2)));
}
