/** The zero test on identities with names, each with a neighbour that is not an identity; and the probe that guards it. */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { assumptionsOf } from '../../src/expression/arithmetic/assumptions.ts';
import { subtract } from '../../src/expression/core/expression.ts';
import { FormulaReader } from '../../src/expression/read/from-formula.ts';
import { coefficient } from '../../src/expression/calculus/series.ts';
import * as b from '../../src/formula/build.ts';
import type { Declaration } from '../../src/formula/declaration.ts';
import { COMPONENT, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { Rational } from '../../src/number/rational.ts';
import { isProbablyNonzero } from '../../src/rewrite/probably-nonzero.ts';
import { testZero } from '../../src/prove/zero/zero-test.ts';

const unit = (name: string): Declaration => ({
  kind: 'scalar',
  name,
  domain: { lower: Rational.zero, lowerOpen: true, upper: Rational.one, upperOpen: true },
  span: null,
});
const positive = (name: string): Declaration => ({
  kind: 'scalar',
  name,
  domain: { lower: Rational.zero, lowerOpen: true, upper: null, upperOpen: true },
  span: null,
});
const declarations = [unit('r'), unit('s'), positive('e')];
const reader = new FormulaReader({ declarations, definitions: [], order: 0 });

function verdict(left: Formula, right: Formula): string {
  const difference = subtract(coefficient(reader.read(left), 0), coefficient(reader.read(right), 0));
  const { kind } = testZero(difference, assumptionsOf(declarations), new Budget(50_000));
  if (kind === 'zero') expect(isProbablyNonzero(difference)).toBe(false);
  return kind;
}

const one = b.number(1);
const n = b.index(ITERATION);
const j = b.index(COMPONENT);
const k = b.index('k');
const l = b.index('l');
const r = b.parameter('r');
const s = b.parameter('s');
const e = b.parameter('e');
const g = (batch: Formula, ...by: Formula[]): Formula => b.gradient(by.length === 0 ? [j] : by, batch);
const square = (f: Formula): Formula => b.toPower(f, b.number(2));
const plus = (f: Formula, c: number): Formula => b.addition(f, b.number(c));
const sumK = (upper: Formula, body: Formula): Formula => b.sum('k', b.number(0), upper, body);

const cases: readonly (readonly [string, Formula, Formula, Formula])[] = [
  [
    'a geometric sum',
    b.multiplication(b.subtraction(one, r), sumK(n, b.toPower(r, k))),
    b.subtraction(one, b.toPower(r, plus(n, 1))),
    b.subtraction(one, b.toPower(r, n)),
  ],
  [
    'Σ k r^k',
    b.multiplication(square(b.subtraction(one, r)), sumK(n, b.multiplication(k, b.toPower(r, k)))),
    b.addition(
      r,
      b.negation(b.multiplication(plus(n, 1), b.toPower(r, plus(n, 1)))),
      b.multiplication(n, b.toPower(r, plus(n, 2))),
    ),
    b.addition(r, b.negation(b.multiplication(n, b.toPower(r, plus(n, 1))))),
  ],
  [
    'Σ k',
    sumK(n, k),
    b.divide(b.multiplication(n, plus(n, 1)), b.number(2)),
    b.divide(b.multiplication(n, n), b.number(2)),
  ],
  [
    'a square of a sum',
    square(sumK(n, g(k))),
    b.addition(
      sumK(n, square(g(k))),
      b.multiplication(b.number(2), sumK(n, b.sum('l', b.number(0), plus(k, -1), b.multiplication(g(k), g(l))))),
    ),
    b.addition(sumK(n, square(g(k))), sumK(n, b.sum('l', b.number(0), plus(k, -1), b.multiplication(g(k), g(l))))),
  ],
  [
    'a range split at its end',
    sumK(n, b.multiplication(b.toPower(r, b.subtraction(n, k)), g(k))),
    b.addition(g(n), sumK(plus(n, -1), b.multiplication(b.toPower(r, b.subtraction(n, k)), g(k)))),
    sumK(plus(n, -1), b.multiplication(b.toPower(r, b.subtraction(n, k)), g(k))),
  ],
  [
    'k ↦ n − k',
    sumK(n, b.multiplication(b.toPower(r, k), g(b.subtraction(n, k)))),
    sumK(n, b.multiplication(b.toPower(r, b.subtraction(n, k)), g(k))),
    sumK(n, b.multiplication(b.toPower(r, k), g(k))),
  ],
  [
    'a radical over a denominator',
    b.root(b.addition(b.divide(square(g(n)), b.subtraction(one, r)), e)),
    b.divide(
      b.root(b.addition(square(g(n)), b.multiplication(e, b.subtraction(one, r)))),
      b.root(b.subtraction(one, r)),
    ),
    b.divide(b.root(b.addition(square(g(n)), e)), b.root(b.subtraction(one, r))),
  ],
  [
    'a denominator rationalised',
    b.divide(one, b.toPower(b.root(b.addition(square(g(n)), e)), b.number(3))),
    b.divide(b.root(b.addition(square(g(n)), e)), square(b.addition(square(g(n)), e))),
    b.divide(b.root(b.addition(square(g(n)), e)), b.addition(square(g(n)), e)),
  ],
  [
    'partial fractions of scalars',
    b.divide(b.subtraction(r, s), b.multiplication(b.subtraction(one, r), b.subtraction(one, s))),
    b.subtraction(b.divide(one, b.subtraction(one, r)), b.divide(one, b.subtraction(one, s))),
    b.subtraction(b.divide(one, b.subtraction(one, s)), b.divide(one, b.subtraction(one, r))),
  ],
  ['|x|² and √(x²)', square(b.modulus(g(n))), square(g(n)), b.multiplication(g(n), b.modulus(g(n)))],
  ['√(x²) is not x', b.root(square(g(n))), b.modulus(g(n)), g(n)],
  [
    '√(4a) = 2√a',
    b.root(b.multiplication(b.number(4), b.addition(e, r))),
    b.multiplication(b.number(2), b.root(b.addition(e, r))),
    b.multiplication(b.number(4), b.root(b.addition(e, r))),
  ],
  [
    'all coordinates but one',
    b.sumOverCoordinates('i', square(g(n, b.index('i')))),
    b.addition(
      square(g(n)),
      b.sum('i', one, plus(j, -1), square(g(n, b.index('i'))), 'coordinate'),
      b.sum('i', plus(j, 1), b.index('#p'), square(g(n, b.index('i'))), 'coordinate'),
    ),
    b.sumOverCoordinates('i', square(g(n))),
  ],
  [
    'the derivative of a norm',
    {
      kind: 'derivative',
      span: null,
      by: [j],
      argument: {
        kind: 'norm',
        span: null,
        order: 1,
        perturbation: e,
        argument: { index: 'c', body: g(n, b.index('c')) },
      },
    },
    b.sumOverCoordinates(
      'i',
      b.divide(
        b.multiplication(g(n, b.index('i'), j), g(n, b.index('i'))),
        b.root(b.addition(square(g(n, b.index('i'))), e)),
      ),
    ),
    b.sumOverCoordinates('i', b.multiplication(g(n, b.index('i'), j), g(n, b.index('i')))),
  ],
];

describe('zero test', () => {
  for (const [name, left, right, wrong] of cases) {
    it(`${name}: the identity is proved, its neighbour is not`, () => {
      expect(verdict(left, right)).toBe('zero');
      expect(verdict(left, wrong)).not.toBe('zero');
    });
  }

  it('stops at a denominator that turns out to be zero', () => {
    const pairs = (last: number): Formula => {
      const pair = b.divide(
        b.multiplication(g(k), g(l)),
        b.root(b.subtraction(one, b.toPower(r, b.subtraction(k, l)))),
      );
      return sumK(n, b.sum('l', b.number(0), plus(k, last), pair));
    };
    expect(verdict(pairs(0), pairs(-1))).toBe('stopped');
    expect(verdict(pairs(-1), b.addition(pairs(-1), b.number(0)))).toBe('zero');
    expect(verdict(pairs(-2), pairs(-1))).not.toBe('zero');
  });

  it('stops with a reason when its budget is spent', () => {
    const many = Array.from({ length: 6 }, () => b.addition(sumK(n, g(k)), e));
    const left = b.multiplication(...many);
    const right = b.toPower(b.addition(e, sumK(n, g(k))), b.number(6));
    const difference = subtract(coefficient(reader.read(left), 0), coefficient(reader.read(right), 0));
    expect(testZero(difference, assumptionsOf(declarations), new Budget(3)).kind).not.toBe('nonzero');
  });
});
