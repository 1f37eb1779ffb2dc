/**
 * Which steps' states a row may use: the step that makes s^{(n+1)} has the values at n and at n + 1, also through intermediate
 * quantities, which are followed with their labels.
 */
import { refuse } from '../../base/problem.ts';
import type { Definition, Formula } from '../../formula/formula.ts';
import { offsetFromIteration } from '../label.ts';
import type { Optimizer } from '../model.ts';
import { nodes } from '../replace.ts';
import { stateOfOlder } from './older-values.ts';

/** Refuses a state at any label besides n and n + 1, and a label that is not n plus a number. */
export function refuseStateLabels(optimizer: Optimizer): void {
  const states = new Set(optimizer.states.map(state => state.name));
  const quantities = new Map(optimizer.quantities.map(quantity => [quantity.name, quantity]));
  const seen = new Set<string>();
  const visit = (formula: Formula, shift: number): void => {
    for (const node of nodes(formula)) {
      if (node.kind !== 'quantity') continue;
      const label = node.labels[0];
      const offset = label ? offsetFromIteration(label) : states.has(node.name) ? null : 0;
      const span = node.span ?? optimizer.span;
      if (offset === null) {
        if (states.has(node.name) || usesStates(node.name, quantities, states)) {
          refuse('bad-label', `${node.name} must have a label that is n or n plus a number`, span);
        }
        continue;
      }
      const total = offset + shift;
      if (states.has(node.name) && (total < 0 || total > 1)) {
        const message = `a row may use the state ${stateOfOlder(node.name)} of this step and of the step before only`;
        const hint = 'The rows make the value with the label of the new parameters, and read the one before.';
        refuse(total < 0 ? 'state-too-far-back' : 'state-of-later-step', message, span, hint);
      }
      const definition = quantities.get(node.name);
      const key = `${node.name}@${total}`;
      if (!definition || seen.has(key)) continue;
      seen.add(key);
      visit(definition.body, total);
    }
  };
  visit(optimizer.update, 0);
  for (const state of optimizer.states) {
    visit(state.right, 0);
  }
}

function usesStates(name: string, quantities: ReadonlyMap<string, Definition>, states: ReadonlySet<string>): boolean {
  const pending = [name];
  const seen = new Set<string>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (states.has(next)) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    for (const node of nodes(quantities.get(next)?.body ?? { kind: 'step', span: null })) {
      if (node.kind === 'quantity') pending.push(node.name);
    }
  }
  return false;
}
