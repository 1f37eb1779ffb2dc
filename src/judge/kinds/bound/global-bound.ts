/**
 * Global bounds ‖θ̃(nh) − θ^{(n)}‖ ≤ C h^{q+1}: the equation of order q has to be proved and the optimizer has to forget, which its rows
 * decide; the rest is a named theorem, whose hypotheses about the losses no computation here checks. So the best verdict is
 * `conditional`. Without a memory that fades the bound is undecided, or refuted by a run.
 *
 * Source: Hairer, Lubich, Wanner, Geometric Numerical Integration, chapter IX, and the discrete Grönwall inequality; docs/bounds.md.
 */
import { statesFlow } from '../../../notation/kinds.ts';
import type { Claim, Statement } from '../../../document/model.ts';
import type { Formula } from '../../../formula/formula.ts';
import { rowConditions } from '../../../document/switching-text.ts';
import { writeFormula } from '../../../latex/write/write-formula.ts';
import { type Memory, memoryOfRows } from '../../../optimizer/checks/memory/fading-memory.ts';
import type { Optimizer } from '../../../optimizer/model.ts';
import type { BrokenBound } from './bound-run.ts';
import type { DocumentIndex } from '../../claim-context.ts';
import { causeText, fadingText, memorySums } from './memory-text.ts';
import { type StatementVerdict, undecided } from '../../verdict.ts';

export interface BoundedEquation {
  readonly claim: Claim;
  readonly statement: Statement;
}

/** The equation whose solution θ̃ is: a flow of the claim itself, else of the first given claim that has one; else null. */
export function boundedEquation(claim: Claim, library: DocumentIndex): BoundedEquation | null {
  const given = claim.given.flatMap(id => library.claims.get(id) ?? []);
  for (const source of [claim, ...given]) {
    const statement = source.statements.find(statesFlow);
    if (statement) return { claim: source, statement };
  }
  return null;
}

const THEOREM =
  'a one-step error of h^{q+2} and a Lipschitz bound give a global error of h^{q+1} for nh ≤ T (discrete Grönwall inequality; Hairer, Lubich, Wanner, chapter IX; a memory that fades keeps the constants uniform in n)';

export interface BoundEvidence {
  readonly optimizer: Optimizer;
  readonly verdict: StatementVerdict;
  readonly about: string;
  /** Of the equation. */
  readonly order: number;
  /** A run against the bound, asked for only where the memory lasts. */
  readonly run: () => BrokenBound | null;
}

/** `about`: the equation whose verdict is `verdict`, of order `order`; q is the order that the bound needs. */
export function globalBoundVerdict(bound: Statement, q: number, evidence: BoundEvidence): StatementVerdict {
  const { verdict, about, order, optimizer } = evidence;
  if (order < q)
    return undecided(bound, `a bound by h^${q + 1} needs an equation of order ${q}; ${about} is one of order ${order}`);
  if (verdict.verdict !== 'proved')
    return undecided(bound, `the bound rests on ${about}, which is ${verdict.verdict}`, verdict.evidence);
  const memory = memoryOfRows(optimizer);
  if (memory.kind !== 'fades') return withoutFading(bound, q, memory, evidence);
  const { notation } = optimizer;
  const written = (formula: Formula): string => writeFormula(formula, notation, 'latex');
  return {
    ...verdict,
    id: bound.id,
    verdict: 'conditional',
    message: `${about} is proved; the bound follows by a theorem whose hypotheses about the losses are not checked`,
    assumptions: [
      ...verdict.assumptions,
      `checked: the memory fades, ${memorySums(q)}: ${fadingText(memory, optimizer)}`,
      `not checked: all E_k have partial derivatives up to order ${q + 3}, bounded uniformly in k where the iterates run`,
      'not checked: iterates and solution stay in that region for nh \\le T',
      ...rowConditions(optimizer).map(
        condition => `not checked: ${condition} along iterates and solution, bounded away from equality`,
      ),
      ...memory.doubts.map(part => `not checked: ${written(part)} stays away from 0 there`),
      ...memory.schedules.map(name => `not checked: the schedule ${name} is bounded`),
    ],
    steps: [`checked: ${about} is right to order ${q}`, `theorem: ${THEOREM}`],
    counterexample: null,
  };
}

function withoutFading(
  bound: Statement,
  q: number,
  memory: Exclude<Memory, { readonly kind: 'fades' }>,
  { optimizer, run, verdict }: BoundEvidence,
): StatementVerdict {
  const why = causeText(memory.cause, optimizer);
  if (memory.kind === 'unknown')
    return undecided(bound, `the bound needs a memory that fades, ${memorySums(q)}; ${why}`, verdict.evidence);
  const broken = run();
  const needs = `the bound needs a memory that fades, ${memorySums(q)}, which the rows are not shown to have: ${why}`;
  if (broken === null) return undecided(bound, needs, verdict.evidence);
  const last = broken.sequence.at(-1);
  const slopes = broken.slopes.map(slope => slope.toFixed(2)).join(', ');
  return {
    ...undecided(
      bound,
      `${needs}; in a run the error goes with h to the power ${slopes}, not ${q + 1}`,
      verdict.evidence,
    ),
    verdict: 'refuted',
    counterexample: last === undefined ? null : { ...last, sequence: broken.sequence },
  };
}
