/** What is said not to vanish does not, at any point of the domains, ends and first n included. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { attempt } from '../../src/base/problem.ts';
import { assumptionsOf } from '../../src/expression/arithmetic/assumptions.ts';
import { FormulaReader } from '../../src/expression/read/from-formula.ts';
import { coefficient } from '../../src/expression/calculus/series.ts';
import * as b from '../../src/formula/build.ts';
import type { Declaration } from '../../src/formula/declaration.ts';
import { type Formula, ITERATION } from '../../src/formula/formula.ts';
import { Rational } from '../../src/number/rational.ts';
import { type Environment, WITHOUT_HISTORY } from '../../src/evaluate/environment.ts';
import { RationalRing } from '../../src/evaluate/ring/rational-ring.ts';
import { provablyNonzero } from '../../src/prove/sign/nonzero.ts';
import { naiveValue } from '../evaluate/naive-value.ts';

const scalar = (
  name: string,
  lower: number | null,
  upper: number | null,
  lowerOpen = true,
  upperOpen = true,
): Declaration => ({
  kind: 'scalar',
  name,
  domain: {
    lower: lower === null ? null : Rational.of(lower),
    lowerOpen,
    upper: upper === null ? null : Rational.of(upper),
    upperOpen,
  },
  span: null,
});
/** r inside (0,1), c with the end 1, z with the end 0, e > 0, x anything. */
const declarations = [
  scalar('r', 0, 1),
  scalar('c', 0, 1, true, false),
  scalar('z', 0, 1, false),
  scalar('e', 0, null),
  scalar('x', null, null),
];
const assumptions = assumptionsOf(declarations);
const reader = new FormulaReader({ declarations, definitions: [], order: 0, fullBatch: true });
const n = b.index(ITERATION);
const [r, c, z, e, x] = ['r', 'c', 'z', 'e', 'x'].map(b.parameter) as [Formula, Formula, Formula, Formula, Formula];
const read = (formula: Formula) => coefficient(reader.read(formula), 0);
const isNonzero = (formula: Formula): boolean => provablyNonzero(read(formula), assumptions, new Budget(100_000));

const square = b.toPower(x, b.number(2));
const raised = (base: Formula, times: number, by: number): Formula =>
  b.toPower(base, b.addition(b.multiplication(b.number(times), n), b.number(by)));
/** x² − base^{times·n + by} x². */
const difference = (base: Formula, times: number, by: number): Formula =>
  b.addition(square, b.negation(b.multiplication(raised(base, times, by), square)));

describe('sums of what is not negative', () => {
  it.each([
    ['x² − r^{n+1}x² + e', b.addition(difference(r, 1, 1), e), true],
    ['x² − r^n x² + e', b.addition(difference(r, 1, 0), e), true],
    ['n x² + x² + e', b.addition(b.multiplication(n, square), square, e), true],
    ['1 − z^{n+1}', b.addition(b.number(1), b.negation(raised(z, 1, 1))), true],
    ['1 − r^n, zero at n = 0', b.addition(b.number(1), b.negation(raised(r, 1, 0))), false],
    ['1 − c^{n+1}, zero at c = 1', b.addition(b.number(1), b.negation(raised(c, 1, 1))), false],
    ['x² − r^{n−1}x² + e, negative at n = 0', b.addition(difference(r, 1, -1), e), false],
    ['x² − r^{n+1}x², zero at x = 0', difference(r, 1, 1), false],
    ['n x² − x² + e', b.addition(b.multiplication(n, square), b.negation(square), e), false],
    ['1 − 2r^{n+1}', b.addition(b.number(1), b.negation(b.multiplication(b.number(2), raised(r, 1, 1)))), false],
  ] as const)('%s', (_, formula, expected) => {
    expect(isNonzero(formula)).toBe(expected);
  });
});

const ring = new RationalRing();
const environment = (values: Readonly<Record<string, Rational>>): Environment<Rational> => ({
  ...WITHOUT_HISTORY,
  ring,
  point: [],
  step: () => Rational.zero,
  loss: () => {
    throw new Error('no loss');
  },
  scalar: name => values[name] ?? Rational.zero,
  vector: () => [],
  function: () => {
    throw new Error('no function');
  },
  schedule: () => Rational.one,
});
const POINTS = [0, 1, 2, 5].flatMap(step =>
  (
    [
      [1, 3, 1, 2, 0, 1, 1, 0],
      [1, 2, 1, 1, 1, 2, 2, 3],
      [9, 10, 1, 1, 0, 1, 1, -2],
    ] as const
  ).map(([a, d, f, g, h, i, k, l]) => ({
    step,
    values: {
      r: Rational.of(a, d),
      c: Rational.of(f, g),
      z: Rational.of(h, i),
      e: Rational.of(k, 7),
      x: Rational.of(l),
    },
  })),
);

it('is never said of a random sum that vanishes somewhere', () => {
  const base = fc.constantFrom(r, c, z);
  const common = fc.constantFrom(b.number(1), square, e, b.multiplication(e, square), n, b.multiplication(n, square));
  const piece = fc.oneof(
    fc
      .tuple(common, base, fc.nat(2), fc.integer({ min: -1, max: 2 }), fc.constantFrom(1, 1, 1, 2, -1))
      .map(([factor, own, times, by, size]) =>
        b.addition(factor, b.negation(b.multiplication(b.number(size), raised(own, times, by), factor))),
      ),
    fc.tuple(common, fc.constantFrom(1, 2, 1, -1)).map(([factor, size]) => b.multiplication(b.number(size), factor)),
  );
  let said = 0;
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 3 }), pieces => {
      const formula = b.addition(...pieces);
      if (!isNonzero(formula)) return;
      said += 1;
      for (const { step, values } of POINTS) {
        const value = attempt(() => naiveValue(formula, environment(values), new Map([[ITERATION, step]]), []));
        // 0^{−1} has no value: nothing is said there.
        if (value.ok) expect(value.value.isZero()).toBe(false);
      }
    }),
    { numRuns: 1500, seed: 2 },
  );
  expect(said).toBeGreaterThan(150);
});
