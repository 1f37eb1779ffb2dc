/**
 * An exact point at which the first-order correction is no gradient, not even up to a factor of its own per component: with D_j =
 * −∇_jE/f_{0,j}, the denominator of component j at order 0 (1 where f_0 is a gradient itself), ∂_i(D_j f_{1,j}) ≠ ∂_j(D_i f_{1,i}).
 *
 * The derivatives are those of truncated power series along each axis, in enclosures: what is called different is surely different.
 */
import { Budget } from '../../base/budget.ts';
import { Rational } from '../../number/rational.ts';
import type { Equation } from '../../evaluate/evaluate-equation.ts';
import { Evaluator } from '../../evaluate/evaluator.ts';
import { instanceEnvironment } from '../../evaluate/instance/instance-environment.ts';
import { type Instance, instanceToJson } from '../../evaluate/instance/instance.ts';
import { PolynomialLoss } from '../../evaluate/loss/polynomial-loss.ts';
import { Program } from '../../evaluate/program/program.ts';
import { type Ball, mayBeZero, printBall } from '../../evaluate/ring/ball.ts';
import { enclose } from '../../evaluate/ring/enclose.ts';
import { SeriesRing } from '../../evaluate/ring/series-ring.ts';
import { plainInstance } from './plain-instance.ts';

/** What was found at the points that were looked at. */
export type Symmetry =
  | {
      readonly kind: 'asymmetric';
      /** The instance as its file would be. */
      readonly instance: Record<string, unknown>;
      /** Whether the components are multiplied by their denominators. */
      readonly scaled: boolean;
      /** ∂_2 of component 1 and ∂_1 of component 2, rounded. */
      readonly values: readonly [string, string];
    }
  /** Symmetric, as far as enclosures tell, at all points with a value. */
  | { readonly kind: 'symmetric'; readonly points: number };

const DIGITS = 40;
const PRINTED = 6;
const SEEDS = [1, 2, 3];
const ITERATION = 2;
const MOST_STEPS = 2_000_000;

/** Looks at the coefficient of h of a derived full-batch flow, as it is printed. */
export function symmetryOf(equation: Equation): Symmetry {
  let points = 0;
  for (const seed of SEEDS) {
    const instance = simpleInstance(equation, seed);
    const found = enclose(DIGITS, base => {
      const ring = new SeriesRing(base, 2);
      const jacobian = [0, 1].map(axis => alongAxis(equation, instance, ring, axis));
      // rows[axis][component]: the coefficient of the axis' variable in f_0 and f_1, plain and scaled.
      const at = (axis: number, component: number, kind: 'zeroth' | 'plain' | 'scaled'): Ball => {
        const value = jacobian[axis]?.[component]?.[kind];
        return base.ball(value === undefined ? base.zero : ring.coefficient(value, 1));
      };
      const differ = (kind: 'zeroth' | 'plain' | 'scaled'): boolean => {
        const [one, other] = [jacobian[1]?.[0]?.[kind], jacobian[0]?.[1]?.[kind]];
        if (one === undefined || other === undefined) return false;
        const gap = base.ball(base.subtract(ring.coefficient(one, 1), ring.coefficient(other, 1)));
        return !mayBeZero(gap);
      };
      const scaled = differ('zeroth');
      const kind = scaled ? 'scaled' : 'plain';
      return { scaled, differs: differ(kind), values: [at(1, 0, kind), at(0, 1, kind)] as const };
    });
    if (!found.ok) continue;
    points += 1;
    const { scaled, differs, values } = found.value;
    if (!differs) continue;
    const [one, other] = values.map(value => printBall(value, PRINTED));
    if (one == null || other == null) continue;
    return { kind: 'asymmetric', instance: instanceToJson(instance), scaled, values: [one, other] };
  }
  return { kind: 'symmetric', points };
}

function alongAxis<T>(equation: Equation, instance: Instance, ring: SeriesRing<T>, axis: number) {
  const environment = instanceEnvironment(instance, ring, null);
  const point = environment.point.map((value, place) =>
    place === axis ? ring.add(value, ring.monomial(ring.base.one, 1)) : value,
  );
  const program = new Program({ definitions: equation.definitions, declarations: equation.declarations });
  const evaluator = new Evaluator(program, { ...environment, point }, new Budget(MOST_STEPS));
  const [zeroth, first] = equation.coefficients;
  const loss = environment.loss(null);
  return point.map((_, place) => {
    if (zeroth === undefined || first === undefined) throw new Error('an equation of order 1 is needed');
    const [f0, f1] = [zeroth, first].map(formula => evaluator.at(formula, instance.n, place + 1));
    if (f0 === undefined || f1 === undefined) throw new Error('an equation of order 1 is needed');
    const gradient = loss.derivative([place + 1])(ring, point);
    const scaled = (): typeof f0 => ring.negate(ring.divide(ring.multiply(gradient, f1), f0));
    return { zeroth: f0, plain: f1, scaled: scaled() };
  });
}

/** E = x_1³/3 + x_1x_2² + x_2²/2 − x_2 with short numbers; functions and schedules as in other checks. */
function simpleInstance({ declarations }: Equation, seed: number): Instance {
  const general = plainInstance({ declarations }, ITERATION, 'full-batch', seed);
  const loss = new PolynomialLoss([
    { coefficient: Rational.of(1, 3), powers: [3] },
    { coefficient: Rational.one, powers: [1, 2] },
    { coefficient: Rational.of(1, 2), powers: [0, 2] },
    { coefficient: Rational.minusOne, powers: [0, 1] },
  ]);
  const short = (value: Rational): Rational => Rational.of(Math.max(1, Math.round(value.toNumber() * 10)), 10);
  return {
    ...general,
    theta: [Rational.of(seed, 2), Rational.of(-1, 3 * seed)],
    losses: [loss],
    hyperparameters: new Map([...general.hyperparameters].map(([name, value]) => [name, short(value)])),
    schedules: new Map([...general.schedules].map(([name, values]) => [name, values.map(short)])),
  };
}
