/**
 * An optimizer's rows at work, step by step: states are carried from n to n + 1. With h as a number it takes real steps; with h as
 * the variable of series it gives expansions.
 */
import { refuse } from '../../base/problem.ts';
import type { Vector } from '../../formula/formula.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { RowCompiler, type RowLeaves } from './compile-rows.ts';
import { type Jet, jetOf, spreadJet } from './jet.ts';
import { StepClock, type JetNode } from './jet-node.ts';
import { withStartAtN } from './start-rows.ts';
import { Valuations } from './valuations.ts';

/** The numbers of a simulation besides losses and points. */
export interface Setup {
  readonly optimizer: Optimizer;
  /** By LaTeX name. */
  readonly hyperparameters: ReadonlyMap<string, number>;
  /** η_n by LaTeX name. */
  readonly schedules: ReadonlyMap<string, (n: number) => number>;
}

export interface MachineOptions extends Setup {
  readonly dimension: number;
  readonly batches: number;
  /** How many terms jets can have. */
  readonly terms: number;
  /** h, or null where it is the variable of the series. */
  readonly step: number | null;
  /** θ^{(n+offset)} for offset ≤ 0. */
  iterate(offset: number): Jet;
  /** ∇E_k(point). */
  gradient(target: Jet, k: number, point: Jet, terms: number): void;
}

interface StateCell {
  /** s^{(n)}, and room for s^{(n+1)}. */
  current: Jet;
  next: Jet;
  readonly row: JetNode;
  readonly initial: JetNode;
  readonly deficit: number;
}

export class RowMachine {
  readonly #clock = new StepClock();
  readonly #states = new Map<string, StateCell>();
  readonly #update: JetNode;
  readonly #compiler: RowCompiler;
  /** How far back the rows read θ: 0 or negative. */
  readonly deepest: number;

  constructor(options: MachineOptions) {
    const { dimension, terms } = options;
    if (options.optimizer.beforeFirst !== undefined)
      refuse('not-simulated', 'rules that read a loss before the first are not simulated', options.optimizer.span);
    if (options.optimizer.implicit === true || options.optimizer.states.some(({ implicit }) => implicit === true))
      refuse('not-simulated', 'implicit rules are not simulated', options.optimizer.span);
    const optimizer = withStartAtN(options.optimizer);
    const valuations = new Valuations(optimizer, options.step === null);
    const compiler = new RowCompiler(optimizer, this.#source(options), valuations);
    const deficits = valuations.deficits();
    for (const { name, componentwise, right, initial } of optimizer.states) {
      this.#states.set(name, {
        current: jetOf(componentwise ? dimension : 1, terms),
        next: jetOf(componentwise ? dimension : 1, terms),
        row: compiler.row(right),
        initial: compiler.row(initial),
        deficit: deficits.get(name) ?? Number.POSITIVE_INFINITY,
      });
    }
    this.#update = compiler.row(optimizer.update);
    this.#compiler = compiler;
    this.deepest = compiler.deepest;
  }

  #source(options: MachineOptions): RowLeaves {
    const { hyperparameters, schedules, dimension, batches, terms, step } = options;
    return {
      clock: this.#clock,
      dimension,
      batches,
      terms,
      step,
      scalar: name => hyperparameters.get(name) ?? refuse('undefined-name', `${name} has no value`),
      schedule: (name, at) =>
        (schedules.get(name) ?? refuse('undefined-name', `the schedule ${name} has no values`))(at),
      iterate: (offset, count) => (offset === 1 ? this.#update.value(count) : options.iterate(offset)),
      state: (name, offset, count) => {
        const cell = this.#cell(name);
        return offset === 0 ? cell.current : cell.row.value(count);
      },
      gradient: (target, offset, point, count) => {
        const k = this.#clock.n + (offset ?? 0);
        if (k < 0) refuse('no-history', `the loss of step ${k}, before the first`);
        options.gradient(target, k, point, count);
      },
    };
  }
  #cell(name: string): StateCell {
    return this.#states.get(name) ?? refuse('undefined-name', `there is no state ${name}`);
  }

  /** Begins step n; at n = 0 the states get their initial values. */
  begin(n: number, terms: number): void {
    this.#clock.advance(n);
    if (n > 0) return;
    for (const { current, initial, deficit } of this.#states.values()) store(current, initial, terms - deficit);
  }

  /** A point of the rows, such as θ^{(n)} − hμv^{(n)}, as a node of this machine. */
  point(vector: Vector): JetNode {
    return this.#compiler.point(vector);
  }

  /** Makes the current value of a state zero. */
  clearState(name: string): void {
    const { current } = this.#cell(name);
    for (let i = 0; i < current.width; i += 1) current.data[i] = 0;
    current.degree = 0;
  }

  /** Adds values · h^power to the current value of a state with components. */
  addToState(name: string, power: number, values: Float64Array): void {
    const { current } = this.#cell(name);
    const { width, data } = current;
    for (let place = (current.degree + 1) * width; place < (power + 1) * width; place += 1) data[place] = 0;
    current.degree = Math.max(current.degree, power);
    for (let i = 0; i < width; i += 1) data[power * width + i] = (data[power * width + i] ?? 0) + (values[i] ?? 0);
  }

  /** θ^{(n+1)} to `terms` terms, valid until the next step begins. */
  update(terms: number): Jet {
    return this.#update.value(terms);
  }

  /** Makes s^{(n+1)} the current states. */
  finish(terms: number): void {
    // A row may read the current value of another state, so all are computed before any is replaced.
    for (const { next, row, deficit } of this.#states.values()) store(next, row, terms - deficit);
    for (const cell of this.#states.values()) [cell.current, cell.next] = [cell.next, cell.current];
  }
}

function store(current: Jet, node: JetNode, terms: number): void {
  if (terms > 0) spreadJet(current, node.value(terms), terms);
}
