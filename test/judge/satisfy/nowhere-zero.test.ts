/** Formulas that are said to be zero nowhere, held against their exact values: at values well inside and at closed ends. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { attempt } from '../../../src/base/problem.ts';
import {
  modulus,
  addition,
  divide,
  gradient,
  index,
  multiplication,
  negation,
  number,
  parameter,
  toPower,
  product,
  root,
  subtraction,
  sum,
} from '../../../src/formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../../src/formula/formula.ts';
import { isNowhereZero } from '../../../src/judge/satisfy/nowhere-zero.ts';
import { Rational } from '../../../src/number/rational.ts';
import { WITHOUT_HISTORY } from '../../../src/evaluate/environment.ts';
import { Evaluator } from '../../../src/evaluate/evaluator.ts';
import { PolynomialLoss } from '../../../src/evaluate/loss/polynomial-loss.ts';
import { Program } from '../../../src/evaluate/program/program.ts';
import { RationalRing } from '../../../src/evaluate/ring/rational-ring.ts';
import type { Declaration, Domain } from '../../../src/optimizer/model.ts';

const domain = (lower: number | null, lowerOpen: boolean, upper: number | null, upperOpen: boolean): Domain => ({
  lower: lower === null ? null : Rational.of(lower),
  lowerOpen,
  upper: upper === null ? null : Rational.of(upper),
  upperOpen,
});
const DOMAINS: Readonly<Record<string, Domain>> = {
  '\\beta': domain(0, true, 1, true),
  '\\rho': domain(0, false, 1, true),
  '\\varepsilon': domain(0, true, null, true),
  '\\lambda': domain(0, false, null, true),
  '\\mu': domain(-1, false, 1, false),
  '\\nu': domain(null, true, -1, false),
  x: domain(null, true, null, true),
};
const declarations = Object.entries(DOMAINS).map(
  ([name, each]): Declaration => ({ kind: 'scalar', name, domain: each, span: null }) as Declaration,
);
const [beta, rho, epsilon, lambda, mu, nu, x] = Object.keys(DOMAINS).map(parameter) as [
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
];
const n = index(ITERATION);
const one = number(1);
const slope = gradient([index(COMPONENT)], null);
const history = (body: Formula, to: Formula = n): Formula => sum('k', number(0), to, body);

const letters = (at: number): ReadonlyMap<string, number> =>
  new Map([
    [ITERATION, at],
    [COMPONENT, 1],
  ]);
const said = (formula: Formula, at = 3): boolean => isNowhereZero(formula, { declarations, letters: letters(at) });

it.each<[string, Formula]>([
  ['γ² + ε', addition(toPower(modulus(slope), number(2)), epsilon)],
  ['√(γ² + ε)', root(addition(toPower(slope, number(2)), epsilon))],
  ['|γ| + ε', addition(modulus(slope), epsilon)],
  ['1 − β', subtraction(one, beta)],
  ['β − 1', subtraction(beta, one)],
  ['1 − ρ^{n+1}', subtraction(one, toPower(rho, addition(n, one)))],
  ['1 − 1/β', subtraction(one, divide(one, beta))],
  [
    'Σρ^{n−k}γ² + ε',
    addition(history(multiplication(toPower(rho, subtraction(n, index('k'))), toPower(slope, number(2)))), epsilon),
  ],
  ['2(1 − β)³', multiplication(number(2), toPower(subtraction(one, beta), number(3)))],
  ['ν', nu],
])('%s', (_, formula) => expect(said(formula)).toBe(true));

it.each<[string, Formula]>([
  ['γ² + λ, where λ may be 0', addition(toPower(slope, number(2)), lambda)],
  ['ρ', rho],
  ['1 − μ', subtraction(one, mu)],
  ['1 + μ', addition(one, mu)],
  ['β − ρ', subtraction(beta, rho)],
  ['an empty sum', sum('k', number(1), subtraction(n, number(9)), epsilon)],
  // The letter k of the sum is not the free one.
  ['Σk', history(index('k'))],
  ['1 − ρ^0 at n = 0', subtraction(one, toPower(rho, n))],
])('not %s', (_, formula) => {
  expect(isNowhereZero(formula, { declarations, letters: new Map([...letters(0), ['k', 2]]) })).toBe(false);
});

const leaf = fc.constantFrom<Formula>(
  beta,
  rho,
  epsilon,
  lambda,
  mu,
  nu,
  x,
  slope,
  n,
  one,
  number(-2),
  number(Rational.of(1, 2)),
);
const { formula } = fc.letrec<{ formula: Formula }>(tie => {
  const part = tie('formula');
  return {
    formula: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.tuple(part, part).map(([a, b]) => addition(a, b)),
      fc.tuple(part, part).map(([a, b]) => subtraction(a, b)),
      fc.tuple(part, part).map(([a, b]) => multiplication(a, b)),
      fc.tuple(part, part).map(([a, b]) => divide(a, b)),
      fc.tuple(part, fc.integer({ min: -3, max: 4 })).map(([a, b]) => toPower(a, number(b))),
      part.map(a => toPower(a, addition(n, one))),
      part.map(a => toPower(a, number(Rational.of(3, 2)))),
      part.map(a => negation(a)),
      part.map(a => modulus(a)),
      part.map(a => root(a)),
      part.map(a => history(multiplication(a, toPower(rho, subtraction(n, index('k')))))),
      part.map(a => history(subtraction(a, index('k')), subtraction(n, number(2)))),
      part.map(a => product('k', number(0), n, a)),
    ),
  };
});

/** Values of a domain, its closed ends among them. */
function valuesIn({ lower, lowerOpen, upper, upperOpen }: Domain): fc.Arbitrary<Rational> {
  const [from, to] = [lower ?? (upper ? upper.subtract(Rational.of(3)) : Rational.of(-3)), upper ?? Rational.of(3)];
  const inside = fc
    .integer({ min: 1, max: 11 })
    .map(part => from.add(to.subtract(from).multiply(Rational.of(part, 12))));
  const ends = [lower && !lowerOpen ? lower : null, upper && !upperOpen ? upper : null].filter(each => each !== null);
  return fc.oneof({ weight: 2, arbitrary: inside }, ...ends.map(end => fc.constant(end)));
}

