/** What the judge asks of the rest of the program, and the derived equations it has asked for already. */
import type { MeanOf, Setting, WeakApproximation } from '../../notation/settings.ts';
import type { Budget } from '../../base/budget.ts';
import { failure, type Result, success } from '../../base/problem.ts';
import type { Claim, Statement } from '../../document/model.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { DerivedSide } from '../numeric/derived-side.ts';
import type { Followed, FollowTask } from '../follow-equation.ts';
import type { ProofRecord } from '../symbolic/proof-record.ts';
import type { DerivedEquation, ProofOutcome } from '../symbolic/prover.ts';

export interface EngineOptions {
  readonly order: number;
  readonly setting: Setting;
  readonly form: 'flow' | 'map';
  /** What a mean is taken of, in the settings of means. */
  readonly mean?: MeanOf;
  /** Of a stochastic equation: the power of h that its noise begins with. */
  readonly noise?: WeakApproximation['noise'];
  readonly budget: Budget;
}

/** `Equation` is the type that the derivation gives and the prover takes; the judge looks at its formulas only. */
export interface Engine<Equation extends DerivedEquation = DerivedEquation> {
  readonly derive: (optimizer: Optimizer, options: EngineOptions) => Result<Equation>;
  readonly prove: (
    claim: Claim,
    statement: Statement,
    optimizer: Optimizer | null,
    equation: Equation | null,
    budget: Budget,
    record?: ProofRecord,
  ) => ProofOutcome;
  /** Runs the optimizer in series of h beside an equation; null where that route is not to be taken. */
  readonly follow: ((task: FollowTask) => Followed) | null;
}

export interface Derived<Equation> {
  readonly equation: Equation;
  readonly side: DerivedSide;
}

/** Derives each equation once for an optimizer, setting, order and form. A failure by a spent budget is not remembered. */
export class Equations<Equation extends DerivedEquation> {
  readonly #derive: Engine<Equation>['derive'];
  readonly #followed = new WeakMap<Equation, Map<string, Followed>>();
  readonly #known = new WeakMap<Optimizer, Map<string, Result<Derived<Equation>>>>();

  constructor(engine: Pick<Engine<Equation>, 'derive'>) {
    this.#derive = engine.derive;
  }

  /** The series route for a derived equation, taken once for each seed and number of runs; what a spent budget stopped is not remembered. */
  follow(derived: Derived<Equation>, seed: number, runs: number, route: () => Followed): Followed {
    const table = this.#followed.get(derived.equation) ?? new Map<string, Followed>();
    this.#followed.set(derived.equation, table);
    const key = `${seed} ${runs}`;
    const known = table.get(key) ?? route();
    table.set(key, known);
    return known;
  }

  get(optimizer: Optimizer, options: EngineOptions): Result<Derived<Equation>> {
    const table = this.#known.get(optimizer) ?? new Map<string, Result<Derived<Equation>>>();
    this.#known.set(optimizer, table);
    const key = `${options.order}|${options.setting}|${options.form}|${options.mean ?? ''}|${options.noise ?? ''}`;
    const known = table.get(key);
    if (known) return known;
    const derived = this.#derive(optimizer, options);
    const made = derived.ok
      ? success({ equation: derived.value, side: new DerivedSide(derived.value, optimizer.declarations) })
      : failure(...derived.problems);
    table.set(key, made);
    return made;
  }
}
