/**
 * The optimizer itself, run from its rows: no unrolling, no expansion, no equation.
 *
 * Over numbers it gives iterates; over series in h it gives their exact expansions, which is what modified equations are
 * tested against (the θ^{(n)} of design.md's "local facts").
 */
import { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import { COMPONENT, ITERATION, type Formula } from '../../formula/formula.ts';
import { switchesOf, vanishingOf } from '../../formula/pieces/switches.ts';
import type { Optimizer, StateRow } from '../../optimizer/model.ts';
import type { Environment } from '../environment.ts';
import { Evaluator } from '../evaluator.ts';
import { Program } from '../program/program.ts';
import { SeriesRing } from '../ring/series-ring.ts';

const programs = new WeakMap<Optimizer, Program>();

function programOf(optimizer: Optimizer): Program {
  const known = programs.get(optimizer);
  if (known) return known;
  const made = new Program({
    definitions: optimizer.quantities,
    declarations: optimizer.declarations,
    states: new Map(optimizer.states.map(({ name, componentwise }) => [name, componentwise])),
    currentIsIterate: true,
  });
  programs.set(optimizer, made);
  return made;
}

/** What a run leaves behind. */
export interface Run<T> {
  /** θ^{(0)}, …, θ^{(steps)}. */
  readonly iterates: readonly (readonly T[])[];
  /** A state at a label from 0 to steps; `component` from 1, null for a state without components. */
  readonly state: (name: string, component: number | null, label: number) => T;
}

/**
 * θ^{(0)}, …, θ^{(steps)} from θ^{(0)} = environment.point. Step n uses the loss of batch n; θ^{(k)} = θ^{(0)} for k < 0. The
 * environment's own iterates and states are not used. Refuses where a row has no value; in series of h also where the rule switches, since
 * there it has no expansion.
 */
export function runOptimizer<T>(
  optimizer: Optimizer,
  environment: Environment<T>,
  steps: number,
  budget: Budget = Budget.unlimited(),
): readonly (readonly T[])[] {
  return runWithStates(optimizer, environment, steps, budget).iterates;
}

/** The same with the states. */
export function runWithStates<T>(
  optimizer: Optimizer,
  environment: Environment<T>,
  steps: number,
  budget: Budget = Budget.unlimited(),
): Run<T> {
  const iterates: (readonly T[])[] = [environment.point];
  const rows = new Map(optimizer.states.map(row => [row.name, row]));
  const states = new Map<string, T | 'open'>();
  const state = (name: string, component: number | null, label: number): T => {
    const key = `${name} ${component ?? ''} ${label}`;
    const known = states.get(key);
    if (known === 'open') return refuse('state-cycle', `the state ${name} at iteration ${label} needs itself`);
    if (known !== undefined) return known;
    states.set(key, 'open');
    const value = compute(rows.get(name) ?? refuse('undefined-name', `there is no state ${name}`), component, label);
    states.set(key, value);
    return value;
  };
  const compute = (row: StateRow, component: number | null, label: number): T => {
    if (label < 0) return refuse('no-history', `the state ${row.name} at iteration ${label}, before the first`);
    if (label > iterates.length)
      return refuse('no-history', `the state ${row.name} at iteration ${label} is not known yet`);
    return label === 0 ? valueAt(row.initial, 0, component) : valueAt(row.right, label - 1, component);
  };
  const iterate = (label: number): readonly T[] =>
    iterates[Math.max(0, label)] ?? refuse('no-history', `θ at iteration ${label} is not known yet`);
  const evaluator = new Evaluator(programOf(optimizer), { ...environment, iterate, state }, budget);
  const valueAt = (formula: Formula, iteration: number, component: number | null): T =>
    evaluator.value(
      formula,
      new Map([[ITERATION, iteration], ...(component === null ? [] : [[COMPONENT, component] as const])]),
    );
  const components = environment.point.map((_, place) => place + 1);
  for (let n = 0; n < steps; n += 1) {
    // States are made in order, so that no value is reached by a long recursion; those at n + 1 when they are asked for,
    // since a row may use θ^{(n+1)}.
    for (const row of optimizer.states) {
      for (const component of row.componentwise ? components : [null]) state(row.name, component, n);
    }
    iterates.push(components.map(component => valueAt(optimizer.update, n, component)));
    refuseSwitches(optimizer, environment, n, (formula, component) => valueAt(formula, n, component));
  }
  return { iterates, state };
}

/** Refuses a step in which what a piece of the rule is taken of is zero for h → 0. Over numbers such a step has a value. */
function refuseSwitches<T>(
  optimizer: Optimizer,
  { ring, point }: Environment<T>,
  n: number,
  valueAt: (formula: Formula, component: number) => T,
): void {
  if (!(ring instanceof SeriesRing)) return;
  const { base }: SeriesRing<unknown> = ring;
  for (const { argument, scopes, from } of switchesOf(optimizer)) {
    if (n < from) continue;
    const vanishing = vanishingOf(argument, scopes);
    for (let component = 1; component <= point.length; component += 1) {
      const series: unknown = valueAt(vanishing, component);
      if (Array.isArray(series) && base.sign(series[0]) === 0)
        refuse('no-value-at-switch', 'the rule switches at this point: there it has no expansion in h', argument.span);
    }
  }
}
