/** Random nests of sums are worth the same, exactly, in whatever order they are added up: evaluated plainly, by recursion. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attempt } from '../../src/base/problem.ts';
import * as build from '../../src/formula/build.ts';
import { COMPONENT, DIMENSION, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { Rational } from '../../src/number/rational.ts';
import { type Environment, WITHOUT_HISTORY } from '../../src/evaluate/environment.ts';
import type { Loss } from '../../src/evaluate/loss/loss.ts';
import { nestSums } from '../../src/evaluate/nest/nest-sums.ts';
import { RationalRing } from '../../src/evaluate/ring/rational-ring.ts';
import { naiveValue } from './naive-value.ts';

/** Letters that an enclosing sum or a label may have given a value. */
const FREE = ['l', 'f'];
const HISTORY = ['k', 'l', 'q', 'r'];
const COORDINATES = ['i', 's'];
const small = fc.integer({ min: -2, max: 2 });

interface Scope {
  readonly history: readonly string[];
  readonly coordinates: readonly string[];
}

const end = ({ history }: Scope): fc.Arbitrary<Formula> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...history).map(build.index) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...history), small).map(([k, by]) => shifted(k, by)) },
    { weight: 1, arbitrary: small.map(build.number) },
  );
const shifted = (letter: string, by: number): Formula => build.addition(build.index(letter), build.number(by));

function bound(scope: Scope, which: 'max' | 'min'): fc.Arbitrary<Formula> {
  const usual = which === 'max' ? build.number(0) : build.index(ITERATION);
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    { weight: 3, arbitrary: end(scope) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(end(scope), end(scope))
        .map((parts): Formula => ({ kind: 'extremum', span: null, which, arguments: parts })),
    },
  );
}

/** ∇_iE_k, a quotient that may have no value, and powers that meet 0⁰. */
function factor(scope: Scope): fc.Arbitrary<Formula> {
  const letter = fc.constantFrom(...scope.history);
  const gradient = fc
    .tuple(fc.constantFrom(COMPONENT, ...scope.coordinates), fc.constantFrom(COMPONENT, ...scope.coordinates), letter)
    .map(([i, s, k]) => build.gradient([build.index(i), build.index(s)], build.index(k)));
  const exponent = fc
    .tuple(letter, letter, fc.nat(2))
    .map(([a, b, by]) => build.addition(build.index(a), build.negation(build.index(b)), build.number(by)));
  const far = fc
    .tuple(letter, letter, fc.nat(2))
    .map(([a, b, by]) =>
      build.addition(
        build.multiplication(build.number(2), build.index(ITERATION)),
        build.negation(build.index(a)),
        build.negation(build.index(b)),
        build.number(by),
      ),
    );
  return fc.oneof(
    { weight: 6, arbitrary: gradient },
    { weight: 2, arbitrary: fc.oneof(exponent, far).map(by => build.toPower(build.parameter('b'), by)) },
    {
      weight: 1,
      arbitrary: fc.tuple(letter, fc.nat(4)).map(([k, by]) => build.divide(build.number(1), shifted(k, by))),
    },
    { weight: 1, arbitrary: fc.tuple(gradient, gradient).map(([a, b]) => build.addition(a, b)) },
  );
}

function nest(scope: Scope, depth: number): fc.Arbitrary<Formula> {
  const free = HISTORY.filter(letter => !scope.history.includes(letter) || FREE.includes(letter));
  const history = fc
    .tuple(fc.constantFrom(...free), bound(scope, 'max'), bound(scope, 'min'))
    .chain(([letter, lower, upper]) =>
      product({ ...scope, history: [...scope.history, letter] }, depth).map(body =>
        build.sum(letter, lower, upper, body),
      ),
    );
  const coordinate = fc
    .constantFrom(...COORDINATES)
    .chain(letter =>
      product({ ...scope, coordinates: [...scope.coordinates, letter] }, depth).map(body =>
        build.sumOverCoordinates(letter, body),
      ),
    );
  return fc.oneof({ weight: 4, arbitrary: history }, { weight: 1, arbitrary: coordinate });
}

function product(scope: Scope, depth: number): fc.Arbitrary<Formula> {
  const factors = fc.array(factor(scope), { minLength: 1, maxLength: 3 });
  const inner = depth === 0 ? fc.constant([]) : fc.array(nest(scope, depth - 1), { minLength: 1, maxLength: 2 });
  return fc.tuple(factors, inner, fc.boolean()).map(([own, sums, isNegative]) => {
    const whole = build.multiplication(...own, ...sums);
    return isNegative ? build.negation(whole) : whole;
  });
}

const ring = new RationalRing();
/** Any number for every derivative of every loss: nothing has to hold between them. */
const lossOf = (batch: number | null): Loss => ({
  text: '',
  derivative: by => target => {
    const seed = by.reduce((sum, i) => sum + i * i, 7 * (batch ?? 0));
    return target.fromRational(Rational.of(((seed * 37 + 11) % 23) - 9, (((seed % 5) + 5) % 5) + 1));
  },
});
const environment = (b: Rational): Environment<Rational> => ({
  ...WITHOUT_HISTORY,
  ring,
  point: [Rational.one, Rational.of(2)],
  step: () => Rational.zero,
  loss: lossOf,
  scalar: () => b,
  vector: () => [],
  function: () => lossOf(0),
  schedule: () => Rational.one,
});

describe('random nests', () => {
  it('are worth the same in another order, for letters that are free too', () => {
    const scope: Scope = { history: [ITERATION, ITERATION, ...FREE], coordinates: [] };
    let renewedCount = 0;
    let nonzero = 0;
    fc.assert(
      fc.property(nest(scope, 3), fc.boolean(), (formula, isFromZero) => {
        const renewed = nestSums(formula, { isFromZero });
        if (renewed === formula) return;
        renewedCount += 1;
        for (const n of isFromZero ? [0, 1, 3] : [-1, 0, 2])
          for (const [l, f] of [
            [0, 0],
            [2, 1],
            [1, 4],
            [-1, 2],
          ] as const)
            for (const b of [Rational.zero, Rational.of(2, 3)]) {
              const letters = new Map([
                [ITERATION, n],
                [COMPONENT, 1],
                ['l', l],
                ['f', f],
                [DIMENSION, 2],
              ]);
              const value = (each: Formula): string | null => {
                const result = attempt(() => naiveValue(each, environment(b), letters, []));
                return result.ok ? result.value.toString() : null;
              };
              const expected = value(formula);
              expect(value(renewed), `n = ${n}, l = ${l}, f = ${f}, b = ${b}`).toBe(expected);
              if (expected !== null && expected !== '0') nonzero += 1;
            }
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(renewedCount).toBeGreaterThan(80);
    expect(nonzero).toBeGreaterThan(300);
  });
});
