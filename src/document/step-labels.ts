/** How the labels of a claim are counted, and its formulas written with the labels that its author would give. */
import { withMembers } from '../formula/population.ts';
import type { Definition, Formula } from '../formula/formula.ts';
import { shiftLabel } from '../optimizer/label.ts';
import { rewrite } from '../optimizer/replace.ts';
import { shiftIteration } from '../optimizer/rows/counting.ts';

/** How the labels of a statement are counted. */
export interface StepLabels {
  /** What is added to the iteration letter. */
  readonly letter: number;
  /** What is taken from labels of θ, losses and schedules. */
  readonly iterates: number;
  readonly losses: number;
  readonly schedules: number;
  /** What is added to labels of the optimizer's states and rows. */
  readonly names: ReadonlyMap<string, number>;
}

/** Whether a claim counts as the model does. */
export const countsAsModel = ({ letter, iterates, losses, schedules, names }: StepLabels): boolean =>
  letter === 0 && iterates === 0 && losses === 0 && schedules === 0 && names.size === 0;

/** The labels where the letter is a formal one, as in a definition R^{(n)} := …. */
export const formalLabels = (labels: StepLabels): StepLabels => ({ ...labels, letter: 0 });

/** A sequence with its letter counted from its first value; the labels of sequences in its body are the author's still. */
export function countedFromFirst(definition: Definition): Definition {
  const first = definition.recursion?.first ?? 0;
  return first === 0 ? definition : { ...definition, body: shiftIteration(definition.body, first) };
}

/** What an author adds to the label of this node, where the model has another one. */
function upOf(node: Formula, { iterates, losses, schedules, names }: StepLabels): number {
  switch (node.kind) {
    case 'iterate':
      return iterates;
    case 'loss':
      return losses;
    case 'schedule':
      return schedules;
    case 'quantity':
      return -(names.get(node.name) ?? 0);
    default:
      return 0;
  }
}

/** A formula of a claim with its author's labels, the inverse of what reading did; `holder` is the node whose label it is, if it is one. */
export function withAuthorLabels(formula: Formula, labels: StepLabels, holder: Formula | null = null): Formula {
  if (countsAsModel(labels)) return formula;
  const labelled = rewrite(formula, node => {
    if (node.kind === 'sum') return withMembers(node, labels.losses);
    const up = upOf(node, labels);
    if (up === 0) return node;
    switch (node.kind) {
      case 'iterate':
        return node.label === null ? node : { ...node, label: shiftLabel(node.label, up) };
      case 'loss':
        return node.batch === null ? node : { ...node, batch: shiftLabel(node.batch, up) };
      case 'schedule':
        return { ...node, index: shiftLabel(node.index, up) };
      case 'quantity':
        return { ...node, labels: node.labels.map(label => shiftLabel(label, up)) };
      default:
        return node;
    }
  });
  const up = holder === null || !isLabelOf(formula, holder) ? 0 : upOf(holder, labels);
  return shiftIteration(up === 0 ? labelled : shiftLabel(labelled, up), -labels.letter);
}

/** A formula of a statement, or of anything else that says how its author counts, with the author's labels. */
export const asCounted = (formula: Formula, { counted }: { readonly counted?: StepLabels }): Formula =>
  counted === undefined ? formula : withAuthorLabels(formula, counted);

/** Whether the formula may be the label of the node: an index or a sum with one, not a component or an argument. */
const isLabelOf = (formula: Formula, holder: Formula): boolean =>
  (formula.kind === 'index' || formula.kind === 'add' || formula.kind === 'number') &&
  (holder.kind === 'loss' || holder.kind === 'iterate' || holder.kind === 'schedule' || holder.kind === 'quantity');
