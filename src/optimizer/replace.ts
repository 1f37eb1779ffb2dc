/** Rebuilding formulas from the leaves up, with the places in the text kept. */
import type { Formula } from '../formula/formula.ts';
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
