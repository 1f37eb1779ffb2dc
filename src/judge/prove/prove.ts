/**
 * The prover: both sides of a statement as normal forms, and the question whether their difference is zero, for all n, p,
 * losses and hyperparameters that the assumptions allow. It evaluates nothing at numbers.
 */
import { isAlongRuns } from '../../notation/kinds.ts';
import { Budget, BudgetSpent } from '../../base/budget.ts';
import { attempt } from '../../base/problem.ts';
import { atMost } from '../../base/work.ts';
import type { Claim, Statement } from '../../document/model.ts';
import { assumptionsOf } from '../../expression/arithmetic/assumptions.ts';
import type { Expression } from '../../expression/core/expression.ts';
import { FormulaReader } from '../../expression/read/from-formula.ts';
import type { Letters } from '../../expression/core/index-form.ts';
import { coefficient } from '../../expression/calculus/series.ts';
import type { Formula } from '../../formula/formula.ts';
import type { ModifiedEquation } from '../../derivation/derive.ts';
import type { Declaration, Optimizer } from '../../optimizer/model.ts';
import { isDecidable } from '../../prove/zero/decidable.ts';
import { testZero, type ZeroOptions } from '../../prove/zero/zero-test.ts';
import { lettersOf, meaningOf, mergedDeclarations } from '../symbolic/claim-meaning.ts';
import { describeDomain } from '../symbolic/describe-domain.ts';
import { assumedIteration, conditionedIteration, leastIteration } from '../stated/earlier-times.ts';
import { excludedValues } from '../symbolic/excluded-values.ts';
import type { Proof } from '../../prove/trace.ts';
import { PROOF_STEPS, PROOF_WORK, PROOF_WORK_SPENT } from '../symbolic/proof-budget.ts';
import type { ProofRecord } from '../symbolic/proof-record.ts';
import { componentByComponent } from '../keys/loss/components.ts';
import { edgesOf } from '../guard/proof-edges.ts';
import { isInequality, proveSign } from '../kinds/identity/inequality.ts';
import type { ProofOutcome } from '../symbolic/prover.ts';
import { CLAIM_KINDS } from '../kinds/table.ts';
import type { Sides } from '../symbolic/sides.ts';
import { underConditions } from '../symbolic/under-conditions.ts';
import { emptyRanges } from '../symbolic/empty-ranges.ts';
import { vanishingScalars } from '../symbolic/vanishing-scalars.ts';

/** Proves a statement, or says why not. `unequal` refutes nothing by itself. `options` are for tests of broken rules. */
export function proveStatement(
  claim: Claim,
  statement: Statement,
  optimizer: Optimizer | null,
  equation: ModifiedEquation | null,
  budget: Budget,
  record?: ProofRecord,
  options: Pick<ZeroOptions, 'replaced' | 'probe'> = {},
): ProofOutcome {
  budget.spend();
  return atMost<ProofOutcome>(
    PROOF_WORK,
    () => proved(claim, statement, optimizer, equation, record, options),
    () => ({ kind: 'stopped', reason: `the prover's budget: ${PROOF_WORK_SPENT}` }),
  );
}

