/**
 * Which iterates a state can depend on: m^{(n+1)} = βm^{(n)} + ∇E_n(θ^{(n)}) reads θ^{(n)} and older ones, so that m^{(n)} is free of
 * θ^{(n)}. Whatever is not plain is taken as a dependence.
 */
import { type Formula, ITERATION, type QuantityNode, type Vector } from '../../formula/formula.ts';
import { iterationPlus, offsetFromIteration } from '../label.ts';
import type { Optimizer } from '../model.ts';
import { nodes } from '../replace.ts';

/** No state of a first-order recursion reads further ahead than this; more rounds mean that the rows read each other. */
const MOST_ROUNDS = 20;

/** Whether the state at its label may contain the point. Points with names are taken to be contained. */
export function stateDependence(optimizer: Optimizer | null): (state: QuantityNode, point: Vector) => boolean {
  const reach = optimizer === null ? new Map<string, number>() : reachOfStates(optimizer);
  return ({ name, labels: [label] }, { body }) => {
    const last = reach.get(name);
    const at = label === undefined ? null : offsetFromIteration(label);
    const point = body.kind === 'iterate' ? offsetFromIteration(body.label ?? iterationPlus(0)) : null;
    return last === undefined || at === null || point === null || point <= at + last;
  };
}

/**
 * For each state and quantity the largest o for which its value at n can contain θ^{(n+o)} or E_{n+o}; −∞ where it contains neither, ∞ where
 * that is not plain.
 */
export function reachOf(optimizer: Optimizer): Map<string, number> {
  const reach = reachOfStates(optimizer, true);
  const bodies = new Map(optimizer.quantities.map(({ name, body }) => [name, body]));
  const of = (body: Formula, open: readonly string[]): number =>
    Math.max(
      ...[...nodes(body)].map(node => {
        if (node.kind === 'iterate')
          return offsetFromIteration(node.label ?? iterationPlus(0)) ?? Number.NEGATIVE_INFINITY;
        if (node.kind === 'loss')
          return node.batch === null ? Number.NEGATIVE_INFINITY : (offsetFromIteration(node.batch) ?? 0);
        if (node.kind !== 'quantity') return Number.NEGATIVE_INFINITY;
        const [label] = node.labels;
        const offset = label === undefined ? 0 : (offsetFromIteration(label) ?? 0);
        const inner = bodies.get(node.name);
        if (inner !== undefined && !open.includes(node.name)) return offset + of(inner, [...open, node.name]);
        return offset + (reach.get(node.name) ?? Number.NEGATIVE_INFINITY);
      }),
    );
  return new Map([...reach, ...optimizer.quantities.map(({ name, body }) => [name, of(body, [name])] as const)]);
}

/** For each state the largest o for which s^{(n)} can contain θ^{(n+o)}. */
function reachOfStates({ states, quantities }: Optimizer, withLosses = false): Map<string, number> {
  const bodies = new Map(quantities.map(({ name, body }) => [name, body]));
  const reach = new Map(states.map(({ name }) => [name, Number.NEGATIVE_INFINITY]));
  const of = (formula: Formula, shift: number, open: readonly string[]): number => {
    let most = Number.NEGATIVE_INFINITY;
    for (const node of nodes(formula)) {
      if (node.kind === 'iterate') {
        const isLetter =
          node.label?.kind === 'index' && node.label.name !== ITERATION && node.label.name.startsWith('#');
        const offset = isLetter ? Number.NEGATIVE_INFINITY : offsetFromIteration(node.label ?? iterationPlus(0));
        most = Math.max(most, (offset ?? Number.POSITIVE_INFINITY) + shift);
      } else if (withLosses && node.kind === 'loss' && node.batch !== null) {
        most = Math.max(most, (offsetFromIteration(node.batch) ?? Number.NEGATIVE_INFINITY) + shift);
      } else if (node.kind === 'quantity') {
        const [label] = node.labels;
        const offset = label === undefined ? 0 : offsetFromIteration(label);
        const body = bodies.get(node.name);
        const own = reach.get(node.name);
        if (offset === null || (body !== undefined && open.includes(node.name))) most = Number.POSITIVE_INFINITY;
        else if (body !== undefined) most = Math.max(most, of(body, shift + offset, [...open, node.name]));
        else if (own !== undefined) most = Math.max(most, own + offset + shift);
      }
    }
    return most;
  };
  for (let round = 0; ; round += 1) {
    let changed = false;
    for (const { name, right } of states) {
      // The row is written for the step from n to n + 1.
      const found = round > MOST_ROUNDS ? Number.POSITIVE_INFINITY : of(right, -1, []);
      if (found <= (reach.get(name) ?? found)) continue;
      reach.set(name, found);
      changed = true;
    }
    if (!changed) return reach;
  }
}
