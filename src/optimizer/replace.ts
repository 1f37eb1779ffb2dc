/** Rebuilding formulas from the leaves up, with the places in the text kept. */
import type { Formula, Definition } from '../formula/formula.ts';
import { children, withChildren } from '../formula/walk.ts';

/** `change` applied to every node after its children; a node whose children stay the same is not rebuilt. */
export function rewrite(formula: Formula, change: (node: Formula) => Formula): Formula {
  const old = children(formula);
  const renewed = old.map(child => rewrite(child, change));
  const same = renewed.every((child, position) => child === old[position]);
  return change(same ? formula : withChildren(formula, renewed));
}

/** Every node of the formula, itself included. */
export function* nodes(formula: Formula): Generator<Formula> {
  const pending: Formula[] = [formula];
  for (let node = pending.pop(); node; node = pending.pop()) {
    yield node;
    pending.push(...children(node));
  }
}

/** The iteration letter replaced by `value` wherever it stands. It is never bound in an optimizer's row. */
export const replaceIndex = (formula: Formula, name: string, value: Formula): Formula =>
  rewrite(formula, node => (node.kind === 'index' && node.name === name ? value : node));

/** `value` in the place of one node of the formula. */
export function replaceNode(formula: Formula, node: Formula, value: Formula): Formula {
  if (formula === node) return value;
  const old = children(formula);
  const renewed = old.map(child => replaceNode(child, node, value));
  return renewed.every((child, position) => child === old[position]) ? formula : withChildren(formula, renewed);
}

/** The definitions that formulas use, directly or through others, in the order in which they are given. */
export function definitionsUsed(formulas: readonly Formula[], definitions: readonly Definition[]): Definition[] {
  const found = new Map<string, Definition>();
  const visit = (formula: Formula): void => {
    for (const node of nodes(formula)) {
      if (node.kind !== 'quantity' || found.has(node.name)) continue;
      const definition = definitions.find(({ name }) => name === node.name);
      if (!definition) continue;
      found.set(node.name, definition);
      visit(definition.body);
    }
  };
  formulas.forEach(visit);
  return definitions.filter(({ name }) => found.has(name));
}