const RING = new RationalRing(4_000);

function valueAt(what: Formula, at: number, scalars: ReadonlyMap<string, Rational>, gamma: Rational): Rational | null {
  const loss = new PolynomialLoss([{ coefficient: gamma, powers: [1] }]);
  const none = (): never => {
    throw new Error('nothing of that kind is read');
  };
  const environment = {
    ring: RING,
    point: [Rational.one],
    ...WITHOUT_HISTORY,
    step: none,
    loss: () => loss,
    scalar: (name: string) => scalars.get(name) ?? none(),
    vector: none,
    function: none,
    schedule: none,
  };
  const value = attempt(() => new Evaluator(new Program({ declarations }), environment).value(what, letters(at)));
  return value.ok ? value.value : null;
}

it('is right about random formulas', () => {
  let usable = 0;
  const names = Object.keys(DOMAINS);
  fc.assert(
    fc.property(
      formula,
      fc.integer({ min: 0, max: 4 }),
      fc.tuple(...Object.values(DOMAINS).map(valuesIn)),
      fc.constantFrom(-2, -1, 0, 1, 3).map(value => Rational.of(value)),
      (what, at, values, gamma) => {
        if (!said(what, at)) return;
        const value = valueAt(
          what,
          at,
          new Map(names.map((name, place) => [name, values[place] ?? Rational.one])),
          gamma,
        );
        if (value === null) return;
        usable += 1;
        expect(value.isZero()).toBe(false);
      },
    ),
    { numRuns: 4_000, seed: 1 },
  );
  expect(usable).toBeGreaterThan(400);
});
