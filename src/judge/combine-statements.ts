/** The verdict of a claim from those of its statements. */
import type { Claim } from '../document/model.ts';
import type { ClaimVerdict, StatementVerdict } from './verdict.ts';
import { worstVerdict } from './verdict.ts';

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

/** The claim is as good as its worst statement; `instead` where there is another reason. */
export function combine(
  claim: Claim,
  statements: readonly StatementVerdict[],
  suggestions: ClaimVerdict['suggestions'],
  instead: Pick<ClaimVerdict, 'verdict' | 'message'> | null,
  started: number,
): ClaimVerdict {
  const verdict = instead?.verdict ?? worstVerdict(statements.map(each => each.verdict));
  const worst = statements.find(each => each.verdict === verdict) ?? null;
  const named = statements.length > 1 && worst?.message ? `${worst.id}: ${worst.message}` : (worst?.message ?? null);
  return {
    claim,
    id: claim.id,
    expect: claim.expect,
    verdict,
    order: claim.order,
    statements,
    suggestions,
    assumptions: distinct(statements.flatMap(each => each.assumptions)),
    excluded: distinct(statements.flatMap(each => each.excluded)),
    evidence: leastEvidence(statements),
    counterexample: worst?.counterexample ?? null,
    message: instead?.message ?? (statements.length === 0 ? 'the claim states nothing' : named),
    milliseconds: performance.now() - started,
  };
}

/** The weakest evidence among the statements: a claim is supported on no more samples than its least sampled statement. */
function leastEvidence(statements: readonly StatementVerdict[]): ClaimVerdict['evidence'] {
  return statements.reduce<ClaimVerdict['evidence']>(
    (least, { evidence }) => (evidence && (!least || evidence.instances < least.instances) ? evidence : least),
    null,
  );
}
