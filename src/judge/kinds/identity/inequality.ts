/** The prover of inequalities: the sign of a difference for all parameters, where or exactly where conditions hold. */
import { statesBound } from '../../../notation/kinds.ts';
import type { Budget } from '../../../base/budget.ts';
import { attempt } from '../../../base/problem.ts';
import type { Claim, Condition, Statement } from '../../../document/model.ts';
import { assumptionsOf } from '../../../expression/arithmetic/assumptions.ts';
import { type Expression, subtract } from '../../../expression/core/expression.ts';
import type { Formula } from '../../../formula/formula.ts';
import type { Declaration } from '../../../optimizer/model.ts';
import type { Region } from '../../../prove/sign/sign.ts';
import { provablyExactly, provablyUnder, type Sign } from '../../../prove/sign/sign-under.ts';
import type { Proof } from '../../../prove/trace.ts';
import { describeDomain } from '../../symbolic/describe-domain.ts';
import type { ProofRecord } from '../../symbolic/proof-record.ts';
import type { ProofOutcome } from '../../symbolic/prover.ts';
import { conditionsOf } from '../../unsupported.ts';

export const isInequality = (statement: Statement): boolean =>
  !statesBound(statement) && ['<', '>', '\\le', '\\ge'].includes(statement.relation);

type Side = (formula: Formula) => Expression;
type Comparison = Condition['comparisons'][number];

/** Proves an inequality between two formulas; `side` gives the normal form of a formula of the statement. */
export function proveSign(
  claim: Claim,
  statement: Statement,
  declarations: readonly Declaration[],
  side: Side,
  budget: Budget,
  record?: ProofRecord,
): ProofOutcome {
  const region: Region = { assumptions: assumptionsOf(declarations), from: 0, proofs: [] };
  const read = attempt(() => holds(claim, statement, side, region, budget, record));
  if (!read.ok) return { kind: 'stopped', reason: read.problems[0]?.message ?? 'not covered by the normal form' };
  if (!read.value) return { kind: 'stopped', reason: 'the sign is not decided by the coefficients' };
  return {
    kind: 'proved',
    assumptions: declarations.flatMap(d => (d.kind === 'scalar' ? describeDomain(d) : [])),
    excluded: [],
    steps: ['the sign is that of polynomials whose coefficients have one sign'],
  };
}

function holds(
  claim: Claim,
  statement: Statement,
  side: Side,
  region: Region,
  budget: Budget,
  record: ProofRecord | undefined,
): boolean {
  const { condition } = statement;
  const asked = signOf(statement, side);
  record?.read('the two sides', 0, { derived: side(statement.left), claimed: side(statement.right) });
  if (asked === null) return false;
  const given = signsOf(conditionsOf(claim, { ...statement, condition: null }), side);
  if (condition?.equivalence !== true) {
    const where = [...given, ...signsOf(condition === null ? [] : [condition], side)];
    const found = provablyUnder(asked, where, region, budget);
    record?.proofs.push(signProof(asked, where, null, region.proofs ?? []));
    return found;
  }
  const [only, ...more] = condition.comparisons;
  const exactly = only === undefined || more.length > 0 ? null : signOf(only, side);
  if (exactly === null) return false;
  const found = provablyExactly(asked, exactly, given, region, budget);
  record?.proofs.push(signProof(asked, given, exactly, region.proofs ?? []));
  return found;
}

/** The whole as one step, which rests on the signs that were shown for it. */
const signProof = (
  { gap, strict }: Sign,
  where: readonly Sign[],
  exactly: Sign | null,
  lemmas: readonly Proof[],
): Proof => ({
  goal: 'sign',
  what: 'the difference of the two sides',
  start: gap,
  steps: [
    {
      rule: 'coefficients of one sign',
      before: gap,
      after: gap,
      relation: { kind: 'sign', strict, where, exactly },
      lemmas,
    },
  ],
});

/** Only inequalities help; what else is assumed makes the region smaller, so that leaving it out is safe. */
function signsOf(conditions: readonly Condition[], side: Side): Sign[] {
  return conditions.flatMap(({ comparisons }) =>
    comparisons.flatMap(comparison => {
      const read = attempt(() => signOf(comparison, side));
      return read.ok && read.value !== null ? [read.value] : [];
    }),
  );
}

/** left > right as left − right > 0; null for other relations. */
function signOf({ left, relation, right }: Pick<Comparison, 'left' | 'relation' | 'right'>, side: Side): Sign | null {
  switch (relation) {
    case '>':
      return { gap: subtract(side(left), side(right)), strict: true };
    case '\\ge':
      return { gap: subtract(side(left), side(right)), strict: false };
    case '<':
      return { gap: subtract(side(right), side(left)), strict: true };
    case '\\le':
      return { gap: subtract(side(right), side(left)), strict: false };
    default:
      return null;
  }
}
