/** loss=: the claim with its typed loss wherever it says E, about as many components as the loss has. */
import type { Claim, Condition } from '../../document/model.ts';
import { index, number } from '../../formula/build.ts';
import { DIMENSION, type Formula } from '../../formula/formula.ts';
import { withLossWritten } from '../../formula/typed-loss.ts';

/** The same claim where it has no such key. The number of components is assumed, and printed with the verdict. */
export function withStatedLoss(claim: Claim): Claim {
  if (claim.loss === null) return claim;
  const { formula, components } = claim.loss;
  const put = (each: Formula): Formula => withLossWritten(each, formula);
  const within = (condition: Condition): Condition => ({
    ...condition,
    comparisons: condition.comparisons.map(each => ({ ...each, left: put(each.left), right: put(each.right) })),
  });
  const size: Condition = {
    text: `${claim.notation.dimension} = ${components}`,
    comparisons: [{ left: index(DIMENSION), relation: '=', right: number(components) }],
    span: claim.span,
  };
  return {
    ...claim,
    statements: claim.statements.map(each => ({
      ...each,
      left: put(each.left),
      right: put(each.right),
      condition: each.condition && within(each.condition),
    })),
    definitions: claim.definitions.map(each => ({ ...each, body: put(each.body) })),
    assume: [...claim.assume.map(within), size],
    ...(claim.flow ? { flow: put(claim.flow) } : {}),
  };
}
