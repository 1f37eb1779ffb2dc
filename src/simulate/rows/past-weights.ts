/**
 * The weights with which the past steps enter the states of an optimizer with {@link LinearRow}s. They depend on n alone, so that they
 * are made once and serve every point.
 */
import { StepClock, type JetNode } from '../jet/jet-node.ts';
import type { GradientPart, LinearRow } from './linear-rows.ts';
import type { Setup } from '../jet/row-machine.ts';
import { numberOf, ScalarsOfN } from '../jet/scalars-of-n.ts';

/** One function of the gradient: φ(∇E_n) at one point, times h^power. */
export type PastFunction = Omit<GradientPart, 'scalar'>;

/** What step k contributes to state `state` at label n: weight · h^power φ_`of`(∇E_k). */
export interface PastWeight {
  readonly state: number;
  readonly of: number;
  /** By k = 0 … n − 1. */
  readonly weights: Float64Array;
}

/** Σ entries of step k: s^{(k+1)} = moves·s^{(k)} + gains. */
interface StepTable {
  readonly moves: Float64Array;
  readonly gains: Float64Array;
}

export class PastWeights {
  readonly functions: readonly PastFunction[];
  readonly #rows: readonly LinearRow[];
  readonly #clock = new StepClock();
  readonly #steps: StepTable[] = [];
  readonly #states: readonly StateScalars[];
  readonly #scalarStates: ScalarsOfN;
  readonly #first: Float64Array;
  #settledAt: number | null = null;

  constructor(rows: readonly LinearRow[], setup: Setup, dimension: number, batches: number) {
    this.#rows = rows;
    const functions = new Map<string, PastFunction>();
    for (const part of rows.flatMap(row => [...row.gradients, ...row.initial]))
      functions.set(part.key + part.power, part);
    this.functions = [...functions.values()];
    this.#scalarStates = new ScalarsOfN(setup, this.#clock, dimension, batches);
    this.#states = rows.map(row => new StateScalars(row, rows, [...functions.keys()], this.#scalarStates));
    this.#clock.advance(0);
    this.#first = this.#startGains();
  }

  /** What each past step contributes to the states at label n, where it is not zero throughout. */
  at(n: number): PastWeight[] {
    while (this.#steps.length < n) this.#steps.push(this.#table(this.#steps.length));
    return this.#rows.flatMap((_, state) => this.#weightsOf(state, n));
  }

  /**
   * From which n on the weights are those of n → ∞ to the digits of Float64; null where they are not within `longest` steps. What a row
   * gains and keeps must not change any more, and what is older must be forgotten.
   */
  settled(longest: number): number | null {
    for (let n = 64; n <= longest; n *= 2) {
      while (this.#steps.length < n) this.#steps.push(this.#table(this.#steps.length));
      const [half, last] = [this.#steps[n / 2 - 1], this.#steps[n - 1]];
      if (half === undefined || last === undefined || !same(half.moves, last.moves) || !same(half.gains, last.gains))
        continue;
      if (!this.at(n).every(({ weights }) => isForgotten(weights))) continue;
      this.#settledAt = n;
      return n;
    }
    return null;
  }

  /** What {@link settled} found. */
  get settledAt(): number | null {
    return this.#settledAt;
  }

  /** Whether numbers of n alone are carried as states, which only a run makes. */
  get hasScalarStates(): boolean {
    return this.#scalarStates.count > 0;
  }

  #weightsOf(state: number, n: number): PastWeight[] {
    const count = this.#rows.length;
    const weights = this.functions.map(() => new Float64Array(n));
    let row = new Float64Array(count);
    row[state] = 1;
    for (let k = n - 1; k >= 0; k -= 1) {
      const step = this.#steps[k];
      if (step === undefined) throw new Error('a step is missing');
      weights.forEach((column, of) => {
        column[k] = combined(row, step.gains, of, this.functions.length);
      });
      row = Float64Array.from(row, (_, from) => combined(row, step.moves, from, count));
    }
    // What the states begin with was made from the first gradient.
    if (n > 0)
      weights.forEach((column, of) => {
        column[0] = (column[0] ?? 0) + combined(row, this.#first, of, this.functions.length);
      });
    return weights.flatMap((column, of) => (column.some(value => value !== 0) ? [{ state, of, weights: column }] : []));
  }

  #table(k: number): StepTable {
    const count = this.#rows.length;
    const moves = new Float64Array(count * count);
    const gains = new Float64Array(count * this.functions.length);
    this.#clock.advance(k);
    // Rows that use another state's new value come after it, in whatever order they are written.
    const done = new Set<number>();
    const make = (state: number): void => {
      if (done.has(state)) return;
      done.add(state);
      const scalars = this.#states[state];
      for (const { from, offset, node } of scalars?.states ?? []) {
        const factor = numberOf(node);
        if (offset === 0) addAt(moves, state * count + from, factor);
        else {
          make(from);
          for (let at = 0; at < count; at += 1)
            addAt(moves, state * count + at, factor * (moves[from * count + at] ?? 0));
          for (let of = 0; of < this.functions.length; of += 1)
            addAt(gains, state * this.functions.length + of, factor * (gains[from * this.functions.length + of] ?? 0));
        }
      }
      for (const { of, node } of scalars?.gradients ?? [])
        addAt(gains, state * this.functions.length + of, numberOf(node));
    };
    this.#rows.forEach((_, state) => {
      make(state);
    });
    this.#scalarStates.finish();
    return { moves, gains };
  }

  #startGains(): Float64Array {
    const gains = new Float64Array(this.#rows.length * this.functions.length);
    this.#states.forEach(({ initial }, state) => {
      for (const { of, node } of initial) addAt(gains, state * this.functions.length + of, numberOf(node));
    });
    return gains;
  }
}

const same = (a: Float64Array, b: Float64Array): boolean =>
  a.every((value, at) => Math.abs(value - (b[at] ?? Number.NaN)) <= 1e-16 * Math.abs(value));

/** The oldest half counts for nothing, even with the distance as a factor. */
function isForgotten(weights: Float64Array): boolean {
  const size = (from: number, to: number): number =>
    weights.subarray(from, to).reduce((sum, value, at) => sum + Math.abs(value) * (weights.length - from - at), 0);
  const half = weights.length / 2;
  return size(0, half) <= 1e-17 * size(half, weights.length);
}

function addAt(values: Float64Array, place: number, value: number): void {
  values[place] = (values[place] ?? 0) + value;
}

/** Σ_s row[s] · table[s·width + column]. */
function combined(row: Float64Array, table: Float64Array, column: number, width: number): number {
  let sum = 0;
  for (let s = 0; s < row.length; s += 1) sum += (row[s] ?? 0) * (table[s * width + column] ?? 0);
  return sum;
}

/** The scalars of one row, compiled. */
class StateScalars {
  readonly states: readonly { readonly from: number; readonly offset: 0 | 1; readonly node: JetNode }[];
  readonly gradients: readonly { readonly of: number; readonly node: JetNode }[];
  readonly initial: readonly { readonly of: number; readonly node: JetNode }[];

  constructor(row: LinearRow, rows: readonly LinearRow[], keys: readonly string[], compiler: ScalarsOfN) {
    const gain = ({ key, power, scalar }: GradientPart) => ({
      of: keys.indexOf(key + power),
      node: compiler.compile(scalar),
    });
    this.states = row.states.map(({ state, offset, scalar }) => ({
      from: rows.findIndex(({ name }) => name === state),
      offset,
      node: compiler.compile(scalar),
    }));
    this.gradients = row.gradients.map(gain);
    this.initial = row.initial.map(gain);
  }
}
