/**
 * How often losses and functions of vectors are differentiated in what a statement says, so that samples have functions whose
 * derivatives of that order are not all zero.
 */
import type { Definition, Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { isAlongRuns, statesMotion } from '../../notation/kinds.ts';
import { nodes } from '../../optimizer/replace.ts';
import type { QuestionTask } from '../question-task.ts';

type Stated = Pick<QuestionTask, 'claim' | 'statement' | 'optimizer' | 'other'>;

/** The highest order on either side, as typed or by an expansion in h to the order of the statement. */
export function highestDerivative({ claim, statement, optimizer, other }: Stated): number {
  const isSeries = statesMotion(statement) || isAlongRuns(statement);
  const order = isSeries ? Math.max(claim.order, statement.order ?? 0) : Math.max(0, (statement.remainder ?? 1) - 1);
  const quantities = optimizer?.quantities ?? [];
  const typed = [statement.left, statement.right, ...(other ? [other.statement.right] : [])];
  const definitions = [...claim.definitions, ...(other?.claim.definitions ?? []), ...quantities];
  const found = derivativesIn(typed, definitions);
  const stated = found.highest + (found.isShifted ? order : 0);
  if (optimizer === null || !isSeries) return stated;
  const rows = [optimizer.update, ...optimizer.states.flatMap(({ right, initial }) => [right, initial])];
  return Math.max(stated, derivativesIn(rows, quantities).highest + order);
}

/** The highest order in the formulas and the bodies that they reach, and whether a loss stands at another point than the current one. */
function derivativesIn(
  formulas: readonly Formula[],
  definitions: readonly Definition[],
): { readonly highest: number; readonly isShifted: boolean } {
  let highest = 0;
  let isShifted = false;
  const reached = new Map<string, number>();
  const visit = (formula: Formula, around: number): void => {
    if (formula.kind === 'derivative' && formula.argument.kind === 'loss' && formula.point === undefined) {
      // The loss is differentiated and the point inserted: what the point is made of is not.
      visitLoss(formula.argument, around + formula.by.length, around);
      return;
    }
    if (formula.kind === 'loss') {
      visitLoss(formula, around, around);
      return;
    }
    const own = formula.kind === 'derivative' || formula.kind === 'vector-call' ? formula.by.length : 0;
    const inside = around + own;
    if (formula.kind === 'vector-call') highest = Math.max(highest, inside);
    if (formula.kind === 'quantity' && (reached.get(formula.name) ?? -1) < inside) {
      reached.set(formula.name, inside);
      for (const { body, recursion } of definitions.filter(({ name }) => name === formula.name))
        for (const part of recursion === undefined ? [body] : [body, recursion.start]) visit(part, inside);
    }
    for (const child of children(formula)) visit(child, inside);
  };
  const visitLoss = (loss: Formula & { readonly kind: 'loss' }, times: number, around: number): void => {
    highest = Math.max(highest, times);
    isShifted ||= [...nodes(loss.at.body)].some(isMoved);
    visit(loss.at.body, around);
  };
  for (const formula of formulas) visit(formula, 0);
  return { highest, isShifted };
}

/** What a point has in it that is not the current one. */
const isMoved = (node: Formula): boolean =>
  node.kind === 'step' ||
  node.kind === 'quantity' ||
  node.kind === 'loss' ||
  (node.kind === 'iterate' && node.label !== null);
