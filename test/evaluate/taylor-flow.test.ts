/** One step of the flow by its Taylor coefficients, beside extrapolated steps of Euler's method: two algorithms, one series. */
import { expect, test } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { attempt } from '../../src/base/problem.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import type { Equation } from '../../src/evaluate/evaluate-equation.ts';
import { instanceEnvironment } from '../../src/evaluate/instance/instance-environment.ts';
import { FloatRing, printFloat } from '../../src/evaluate/ring/float-ring.ts';
import { LaurentRing } from '../../src/evaluate/ring/laurent-ring.ts';
import { flowStep, vectorField } from '../../src/evaluate/series/flow.ts';
import { taylorFlow } from '../../src/evaluate/series/taylor-flow.ts';
import * as build from '../../src/formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { plainInstance } from '../../src/judge/check/plain-instance.ts';
import type { BigFloat } from '../../src/number/big-float.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { exampleDocuments } from '../support/example-optimizers.ts';

const optimizers = exampleDocuments().flatMap(document => [...document.optimizers]);
const named = (id: string): Optimizer => {
  const found = optimizers.find(each => each.id === id);
  if (found === undefined) throw new Error(`${id} is missing`);
  return found;
};
const TERMS = 7;
const base = new FloatRing(50);

/** Both, from the same point, in the step number n. */
function both(optimizer: Optimizer, equation: Equation, n: number): readonly [string[][], string[][]] {
  const ring = new LaurentRing(base, TERMS);
  const h = ring.monomial(base.one, 1);
  const instance = plainInstance(optimizer, 3, 'mini-batch', 5);
  const environment = instanceEnvironment(instance, ring, h);
  // A point that itself moves with h, as after a step.
  const start = environment.point.map(value => ring.add(value, ring.multiply(h, value)));
  const print = (point: readonly (readonly BigFloat[])[]): string[][] =>
    point.map(series =>
      series.map(value => (Math.abs(Number(printFloat(value, 15))) < 1e-40 ? '0' : printFloat(value, 30))),
    );
  return [
    print(taylorFlow(ring, equation, environment, n, start, new Budget(1e7))),
    print(flowStep(ring, vectorField(equation, environment, n), start)),
  ];
}

const derived = (id: string, order: number): Equation => {
  const optimizer = named(id);
  const found = deriveModifiedEquation(optimizer, { order, setting: 'mini-batch' });
  if (!found.ok) throw new Error(`${id} is refused`);
  return { ...found.value, declarations: optimizer.declarations };
};

test.each([
  ['gd', 4],
  ['heavy-ball', 2],
  ['adam', 2],
])('%s, order %i', (id, order) => {
  for (const n of [0, 2]) {
    const [taylor, euler] = both(named(id), derived(id, order), n);
    expect(taylor).toEqual(euler);
    expect(taylor[0]).toHaveLength(TERMS);
  }
});

const gradient = build.gradient([build.index(COMPONENT)], build.index(ITERATION), build.point());
const withCoefficients = (...coefficients: Formula[]): Equation => ({
  coefficients,
  definitions: [],
  declarations: named('gd').declarations,
});
const step: Formula = { kind: 'step', span: null };

test('coefficients that contain h, and quotients by h that are carried out', () => {
  const equation = withCoefficients(
    build.multiplication(step, gradient),
    gradient,
    build.divide(build.multiplication(step, gradient, gradient), step),
    build.divide(gradient, build.addition(build.number(3), step)),
  );
  const [taylor, euler] = both(named('gd'), equation, 1);
  expect(taylor).toEqual(euler);
});

test('a pole is refused by both', () => {
  const equation = withCoefficients(gradient, build.divide(gradient, build.multiplication(step, step)));
  expect(attempt(() => ({ ok: true, value: both(named('gd'), equation, 1) }) as const).ok).toBe(false);
});

test('a coefficient that is left out is seen', () => {
  const whole = derived('gd', 4);
  const [taylor] = both(named('gd'), whole, 0);
  const [shorter] = both(named('gd'), { ...whole, coefficients: whole.coefficients.slice(0, 4) }, 0);
  expect(taylor.map(series => series.slice(0, 5))).toEqual(shorter.map(series => series.slice(0, 5)));
  expect(taylor[0]?.[5]).not.toBe(shorter[0]?.[5]);
});
