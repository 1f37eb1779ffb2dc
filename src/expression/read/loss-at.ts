/** A loss and its derivatives at a point: which function it is in the setting, and what it is before the first step. */
import { refuse } from '../../base/problem.ts';
import type { LossNode } from '../../formula/formula.ts';
import type { LinearForm } from '../../number/linear-form.ts';
import { type Expression, factorExpression, restrict, ZERO_EXPRESSION } from '../core/expression.ts';
import { formOf, type Letters } from '../core/index-form.ts';
import type { IndexFacts } from '../core/index-facts.ts';
import { ZERO } from '../core/indices.ts';
import { meanLoss } from './epoch.ts';
import type { Meaning } from './meaning.ts';

/** ∇_{coordinates}E of the node at θ^{(label)}. Where losses before the first are zero, it vanishes for E_k with k < 0, in the full batch too. */
export function lossAt(
  node: LossNode,
  label: LinearForm | null,
  letters: Letters,
  { fullBatch, epoch, beforeFirst }: Pick<Meaning, 'fullBatch' | 'epoch' | 'beforeFirst'>,
  facts: IndexFacts,
): (coordinates: readonly LinearForm[]) => Expression {
  const typed = node.batch === null ? null : formOf(node.batch, letters);
  const batch = fullBatch === true ? null : typed;
  const isMean = batch === null && epoch === true;
  return coordinates => {
    const factor = { kind: 'loss', batch, coordinates, at: label } as const;
    if (isMean) return meanLoss(factor);
    const value = factorExpression(factor);
    return typed !== null && beforeFirst === 'zero' ? fromFirst(value, typed, node, facts) : value;
  };
}

/** The value where batch ≥ 0, else zero; the letter of a definition may be given any label where it is used. */
function fromFirst(value: Expression, batch: LinearForm, node: LossNode, facts: IndexFacts): Expression {
  const { constant, terms } = batch;
  const [only, ...others] = terms;
  if (only === undefined) return constant < 0 ? ZERO_EXPRESSION : value;
  const [index, count] = only;
  if (others.length > 0 || count !== 1)
    return refuse('loss-label', 'the label of a loss is a letter plus a number where E_k is zero for k < 0', node.span);
  if (facts.low(batch) >= 0) return value;
  return restrict(value, [{ left: ZERO, right: index, bound: constant }]);
}
