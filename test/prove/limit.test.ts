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
const plus = (f: Formula, by: number): Formula => b.addition(f, b.number(by));
const sum = (index: string, from: Formula, to: Formula, body: Formula): Formula => b.sum(index, from, to, body);
const overK = (body: Formula): Formula => sum('k', b.number(0), n, body);
const over = (above: Formula, below: Formula): Formula => b.divide(above, below);
const back = b.toPower(r, b.subtraction(n, k));
const corrected = (at: Formula): Formula => over(one, b.subtraction(one, b.toPower(s, plus(at, 1))));

/** The limit less what is claimed is zero; null where no limit is found. */
function tendsTo(formula: Formula, limit: Formula): boolean | null {
  const found = attempt(() => largeN(read(formula), assumptions, new Budget(200_000)).value);
  if (!found.ok) return null;
  return testZero(subtract(found.value, read(limit)), assumptions, new Budget(50_000)).kind === 'zero';
}

describe('n^a r^n → 0', () => {
  it('for 0 < r < 1, whatever power of n stands beside it', () => {
    expect(tendsTo(b.multiplication(b.toPower(n, b.number(4)), b.toPower(r, n)), b.number(0))).toBe(true);
    expect(tendsTo(b.toPower(r, b.multiplication(b.number(2), n)), b.number(0))).toBe(true);
  });
  it('not where r may be 1, above 1 or of unknown sign', () => {
    for (const base of [c, w, x]) expect(tendsTo(b.toPower(base, n), b.number(0))).toBe(null);
  });
  it('not beside r^{−n}, and not for r^{−n}', () => {
    expect(tendsTo(over(b.toPower(r, n), b.toPower(s, n)), b.number(0))).toBe(null);
    expect(tendsTo(over(n, b.toPower(r, n)), b.number(0))).toBe(null);
  });
});

describe('powers of n', () => {
  it('have the limit of their leading terms', () => {
    expect(tendsTo(over(plus(n, 5), b.multiplication(b.number(3), plus(n, 1))), over(one, b.number(3)))).toBe(true);
    expect(tendsTo(over(plus(n, 5), plus(n, 1)), b.number(0))).toBe(false);
    expect(tendsTo(over(one, b.subtraction(n, b.number(3))), b.number(0))).toBe(true);
    expect(tendsTo(over(b.multiplication(n, n), plus(n, 1)), b.number(0))).toBe(null);
  });
  it('have no rate r^n', () => {
    const { rates, isSlow } = largeN(
      read(b.addition(over(one, plus(n, 1)), b.toPower(r, n))),
      assumptions,
      new Budget(10_000),
    );
    expect({ rates, isSlow }).toEqual({ rates: [], isSlow: true });
    expect(largeN(read(b.toPower(r, n)), assumptions, new Budget(10_000)).rates).toEqual(['r']);
  });
});

describe('Silverman–Toeplitz', () => {
  it('takes a limit under a sum whose weights leave every fixed time', () => {
    const formula = overK(b.multiplication(back, corrected(k)));
    expect(tendsTo(formula, over(one, b.subtraction(one, r)))).toBe(true);
    expect(largeN(read(formula), assumptions, new Budget(10_000)).theorems.join()).toContain('Toeplitz');
  });
  it('needs weights that leave every fixed time', () => {
    expect(tendsTo(overK(b.multiplication(b.toPower(r, k), corrected(k))), over(one, b.subtraction(one, r)))).toBe(
      null,
    );
    expect(tendsTo(overK(b.multiplication(b.addition(back, b.toPower(r, k)), corrected(k))), x)).toBe(null);
  });
  it('needs bounded weights', () => {
    expect(tendsTo(overK(b.multiplication(n, back, over(one, plus(k, 1)))), b.number(0))).toBe(false);
    expect(tendsTo(overK(b.multiplication(n, back, over(one, plus(k, 1)))), over(one, b.subtraction(one, r)))).toBe(
      true,
    );
    expect(tendsTo(overK(b.multiplication(n, n, back, over(one, plus(k, 1)))), b.number(0))).toBe(null);
    expect(tendsTo(overK(over(one, plus(k, 1))), b.number(0))).toBe(null);
  });
  it('needs weights whose sum has a limit, where the quantity does not vanish', () => {
    expect(tendsTo(overK(corrected(k)), x)).toBe(null);
    expect(tendsTo(over(overK(corrected(k)), plus(n, 1)), one)).toBe(true);
  });
  it('needs a quantity that has a value at every time of the range', () => {
    const singular = over(one, b.subtraction(k, b.number(2)));
    expect(tendsTo(overK(b.multiplication(back, singular)), b.number(0))).toBe(null);
  });
  it('needs a quantity of one time, not of its distance from another', () => {
    expect(tendsTo(overK(b.multiplication(back, corrected(b.subtraction(n, k)))), x)).toBe(null);
    const pair = b.multiplication(
      b.toPower(r, b.subtraction(n, l)),
      b.toPower(s, b.subtraction(l, k)),
      corrected(b.subtraction(l, k)),
    );
    expect(tendsTo(sum('l', b.number(0), n, sum('k', b.number(0), l, pair)), x)).toBe(null);
  });
  it('needs weights of known sign', () => {
    const [term] = read(overK(b.multiplication(b.toPower(r, b.subtraction(n, k)), corrected(k)))).terms;
    const [unknown] = read(overK(b.multiplication(b.toPower(x, b.subtraction(n, k)), corrected(k)))).terms;
    if (term === undefined || unknown === undefined) throw new Error('a term was read');
    expect(weightedSum(term, assumptions)?.times).toHaveLength(1);
    expect(weightedSum(unknown, assumptions)).toBe(null);
  });
  it('needs a quantity whose time runs upwards', () => {
    expect(tendsTo(overK(b.multiplication(back, corrected(b.subtraction(b.number(4), k)))), x)).toBe(null);
  });
});

