import { beforeAll, describe, expect, it } from 'vitest';
import { COMPONENT, ITERATION } from '../../src/formula/formula.ts';
import {
  addition,
  divide,
  index,
  iterate,
  multiplication,
  negation,
  number,
  quantity,
  step,
} from '../../src/formula/build.ts';
import { Rational } from '../../src/number/rational.ts';
import type { Equation } from '../../src/evaluate/evaluate-equation.ts';
import { FloatRing, printFloat } from '../../src/evaluate/ring/float-ring.ts';
import { flowStep, type VectorField } from '../../src/evaluate/series/flow.ts';
import { followOptimizer } from '../../src/evaluate/series/follow.ts';
import type { Instance } from '../../src/evaluate/instance/instance.ts';
import { readInstance } from '../../src/evaluate/instance/read-instance.ts';
import { instanceEnvironment } from '../../src/evaluate/instance/instance-environment.ts';
import { runOptimizer } from '../../src/evaluate/series/run-optimizer.ts';
import { type RingSeries, SeriesRing } from '../../src/evaluate/ring/series-ring.ts';
import type { BigFloat } from '../../src/number/big-float.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { adam, adamEquation, printedAdamEquation } from './optimizers/adam.ts';
import { optimizer, state } from './optimizers/declare.ts';
import {
  gradientDescent,
  gradientDescentEquation,
  heavyBall,
  heavyBallEquation,
  lookAhead,
  scheduled,
  scheduledEquation,
  velocity,
} from './optimizers/classical.ts';

const LOSSES = [
  'x1^2/2 + x1*x2/3 - x2',
  'x1*x2^2 + 2*x1',
  '(3/2 - 2*x1*x2)^2/2',
  'tanh(x1*x2) + x1',
  'exp(x1/2) - x2^3/3',
];
async function read(made: Optimizer, change: object): Promise<Instance> {
  const result = await readInstance(JSON.stringify({ n: 4, theta: ['1/3', '-2/5'], losses: LOSSES, ...change }), made);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('; '));
  return result.value;
}
const fullBatch = { setting: 'full-batch', losses: ['x1^4/4 + x1*x2^2 - exp(x1)*x2'] };

/** The first powers of h at which iterates and flow differ after 1 … 5 steps. */
function powers(
  made: Optimizer,
  equation: Equation,
  instance: Instance,
  terms: number,
  form: 'flow' | 'map' = 'flow',
): (number | null)[] {
  const result = followOptimizer(made, equation, instance, { steps: 5, terms, digits: 60, form });
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.value.map(({ power }) => power);
}
const upTo = (equation: Equation, order: number): Equation => ({
  ...equation,
  coefficients: equation.coefficients.slice(0, order + 1),
});
const always = (power: number | null): (number | null)[] => Array<number | null>(5).fill(power);

describe('gradient descent', () => {
  let instance: Instance;
  beforeAll(async () => {
    instance = await read(gradientDescent, {});
  });
  it.each([0, 1, 2])('its equation of order %d agrees through h^{order+1} and differs at h^{order+2}', order => {
    const equation = upTo(gradientDescentEquation, order);
    expect(powers(gradientDescent, equation, instance, order + 3)).toEqual(always(order + 2));
    expect(powers(gradientDescent, equation, instance, order + 2)).toEqual(always(null));
  });
  it('agrees with the extrapolated steps too', () => {
    expect(powers(gradientDescent, gradientDescentEquation, instance, 7)).toEqual(always(4));
  });
  it('a wrong coefficient shows at its power', () => {
    const [first = number(0), second = number(0)] = gradientDescentEquation.coefficients;
    const wrong = {
      ...gradientDescentEquation,
      coefficients: [first, multiplication(number(Rational.of(1001, 1000)), second)],
    };
    expect(powers(gradientDescent, wrong, instance, 4)).toEqual(always(2));
  });
  it('is its own memoryless map', () => {
    expect(powers(gradientDescent, upTo(gradientDescentEquation, 0), instance, 6, 'map')).toEqual(always(null));
  });
});

describe('Adam', () => {
  const hyperparameters = { beta: '9/10', rho: '99/100', epsilon: '1/100' };
  it('follows Theorem 3.6 with 2R, and not the printed 2R³', async () => {
    const instance = await read(adam, { hyperparameters });
    expect(powers(adam, adamEquation, instance, 4)).toEqual(always(3));
    expect(powers(adam, printedAdamEquation, instance, 4)).toEqual(always(2));
    expect(powers(adam, upTo(adamEquation, 0), instance, 4)).toEqual(always(2));
  });
});

describe('heavy ball', () => {
  it.each([heavyBall, velocity])('$id follows the equation with γ_n in the full batch', async made => {
    const instance = await read(made, { ...fullBatch, hyperparameters: { beta: '4/5' } });
    expect(powers(made, heavyBallEquation, instance, 4)).toEqual(always(3));
  });
  it('both forms have the same iterates', async () => {
    const instance = await read(heavyBall, { hyperparameters: { beta: '4/5' } });
    const ring = new SeriesRing(new FloatRing(50), 5);
    const environment = instanceEnvironment(instance, ring, ring.monomial(ring.base.one, 1));
    const shown = (made: Optimizer): string =>
      runOptimizer(made, environment, 5)
        .flat(2)
        .map(value => printFloat(value, 40))
        .join(' ');
    expect(shown(velocity)).toBe(shown(heavyBall));
  });
  it('does not follow the equation without memory', async () => {
    const instance = await read(heavyBall, { ...fullBatch, hyperparameters: { beta: '4/5' } });
    // The first step has no past; later ones differ at once.
    expect(powers(heavyBall, gradientDescentEquation, instance, 4)).toEqual([null, 1, 1, 1, 1]);
  });
});

