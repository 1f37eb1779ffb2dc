/** Adam and gradient descent beside their equations, in series of h: right through h^{q+1}, wrong at h^{q+2}. */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import {
  addition,
  divide,
  gradient,
  index,
  iterate,
  multiplication,
  negation,
  number,
  step as stepSize,
  sumOverCoordinates,
} from '../../src/formula/build.ts';
import type { Definition, Formula } from '../../src/formula/formula.ts';
import { type Followed, followEquation } from '../../src/judge/follow-equation.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { adam, adamMisprint, adamTheorem, gradientDescent, gradientDescentFlow, j, n } from './hand-built.ts';

const follow = (
  optimizer: Optimizer,
  coefficients: readonly Formula[],
  definitions: readonly Definition[],
  order: number,
  setting: 'mini-batch' | 'full-batch' = 'mini-batch',
): Followed =>
  followEquation({
    optimizer,
    equation: { coefficients, definitions, declarations: optimizer.declarations },
    order,
    setting,
    seed: 1,
    budget: Budget.unlimited(),
  });
const right = (claim: typeof adamTheorem): Formula => claim.statements[0]?.right ?? number(0);

const [i, k] = [index('i'), index('k')];
const E = (...by: Formula[]): Formula => gradient(by, n);
/** f_2 = −(1/3) E″E″∇E − (1/12) E‴[∇E, ∇E], by hand. */
const second = negation(
  addition(
    divide(sumOverCoordinates('i', sumOverCoordinates('k', multiplication(E(j, i), E(i, k), E(k)))), number(3)),
    divide(sumOverCoordinates('i', sumOverCoordinates('k', multiplication(E(j, i, k), E(i), E(k)))), number(12)),
  ),
);
const first = negation(divide(sumOverCoordinates('i', multiplication(E(i, j), E(i))), number(2)));

describe('followEquation', () => {
  it('agrees with the right theorem through h² and sees it fail at h³', () => {
    expect(follow(adam, [right(adamTheorem)], adamTheorem.definitions, 1)).toEqual({
      kind: 'agrees',
      runs: 10,
      sharp: 10,
    });
    expect(follow(adam, [right(adamTheorem)], adamTheorem.definitions, 2)).toMatchObject({
      kind: 'differs',
      reason: expect.stringContaining('h^3'),
    });
    expect(follow(adam, [right(adamTheorem)], adamTheorem.definitions, 1, 'full-batch')).toMatchObject({
      kind: 'agrees',
      runs: 10,
    });
  });
  it('sees the misprint at h²', () => {
    expect(follow(adam, [right(adamMisprint)], adamMisprint.definitions, 1)).toMatchObject({
      kind: 'differs',
      reason: expect.stringContaining('h^2'),
    });
    expect(follow(adam, [right(adamMisprint)], adamMisprint.definitions, 0)).toMatchObject({ kind: 'agrees' });
  });
  it('knows gradient descent to second order', () => {
    expect(follow(gradientDescent, [negation(E(j)), first, second], [], 2)).toEqual({
      kind: 'agrees',
      runs: 10,
      sharp: 10,
    });
    expect(follow(gradientDescent, [negation(E(j)), first, negation(second)], [], 2)).toMatchObject({
      kind: 'differs',
    });
    expect(follow(gradientDescent, [gradientDescentFlow], [], 1)).toEqual({ kind: 'agrees', runs: 10, sharp: 10 });
  });
  it('tells a right step from a wrong one', () => {
    const step = (sign: 1 | -1): Formula =>
      addition(
        iterate(j, n),
        multiplication(number(-1), stepSize, E(j)),
        ...(sign === 1 ? [] : [multiplication(stepSize, stepSize, E(j))]),
      );
    const equation = (sign: 1 | -1) => ({ coefficients: [step(sign)], definitions: [], declarations: [] });
    const task = { optimizer: gradientDescent, order: 1, setting: 'mini-batch', seed: 1, runs: 4 } as const;
    const budget = Budget.unlimited();
    expect(followEquation({ ...task, equation: equation(1), form: 'next', budget })).toMatchObject({
      kind: 'agrees',
      runs: 4,
    });
    expect(followEquation({ ...task, equation: equation(-1), form: 'next', budget })).toMatchObject({
      kind: 'differs',
      reason: expect.stringContaining('h^2'),
    });
  });
  it('says so when no point is usable', () => {
    expect(follow(gradientDescent, [divide(E(j), number(0))], [], 0)).toEqual({
      kind: 'none',
      reason: 'division by zero',
    });
  });
});
