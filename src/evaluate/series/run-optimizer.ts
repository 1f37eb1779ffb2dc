/**
 * The optimizer itself, run from its rows: no unrolling, no expansion, no equation.
 *
 * Over numbers it gives iterates; over series in h it gives their exact expansions, which is what modified equations are
 * tested against (the θ^{(n)} of design.md's "local facts"). A step that reads the point that it makes is repeated from θ^{(n)}: over series
 * every round finds one power of h, over numbers until nothing changes.
 */
import { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import { Rational } from '../../number/rational.ts';
import { COMPONENT, ITERATION, type Formula } from '../../formula/formula.ts';
import { switchesOf, vanishingOf } from '../../formula/pieces/switches.ts';
import type { Optimizer, StateRow } from '../../optimizer/model.ts';
import type { Environment } from '../environment.ts';
import { Evaluator } from '../evaluator.ts';
import { Program } from '../program/program.ts';
import type { Ring } from '../ring/ring.ts';
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
  const run = new OptimizerSteps(optimizer, environment, budget);
  for (let n = 0; n < steps; n += 1) {
    run.step(n);
    refuseSwitches(optimizer, environment, n, (formula, component) => run.valueAt(formula, n, component));
  }
  return { iterates: run.iterates, state: (name, component, label) => run.state(name, component, label) };
}

/** Rounds over numbers, which a step that contracts needs far less of. */
const MOST_ROUNDS = 400;

class OptimizerSteps<T> {
  readonly iterates: (readonly T[])[];
  readonly #optimizer: Optimizer;
  readonly #environment: Environment<T>;
  readonly #budget: Budget;
  readonly #rows: ReadonlyMap<string, StateRow>;
  readonly #states = new Map<string, T | 'open'>();
  #evaluator: Evaluator<T>;
  /** While a step is made: what θ^{(n+1)} is taken to be, and whether anything asked for it. */
  #next: { readonly label: number; readonly point: readonly T[]; asked: boolean } | null = null;

  constructor(optimizer: Optimizer, environment: Environment<T>, budget: Budget) {
    this.#optimizer = optimizer;
    this.#environment = environment;
    this.#budget = budget;
    this.#rows = new Map(optimizer.states.map(row => [row.name, row]));
    this.iterates = [environment.point];
    this.#evaluator = this.#newEvaluator();
  }

  #newEvaluator(): Evaluator<T> {
    const iterate = (label: number): readonly T[] => this.#iterate(label);
    const state = (name: string, component: number | null, label: number): T => this.state(name, component, label);
    return new Evaluator(programOf(this.#optimizer), { ...this.#environment, iterate, state }, this.#budget);
  }

  #iterate(label: number): readonly T[] {
    const known = this.iterates[Math.max(0, label)];
    if (known !== undefined) return known;
    if (this.#next?.label !== label) return refuse('no-history', `θ at iteration ${label} is not known yet`);
    this.#next.asked = true;
    return this.#next.point;
  }

  state(name: string, component: number | null, label: number): T {
    const key = `${name} ${component ?? ''} ${label}`;
    const known = this.#states.get(key);
    if (known === 'open') return refuse('state-cycle', `the state ${name} at iteration ${label} needs itself`);
    if (known !== undefined) return known;
    this.#states.set(key, 'open');
    const row = this.#rows.get(name) ?? refuse('undefined-name', `there is no state ${name}`);
    const value = this.#compute(row, component, label);
    this.#states.set(key, value);
    return value;
  }

  #compute(row: StateRow, component: number | null, label: number): T {
    if (label < 0) return refuse('no-history', `the state ${row.name} at iteration ${label}, before the first`);
    if (label > this.iterates.length)
      return refuse('no-history', `the state ${row.name} at iteration ${label} is not known yet`);
    if (label === 0) return this.valueAt(row.initial, 0, component);
    if (row.implicit === true) return this.#solve(row, component, label);
    return this.valueAt(row.right, label - 1, component);
  }

