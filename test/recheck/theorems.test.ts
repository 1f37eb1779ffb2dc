/** Each theorem of limits and signs has a relation of its own; one that is used where it does not hold is caught and named. */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { assumptionsOf } from '../../src/expression/arithmetic/assumptions.ts';
import type { Expression } from '../../src/expression/core/expression.ts';
import { FormulaReader } from '../../src/expression/read/from-formula.ts';
import { coefficient } from '../../src/expression/calculus/series.ts';
import * as b from '../../src/formula/build.ts';
import type { Declaration } from '../../src/formula/declaration.ts';
import { COMPONENT, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { Rational } from '../../src/number/rational.ts';
import { largeN } from '../../src/prove/limit/large-n.ts';
import { limitProof } from '../../src/prove/limit/limit.ts';
import { provablyPositive } from '../../src/prove/sign/sign.ts';
import type { Proof, StepRelation } from '../../src/prove/trace.ts';
import { checkProof } from '../../src/recheck/check-proof.ts';

const unit = (name: string): Declaration => ({
  kind: 'scalar',
  name,
  domain: { lower: Rational.zero, lowerOpen: true, upper: Rational.one, upperOpen: true },
  span: null,
});
const declarations = [unit('r'), unit('s')];
const assumptions = assumptionsOf(declarations);
const space = { domains: assumptions.domains, odd: new Set<string>() };
const reader = new FormulaReader({ declarations, definitions: [], order: 0 });
const normal = (formula: Formula): Expression => coefficient(reader.read(formula), 0);

const [n, k, r, s, one, zero] = [
  b.index(ITERATION),
  b.index('k'),
  b.parameter('r'),
  b.parameter('s'),
  b.number(1),
  b.number(0),
];
const g = b.gradient([b.index(COMPONENT)], null);
const next = b.addition(n, one);
const sum = (body: Formula): Formula => b.sum('k', zero, n, body);
const fading = b.toPower(r, b.subtraction(n, k));
const root = (f: Formula): Formula => b.root(f);

const rulesOf = ({ steps }: Proof): string[] => steps.flatMap(({ rule, lemmas }) => [rule, ...lemmas.flatMap(rulesOf)]);
const check = (proof: Proof): ReturnType<typeof checkProof> => checkProof(proof, { space, seed: 1 });

/** The limits of these with the theorem that has to be among the steps. */
const LIMITS: readonly (readonly [string, Formula, RegExp])[] = [
  [
    'a power that fades beside one of n',
    b.multiplication(g, b.addition(one, b.multiplication(next, next, b.toPower(r, n)))),
    /n\^a r\^n/,
  ],
  ['leading terms', b.divide(b.multiplication(next, r), b.addition(n, b.number(3))), /leading terms/],
  ['a root', b.divide(g, root(b.addition(b.subtraction(one, b.toPower(r, next)), s))), /continuity/],
  ['a dominated sum', sum(b.divide(b.multiplication(b.toPower(r, k), next), b.addition(n, k, one))), /Tannery/],
  ['a mean of quantities', sum(b.multiplication(fading, root(b.addition(s, b.toPower(s, k))))), /Silverman/],
];

describe('the limit of', () => {
  it.each(LIMITS)('%s: is checked step by step', (_, formula, theorem) => {
    const before = normal(formula);
    const proof = limitProof('it', before, largeN(before, assumptions, new Budget(100_000)));
    expect(rulesOf(proof).some(rule => theorem.test(rule))).toBe(true);
    const { broken, compared } = check(proof);
    expect(broken).toBeNull();
    expect(compared).toBeGreaterThan(10);
  });
});

const GEOMETRIC = 'n^a r^n → 0 for |r| < 1';
const stated = (rule: string, before: Formula, after: Formula, relation: StepRelation): Proof => {
  const start = normal(before);
  return {
    goal: 'limit',
    what: '',
    start,
    steps: [{ rule, before: start, after: normal(after), relation, lemmas: [] }],
  };
};
const toeplitz = (weights: Formula, fixed: Formula): StepRelation => ({
  kind: 'toeplitz',
  sizes: normal(sum(weights)),
  fixed: [normal(fixed)],
});
const tannery = (sizes: Formula, dominated: Formula): StepRelation => ({
  kind: 'tannery',
  sizes: normal(sum(sizes)),
  dominated: normal(sum(dominated)),
});

describe('a theorem used where it does not hold', () => {
  it.each<readonly [string, Proof]>([
    [
      GEOMETRIC,
      stated(GEOMETRIC, b.multiplication(b.toPower(r, n), b.toPower(r, b.negation(n)), next), zero, { kind: 'growth' }),
    ],
    ['growth', stated('growth', b.multiplication(next, next), zero, { kind: 'growth' })],
    ['growth', stated('growth', b.divide(next, b.addition(n, b.number(3))), b.number(2), { kind: 'growth' })],
    ['continuity', stated('continuity', root(b.addition(one, b.toPower(r, n))), b.number(2), { kind: 'limit' })],
    [
      'continuity',
      stated('continuity', b.multiplication(next, next), zero, {
        kind: 'limit',
        parts: [{ before: normal(b.toPower(r, b.multiplication(b.number(8), next))), after: normal(zero) }],
      }),
    ],
    // r^k stays at a fixed time, and 1 has no bounded sums.
    ['Toeplitz', stated('Toeplitz', sum(fading), b.divide(one, b.subtraction(one, r)), toeplitz(b.toPower(r, k), r))],
    ['Toeplitz', stated('Toeplitz', sum(fading), b.divide(one, b.subtraction(one, r)), toeplitz(one, b.toPower(r, n)))],
    // Σ 1/(n+1) has no dominating series; 1/(r^k + r^n) is not bounded.
    ['Tannery', stated('Tannery', sum(b.divide(one, next)), one, tannery(one, one))],
    [
      'Tannery',
      stated(
        'Tannery',
        one,
        one,
        tannery(
          b.toPower(r, k),
          b.divide(b.toPower(r, k), b.toPower(b.addition(b.toPower(r, k), b.toPower(r, n)), b.number(2))),
        ),
      ),
    ],
  ])('%s', (rule, proof) => {
    expect(check(proof).broken?.rule).toBe(rule);
  });
});

describe('a sign for every n', () => {
  const growing = normal(
    b.addition(b.subtraction(b.multiplication(next, b.subtraction(one, r)), one), b.toPower(r, next)),
  );
  const proofs: Proof[] = [];
  const found = provablyPositive(growing, false, { assumptions, from: 0, proofs }, new Budget(100_000));

  it('is shown by a recursion whose steps are checked', () => {
    expect(found).toBe(true);
    expect(proofs.flatMap(rulesOf)).toContain('recursion in n');
    for (const proof of proofs) expect(check(proof).broken).toBeNull();
  });

  it.each([
    ['another ratio', { ratio: normal(b.number(2)) }],
    ['strict where it is zero', { strict: true }],
  ])('a recursion with %s is caught', (_, change) => {
    const broken = proofs.map(proof => ({
      ...proof,
      steps: proof.steps.map(step =>
        step.relation.kind === 'recursion' ? { ...step, relation: { ...step.relation, ...change } } : step,
      ),
    }));
    expect(broken.map(proof => check(proof).broken?.rule)).toContain('recursion in n');
  });

  it('a factor that is not positive is caught', () => {
    const start = normal(b.subtraction(r, s));
    const after = normal(b.multiplication(b.subtraction(r, s), b.subtraction(s, r)));
    const step = {
      rule: 'positive',
      before: start,
      after,
      relation: { kind: 'same-sign', where: [] },
      lemmas: [],
    } as const;
    expect(check({ goal: 'sign', what: '', start, steps: [step] }).broken?.rule).toBe('positive');
  });
});
