/**
 * Ties the fast right-hand side of simulations to the derived equation: both are evaluated at the same instances, the derived
 * one exactly. A simulation speaks for the derived equation only through this.
 */
import { Budget } from '../../base/budget.ts';
import { SeededNumbers } from '../../base/seeded-numbers.ts';
import { deriveModifiedEquation } from '../../derivation/derive.ts';
import { Rational } from '../../number/rational.ts';
import { evaluateCoefficients } from '../../evaluate/evaluate-equation.ts';
import { LossReader } from '../../evaluate/loss/expression-loss.ts';
import type { Instance } from '../../evaluate/instance/instance.ts';
import { loadMathjs } from '../../evaluate/loss/mathjs.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { norm } from '../../simulate/compare-at-step.ts';
import { expressionLoss } from '../../simulate/loss/expression-gradient.ts';
import type { FloatLoss } from '../../simulate/loss/float-loss.ts';
import { jetOf } from '../../simulate/jet/jet.ts';
import { RightSide } from '../../simulate/right-side.ts';
import type { Setup } from '../../simulate/jet/row-machine.ts';
import { randomPolynomial } from '../../simulate/loss/simulated-losses.ts';

export interface ExactSetup {
  readonly optimizer: Optimizer;
  readonly hyperparameters: Instance['hyperparameters'];
  readonly functions: Instance['functions'];
  /** At least as many values as the largest n compared, plus one. */
  readonly schedules: Instance['schedules'];
}

export interface Tie {
  /** The largest difference of a coefficient, relative to its size or to that of its terms before they cancel. */
  readonly deviation: number;
  readonly instances: number;
  /** Whose losses: the simulation's, or random polynomials in two parameters where those are too large to be exact. */
  readonly losses: 'own' | 'polynomial';
}

/** The iterations that are compared; the cost of order 2 grows steeply with n. */
const TIED_ITERATIONS: readonly number[] = [0, 1, 4];
const TIED_AT_ORDER_2: readonly number[] = [0, 2];
const MOST_DERIVATIVES = 30;
const DIGITS = 18;
/** Units of work for the coefficients at one place. */
const MOST_STEPS = 20_000_000;
/** Two routes that differ by more than this are not the same equation. */
export const LARGEST_DEVIATION = 1e-9;

/** What was measured; a string says why nothing could be. */
export async function compareRightSides(
  exact: ExactSetup,
  setup: Setup,
  own: {
    readonly texts: readonly string[];
    readonly order: readonly number[];
    readonly start: readonly number[];
  } | null,
  order: number,
  seed: number,
): Promise<Tie | string> {
  const derived = deriveModifiedEquation(exact.optimizer, { order, setting: 'mini-batch' });
  if (!derived.ok) return derived.problems[0]?.message ?? 'the equation is not derived';
  const small = own !== null && own.start.length ** (order + 1) <= MOST_DERIVATIVES;
  const numbers = new SeededNumbers(seed);
  const losses = small
    ? own
    : {
        texts: [randomPolynomial(2, numbers), randomPolynomial(2, numbers)],
        order: [0, 1, 1],
        start: [0.3125, 0.4375],
      };
  const dimension = losses.start.length;
  const reader = new LossReader(await loadMathjs());
  const floats = losses.texts.map(text => expressionLoss(reader, text, dimension, order + 2));
  const fast = new RightSide(
    setup,
    {
      losses: floats,
      dimension,
      order: losses.order,
    },
    order,
  );
  const equation = { ...derived.value, declarations: exact.optimizer.declarations };
  const iterations = order > 1 ? TIED_AT_ORDER_2 : TIED_ITERATIONS;
  let deviation = 0;
  for (const n of iterations) {
    const batches = Array.from(
      { length: n + 1 },
      (_, k) => losses.texts[losses.order[k % losses.order.length] ?? 0] ?? '',
    );
    const instance: Instance = {
      ...exact,
      n,
      theta: losses.start.map(exactly),
      setting: 'mini-batch',
      losses: batches.map(text => reader.function(text, 'x', dimension, null)),
    };
    const values = evaluateCoefficients(equation, instance, DIGITS, new Budget(MOST_STEPS));
    if (!values.ok) return values.problems[0]?.message ?? 'the derived equation has no value';
    const coefficients = fast.coefficients(n, losses.start);
    const rate = (n + 1) * largestRate(floats, losses.start, coefficients[0] ?? new Float64Array(dimension));
    deviation = Math.max(deviation, largestDeviation(values.value, coefficients, rate));
  }
  return { deviation, instances: iterations.length, losses: small ? 'own' : 'polynomial' };
}

/** The exact value of a Float64. */
function exactly(value: number): Rational {
  let power = 0;
  let scaled = value;
  while (!Number.isInteger(scaled) && power < 1100) {
    scaled *= 2;
    power += 1;
  }
  return Rational.of(BigInt(scaled), 2n ** BigInt(power));
}

/** max over the losses of ‖∇²E f_0‖/‖∇E‖: how fast gradients change along f_0, for one step. */
function largestRate(losses: readonly FloatLoss[], theta: readonly number[], velocity: Float64Array): number {
  const dimension = theta.length;
  const point = jetOf(dimension, 2);
  point.degree = 1;
  point.data.set(theta);
  point.data.set(velocity, dimension);
  const rates = losses.map(loss => {
    const jet = jetOf(dimension, 2);
    loss.gradient(jet, point, 2);
    return jet.degree === 0 ? 0 : norm(jet.data.subarray(dimension)) / norm(jet.data.subarray(0, dimension));
  });
  return Math.max(0, ...rates.filter(Number.isFinite));
}

/**
 * Relative to f_q, or to what its terms are before they cancel: each power of h brings up to n + 1 steps with their rate. With a tiny ε
 * the terms of f_1 cancel to many digits.
 */
function largestDeviation(exact: readonly (readonly string[])[], fast: readonly Float64Array[], rate: number): number {
  let largest = 0;
  const velocity = Math.max(...(exact[0] ?? []).map(value => Math.abs(Number(value))));
  exact.forEach((row, q) => {
    const scale = Math.max(...row.map(value => Math.abs(Number(value))), velocity * rate ** q, 1e-300);
    row.forEach((value, j) => {
      largest = Math.max(largest, Math.abs(Number(value) - (fast[q]?.[j] ?? Number.NaN)) / scale);
    });
  });
  return largest;
}
