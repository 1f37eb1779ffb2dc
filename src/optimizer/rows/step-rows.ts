/** The rows of an optimizer with what only the step as a whole says: values without labels, the step's own gradient and sample. */
import type { Span } from '../../base/span.ts';
import { actInOrder } from './assignments.ts';
import { dividesByZeroAtZero } from './counting.ts';
import { iterationPlus, offsetFromIteration } from '../label.ts';
import type { Notation } from '../model.ts';
import { withOwnGradient, withSampleLabels } from './own-gradient.ts';
import { rewrite } from '../replace.ts';
import type { Row } from '../row.ts';

/** The rows with every value labelled that the step alone tells: in a program's order, of its own loss. */
export function stepRows(rows: readonly Row[], { gradient }: Notation, span: Span): Row[] {
  const own = labelMade(rows);
  const ordered = actInOrder(rows, { made: own }).map(row => atStart(row, own));
  return withSampleLabels(gradient === undefined ? ordered : withOwnGradient(ordered, gradient, own, span), own);
}

/** The label, less n, of the parameters that a step makes. Rows without labels that divide by 1 − β^t count from 1. */
function labelMade(rows: readonly Row[]): number {
  const offsets = (some: readonly Row[]): number[] =>
    some.flatMap(({ label }) => (label === null ? [] : (offsetFromIteration(label) ?? [])));
  const [update] = offsets(rows.filter(({ kind }) => kind === 'update'));
  if (update !== undefined) return update;
  const ofStates = offsets(rows);
  // Parameters without labels beside states with them get the label that the step makes: v_t gives \theta_t.
  if (ofStates.length > 0) return Math.max(...ofStates);
  return rows.some(({ right }) => dividesByZeroAtZero(right)) ? 0 : 1;
}

/** In a row with a label the parameters without one are those from which the step starts. */
function atStart(row: Row, made: number): Row {
  if (row.kind === 'update' || row.label === null || offsetFromIteration(row.label) === null) return row;
  const right = rewrite(row.right, node =>
    node.kind === 'iterate' && node.label === null ? { ...node, label: iterationPlus(made - 1) } : node,
  );
  return { ...row, right };
}
