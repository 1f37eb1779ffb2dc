/** The rows of an optimizer with what only the step as a whole says: values without labels, the step's own gradient and sample. */
import type { Span } from '../base/span.ts';
import { actInOrder } from './assignments.ts';
import { offsetFromIteration } from './label.ts';
import type { Notation } from './model.ts';
import { withOwnGradient, withSampleLabels } from './own-gradient.ts';
import type { Row } from './row.ts';

/** The rows with every value labelled that the step alone tells: in a program's order, of its own loss. */
export function stepRows(rows: readonly Row[], { gradient }: Notation, span: Span): Row[] {
  const offsets = (some: readonly Row[]): number[] =>
    some.flatMap(({ label }) => (label === null ? [] : (offsetFromIteration(label) ?? [])));
  const [update] = offsets(rows.filter(({ kind }) => kind === 'update'));
  // Parameters without labels beside states with them get the label that the step makes: v_t gives \theta_t.
  const own =
    update ??
    Math.max(...offsets(rows), rows.some(({ label }) => label && offsetFromIteration(label) !== null) ? -1 : 1);
  const ordered = actInOrder(rows, { made: own });
  return withSampleLabels(gradient === undefined ? ordered : withOwnGradient(ordered, gradient, own, span), own);
}
