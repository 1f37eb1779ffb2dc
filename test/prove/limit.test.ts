/**
 * Limits n → ∞, theorem by theorem: each is applied where its conditions hold, and not where one of them fails. The
 * neighbours that fail are the theorem with one condition dropped.
 */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { attempt } from '../../src/base/problem.ts';
import { assumptionsOf } from '../../src/expression/arithmetic/assumptions.ts';
import { constant, type Expression, isZero, subtract } from '../../src/expression/core/expression.ts';
import { FormulaReader } from '../../src/expression/read/from-formula.ts';
import { coefficient } from '../../src/expression/calculus/series.ts';
import * as b from '../../src/formula/build.ts';
import type { Declaration } from '../../src/formula/declaration.ts';
import { COMPONENT, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { Rational } from '../../src/number/rational.ts';
import { inEveryCase } from '../../src/prove/limit/in-every-case.ts';
import { largeN } from '../../src/prove/limit/large-n.ts';
import { weightedSum } from '../../src/prove/limit/toeplitz.ts';
import { zerosOf } from '../../src/prove/limit/zeros-of.ts';
import { testZero } from '../../src/prove/zero/zero-test.ts';

const scalar = (name: string, lower: number | null, upper: number | null, upperOpen = true): Declaration => ({
  kind: 'scalar',
  name,
  domain: {
    lower: lower === null ? null : Rational.of(lower),
    lowerOpen: true,
    upper: upper === null ? null : Rational.of(upper),
    upperOpen,
  },
  span: null,
});
const declarations = [
  scalar('r', 0, 1),
  scalar('s', 0, 1),
  scalar('c', 0, 1, false),
  scalar('w', 0, 2),
  scalar('x', null, null),
];
const assumptions = assumptionsOf(declarations);
const reader = new FormulaReader({ declarations, definitions: [], order: 0 });
const read = (formula: Formula): Expression => coefficient(reader.read(formula), 0);

const [n, k, l] = [b.index(ITERATION), b.index('k'), b.index('l')];
const [r, s, c, w, x] = ['r', 's', 'c', 'w', 'x'].map(b.parameter) as [Formula, Formula, Formula, Formula, Formula];
const one = b.number(1);
const plus = (f: Formula, by: number): Formula => b.add(f, b.number(by));
const sum = (index: string, from: Formula, to: Formula, body: Formula): Formula => b.sum(index, from, to, body);
const overK = (body: Formula): Formula => sum('k', b.number(0), n, body);
const over = (above: Formula, below: Formula): Formula => b.divide(above, below);
const back = b.power(r, b.subtract(n, k));
const corrected = (at: Formula): Formula => over(one, b.subtract(one, b.power(s, plus(at, 1))));

/** The limit less what is claimed is zero; null where no limit is found. */
function tendsTo(formula: Formula, limit: Formula): boolean | null {
  const found = attempt(() => largeN(read(formula), assumptions, new Budget(200_000)).value);
  if (!found.ok) return null;
  return testZero(subtract(found.value, read(limit)), assumptions, new Budget(50_000)).kind === 'zero';
}

describe('n^a r^n → 0', () => {
  it('for 0 < r < 1, whatever power of n stands beside it', () => {
    expect(tendsTo(b.multiply(b.power(n, b.number(4)), b.power(r, n)), b.number(0))).toBe(true);
    expect(tendsTo(b.power(r, b.multiply(b.number(2), n)), b.number(0))).toBe(true);
  });
  it('not where r may be 1, above 1 or of unknown sign', () => {
    for (const base of [c, w, x]) expect(tendsTo(b.power(base, n), b.number(0))).toBe(null);
  });
  it('not beside r^{−n}, and not for r^{−n}', () => {
    expect(tendsTo(over(b.power(r, n), b.power(s, n)), b.number(0))).toBe(null);
    expect(tendsTo(over(n, b.power(r, n)), b.number(0))).toBe(null);
  });
});

describe('powers of n', () => {
  it('have the limit of their leading terms', () => {
    expect(tendsTo(over(plus(n, 5), b.multiply(b.number(3), plus(n, 1))), over(one, b.number(3)))).toBe(true);
    expect(tendsTo(over(plus(n, 5), plus(n, 1)), b.number(0))).toBe(false);
    expect(tendsTo(over(one, b.subtract(n, b.number(3))), b.number(0))).toBe(true);
    expect(tendsTo(over(b.multiply(n, n), plus(n, 1)), b.number(0))).toBe(null);
  });
  it('have no rate r^n', () => {
    const { rates, isSlow } = largeN(
      read(b.add(over(one, plus(n, 1)), b.power(r, n))),
      assumptions,
      new Budget(10_000),
    );
    expect({ rates, isSlow }).toEqual({ rates: [], isSlow: true });
    expect(largeN(read(b.power(r, n)), assumptions, new Budget(10_000)).rates).toEqual(['r']);
  });
});

describe('Silverman–Toeplitz', () => {
  it('takes a limit under a sum whose weights leave every fixed time', () => {
    const formula = overK(b.multiply(back, corrected(k)));
    expect(tendsTo(formula, over(one, b.subtract(one, r)))).toBe(true);
    expect(largeN(read(formula), assumptions, new Budget(10_000)).theorems.join()).toContain('Toeplitz');
  });
  it('needs weights that leave every fixed time', () => {
    expect(tendsTo(overK(b.multiply(b.power(r, k), corrected(k))), over(one, b.subtract(one, r)))).toBe(null);
    expect(tendsTo(overK(b.multiply(b.add(back, b.power(r, k)), corrected(k))), x)).toBe(null);
  });
  it('needs bounded weights', () => {
    expect(tendsTo(overK(b.multiply(n, back, over(one, plus(k, 1)))), b.number(0))).toBe(false);
    expect(tendsTo(overK(b.multiply(n, back, over(one, plus(k, 1)))), over(one, b.subtract(one, r)))).toBe(true);
    expect(tendsTo(overK(b.multiply(n, n, back, over(one, plus(k, 1)))), b.number(0))).toBe(null);
    expect(tendsTo(overK(over(one, plus(k, 1))), b.number(0))).toBe(null);
  });
  it('needs weights whose sum has a limit, where the quantity does not vanish', () => {
    expect(tendsTo(overK(corrected(k)), x)).toBe(null);
    expect(tendsTo(over(overK(corrected(k)), plus(n, 1)), one)).toBe(true);
  });
  it('needs a quantity that has a value at every time of the range', () => {
    const singular = over(one, b.subtract(k, b.number(2)));
    expect(tendsTo(overK(b.multiply(back, singular)), b.number(0))).toBe(null);
  });
  it('needs a quantity of one time, not of its distance from another', () => {
    expect(tendsTo(overK(b.multiply(back, corrected(b.subtract(n, k)))), x)).toBe(null);
    const pair = b.multiply(b.power(r, b.subtract(n, l)), b.power(s, b.subtract(l, k)), corrected(b.subtract(l, k)));
    expect(tendsTo(sum('l', b.number(0), n, sum('k', b.number(0), l, pair)), x)).toBe(null);
  });
  it('needs weights of known sign', () => {
    const [term] = read(overK(b.multiply(b.power(r, b.subtract(n, k)), corrected(k)))).terms;
    const [unknown] = read(overK(b.multiply(b.power(x, b.subtract(n, k)), corrected(k)))).terms;
    if (term === undefined || unknown === undefined) throw new Error('a term was read');
    expect(weightedSum(term, assumptions)?.times).toHaveLength(1);
    expect(weightedSum(unknown, assumptions)).toBe(null);
  });
  it('needs a quantity whose time runs upwards', () => {
    expect(tendsTo(overK(b.multiply(back, corrected(b.subtract(b.number(4), k)))), x)).toBe(null);
  });
});

describe('continuity', () => {
  const g = b.gradient([b.index(COMPONENT)], n);
  it('of a sign ends at zero', () => {
    expect(tendsTo(b.call('sign', b.power(r, n)), b.number(0))).toBe(false);
    expect(tendsTo(b.call('sign', b.subtract(b.power(r, n), b.power(s, n))), b.number(0))).toBe(null);
    expect(tendsTo(b.call('log', b.power(r, n)), b.number(0))).toBe(null);
  });
  it('does not reach quantities of step n', () => {
    expect(tendsTo(b.multiply(g, b.subtract(one, b.power(r, n))), g)).toBe(null);
  });
});

describe('a divisor that may vanish', () => {
  const square = (f: Formula): Formula => b.power(f, b.number(2));
  it('is given with the limit', () => {
    const formula = over(square(b.subtract(r, s)), b.add(square(b.subtract(r, s)), b.power(r, n)));
    expect(largeN(read(formula), assumptions, new Budget(20_000)).divisors).not.toEqual([]);
  });
  it('has its zeros found, or none', () => {
    const zeros = (f: Formula): string[] | null =>
      zerosOf(read(f), assumptions)?.map(({ symbol, by }) => `${symbol}:${by.terms.length}`) ?? null;
    expect(zeros(b.subtract(one, b.power(r, b.number(2))))).toEqual([]);
    expect(zeros(b.subtract(r, s))).toHaveLength(1);
    expect(zeros(b.subtract(b.power(r, b.number(2)), s))).toHaveLength(1);
    expect(zeros(b.multiply(b.subtract(one, r), square(b.subtract(r, s))))).toHaveLength(1);
    expect(zeros(b.subtract(one, c))).toHaveLength(1);
    expect(zeros(b.subtract(b.call('tanh', x), r))).toBe(null);
  });
  it('is put in before the limit', () => {
    const formula = overK(b.multiply(b.power(r, k), b.power(s, b.subtract(n, k))));
    const cases = inEveryCase([read(formula)], assumptions, new Budget(50_000), ([side = constant(0)], given) => {
      const { value, divisors } = largeN(side, given, new Budget(50_000));
      return { result: isZero(value), divisors };
    });
    expect(cases.map(({ where, result }) => [where === '', result])).toEqual([
      [true, true],
      [false, true],
    ]);
  });
  it('refuses where its zeros are not found', () => {
    const divisor = read(b.subtract(b.call('tanh', x), r));
    const found = attempt(() =>
      inEveryCase([constant(1)], assumptions, new Budget(50_000), () => ({ result: 0, divisors: [divisor] })),
    );
    expect(found.ok).toBe(false);
  });
});

describe('what telescopes and what is positive for large n', () => {
  it('is found by partial fractions', () => {
    expect(tendsTo(overK(b.multiply(over(one, plus(k, 1)), over(one, plus(k, 2)))), one)).toBe(true);
    expect(tendsTo(overK(b.multiply(over(one, plus(k, 1)), over(one, plus(k, 2)))), b.number(0))).toBe(false);
  });
  it('has its sign', () => {
    expect(tendsTo(b.call('sign', b.subtract(n, b.number(15))), one)).toBe(true);
    expect(tendsTo(b.call('sign', b.subtract(b.number(15), n)), one)).toBe(false);
  });
});