function proved(
  claim: Claim,
  statement: Statement,
  optimizer: Optimizer | null,
  equation: ModifiedEquation | null,
  record: ProofRecord | undefined,
  options: Pick<ZeroOptions, 'replaced' | 'probe'>,
): ProofOutcome {
  const declarations = mergedDeclarations(claim, optimizer);
  if (record !== undefined) record.declarations = declarations;
  const own = new Budget(PROOF_STEPS);
  try {
    if (isInequality(statement)) {
      const letters = lettersOf(claim, statement);
      if (record !== undefined) record.scope = letters;
      const reader = new FormulaReader({ ...meaningOf(claim, declarations, 0), stepIsSymbol: true });
      const side = (formula: Formula): Expression => coefficient(reader.series(formula, letters), 0);
      const outcome = proveSign(claim, statement, declarations, side, own, record);
      return outcome.kind === 'proved'
        ? { ...outcome, excluded: [...outcome.excluded, ...undefinedWhere(claim, statement, declarations)] }
        : outcome;
    }
    if (statement.condition?.equivalence === true)
      return { kind: 'stopped', reason: 'an equation that holds exactly where a condition does is not proved' };
    const read = attempt(() =>
      CLAIM_KINDS[statement.kind].zero({ claim, statement, declarations, optimizer, equation, budget: own, record }),
    );
    if (!read.ok) return { kind: 'stopped', reason: read.problems[0]?.message ?? 'not covered by the normal form' };
    const proofs: Proof[] = [];
    const sides = componentByComponent(underConditions(read.value, claim, statement, declarations), claim);
    const outcome = decide(sides, declarations, own, proof => proofs.push(proof), options);
    record?.proofs.push(...proofs);
    if (outcome.kind !== 'proved') return outcome;
    const least = isAlongRuns(statement) ? leastIteration(statement) : 0;
    const counted = isAlongRuns(statement)
      ? assumedIteration(claim, statement)
      : claim.limit === null
        ? conditionedIteration(claim, statement)
        : 0;
    const from = least > 0 ? [`${claim.notation.iteration} \\ge ${least}`] : [];
    return {
      ...outcome,
      edges: edgesOf([...(sides.limits ?? []), ...proofs], lettersOf(claim, statement), counted),
      assumptions: [...outcome.assumptions, ...from],
      excluded: [
        ...undefinedWhere(claim, statement, declarations),
        ...vanishingScalars(read.value.shown ?? [], claim.notation, assumptionsOf(declarations)),
        ...emptyRanges(read.value.shown ?? [], claim.notation),
      ],
    };
  } catch (error) {
    if (error instanceof BudgetSpent) return { kind: 'stopped', reason: `the prover's budget: ${error.reason}` };
    throw error;
  }
}

function undefinedWhere(claim: Claim, statement: Statement, declarations: readonly Declaration[]): string[] {
  const letters = lettersOf(claim, statement);
  const reader = new FormulaReader({ ...meaningOf(claim, declarations, 0), stepIsSymbol: true });
  const read = (formula: Formula, scope: Letters): Expression => coefficient(reader.series(formula, scope), 0);
  return excludedValues(claim, statement, letters, read, assumptionsOf(declarations));
}

function decide(
  { differences: list, rates, measure, theorems }: Sides,
  declarations: readonly Declaration[],
  budget: Budget,
  onProof: (proof: Proof) => void,
  options: Pick<ZeroOptions, 'replaced' | 'probe'>,
): ProofOutcome {
  const assumptions = assumptionsOf(declarations);
  const steps: string[] = [];
  for (const { what, value } of list) {
    const result = testZero(value, assumptions, budget, {
      ...options,
      onProof: proof => onProof({ ...proof, what }),
    });
    if (result.kind === 'stopped')
      return { kind: 'stopped', reason: `the prover's budget for ${what}: ${result.reason}` };
    if (result.kind === 'nonzero')
      return isDecidable(result.remainder)
        ? { kind: 'unequal', reason: `${what} differ` }
        : { kind: 'stopped', reason: `${what} contain something that the normal form does not decide`, isOpen: true };
    steps.push(
      `${what} agree${result.steps.length === 0 ? ': their normal forms are the same' : ` after: ${result.steps.join(', ')}`}`,
    );
  }
  if (theorems !== undefined && theorems.length > 0) steps.push(`limits by: ${theorems.join('; ')}`);
  if (rates.length > 0)
    steps.push(
      `the difference from the limit is of order ${rates.map(rate => `${rate}^{n}`).join(', ')} up to powers of n`,
    );
  return {
    kind: 'proved',
    assumptions: declarations.flatMap(d => (d.kind === 'scalar' ? describeDomain(d) : [])),
    excluded: [],
    steps,
    ...(rates.length > 0 ? { rate: { orders: rates, measure: measure ?? null } } : {}),
  };
}
