/** The optimizer itself in Float64, and its step on a given past: θ^{(n+1)} = U_n(θ^{(n)}, …, θ^{(0)}). */
import { refuse } from '../base/problem.ts';
import { batchAt, type LossSequence } from './loss/float-loss.ts';
import { copyJet, type Jet, jetOf } from './jet/jet.ts';
import { shownPoint } from './shown-point.ts';
import { RowMachine, type Setup } from './jet/row-machine.ts';

/** A run that leaves this behind is given up. */
const LARGEST = 1e60;

export class OptimizerRun {
  readonly #machine: RowMachine;
  readonly #past: Jet[] = [];
  readonly #dimension: number;
  #n = 0;

  constructor(setup: Setup, losses: LossSequence, h: number) {
    const { dimension } = losses;
    this.#dimension = dimension;
    this.#machine = new RowMachine({
      ...setup,
      dimension,
      batches: losses.order.length,
      terms: 1,
      step: h,
      iterate: offset => this.#past[-offset] ?? this.#past[0] ?? jetOf(dimension, 1),
      gradient: (target, k, point) => gradientOf(losses, target, k, point),
    });
    for (let back = 0; back <= -this.#machine.deepest; back += 1) this.#past.push(jetOf(dimension, 1));
  }

  /**
   * U_n on the past given by the points of all calls so far, of which `theta` is the last: call it with θ^{(0)}, then θ^{(1)}, …. Its
   * own results may be given back (the run) or other points (a solution). Refuses what is not finite.
   */
  step(theta: ArrayLike<number>): Float64Array<ArrayBuffer> {
    const oldest = this.#past.pop();
    if (oldest === undefined) throw new Error('no past');
    this.#past.unshift(oldest);
    for (let i = 0; i < this.#dimension; i += 1) oldest.data[i] = theta[i] ?? Number.NaN;
    if (this.#n === 0) for (const jet of this.#past) copyJet(jet, oldest, 1);
    this.#machine.begin(this.#n, 1);
    const next = Float64Array.from(this.#machine.update(1).data.subarray(0, this.#dimension));
    if (!next.every(value => Math.abs(value) < LARGEST))
      refuse(
        'diverged',
        `the optimizer diverges: step ${this.#n} leads from θ = ${shownPoint(theta)} beyond ${LARGEST}`,
        null,
        'take smaller steps',
      );
    this.#machine.finish(1);
    this.#n += 1;
    return next;
  }
}

function gradientOf(losses: LossSequence, target: Jet, k: number, point: Jet): void {
  const loss = losses.losses[batchAt(losses, k)];
  if (loss === undefined) throw new Error(`step ${k} has no loss`);
  loss.gradient(target, point, 1);
  for (let i = 0; i < losses.dimension; i += 1)
    if (!Number.isFinite(target.data[i]))
      refuse(
        'undefined-on-the-way',
        `at step ${k} the gradient of ${shortText(loss.name)} has no value at θ = ${shownPoint(point.data.subarray(0, losses.dimension))}`,
      );
}

const shortText = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

/** θ^{(0)}, …, θ^{(steps)}. */
export function runSteps(
  setup: Setup,
  losses: LossSequence,
  start: ArrayLike<number>,
  h: number,
  steps: number,
): Float64Array<ArrayBuffer>[] {
  const run = new OptimizerRun(setup, losses, h);
  const points = [Float64Array.from(start)];
  for (let n = 0; n < steps; n += 1) points.push(run.step(points[n] ?? start));
  return points;
}
