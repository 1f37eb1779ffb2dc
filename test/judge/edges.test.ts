/** A proof by a broken rule that no constant of the statement gives away is looked at where the rule's side conditions are tight. */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import type { Claim, ModeqDocument } from '../../src/document/model.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { type Engine, Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { proveStatement } from '../../src/judge/prove/prove.ts';
import type { ProofOutcome } from '../../src/judge/symbolic/prover.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { type ClaimVerdict, JudgeContradiction } from '../../src/judge/verdict.ts';
import type { Constraint } from '../../src/expression/core/domain.ts';
import { type Expression, expressionOf } from '../../src/expression/core/expression.ts';
import { ITERATION_INDEX, ZERO } from '../../src/expression/core/indices.ts';
import type { Term } from '../../src/expression/core/term.ts';
import type { ModifiedEquation } from '../../src/derivation/derive.ts';
import { CLOSED_FORMS, CONTEXT } from '../../src/rewrite/pipelines.ts';
import type { Rule } from '../../src/rewrite/rule.ts';
import { read } from '../document/reading.ts';

/** X is 1 at n = 31 and 0 elsewhere; what is typed adds up to that in three steps only. */
const ONE_POINT = String.raw`<!-- !modeq claim one-point -->
$$1 + X^{(n)} = 1, \quad X^{(l)} := Y^{(l-7)}, \quad Y^{(l)} := Z^{(l-7)}, \quad
  Z^{(l)} := \sum_{k=l-9}^{8}\sum_{m=8}^{l-9}1$$
`;
/** Σ_{k=0}^{n−24} r^k, and its closed form from n = 22 on, which is false at n = 22 alone. */
const RELAXED = String.raw`<!-- !modeq claim relaxed -->
<!-- !modeq where r in (0,1) -->
$$1 + H^{(n)} = 1 + U^{(n)}, \quad H^{(l)} := G^{(l-7)}, \quad G^{(l)} := F^{(l-9)}, \quad F^{(l)} := \sum_{k=0}^{l-8}r^k, \quad
  U^{(l)} := T^{(l-7)}, \quad T^{(l)} := S^{(l-7)}, \quad S^{(l)} := \sum_{a=0}^{\min(0,l-8)}\frac{1-r^{l-9}}{1-r}$$
`;

type Replaced = (rule: Rule) => Rule;

/** The standard engine with a broken rule; without edges where those are taken off. */
const engine = (replaced: Replaced, withEdges: boolean): Engine<ModifiedEquation> => ({
  ...standardEngine,
  prove: (claim, statement, optimizer, equation, budget, record): ProofOutcome => {
    const outcome = proveStatement(claim, statement, optimizer, equation, budget, record, { replaced, probe: false });
    return outcome.kind === 'proved' && !withEdges ? { ...outcome, edges: [] } : outcome;
  },
});

function claimOf(text: string): { readonly document: ModeqDocument; readonly claim: Claim } {
  const document = read(text, 'edges.md');
  const [claim] = document.claims;
  if (claim === undefined) throw new Error(JSON.stringify([document.problems, document.unreadable]));
  return { document, claim };
}

function judged(text: string, own: Engine<ModifiedEquation>): ClaimVerdict {
  const { document, claim } = claimOf(text);
  const context = { library: documentIndexOf(document, []), engine: own, equations: new Equations(own) };
  return judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 20 });
}

/** By the rules as they are. */
function proofOf(text: string): ProofOutcome {
  const { claim } = claimOf(text);
  const [statement] = claim.statements;
  if (statement === undefined) throw new Error('there is a statement');
  return proveStatement(claim, statement, null, null, new Budget(1_000_000));
}

const spoiled =
  (of: Rule, spoil: (after: Expression) => Expression): Replaced =>
  rule =>
    rule.name === of.name ? { ...rule, apply: (e, tools) => spoil(rule.apply(e, tools)) } : rule;

const boundOf = (term: Term, left: number, right: number): number | null =>
  term.constraints.find(c => c.left === left && c.right === right)?.bound ?? null;

/** A single n is taken for nothing, as a single value of a continuous symbol is. */
const withoutSingleN = (e: Expression): Expression =>
  expressionOf(
    e.terms.filter(term => {
      const [high, low] = [boundOf(term, ITERATION_INDEX, ZERO), boundOf(term, ZERO, ITERATION_INDEX)];
      return high === null || low === null || high + low !== 0;
    }),
  );
/** A closed form is used for ranges that are empty by two as well. */
const relaxed = (e: Expression): Expression =>
  expressionOf(
    e.terms.map(term =>
      term.sorts.length > 0
        ? term
        : {
            ...term,
            constraints: term.constraints.map(
              (c): Constraint =>
                c.left === ZERO && c.right === ITERATION_INDEX && c.bound === -23 ? { ...c, bound: -22 } : c,
            ),
          },
    ),
  );

describe('a broken rule', () => {
  it.each([
    ['drops what holds at one n', ONE_POINT, spoiled(CONTEXT, withoutSingleN)],
    ['relaxes a range by two', RELAXED, spoiled(CLOSED_FORMS, relaxed)],
  ])('that %s is caught at its edge, and by nothing else', (_, text, replaced) => {
    expect(proofOf(text).kind).not.toBe('proved');
    expect(judged(text, engine(replaced, false)).verdict).toBe('proved');
    expect(() => judged(text, engine(replaced, true))).toThrow(JudgeContradiction);
  });
});

const PROVED = {
  'a divisor of two symbols': String.raw`<!-- !modeq claim mixed -->
<!-- !modeq where \beta in (0,1), \rho in (0,1) -->
$$1 + \sum_{k=0}^{n}(2\beta)^k\rho^{n-k} = 1 + \frac{(2\beta)^{n+1} - \rho^{n+1}}{2\beta - \rho}$$
`,
  'slots of definitions': String.raw`<!-- !modeq claim slots -->
<!-- !modeq where r in (0,1) -->
$$1 + X^{(n)} = 1 + \sum_{k=0}^{n-16}r^{k}, \quad X^{(l)} := Y^{(l-7)}, \quad Y^{(l)} := \sum_{k=0}^{l-9}r^{l-9-k}$$
`,
  'a limit': String.raw`<!-- !modeq claim limit limit=large-n -->
<!-- !modeq where \beta in (0,1), \rho in (0,1) -->
$$1 + \sum_{k=0}^{n}\beta^k(2\rho)^{k}2^{-k} = 1 + \frac{1}{1-\beta\rho}$$
`,
} as const;

function edgesOf(text: string): readonly string[] {
  const outcome = proofOf(text);
  if (outcome.kind !== 'proved') throw new Error(outcome.reason);
  return (outcome.edges ?? []).map(edge => edge.text);
}

describe('the edges of a proof', () => {
  it.each(Object.entries(PROVED))('%s: are the same when what was worked out is remembered', (_, text) => {
    const first = edgesOf(text);
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThanOrEqual(200);
    expect(edgesOf(text)).toEqual(first);
  });
  it('are at ranges that are empty by one and by two, through definitions', () => {
    expect(edgesOf(PROVED['slots of definitions'])).toEqual(expect.arrayContaining(['n = 16', 'n = 15', 'n = 14']));
  });
  it('are at zeros of what is divided by', () => {
    const zeros = edgesOf(PROVED['a divisor of two symbols']).filter(text => /beta/.test(text) && /rho/.test(text));
    expect(zeros.length).toBeGreaterThan(0);
  });
});
