/** A training run with the solutions of its modified equations beside it. */
import { Refusal } from '../../base/problem.ts';
import type { VectorEquation } from '../../report/code/vector-equation.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import type { Setup } from '../../simulate/jet/row-machine.ts';
import { DenseNetwork, networkAsLoss, type TrainingData } from '../../simulate/network/dense-network.ts';
import { networkStart, type TrainingSets } from '../../simulate/network/training-sets.ts';
import { perturbedOneNorm, TrainingRun } from '../../simulate/network/training-run.ts';
import { RightSide } from '../../simulate/right-side.ts';
import type { Configuration, EquationCourse, EquationPoint, RunPoint, RunResult } from './configuration.ts';
import { EquationFollower } from './follow-program.ts';
import { RegimeWatch } from './regime.ts';
import { VectorProgram } from './vector-program.ts';

export interface Trained {
  readonly optimizer: Optimizer;
  /** To order 1, in the full batch. */
  readonly equation: VectorEquation;
}

/** Points of a curve, besides where the loss falls below the threshold. */
const POINTS = 60;
/** A solution that has not crossed the threshold after so many times the steps of the run is not waited for. */
const LATE = 1.25;
/** Steps at which the ratio h‖f_2‖/‖f_1‖ is taken, until the loss is below the threshold: at n it costs some 9n gradients. */
const RATIO_STEPS = [1, 4, 16, 64, 256];

export function runConfiguration(
  configuration: Configuration,
  { optimizer, equation }: Trained,
  { train, test }: TrainingSets,
): RunResult {
  const { hidden, beta, rho, epsilon, h, steps, threshold, seed } = configuration;
  const network = new DenseNetwork(train, configuration);
  const tested = new DenseNetwork(test, configuration);
  const hyperparameters = new Map([
    ['\\rho', rho],
    ['\\varepsilon', epsilon],
    ...(beta === null ? [] : [['\\beta', beta] as const]),
  ]);
  const setup: Setup = { optimizer, hyperparameters, schedules: new Map() };
  const start = networkStart([train.width, ...hidden, train.classes], seed);
  const run = new TrainingRun(setup, network, start, h);
  const courses = [0, 1].map(
    order => new Beside(new VectorProgram(equation, start.length, hyperparameters), train, configuration, start, order),
  );
  const every = Math.max(1, Math.ceil(steps / POINTS));
  const watch = new RegimeWatch();
  const points: RunPoint[] = [];
  const ratioPoints: { readonly n: number; readonly theta: Float64Array }[] = [];
  let crossing: RunPoint | null = null;
  for (;;) {
    const { n, loss, theta } = run;
    const isCrossing = crossing === null && loss < threshold;
    const hasRatio = crossing === null && RATIO_STEPS.includes(n);
    const isShown = n % every === 0 || n === steps || isCrossing || hasRatio || !Number.isFinite(loss);
    if (crossing === null) watch.take(loss);
    if (hasRatio) ratioPoints.push({ n, theta: theta.slice() });
    if (isShown) {
      tested.moveTo(theta);
      const norm = perturbedOneNorm(network.gradient, epsilon);
      const point = { n, loss, norm, accuracy: tested.countRight() / tested.rows };
      points.push(point);
      if (isCrossing) crossing = point;
    }
    for (const course of courses) course.look(n, theta, isShown, crossing?.n ?? null);
    if (n === steps || !Number.isFinite(loss)) break;
    run.step();
    for (const course of courses) course.step();
  }
  return {
    configuration,
    parameters: network.dimension,
    points,
    crossing,
    regime: watch.regime,
    equations: courses.map(course => course.course),
    ratios: ratiosAt(ratioPoints, setup, h, network),
  };
}

/** The solution of one order beside the run. */
class Beside {
  readonly #order: number;
  readonly #network: DenseNetwork;
  readonly #followed: EquationFollower;
  readonly #configuration: Configuration;
  readonly #points: EquationPoint[] = [];
  #crossing: EquationCourse['crossing'] = null;
  #last = 0;
  #isDone = false;

  constructor(
    program: VectorProgram,
    train: TrainingData,
    configuration: Configuration,
    start: Float64Array,
    order: number,
  ) {
    this.#order = order;
    this.#configuration = configuration;
    this.#network = new DenseNetwork(train, configuration);
    this.#followed = new EquationFollower(program, this.#network, start, configuration.h, order);
  }

  step(): void {
    if (!this.#isDone) this.#followed.step();
  }

  /** The solution is followed until it and the run have crossed the threshold, what is compared being taken there, or for LATE times the run's steps. */
  look(n: number, theta: Float64Array, isShown: boolean, crossedAt: number | null): void {
    const { ended, theta: own } = this.#followed;
    if (ended !== null || this.#isDone) return;
    this.#last = n;
    const { threshold, epsilon } = this.#configuration;
    const loss = this.#network.moveTo(own);
    const isCrossing = this.#crossing === null && loss < threshold;
    this.#isDone = crossedAt !== null && (isCrossing || this.#crossing !== null || n >= LATE * crossedAt);
    if (!isCrossing && !isShown) return;
    const norm = perturbedOneNorm(this.#network.gradient, epsilon);
    if (isCrossing) this.#crossing = { n, norm };
    if (isShown) this.#points.push({ n, distance: distanceOf(own, theta), loss, norm });
  }

  get course(): EquationCourse {
    const { ended } = this.#followed;
    return { order: this.#order, points: this.#points, crossing: this.#crossing, last: this.#last, ended };
  }
}

function distanceOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return Math.sqrt(sum);
}

/** From the optimizer's own recursion in series of h: the derived equation of order 2 has sums within sums, which take n³ terms. */
function ratiosAt(
  points: readonly { readonly n: number; readonly theta: Float64Array }[],
  setup: Setup,
  h: number,
  network: DenseNetwork,
): RunResult['ratios'] {
  const losses = { losses: [networkAsLoss('training', network)], dimension: network.dimension, order: [0] };
  const field = new RightSide(setup, losses, 2);
  return points.map(({ n, theta }) => {
    try {
      const [, first, second] = field.coefficients(n, theta).map(value => Math.hypot(...value));
      return { n, ratio: first !== undefined && second !== undefined && first > 0 ? (h * second) / first : null };
    } catch (error) {
      if (error instanceof Refusal) return { n, ratio: null };
      throw error;
    }
  });
}