describe('schedules, abstract functions, weight decay', () => {
  it('follow their equation', async () => {
    const instance = await read(scheduled, {
      hyperparameters: { lambda: '1/7' },
      functions: { phi: 'tanh(3*x) + x^3/5' },
      schedules: { eta: ['1', '1/2', '2/3', '-1/4', '3'] },
    });
    expect(powers(scheduled, scheduledEquation, instance, 4)).toEqual(always(3));
  });
});

describe('running an optimizer', () => {
  it('takes gradients at points of its own', async () => {
    // E = x²/2, θ^{(0)} = 1: v₁ = −h, θ₁ = 1 − h; v₂ = −βh − h(1 − h − βh), θ₂ = 1 − 2h − βh + h² + βh².
    const instance = await read(lookAhead, {
      theta: [1],
      setting: 'full-batch',
      losses: ['x1^2/2'],
      hyperparameters: { beta: '1/2' },
    });
    const ring = new SeriesRing(new FloatRing(40), 4);
    const iterates = runOptimizer(lookAhead, instanceEnvironment(instance, ring, ring.monomial(ring.base.one, 1)), 2);
    expect(iterates.map(point => point.flat().map(value => printFloat(value, 20)))).toEqual([
      ['1', '0', '0', '0'],
      ['1', '-1', '0', '0'],
      ['1', '-2.5', '1.5', '0'],
    ]);
  });

  it('starts states at their initial rows and makes them in any order', async () => {
    const [n, j] = [index(ITERATION), index(COMPONENT)];
    const next = addition(n, number(1));
    // a^{(n+1)} = b^{(n+1)} + a^{(n)}/2, b^{(n+1)} = 2b^{(n)}, a^{(0)} = 1, b^{(0)} = θ^{(0)}.
    const made = optimizer('two-states', {
      states: [
        state('a', addition(quantity('b', [j], [next]), divide(quantity('a', [j], [n]), number(2))), number(1)),
        state('b', multiplication(number(2), quantity('b', [j], [n])), iterate(j, n)),
      ],
      update: addition(iterate(j, n), negation(multiplication(step, quantity('a', [j], [next])))),
    });
    const instance = await read(made, { theta: [3], setting: 'full-batch', losses: ['x1'], hyperparameters: {} });
    const ring = new FloatRing(30);
    const iterates = runOptimizer(made, instanceEnvironment(instance, ring, ring.one), 3);
    // b: 3, 6, 12, 24; a: 1, 6.5, 15.25, 31.625.
    expect(iterates.flat().map(value => printFloat(value, 20))).toEqual(['3', '-3.5', '-18.75', '-50.375']);
  });

  it('refuses states that need one another', async () => {
    const [n, j] = [index(ITERATION), index(COMPONENT)];
    const next = addition(n, number(1));
    const made = optimizer('cycle', {
      states: [state('a', quantity('b', [j], [next])), state('b', quantity('a', [j], [next]))],
      update: addition(iterate(j, n), quantity('a', [j], [next])),
    });
    const instance = await read(made, { setting: 'full-batch', losses: ['x1'], hyperparameters: {} });
    const result = followOptimizer(made, { coefficients: [], definitions: [], declarations: [] }, instance, {
      steps: 1,
      terms: 2,
      digits: 20,
    });
    expect(result.ok ? 'value' : result.problems[0]?.code).toBe('state-cycle');
  });

  it('reports a missing batch', async () => {
    const instance = await read(gradientDescent, {});
    const result = followOptimizer(gradientDescent, gradientDescentEquation, instance, {
      steps: 6,
      terms: 3,
      digits: 20,
    });
    expect(result.ok ? 'value' : result.problems[0]?.code).toBe('index-out-of-range');
  });
});

describe('a step of the flow', () => {
  const base = new FloatRing(50);
  it.each([2, 3, 4, 5, 6, 8])('of θ′ = θ² + hθ from 1 has its Taylor series through %d terms', terms => {
    const ring = new SeriesRing(base, terms);
    const h = ring.monomial(base.one, 1);
    const field: VectorField<RingSeries<BigFloat>> = ([x = ring.zero]) => [
      ring.add(ring.multiply(x, x), ring.multiply(h, x)),
    ];
    const [end = ring.zero] = flowStep(ring, field, [ring.one]);
    // Bernoulli: θ(t) = h/((1 + h)e^{−ht} − 1), at t = h; expanded with two more terms because h divides out.
    const more = new SeriesRing(base, terms + 1);
    const g = more.monomial(base.one, 1);
    const down = more.subtract(
      more.multiply(more.add(more.one, g), more.exp(more.negate(more.multiply(g, g)))),
      more.one,
    );
    const [, ...quotient] = down;
    const expected = ring.divide(ring.one, quotient);
    expect(end.map(value => printFloat(value, 35))).toEqual(expected.map(value => printFloat(value, 35)));
  });
});
