/**
 * States whose recursion is not linear with a factor of hyperparameters and n alone: s^{(n+1)} = F(s^{(n)}, g_n, …), where F may mix the
 * components of s, or other states that need s in turn at the same power of h. As h → 0 such a state is no sum over the past but a sequence of
 * its own, defined by its recursion.
 */
import { refuse } from '../../base/problem.ts';
import { COMPONENT, type Definition, type Formula, type QuantityNode } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { offsetFromIteration } from '../label.ts';
import { degreeInState } from '../linear.ts';
import type { Optimizer, StateRow } from '../model.ts';
import { nodes } from '../replace.ts';
import { isDistanceName } from './delayed-points.ts';
import { readsOwnNewValue, withoutOwnNewValue } from './own-new-value.ts';
import { inserted, linearCoefficient, nodesInserted } from './linear-coefficient.ts';

/** The optimizer with such states marked; points near the parameters and their distances from them, which are O(h) by induction, are none. */
export function withRecursiveStates(optimizer: Optimizer, points: ReadonlySet<string>): Optimizer {
  const quantities = new Map(optimizer.quantities.map(each => [each.name, each]));
  const states = new Map(optimizer.states.map(each => [each.name, each]));
  const feeding = feedingEachOther(optimizer.states, quantities, name => points.has(name) || isDistanceName(name));
  const isRecursive = (state: StateRow): boolean =>
    !points.has(state.name) &&
    (feeding.has(state.name) ||
      degreeInState(withoutOwnNewValue(state), state.name, quantities, points) > 1 ||
      keepsByGradients(state, quantities, states));
  if (!optimizer.states.some(isRecursive)) return optimizer;
  for (const state of optimizer.states)
    if (isRecursive(state) && readsOwnNewValue(state))
      refuse(
        'implicit-sequence',
        `${state.name} reads the value that its row makes, and is no linear function of its earlier one`,
        state.span,
        'A row that reads its own new value through a factor h has to be linear in the earlier value.',
      );
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
  if (factor === null) return false;
  if (factor === 'nonlinear') return mixesComponents(right, name, quantities);
  const all = [...nodesInserted(factor, quantities)];
  return !all.some(({ kind }) => kind === 'step') && dependsOnParameters(factor, quantities, states, new Set());
}

/** Whether another component of the earlier value is used without a factor h, as in Σ_i ∇_{ij}E m_i. */
export function mixesComponents(right: Formula, name: string, quantities: ReadonlyMap<string, Definition>): boolean {
  return directUses(right, quantities).some(
    node => node.name === name && node.indices.some(each => each.kind !== 'index' || each.name !== COMPONENT),
  );
}

/**
 * The states that need each other, one after the other back to itself, without a factor h on the way; through one they are solved order by
 * order.
 */
export function feedingEachOther(
  states: readonly StateRow[],
  quantities: ReadonlyMap<string, Definition>,
  isLeftOut: (name: string) => boolean,
): Set<string> {
  const names = new Set(states.map(({ name }) => name).filter(name => !isLeftOut(name)));
  const needs = new Map(
    states.map(({ name, right }) => [
      name,
      new Set(directUses(right, quantities).flatMap(use => (names.has(use.name) && use.name !== name ? use.name : []))),
    ]),
  );
  const reaches = (start: string): boolean => {
    const pending = [...(needs.get(start) ?? [])];
    const reached = new Set<string>();
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (name === start) return true;
      if (reached.has(name)) continue;
      reached.add(name);
      pending.push(...(needs.get(name) ?? []));
    }
    return false;
  };
  return new Set([...names].filter(reaches));
}

/** The uses of names that are not multiplied by h, quantities inserted: not inside of points of losses, nor behind a factor h. */
export function directUses(formula: Formula, quantities: ReadonlyMap<string, Definition>, depth = 0): QuantityNode[] {
  if (formula.kind === 'quantity') {
    const body = depth > DEEPEST ? null : inserted(formula, quantities);
    return body === null ? [formula] : directUses(body, quantities, depth + 1);
  }
  if (formula.kind === 'derivative') return directUses(formula.argument, quantities, depth);
  if (formula.kind === 'loss' || isBehindStep(formula)) return [];
  return children(formula).flatMap(each => directUses(each, quantities, depth));
}

const DEEPEST = 30;

/** Whether a factor h can be seen, as in h/2 m. */
export function isBehindStep(formula: Formula): boolean {
  switch (formula.kind) {
    case 'step':
      return true;
    case 'negate':
      return isBehindStep(formula.argument);
    case 'multiply':
      return formula.factors.some(isBehindStep);
    case 'divide':
      return isBehindStep(formula.numerator) && ![...nodes(formula.denominator)].some(({ kind }) => kind === 'step');
    default:
      return false;
  }
}

/** Whether a loss or a point stands in the formula or in the rows of the states that it reads. */
export function dependsOnParameters(
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