describe('continuity', () => {
  const g = b.gradient([b.index(COMPONENT)], n);
  it('of a sign ends at zero', () => {
    expect(tendsTo(b.call('sign', b.toPower(r, n)), b.number(0))).toBe(false);
    expect(tendsTo(b.call('sign', b.subtraction(b.toPower(r, n), b.toPower(s, n))), b.number(0))).toBe(null);
    expect(tendsTo(b.call('log', b.toPower(r, n)), b.number(0))).toBe(null);
  });
  it('does not reach quantities of step n', () => {
    expect(tendsTo(b.multiplication(g, b.subtraction(one, b.toPower(r, n))), g)).toBe(null);
  });
});

describe('a divisor that may vanish', () => {
  const square = (f: Formula): Formula => b.toPower(f, b.number(2));
  it('is given with the limit', () => {
    const formula = over(square(b.subtraction(r, s)), b.addition(square(b.subtraction(r, s)), b.toPower(r, n)));
    expect(largeN(read(formula), assumptions, new Budget(20_000)).divisors).not.toEqual([]);
  });
  it('has its zeros found, or none', () => {
    const zeros = (f: Formula): string[] | null =>
      zerosOf(read(f), assumptions)?.map(({ symbol, by }) => `${symbol}:${by.terms.length}`) ?? null;
    expect(zeros(b.subtraction(one, b.toPower(r, b.number(2))))).toEqual([]);
    expect(zeros(b.subtraction(r, s))).toHaveLength(1);
    expect(zeros(b.subtraction(b.toPower(r, b.number(2)), s))).toHaveLength(1);
    expect(zeros(b.multiplication(b.subtraction(one, r), square(b.subtraction(r, s))))).toHaveLength(1);
    expect(zeros(b.subtraction(one, c))).toHaveLength(1);
    expect(zeros(b.subtraction(b.call('tanh', x), r))).toBe(null);
  });
  it('is put in before the limit', () => {
    const formula = overK(b.multiplication(b.toPower(r, k), b.toPower(s, b.subtraction(n, k))));
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
    const divisor = read(b.subtraction(b.call('tanh', x), r));
    const found = attempt(() =>
      inEveryCase([constant(1)], assumptions, new Budget(50_000), () => ({ result: 0, divisors: [divisor] })),
    );
    expect(found.ok).toBe(false);
  });
});

describe('what telescopes and what is positive for large n', () => {
  it('is found by partial fractions', () => {
    expect(tendsTo(overK(b.multiplication(over(one, plus(k, 1)), over(one, plus(k, 2)))), one)).toBe(true);
    expect(tendsTo(overK(b.multiplication(over(one, plus(k, 1)), over(one, plus(k, 2)))), b.number(0))).toBe(false);
  });
  it('has its sign', () => {
    expect(tendsTo(b.call('sign', b.subtraction(n, b.number(15))), one)).toBe(true);
    expect(tendsTo(b.call('sign', b.subtraction(b.number(15), n)), one)).toBe(false);
  });
});
