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
import { isProbablyNonzero } from '../../src/rewrite/probe.ts';
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
const square = (f: Formula): Formula => b.power(f, b.number(2));
const plus = (f: Formula, c: number): Formula => b.add(f, b.number(c));
const sumK = (upper: Formula, body: Formula): Formula => b.sum('k', b.number(0), upper, body);

const cases: readonly (readonly [string, Formula, Formula, Formula])[] = [
  [
    'a geometric sum',
    b.multiply(b.subtract(one, r), sumK(n, b.power(r, k))),
    b.subtract(one, b.power(r, plus(n, 1))),
    b.subtract(one, b.power(r, n)),
  ],
  [
    'Σ k r^k',
    b.multiply(square(b.subtract(one, r)), sumK(n, b.multiply(k, b.power(r, k)))),
    b.add(r, b.negate(b.multiply(plus(n, 1), b.power(r, plus(n, 1)))), b.multiply(n, b.power(r, plus(n, 2)))),
    b.add(r, b.negate(b.multiply(n, b.power(r, plus(n, 1))))),
  ],
  ['Σ k', sumK(n, k), b.divide(b.multiply(n, plus(n, 1)), b.number(2)), b.divide(b.multiply(n, n), b.number(2))],
  [
    'a square of a sum',
    square(sumK(n, g(k))),
    b.add(
      sumK(n, square(g(k))),
      b.multiply(b.number(2), sumK(n, b.sum('l', b.number(0), plus(k, -1), b.multiply(g(k), g(l))))),
    ),
    b.add(sumK(n, square(g(k))), sumK(n, b.sum('l', b.number(0), plus(k, -1), b.multiply(g(k), g(l))))),
  ],
  [
    'a range split at its end',
    sumK(n, b.multiply(b.power(r, b.subtract(n, k)), g(k))),
    b.add(g(n), sumK(plus(n, -1), b.multiply(b.power(r, b.subtract(n, k)), g(k)))),
    sumK(plus(n, -1), b.multiply(b.power(r, b.subtract(n, k)), g(k))),
  ],
  [
    'k ↦ n − k',
    sumK(n, b.multiply(b.power(r, k), g(b.subtract(n, k)))),
    sumK(n, b.multiply(b.power(r, b.subtract(n, k)), g(k))),
    sumK(n, b.multiply(b.power(r, k), g(k))),
  ],
  [
    'a radical over a denominator',
    b.root(b.add(b.divide(square(g(n)), b.subtract(one, r)), e)),
    b.divide(b.root(b.add(square(g(n)), b.multiply(e, b.subtract(one, r)))), b.root(b.subtract(one, r))),
    b.divide(b.root(b.add(square(g(n)), e)), b.root(b.subtract(one, r))),
  ],
  [
    'a denominator rationalised',
    b.divide(one, b.power(b.root(b.add(square(g(n)), e)), b.number(3))),
    b.divide(b.root(b.add(square(g(n)), e)), square(b.add(square(g(n)), e))),
    b.divide(b.root(b.add(square(g(n)), e)), b.add(square(g(n)), e)),
  ],
  [
    'partial fractions of scalars',
    b.divide(b.subtract(r, s), b.multiply(b.subtract(one, r), b.subtract(one, s))),
    b.subtract(b.divide(one, b.subtract(one, r)), b.divide(one, b.subtract(one, s))),
    b.subtract(b.divide(one, b.subtract(one, s)), b.divide(one, b.subtract(one, r))),
  ],
  ['|x|² and √(x²)', square(b.absolute(g(n))), square(g(n)), b.multiply(g(n), b.absolute(g(n)))],
  ['√(x²) is not x', b.root(square(g(n))), b.absolute(g(n)), g(n)],
  [
    '√(4a) = 2√a',
    b.root(b.multiply(b.number(4), b.add(e, r))),
    b.multiply(b.number(2), b.root(b.add(e, r))),
    b.multiply(b.number(4), b.root(b.add(e, r))),
  ],
  [
    'all coordinates but one',
    b.sumOverCoordinates('i', square(g(n, b.index('i')))),
    b.add(
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
      b.divide(b.multiply(g(n, b.index('i'), j), g(n, b.index('i'))), b.root(b.add(square(g(n, b.index('i'))), e))),
    ),
    b.sumOverCoordinates('i', b.multiply(g(n, b.index('i'), j), g(n, b.index('i')))),
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
      const pair = b.divide(b.multiply(g(k), g(l)), b.root(b.subtract(one, b.power(r, b.subtract(k, l)))));
      return sumK(n, b.sum('l', b.number(0), plus(k, last), pair));
    };
    expect(verdict(pairs(0), pairs(-1))).toBe('stopped');
    expect(verdict(pairs(-1), b.add(pairs(-1), b.number(0)))).toBe('zero');
    expect(verdict(pairs(-2), pairs(-1))).not.toBe('zero');
  });

  it('stops with a reason when its budget is spent', () => {
    const many = Array.from({ length: 6 }, () => b.add(sumK(n, g(k)), e));
    const left = b.multiply(...many);
    const right = b.power(b.add(e, sumK(n, g(k))), b.number(6));
    const difference = subtract(coefficient(reader.read(left), 0), coefficient(reader.read(right), 0));
    expect(testZero(difference, assumptionsOf(declarations), new Budget(3)).kind).not.toBe('nonzero');
  });
});
