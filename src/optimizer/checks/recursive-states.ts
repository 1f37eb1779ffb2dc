/**
 * States whose recursion is not linear with a factor of hyperparameters and n alone: s^{(n+1)} = F(s^{(n)}, g_n, …). As h → 0 such a state is
 * no sum over the past but a sequence of its own, defined by its recursion.
 */
import type { Definition, Formula } from '../../formula/formula.ts';
import { offsetFromIteration } from '../label.ts';
import { degreeInState } from '../linear.ts';
import type { Optimizer, StateRow } from '../model.ts';
import { linearCoefficient, nodesInserted } from './linear-coefficient.ts';

/** The optimizer with such states marked; points near the parameters are none. */
export function withRecursiveStates(optimizer: Optimizer, points: ReadonlySet<string>): Optimizer {
  const quantities = new Map(optimizer.quantities.map(each => [each.name, each]));
  const states = new Map(optimizer.states.map(each => [each.name, each]));
  const isRecursive = (state: StateRow): boolean =>
    !points.has(state.name) &&
    (degreeInState(state.right, state.name, quantities, points) > 1 || keepsByGradients(state, quantities, states));
  if (!optimizer.states.some(isRecursive)) return optimizer;
  return {
    ...optimizer,
    states: optimizer.states.map(state => (isRecursive(state) ? { ...state, recursive: true as const } : state)),
  };
}

/** Whether the factor of the earlier value depends on the parameters. One that contains h is a question of its own. */
function keepsByGradients(
  { name, right }: StateRow,
  quantities: ReadonlyMap<string, Definition>,
  states: ReadonlyMap<string, StateRow>,
): boolean {
  const isOwn = (node: Formula): boolean =>
    node.kind === 'quantity' &&
    node.name === name &&
    node.labels[0] !== undefined &&
    offsetFromIteration(node.labels[0]) === 0;
  const factor = linearCoefficient(right, isOwn, quantities);
  if (factor === null || factor === 'nonlinear') return false;
  const all = [...nodesInserted(factor, quantities)];
  return !all.some(({ kind }) => kind === 'step') && dependsOnParameters(factor, quantities, states, new Set());
}

function dependsOnParameters(
  formula: Formula,
  quantities: ReadonlyMap<string, Definition>,
  states: ReadonlyMap<string, StateRow>,
  seen: Set<string>,
): boolean {
  for (const node of nodesInserted(formula, quantities)) {
    if (node.kind === 'loss' || node.kind === 'iterate') return true;
    const state = node.kind === 'quantity' ? states.get(node.name) : undefined;
    if (state === undefined || seen.has(state.name)) continue;
    seen.add(state.name);
    if (dependsOnParameters(state.right, quantities, states, seen)) return true;
  }
  return false;
}
