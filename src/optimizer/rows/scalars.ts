/** Names that were typed without a component letter and have no components: scalar recursions and schedules by formula. */
import { COMPONENT, type Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import type { Recurring } from './classify.ts';
import { rewrite } from '../replace.ts';

/** The names whose rows neither show a component letter on the left nor depend on one on the right. */
export function findScalars(rows: ReadonlyMap<string, Recurring>): Set<string> {
  const scalars = new Set([...rows.values()].filter(({ row }) => !row.componentTyped).map(({ row }) => row.name));
  // Rows that use a name with components have components themselves; repeat until nothing changes.
  for (let before = -1; before !== scalars.size; ) {
    before = scalars.size;
    for (const { row } of rows.values()) if (dependsOnComponent(row.right, scalars)) scalars.delete(row.name);
  }
  return scalars;
}

/** Whether COMPONENT is free in the formula, the index of a scalar name aside. */
function dependsOnComponent(formula: Formula, scalars: ReadonlySet<string>): boolean {
  if (formula.kind === 'index') return formula.name === COMPONENT;
  if (formula.kind === 'quantity' && scalars.has(formula.name)) return false;
  return children(formula).some(child => dependsOnComponent(child, scalars));
}

/** The formula with the indices of scalar names dropped. */
export const withoutComponents = (formula: Formula, scalars: ReadonlySet<string>): Formula =>
  rewrite(formula, node => (node.kind === 'quantity' && scalars.has(node.name) ? { ...node, indices: [] } : node));
