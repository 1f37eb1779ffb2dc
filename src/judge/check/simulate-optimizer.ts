/** A whole simulation from exact inputs: reads the losses, ties the right side to the derived equation, follows both. */
import { failure, type Problem, Refusal, refuse, type Result, success } from '../../base/problem.ts';
import type { Rational } from '../../number/rational.ts';
import type { Instance } from '../../evaluate/instance/instance.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import type { LossSequence } from '../../simulate/loss/float-loss.ts';
import { type InitialLayer, LargeN } from '../../simulate/large-n.ts';
import { RightSide } from '../../simulate/right-side.ts';
import type { Setup } from '../../simulate/jet/row-machine.ts';
import { simulatedLosses } from '../../simulate/loss/simulated-losses.ts';
import { type Course, type Simulation, type SimulationWatch, simulate } from '../../simulate/simulate.ts';
import { compareRightSides, LARGEST_DEVIATION, type Tie } from './compare-right-sides.ts';

export interface SimulationRequest {
  readonly optimizer: Optimizer;
  /** Expressions in x1 … xp, or names: bilinear, polynomial, logistic-iris, network-iris. Several are used in turn. */
  readonly losses: readonly string[];
  readonly batches: number | null;
  readonly theta: readonly Rational[] | null;
  /** T. */
  readonly time: Rational;
  /** The step sizes; T/h is an integer for each. */
  readonly steps: readonly Rational[];
  readonly orders: readonly number[];
  readonly hyperparameters: Instance['hyperparameters'];
  readonly seed: number;
  /** Follow the equation for n → ∞ instead, from the start and from the point corrected by the initial layer. */
  readonly largeN: boolean;
}

export interface SimulationReport extends Simulation {
  readonly request: SimulationRequest;
  readonly start: readonly number[];
  /** How the right side agrees with the derived equation, by order. */
  readonly ties: readonly { readonly order: number; readonly tie: Tie | string }[];
  /** What the equation for n → ∞ leaves out; null where it is not asked for. */
  readonly layer: InitialLayer | null;
}

/** No rounding makes so much. */
const WRONG = 1e-4;
const UNWATCHED: SimulationWatch = { pause: async () => undefined, stopped: () => false };

/**
 * Runs it. What happens on the way (a loss undefined at some point, a run that diverges) is among the problems, with the rows kept; bad
 * input is a failure. `watch` hears of the progress and can stop it.
 */
export async function simulateOptimizer(
  request: SimulationRequest,
  watch: SimulationWatch = UNWATCHED,
): Promise<Result<SimulationReport>> {
  try {
    return success(await run(request, watch));
  } catch (error) {
    if (error instanceof Refusal) return failure(error.problem);
    throw error;
  }
}

async function run(request: SimulationRequest, watch: SimulationWatch): Promise<SimulationReport> {
  const { optimizer, time, orders, hyperparameters, seed } = request;
  const setup: Setup = {
    optimizer,
    hyperparameters: new Map([...hyperparameters].map(([name, value]) => [name, value.toNumber()])),
    schedules: new Map(),
  };
  const highest = Math.max(...orders);
  const { sequence, start, texts } = await simulatedLosses({
    losses: request.losses,
    batches: request.batches,
    theta: request.theta?.map(value => value.toNumber()) ?? null,
    seed,
    terms: Math.max(highest, 1) + 2,
  });
  const steps = request.steps.map(h => stepsOf(time, h));
  const exact = { optimizer, hyperparameters, functions: new Map(), schedules: new Map() };
  const own = texts === null ? null : { texts, order: sequence.order, start };
  const ties: { order: number; tie: Tie | string }[] = [];
  for (const order of orders)
    ties.push({ order, tie: believed(order, await compareRightSides(exact, setup, own, order, seed)) });
  const limit = request.largeN ? largeNCourses(setup, sequence, orders, start) : null;
  const courses = limit?.courses ?? orders.map(order => piecewiseCourse(setup, sequence, order));
  const simulation = await simulate(
    {
      setup,
      losses: sequence,
      start,
      time: time.toNumber(),
      steps,
      courses,
      expansion: new RightSide(setup, sequence, 1),
    },
    watch,
  );
  return { ...simulation, ...untied(simulation, ties), request, start, ties, layer: limit?.layer ?? null };
}

/** A small deviation is the arithmetic's, and no basis for a verdict; a large one is a mistake of the program. */
function believed(order: number, tie: Tie | string): Tie | string {
  if (typeof tie === 'string' || tie.deviation <= LARGEST_DEVIATION) return tie;
  const shown = tie.deviation.toExponential(1);
  if (!(tie.deviation <= WRONG))
    throw new Error(`the right side of order ${order} differs from the derived one by ${shown}`);
  return `they differ by ${shown}; Float64 is too coarse for these hyperparameters`;
}

const piecewiseCourse = (setup: Setup, losses: LossSequence, order: number): Course => ({
  order,
  start: 'given',
  field: new RightSide(setup, losses, order),
  expected: { global: order + 1, local: order + 2 },
});

/**
 * Without the layer the error is O(h) where f_0 depends on n and O(h²) else; from the corrected point it is O(h²). Errors from there
 * count in the second half of the time, when the layer has passed.
 */
function largeNCourses(
  setup: Setup,
  losses: LossSequence,
  orders: readonly number[],
  start: readonly number[],
): { readonly courses: readonly Course[]; readonly layer: InitialLayer } {
  const fields = orders.map(order => ({ order, field: new LargeN(setup, losses, order, start) }));
  const [first] = fields;
  if (first === undefined) return refuse('simulate-order', 'at least one order is needed');
  const layer = first.field.layer(start);
  const courses = fields.flatMap(({ order, field }): Course[] => {
    const best = Math.min(order + 1, 2);
    const given: Course = { order, start: 'given', field, expected: { global: layer.present ? 1 : best, local: null } };
    if (!layer.present) return [given];
    const corrected: Course = {
      order,
      start: 'corrected',
      field,
      flowStart: h => start.map((value, i) => value + h * (layer.vector[i] ?? 0)),
      from: steps => Math.ceil(steps / 2),
      expected: { global: best, local: null },
    };
    return [given, corrected];
  });
  return { courses, layer };
}

/** Without a comparison with the derived equation nothing is consistent with it. */
function untied(
  { verdict, problems }: Simulation,
  ties: SimulationReport['ties'],
): { verdict: Simulation['verdict']; problems: readonly Problem[] } {
  const open = ties.flatMap(({ order, tie }) => (typeof tie === 'string' ? [{ order, tie }] : []));
  const added = open.map(
    ({ order, tie }): Problem => ({
      code: 'simulate-untied',
      message: `order ${order}: the right side could not be compared with the derived equation: ${tie}`,
    }),
  );
  return {
    verdict: open.length > 0 && verdict === 'consistent' ? 'not-asymptotic' : verdict,
    problems: [...problems, ...added],
  };
}

/** T/h, an integer. */
function stepsOf(time: Rational, h: Rational): number {
  if (time.sign() <= 0) refuse('simulate-time', `the time T = ${time} is not positive`);
  if (h.sign() <= 0) refuse('simulate-step', `the step size ${h} is not positive`);
  const count = time.divide(h);
  if (h.compare(time) > 0) refuse('simulate-step', `the step size ${h} is larger than the time ${time}`);
  if (!count.isInteger())
    refuse('simulate-step', `T/h = ${time}/(${h}) is not an integer`, null, 'the time is a whole number of steps');
  return count.toNumber();
}
