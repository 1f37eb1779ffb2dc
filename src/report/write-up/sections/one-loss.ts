/** A formula of mini-batches in the full batch: every E_k is E, and what is nothing before the first step stays so. */
import { number, sum } from '../../../formula/build.ts';
import type { Formula } from '../../../formula/formula.ts';
import { mentionsLetter } from '../../../formula/substitute.ts';
import { children, withChildren } from '../../../formula/walk.ts';
import { iterationPlus, offsetFromIteration } from '../../../optimizer/label.ts';
import type { Optimizer } from '../../../optimizer/model.ts';

/** The formula with one loss for all steps; E_{n−1} is E for n ≥ 1 and else 0 where losses before the first are zero. */
export function withOneLoss(formula: Formula, { beforeFirst, notation, declarations }: Optimizer): Formula {
  const taken = new Set([...Object.values(notation), ...declarations.map(({ name }) => name)]);
  const letter = LETTERS.find(each => !taken.has(each) && !mentionsLetter(formula, each)) ?? `${LETTERS[0]}_0`;
  const visit = (node: Formula): Formula => {
    const own =
      node.kind === 'loss'
        ? { ...node, batch: null }
        : withChildren(
            node,
            children(node).map(each => visitInside(each, node)),
          );
    const batch = batchOf(node);
    const offset = batch === null ? null : offsetFromIteration(batch);
    return beforeFirst === 'zero' && offset !== null && offset < 0 ? fromStep(-offset, own, letter) : own;
  };
  // The condition stands before the derivative, not in it.
  const visitInside = (node: Formula, outer: Formula): Formula =>
    node.kind === 'loss' && outer.kind === 'derivative' ? { ...node, batch: null } : visit(node);
  return visit(formula);
}

const LETTERS = ['k', 'l', 'q', 'r', 'u', 'v', 'w'] as const;

/** The batch of a loss, or of the loss that is differentiated. */
function batchOf(node: Formula): Formula | null {
  const loss = node.kind === 'derivative' ? node.argument : node;
  return loss.kind === 'loss' ? loss.batch : null;
}

/** The value for n ≥ first, and 0 before: a sum of one term or none. */
const fromStep = (first: number, value: Formula, letter: string): Formula =>
  sum(letter, number(0), extremum([number(0), iterationPlus(-first)]), value);

const extremum = (list: readonly Formula[]): Formula => ({
  kind: 'extremum',
  span: null,
  which: 'min',
  arguments: list,
});
