/** Sums and products over index letters: ranges, weights, partial sums kept for the next bound. */
import { refuse } from '../base/problem.ts';
import type { Evaluation } from './evaluation.ts';
import type { ProductNode, SumNode } from './program/node.ts';
import { integerPower } from './ring/ring.ts';
import { RunningSums } from './running-sums.ts';

const LONGEST_SUM = 100_000;

export class SumEvaluator<T> {
  readonly #evaluation: Evaluation<T>;
  #running: (Map<number | string, RunningSums<T>> | undefined)[] = [];
  #products: (Map<string, T[]> | undefined)[] = [];

  constructor(evaluation: Evaluation<T>) {
    this.#evaluation = evaluation;
  }

  forget(): void {
    this.#running = [];
    this.#products = [];
  }

  /** Zero for an empty range, whatever stands before the Σ. */
  sum(node: SumNode): T {
    const { environment, session } = this.#evaluation;
    const { ring } = environment;
    const { lower, upper } = this.#range(node);
    if (upper < lower) return ring.zero;
    const scale = node.outer === null ? null : this.#evaluation.value(node.outer);
    const term = (k: number): T => session.withOne(node.slot, k, () => this.#evaluation.value(node.term));
    let total: T;
    if (node.weights.length === 0 && this.#hasFixedBounds(node)) {
      total = term(lower);
      for (let k = lower + 1; k <= upper; k += 1) total = ring.add(total, term(k));
    } else {
      total = this.#runningSums(node).sum(lower, upper, term);
      for (const { base, exponent, stride } of node.weights) {
        const power = session.withOne(node.slot, stride < 0 ? upper : lower, () => exponent.integer(session.bindings));
        if (power !== 0) total = ring.multiply(total, integerPower(ring, this.#evaluation.value(base), power));
      }
    }
    return scale === null ? total : ring.multiply(scale, total);
  }

  /** Products from one lower end are kept, so that the next upper end costs one factor. */
  product(node: ProductNode): T {
    const { environment, session } = this.#evaluation;
    const { lower, upper } = this.#range(node);
    if (upper < lower) return environment.ring.one;
    const table = this.#products[node.id] ?? new Map<string, T[]>();
    this.#products[node.id] = table;
    const key = `${lower};${session.key(node.others)}`;
    const known = table.get(key) ?? [];
    table.set(key, known);
    for (let k = lower + known.length; k <= upper; k += 1) {
      const factor = session.withOne(node.slot, k, () => this.#evaluation.value(node.term));
      const before = known[known.length - 1];
      known.push(before === undefined ? factor : environment.ring.multiply(before, factor));
    }
    return known[upper - lower] ?? environment.ring.one;
  }

  #range(node: SumNode | ProductNode): { lower: number; upper: number } {
    const { bindings } = this.#evaluation.session;
    const lower = node.lower.integer(bindings);
    const upper = node.upper.integer(bindings);
    if (upper - lower > LONGEST_SUM)
      refuse('sum-too-long', `a sum or product over more than ${LONGEST_SUM} terms`, node.span);
    return { lower, upper };
  }

  #hasFixedBounds(node: SumNode): boolean {
    const { fixed } = this.#evaluation.program;
    return node.lower.free.every(slot => fixed.has(slot)) && node.upper.free.every(slot => fixed.has(slot));
  }

  #runningSums(node: SumNode): RunningSums<T> {
    const table = this.#running[node.id] ?? new Map<number | string, RunningSums<T>>();
    this.#running[node.id] = table;
    const key = this.#evaluation.session.key(node.others);
    const known = table.get(key);
    if (known) return known;
    const weights = node.weights.map(({ base, stride }) => ({ base: this.#evaluation.value(base), stride }));
    const made = new RunningSums(this.#evaluation.environment.ring, weights);
    table.set(key, made);
    return made;
  }
}
