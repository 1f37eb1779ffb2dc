/** The optimizer itself on the bilinear model beside the solutions of its derived full-batch equation, to order 0 and 1. */
import { attempt, refuse } from '../../base/problem.ts';
import { PolynomialLoss } from '../../evaluate/loss/polynomial-loss.ts';
import { BILINEAR_START, minimumAt } from '../../figures/bilinear/bilinear-model.ts';
import { type DerivedField, DerivedVelocity } from '../../figures/derived-field.ts';
import { doubleRing } from '../../evaluate/ring/double-ring.ts';
import { Rational } from '../../number/rational.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { followFlow } from '../../simulate/flow-run.ts';
import type { FloatLoss } from '../../simulate/loss/float-loss.ts';
import { runSteps } from '../../simulate/optimizer-run.ts';
import type { Curve, EngineReply, EngineRequest } from '../protocol.ts';

/** ½(3/2 − 2θ₁θ₂)², multiplied out. */
const LOSS = new PolynomialLoss([
  { coefficient: Rational.of(9, 8), powers: [] },
  { coefficient: Rational.of(-3), powers: [1, 1] },
  { coefficient: Rational.of(2), powers: [2, 2] },
]);
/** Of the integration: far below what a picture shows. */
const TOLERANCE = 1e-8;

/** Its gradient at points; nothing here follows it along a series. */
const floatLoss: FloatLoss = {
  name: 'bilinear',
  gradient: (target, point, terms) => {
    if (terms !== 1) throw new Error('the gradient is known at points only');
    const theta = Array.from(point.data.subarray(0, 2));
    const memo = new Map<object, number>();
    target.degree = 0;
    for (const i of [0, 1]) target.data[i] = LOSS.derivative([i + 1])(doubleRing, theta, memo);
  },
};

const known = new WeakMap<Optimizer, DerivedVelocity>();

export function trajectoryReply(
  optimizer: Optimizer,
  { values, h: typed, steps }: Extract<EngineRequest, { kind: 'trajectory' }>,
): EngineReply {
  const other = optimizer.declarations.find(({ kind }) => kind !== 'scalar');
  if (other !== undefined && (other.kind !== 'function' || other.body === null))
    refuse('undefined-name', `the rule has ${other.name}, which has no value on this page`);
  const hyperparameters = new Map(Object.entries(values));
  const losses = { losses: [floatLoss], dimension: 2, order: [0] };
  const runWith = (h: number, count: number) =>
    runSteps({ optimizer, hyperparameters, schedules: new Map() }, losses, BILINEAR_START, h, count);
  const h = typed ?? visibleStep(runWith);
  const run = runWith(h, steps);
  const velocity = known.get(optimizer) ?? new DerivedVelocity(optimizer, 1);
  known.set(optimizer, velocity);
  const field = velocity.field(LOSS, hyperparameters);
  const solutions = [leadingOf(field), field].map(each =>
    attempt(() => followFlow(each, BILINEAR_START, h, steps, TOLERANCE)),
  );
  const followed = solutions.map(each => (each.ok ? each.value : null));
  return {
    kind: 'trajectory',
    curves: [
      { label: 'the optimizer', points: pointsOf(run) },
      ...followed.flatMap((points, order): Curve[] =>
        points === null ? [] : [{ label: `equation to order ${order}`, points: pointsOf(points) }],
      ),
      { label: 'minima', points: minima(run) },
    ],
    errors: followed.flatMap((points, order) =>
      points === null ? [] : [{ label: `equation to order ${order}`, points: distancesOf(run, points) }],
    ),
    h,
    distances: followed.map(points => (points === null ? null : largestDistance(run, points))),
    notes: solutions.flatMap(each => (each.ok ? [] : each.problems.map(({ message }) => message))),
  };
}

/** f_0 alone. */
const leadingOf = (field: DerivedField): Pick<DerivedField, 'at'> => ({
  at: (n, theta) => field.coefficients(n, theta)[0] ?? Float64Array.from(theta, () => Number.NaN),
});

const pointsOf = (points: readonly ArrayLike<number>[]): (readonly [number, number])[] =>
  points.map(point => [point[0] ?? Number.NaN, point[1] ?? Number.NaN] as const);

/** ‖θ̃(nh) − θ^{(n)}‖ for n = 1, 2, …. */
function distancesOf(run: readonly ArrayLike<number>[], points: readonly ArrayLike<number>[]): [number, number][] {
  const all = pointsOf(points);
  return pointsOf(run)
    .map(([x, y], n): [number, number] => [n, Math.hypot(x - (all[n]?.[0] ?? x), y - (all[n]?.[1] ?? y))])
    .slice(1);
}

const largestDistance = (run: readonly ArrayLike<number>[], points: readonly ArrayLike<number>[]): number =>
  Math.max(...distancesOf(run, points).map(([, distance]) => distance));

/** What the first steps move is this far apart. */
const VISIBLE = 0.02;
const TINY = 1e-9;
const PROBED = 50;

/** A step, one digit long, with which the first steps of the run are `VISIBLE` long. */
function visibleStep(run: (h: number, count: number) => readonly ArrayLike<number>[]): number {
  const [first, last] = pointsOf(run(TINY, PROBED).filter((_, n) => n === 0 || n === PROBED));
  if (first === undefined || last === undefined) throw new Error('a run has a start and an end');
  const pace = Math.hypot(last[0] - first[0], last[1] - first[1]) / PROBED / TINY;
  const step = pace > 0 ? VISIBLE / pace : VISIBLE;
  return Number(Math.min(0.3, Math.max(1e-6, step)).toPrecision(1));
}

/** The line of minima where the run comes by. */
function minima(run: readonly ArrayLike<number>[]): (readonly [number, number])[] {
  const xs = pointsOf(run).map(([x]) => x);
  const [least, most] = [Math.max(0.2, Math.min(...xs) - 0.5), Math.max(...xs) + 0.5];
  return Array.from({ length: 81 }, (_, k) => {
    const { x, y } = minimumAt(least + ((most - least) * k) / 80);
    return [x, y] as const;
  });
}
