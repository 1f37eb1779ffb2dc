/**
 * Values of more than one step before, m^{(n−1)} in the step that makes m^{(n+1)}, as positive-negative momentum reads them: each gets a row
 * that keeps it, \underline m^{(n+1)} = m^{(n)}. Before the first step all of them are zero.
 */
import { index, quantity } from '../../formula/build.ts';
import { COMPONENT, type Formula, type QuantityNode } from '../../formula/formula.ts';
import { constantLabel, iterationPlus, offsetFromIteration } from '../label.ts';
import { nodes, rewrite } from '../replace.ts';
import type { NameRow, Row } from '../row.ts';

const KEEPS = { keeps: true } as const;

/** A rule that looks further back is more likely a slip. */
const MOST_STEPS = 8;

/** The rows with such values kept; a state with a first value of its own says nothing of the values before it, and is left alone. */
export function withOlderValues(rows: readonly Row[]): readonly Row[] {
  return rows.reduce<readonly Row[]>((all, row) => (row.kind === 'name' ? keeping(row, all) : all), rows);
}

function keeping(row: NameRow, rows: readonly Row[]): readonly Row[] {
  const made = row.label === null ? null : offsetFromIteration(row.label);
  if (made === null) return rows;
  const offsetOf = (node: Formula): number | null => (isNamed(node, row.name) ? offsetOfUse(node) : null);
  if (![...nodes(row.right)].some(node => isBefore(offsetOf(node), made))) return rows;
  const read = rows.flatMap(({ right }) => [...nodes(right)].map(offsetOf)).filter(offset => offset !== null);
  const back = made - 1 - Math.min(...read);
  const starts = rows.filter(each => each !== row && each.kind === 'name' && each.name === row.name);
  if (back < 1 || back > MOST_STEPS || !starts.every(isZeroStart)) return rows;
  const names = new Set(
    rows.flatMap(({ right }) => [...nodes(right)].flatMap(n => (n.kind === 'quantity' ? n.name : []))),
  );
  const kept = olderNames(row.name, back, names);
  const older = (node: Formula): Formula => {
    const offset = offsetOf(node);
    const name = offset === null ? undefined : kept[made - 2 - offset];
    return node.kind === 'quantity' && name !== undefined ? { ...node, name, labels: [iterationPlus(made - 1)] } : node;
  };
  // The last of the zeros says where the rows begin to count.
  const earlier = starts.filter(each => labelOf(each) < Math.max(...starts.map(labelOf)));
  const others = rows
    .filter(each => !earlier.includes(each))
    .map(each => ({ ...each, right: rewrite(each.right, older), ...(each === row ? KEEPS : {}) }));
  // A row of vectors is one of components by now, where its name has one.
  const isOfComponents = [...nodes(row.right)].some(node => isNamed(node, row.name) && node.indices.length > 0);
  const component = row.componentTyped || isOfComponents ? [index(COMPONENT)] : [];
  const keepers = kept.map((name, at): NameRow => {
    const before = quantity(kept[at - 1] ?? row.name, component, [iterationPlus(made - 1)]);
    return { ...row, name, right: before, ...KEEPS };
  });
  // What the first zero is said of is zero for the values before it as well.
  const last = starts.find(each => !earlier.includes(each));
  const zeros = last?.kind === 'name' ? kept.map((name): NameRow => ({ ...last, name })) : [];
  return [...others, ...keepers, ...zeros];
}

const isNamed = (node: Formula, name: string): node is QuantityNode => node.kind === 'quantity' && node.name === name;

const offsetOfUse = ({ labels: [label] }: QuantityNode): number | null =>
  label === undefined ? null : offsetFromIteration(label);

const isBefore = (offset: number | null, made: number): boolean => offset !== null && offset < made;

const isZeroStart = (row: Row): boolean =>
  row.kind === 'name' &&
  row.label !== null &&
  constantLabel(row.label) !== null &&
  row.right.kind === 'number' &&
  row.right.value.isZero();

const labelOf = (row: Row): number => (row.kind === 'name' && row.label !== null ? (constantLabel(row.label) ?? 0) : 0);

/** The state whose older values have this name; the name itself where it is none of these. */
export const stateOfOlder = (name: string): string => {
  const [, inside] = /^\\underline\{(.*)\}$/.exec(name) ?? [];
  return inside === undefined ? name : stateOfOlder(inside);
};

/** \underline m, \underline{\underline m}, …, as many as are needed. */
function olderNames(name: string, count: number, taken: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (let next = `\\underline{${name}}`; found.length < count; next = `\\underline{${next}}`)
    if (!taken.has(next)) found.push(next);
  return found;
}
