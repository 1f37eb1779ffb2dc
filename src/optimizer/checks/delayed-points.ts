/**
 * Points that a later step reads again, as y^{(n)} beside y^{(n+1)} = θ^{(n)} − h∇E_n in Nesterov's rule with two sequences.
 *
 * They are given by their small distance from the parameters: y^{(l)} = θ^{(l−1)} + d^{(l)}, where the state
 * d^{(n+1)} = y^{(n+1)} − θ^{(n)} is O(h) and d^{(0)} = y^{(0)} − θ^{(0)}, since θ^{(−1)} = θ^{(0)}.
 */
import { add, index, iterate, quantity, subtract } from '../../formula/build.ts';
import { COMPONENT, type Definition, ITERATION } from '../../formula/formula.ts';
import { iterationPlus } from '../label.ts';
import { degreeInState } from '../linear.ts';
import type { Optimizer, StateRow } from '../model.ts';

/** The optimizer with those of `points` that are states without own earlier value as quantities; `later` are left alone. */
export function nameDelayedPoints(
  optimizer: Optimizer,
  points: ReadonlySet<string>,
  later: ReadonlySet<string>,
): Optimizer {
  const quantities = new Map(optimizer.quantities.map(each => [each.name, each]));
  const isDelayed = (state: StateRow): boolean =>
    points.has(state.name) &&
    !later.has(state.name) &&
    state.componentwise &&
    degreeInState(state.right, state.name, quantities) === 0;
  const delayed = optimizer.states.filter(isDelayed);
  if (delayed.length === 0) return optimizer;
  return {
    ...optimizer,
    states: [...optimizer.states.filter(state => !isDelayed(state)), ...delayed.map(distanceState)],
    quantities: [...optimizer.quantities, ...delayed.map(namedPoint)],
  };
}

/** No LaTeX name begins like this. */
const distanceName = ({ name }: StateRow): string => `#${name}`;
const component = index(COMPONENT);

const distanceState = (state: StateRow): StateRow => ({
  ...state,
  name: distanceName(state),
  right: subtract(state.right, iterate(component, index(ITERATION))),
  initial: subtract(state.initial, iterate(component, index(ITERATION))),
});

const namedPoint = (state: StateRow): Definition => ({
  name: state.name,
  indices: [COMPONENT],
  indexSorts: ['coordinate'],
  labels: [ITERATION],
  body: add(iterate(component, iterationPlus(-1)), quantity(distanceName(state), [component], [index(ITERATION)])),
  span: state.span,
});
