/**
 * Rows that stand behind the update and are the first of the next step: x_{t+1} = x_t − ηd_t, then d_{t+1} = ∇f_{t+1}(x_{t+1}) + …, with
 * d_0 = ∇f_0(x_0). The same rule is d_t = ∇f_t(x_t) + … with that first value, as the model counts it: a step uses its own loss.
 */
import { constantLabel, iterationPlus, offsetFromIteration } from '../label.ts';
import { nodes } from '../replace.ts';
import type { NameRow, Row } from '../row.ts';
import { shiftIteration } from './counting.ts';

/**
 * The rows, those behind the update with labels less by one; `made` is the offset of the update's label. Only where a row reads a numbered loss at the
 * parameters that its step makes, where an initial row, made of a loss too, is the value before, and where nothing else reads the new value.
 */
export function rowsBehindUpdate(rows: readonly Row[], made: number): Row[] {
  const starts = rows.filter(
    (row): row is NameRow => row.kind === 'name' && row.label !== null && constantLabel(row.label) !== null,
  );
  return rows.map(row => {
    if (row.kind !== 'name' || row.label === null || !readsNewLoss(row, made)) return row;
    const offset = offsetFromIteration(row.label);
    const isStarted = starts.some(({ name, right }) => name === row.name && readsLoss(right));
    if (offset === null || !isStarted || rows.some(other => readsValue(other, row.name, offset))) return row;
    return { ...row, label: iterationPlus(offset - 1), right: shiftIteration(row.right, -1) };
  });
}

const readsLoss = (right: Row['right']): boolean => [...nodes(right)].some(({ kind }) => kind === 'loss');

/** Whether a loss with a number is read at the parameters with the label n + made. */
const readsNewLoss = ({ right }: NameRow, made: number): boolean =>
  [...nodes(right)].some(
    node =>
      node.kind === 'loss' &&
      node.batch !== null &&
      [...nodes(node.at.body)].some(
        each => each.kind === 'iterate' && each.label !== null && offsetFromIteration(each.label) === made,
      ),
  );

const readsValue = ({ right }: Row, name: string, offset: number): boolean =>
  [...nodes(right)].some(
    node =>
      node.kind === 'quantity' &&
      node.name === name &&
      node.labels.some(label => offsetFromIteration(label) === offset),
  );
