/** Numbers of an optimizer's rows that depend on n alone: weights, corrections, states without components. */
import type { Formula } from '../../formula/formula.ts';
import { RowCompiler } from './compile-rows.ts';
import { type Jet, jetOf } from './jet.ts';
import type { StepClock, JetNode } from './jet-node.ts';
import type { Setup } from './row-machine.ts';
import { Valuations } from './valuations.ts';

/** The value at the clock's n. */
export const numberOf = (node: JetNode): number => node.value(1).data[0] ?? Number.NaN;

/** Compiles numbers that depend on n alone; carries the states without components that they use. */
export class ScalarsOfN {
  readonly #compiler: RowCompiler;
  readonly #rows: readonly { readonly name: string; readonly row: JetNode; readonly value: Jet }[] = [];

  constructor(setup: Setup, clock: StepClock, dimension: number, batches: number) {
    const { optimizer, hyperparameters, schedules } = setup;
    const none = (): never => {
      throw new Error('a number of n alone reads a point');
    };
    this.#compiler = new RowCompiler(
      optimizer,
      {
        clock,
        dimension,
        batches,
        terms: 1,
        step: 0,
        scalar: name => hyperparameters.get(name) ?? Number.NaN,
        schedule: (name, at) => schedules.get(name)?.(at) ?? Number.NaN,
        iterate: none,
        gradient: none,
        state: (name, offset, terms) => {
          const cell = this.#rows.find(each => each.name === name);
          if (cell === undefined) return none();
          return offset === 0 ? cell.value : cell.row.value(terms);
        },
      },
      new Valuations(optimizer, false),
    );
    clock.advance(0);
    const scalars = optimizer.states.filter(({ componentwise }) => !componentwise);
    this.#rows = scalars.map(({ name, right, initial }) => {
      const value = jetOf(1, 1);
      value.data[0] = numberOf(this.compile(initial));
      return { name, row: this.compile(right), value };
    });
  }

  compile(formula: Formula): JetNode {
    return this.#compiler.row(formula);
  }

  get count(): number {
    return this.#rows.length;
  }

  /** From n to n + 1. */
  finish(): void {
    const next = this.#rows.map(({ row }) => numberOf(row));
    this.#rows.forEach(({ value }, at) => {
      value.data[0] = next[at] ?? Number.NaN;
    });
  }
}
