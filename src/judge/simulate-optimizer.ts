/** A whole simulation from exact inputs: reads the losses, ties the right side to the derived equation, follows both. */
import { type Problem, refuse } from '../base/problem.ts';
import type { Rational } from '../number/rational.ts';
import type { Instance } from '../numeric/instance.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { RightSide } from '../simulation/right-side.ts';
import type { Setup } from '../simulation/row-machine.ts';
import { simulatedLosses } from '../simulation/simulated-losses.ts';
import { type Course, type Simulation, type SimulationWatch, simulate } from '../simulation/simulate.ts';
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
}

export interface SimulationReport extends Simulation {
  readonly request: SimulationRequest;
  readonly start: readonly number[];
  /** How the right side agrees with the derived equation, by order. */
  readonly ties: readonly { readonly order: number; readonly tie: Tie | string }[];
}

/** Runs it. Refuses bad input; what happens on the way is among the problems, with the rows kept. */
export async function simulateOptimizer(request: SimulationRequest, watch: SimulationWatch): Promise<SimulationReport> {
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
    terms: highest + 2,
  });
  const steps = request.steps.map(h => stepsOf(time, h));
  const exact = { optimizer, hyperparameters, functions: new Map(), schedules: new Map() };
  const own = texts === null ? null : { texts, order: sequence.order, start };
  const ties: { order: number; tie: Tie | string }[] = [];
  for (const order of orders) ties.push({ order, tie: await compareRightSides(exact, setup, own, order, seed) });
  for (const { order, tie } of ties)
    if (typeof tie !== 'string' && !(tie.deviation <= LARGEST_DEVIATION))
      throw new Error(`the right side of order ${order} is not the derived one: they differ by ${tie.deviation}`);
  const courses = orders.map(
    (order): Course => ({
      order,
      start: 'given',
      field: new RightSide(setup, sequence, order),
      expected: { global: order + 1, local: order + 2 },
    }),
  );
  const simulation = await simulate({ setup, losses: sequence, start, time: time.toNumber(), steps, courses }, watch);
  return { ...simulation, ...untied(simulation, ties), request, start, ties };
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
      severity: 'warning',
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
