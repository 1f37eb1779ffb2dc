/**
 * What belongs to the step without a label of its own: the gradient that is only a letter (`notation gradient=g`), and the loss of
 * the sample that the step draws. Both are of the step's own loss; the gradient is taken at the point from which the step starts.
 */
import type { Span } from '../../base/span.ts';
import { refuse } from '../../base/problem.ts';
import { gradient, index, number, point } from '../../formula/build.ts';
import { COMPONENT, type Formula, SAMPLE } from '../../formula/formula.ts';
import { constantLabel, iterationPlus, offsetFromIteration } from '../label.ts';
import { nodes, rewrite } from '../replace.ts';
import type { NameRow, Row } from '../row.ts';

/** The rows with one more that makes the gradient `name`; `made` is the label of the parameters that the step makes, less n. */
export function withOwnGradient(rows: readonly Row[], name: string, made: number, span: Span): Row[] {
  const uses = rows.flatMap(row => usesOf(row.right, name));
  if (uses.length === 0 || rows.some(row => row.kind === 'name' && row.name === name)) return [...rows];
  const hasLabel = uses.some(label => label !== null);
  const unlabelled = uses.includes(null);
  if (hasLabel && unlabelled)
    refuse('gradient-label', `${name} stands with a label and without one`, span, 'Give it a label everywhere.');
  const offset = hasLabel ? reachOf(rows, name) : null;
  if (hasLabel && offset === null)
    refuse('gradient-label', `no step uses ${name} with a label that is the iteration's letter plus a number`, span);
  // g_t is the gradient of L_t, also where the step makes θ_t and starts from θ_{t−1}.
  const right = gradient([index(COMPONENT)], iterationPlus(offset ?? 0), point(iterationPlus(made - 1)));
  const row: NameRow = {
    kind: 'name',
    name,
    componentTyped: false,
    label: offset === null ? null : iterationPlus(offset),
    right,
    span,
  };
  return [row, ...rows];
}

const usesOf = (formula: Formula, name: string): (Formula | null)[] =>
  [...nodes(formula)].flatMap(node => (node.kind === 'quantity' && node.name === name ? [node.labels[0] ?? null] : []));

/** The latest label of `name` that the update reads, through the rows of the values that it uses, less n. */
function reachOf(rows: readonly Row[], name: string): number | null {
  const made = new Map(rows.flatMap(row => (row.kind === 'name' && !isStart(row) ? [[row.name, row] as const] : [])));
  const update = rows.find(row => row.kind === 'update' && offsetFromIteration(row.label) !== null);
  let latest: number | null = null;
  const seen = new Set<string>();
  const visit = (formula: Formula, shift: number): void => {
    for (const node of nodes(formula)) {
      if (node.kind !== 'quantity') continue;
      const [label] = node.labels;
      const offset = label === undefined ? 0 : offsetFromIteration(label);
      if (offset === null) continue;
      const total = shift + offset;
      if (node.name === name) latest = Math.max(latest ?? total, total);
      const row = made.get(node.name);
      const key = `${node.name}@${total}`;
      // A state reads its earlier self; what that reads lies before.
      if (!row || seen.has(key) || total < -3) continue;
      seen.add(key);
      const own = row.label === null ? 0 : (offsetFromIteration(row.label) ?? 0);
      visit(row.right, total - own);
    }
  };
  if (update) visit(update.right, 0);
  if (latest === null) for (const row of rows) visit(row.right, 0);
  return latest;
}

/** The latest number that labels a point of the formula; null where none does. */
function firstOf(formula: Formula): number | null {
  const labels = [...nodes(formula)].flatMap(node =>
    node.kind === 'iterate' && node.label !== null ? (constantLabel(node.label) ?? []) : [],
  );
  return labels.length === 0 ? null : Math.max(...labels);
}

const isStart = ({ label }: NameRow): boolean => label !== null && offsetFromIteration(label) === null;

/** The rows with the number of every sampled loss: the label of its point, or else of the point from which the step starts. */
export function withSampleLabels(rows: readonly Row[], made: number): Row[] {
  const named = new Map(rows.flatMap(row => (row.kind === 'name' ? [[row.name, row] as const] : [])));
  const labelOf = (body: Formula): number | null => {
    const labels = [...nodes(body)].flatMap(node => {
      if (node.kind === 'iterate') return node.label === null ? [] : [offsetFromIteration(node.label)];
      const row = node.kind === 'quantity' ? named.get(node.name) : undefined;
      if (node.kind !== 'quantity' || row === undefined || row.label === null || node.labels[0] === undefined)
        return [];
      const [own, typed] = [offsetFromIteration(row.label), offsetFromIteration(node.labels[0])];
      const inside = [...nodes(row.right)].flatMap(each =>
        each.kind === 'iterate' && each.label !== null ? [offsetFromIteration(each.label)] : [],
      );
      const known = inside.filter(each => each !== null);
      if (own === null || typed === null || known.length === 0) return [];
      return [typed - own + Math.max(...known)];
    });
    const known = labels.filter(each => each !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
  return rows.map(row => {
    const found = new Set<number>();
    // d_1 = \nabla f(x_1; \xi): a first value is of the loss of its own point.
    const start = row.kind === 'name' && row.label !== null ? constantLabel(row.label) : null;
    const right = rewrite(row.right, node => {
      if (node.kind !== 'loss' || node.batch?.kind !== 'index' || node.batch.name !== SAMPLE) return node;
      if (start !== null) return { ...node, batch: number(firstOf(node.at.body) ?? start) };
      const label = labelOf(node.at.body) ?? made - 1;
      found.add(label);
      if (found.size > 1)
        refuse(
          'sample-label',
          'one row has losses of a sample without a label at the points of two steps: one sample or two',
          node.span ?? row.span,
          'Give the sample its label, as \\xi_t.',
        );
      return { ...node, batch: iterationPlus(label) };
    });
    return { ...row, right };
  });
}
