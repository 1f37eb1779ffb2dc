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

/**
 * Rows that are numbered one step behind the update, v_t = βv_{t−1} − η∇f(x_{t−1}) beside x_{t+1} = x_t + v_{t+1}, with labels greater by one: a row
 * holds for every step.
 * `made` is the offset of the update's label. Left alone where they would read the parameters that the step makes.
 */
export function rowsOneBack(rows: readonly Row[], made: number): Row[] {
  const named = new Map(
    rows.flatMap(row => (row.kind === 'name' && row.label !== null && madeBy(row) !== null ? [[row.name, row]] : [])),
  );
  const latest = latestRead(rows, named);
  const behind = [...named.values()].filter(row => {
    const own = madeBy(row);
    return own !== null && own === made - 1 && latest.get(row.name) === made;
  });
  const readsTooNew = behind.some(({ right }) =>
    [...nodes(right)].some(
      node => node.kind === 'iterate' && node.label !== null && (offsetFromIteration(node.label) ?? made) >= made - 1,
    ),
  );
  if (behind.length === 0 || readsTooNew) return [...rows];
  return rows.map(row =>
    row.kind === 'name' && behind.includes(row)
      ? { ...row, label: iterationPlus(made), right: shiftIteration(row.right, 1) }
      : row,
  );
}

const madeBy = ({ label }: NameRow): number | null =>
  label === null || constantLabel(label) !== null ? null : offsetFromIteration(label);

/** A row that reads its own later value is refused elsewhere. */
const FURTHEST = 2;

/** The latest label of each name that the update reads, through the rows of the values that it uses, less n. */
function latestRead(rows: readonly Row[], named: ReadonlyMap<string, NameRow>): ReadonlyMap<string, number> {
  const latest = new Map<string, number>();
  const visit = (right: Row['right'], shift: number): void => {
    for (const node of nodes(right)) {
      if (node.kind !== 'quantity' || node.labels[0] === undefined) continue;
      const offset = offsetFromIteration(node.labels[0]);
      const row = named.get(node.name);
      if (offset === null || row === undefined) continue;
      const total = shift + offset;
      if (total > FURTHEST || (latest.get(node.name) ?? Number.NEGATIVE_INFINITY) >= total) continue;
      latest.set(node.name, total);
      visit(row.right, total - (madeBy(row) ?? 0));
    }
  };
  for (const row of rows) if (row.kind === 'update') visit(row.right, 0);
  return latest;
}