  /** All components of a row that reads the value that it makes, by repeating it from the value before. */
  #solve(row: StateRow, component: number | null, label: number): T {
    const { ring, point } = this.#environment;
    const components: readonly (number | null)[] = row.componentwise ? point.map((_, place) => place + 1) : [null];
    const key = (each: number | null): string => `${row.name} ${each ?? ''} ${label}`;
    let values = components.map(each => this.state(row.name, each, label - 1));
    let before: T | null = null;
    const rounds = ring instanceof SeriesRing ? ring.terms : MOST_ROUNDS;
    for (let round = 0; ; round += 1) {
      for (const [place, each] of components.entries()) this.#states.set(key(each), values[place] ?? ring.zero);
      this.#evaluator = this.#newEvaluator();
      const made = components.map(each => this.valueAt(row.right, label - 1, each));
      const change = largestChange(ring, made, values);
      const hasConverged = ring instanceof SeriesRing ? round >= rounds : hasStopped(ring, change, before);
      values = made;
      before = change;
      if (hasConverged) break;
      if (round >= rounds)
        refuse('implicit-not-settled', `the row of ${row.name} at iteration ${label} is not solved by repeating it`);
    }
    for (const [place, each] of components.entries()) this.#states.set(key(each), values[place] ?? ring.zero);
    this.#evaluator = this.#newEvaluator();
    return (
      values[components.indexOf(component)] ?? refuse('undefined-name', `there is no such component of ${row.name}`)
    );
  }

  /** What a row's formula is in the step `iteration`, once it is made. */
  valueAt(formula: Formula, iteration: number, component: number | null): T {
    const letters = new Map([[ITERATION, iteration]]);
    return this.#evaluator.value(formula, component === null ? letters : letters.set(COMPONENT, component));
  }

  /** Makes θ^{(n+1)}; those before are known. */
  step(n: number): void {
    // States are made in order, so that no value is reached by a long recursion; those at n + 1 when they are asked for,
    // since a row may use θ^{(n+1)}.
    const components = this.#environment.point.map((_, place) => place + 1);
    for (const row of this.#optimizer.states)
      for (const component of row.componentwise ? components : [null]) this.state(row.name, component, n);
    let point = this.iterates[n] ?? [];
    let before: T | null = null;
    const { ring } = this.#environment;
    const rounds = ring instanceof SeriesRing ? ring.terms : MOST_ROUNDS;
    for (let round = 0; ; round += 1) {
      const next = { label: n + 1, point, asked: false };
      this.#next = next;
      const made = components.map(component => this.valueAt(this.#optimizer.update, n, component));
      this.#next = null;
      if (!next.asked) {
        this.iterates.push(made);
        return;
      }
      this.#forget(n + 1);
      const change = largestChange(ring, made, point);
      const hasConverged = ring instanceof SeriesRing ? round >= rounds : hasStopped(ring, change, before);
      point = made;
      before = change;
      if (hasConverged) break;
      if (round >= rounds)
        refuse('implicit-not-settled', `the equation for θ at iteration ${n + 1} is not solved by repeating the step`);
    }
    this.iterates.push(point);
  }

  /** Everything that may have used a point that was not the last. */
  #forget(label: number): void {
    for (const key of [...this.#states.keys()]) if (key.endsWith(` ${label}`)) this.#states.delete(key);
    this.#evaluator = this.#newEvaluator();
  }
}

/** Σ |a − b|/(1 + |b|); nothing for series, whose rounds are counted. */
const largestChange = <T>(ring: Ring<T>, a: readonly T[], b: readonly T[]): T =>
  ring instanceof SeriesRing
    ? ring.zero
    : a.reduce((sum, value, place) => {
        const old = b[place] ?? ring.zero;
        const change = ring.abs(ring.subtract(value, old));
        return ring.add(sum, ring.divide(change, ring.add(ring.one, ring.abs(old))));
      }, ring.zero);

const SMALL = Rational.of(1, 10n ** 10n);

/** Nothing changes, or what does is rounding: it is small and no longer shrinks. */
function hasStopped<T>(ring: Ring<T>, change: T, before: T | null): boolean {
  if (ring.compare(change, ring.zero) === 0) return true;
  return before !== null && ring.compare(change, ring.fromRational(SMALL)) <= 0 && ring.compare(change, before) >= 0;
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
