/**
 * How strongly the first-order term of an optimizer penalises the perturbed one-norm of the gradient, read off its derived
 * equation. With s_j the factor of the gradient in f_0, the full-batch equation is written as
 *
 *     dθ_j/dt = −s_j (∇_jE + h λ_j ∇_j‖∇E‖_{1,ε}),   ‖v‖_{1,ε} = Σ_i √(v_i² + ε):
 *
 * λ > 0 penalises the norm, λ < 0 hinders its decrease. λ depends on ε and ∇_jE through ε/|∇_jE|² only; it is computed from the
 * derived coefficients at p = 1. Nothing here knows what λ should be.
 */
import type { Formula } from '../formula/formula.ts';
import { Rational } from '../number/rational.ts';
import type { Environment } from '../evaluate/environment.ts';
import { Evaluator } from '../evaluate/evaluator.ts';
import { PolynomialLoss } from '../evaluate/loss/polynomial-loss.ts';
import { Program } from '../evaluate/program/program.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { closedCoefficients } from '../report/theorem/closed-coefficients.ts';
import { floatEnvironment } from './derived-field.ts';

/** λ and its two parts: of the finite step (−½D_{f_0}f_0) and of the memory (Φ_1). Their sum is the total. */
export interface NormCoefficientValue {
  readonly total: number;
  readonly discretization: number;
  readonly memory: number;
}

/** By LaTeX name, `\varepsilon` left out: `ratio` is ε/|∇_jE|². */
export interface CoefficientPoint {
  readonly hyperparameters: ReadonlyMap<string, number>;
  readonly ratio: number;
}

/** ½x²: its gradient at x = 1 and its Hessian are 1. */
const UNIT_LOSS = new PolynomialLoss([{ coefficient: Rational.of(1, 2), powers: [2] }]);
const EPSILON = '\\varepsilon';

interface Formulas {
  readonly leading: Formula;
  readonly total: Formula;
  readonly memory: Formula;
}

export class NormCoefficient {
  readonly optimizer: Optimizer;
  readonly #program: Program;
  readonly #atStep: Formulas;
  readonly #limit: Formulas;

  /** Derives what it needs; refuses an optimizer without a full-batch equation or without its limit n → ∞. */
  constructor(optimizer: Optimizer) {
    this.optimizer = optimizer;
    this.#program = new Program({ declarations: optimizer.declarations });
    const flow = closedCoefficients(optimizer, 1, 'flow');
    const map = closedCoefficients(optimizer, 1, 'map');
    this.#atStep = formulasOf(flow.atStep, map.atStep);
    this.#limit = formulasOf(flow.limits(), map.limits());
  }

  /** λ in the limit n → ∞. */
  atLargeN(point: CoefficientPoint): NormCoefficientValue {
    return read(new Evaluator(this.#program, unitEnvironment(point)), this.#limit, point.ratio, 0);
  }

  /** λ at the given iterations, all about one point: one pass over the history for rising n. */
  atSteps(point: CoefficientPoint, iterations: readonly number[]): NormCoefficientValue[] {
    const evaluator = new Evaluator(this.#program, unitEnvironment(point));
    return iterations.map(n => read(evaluator, this.#atStep, point.ratio, n));
  }
}

function formulasOf([leading, total]: readonly Formula[], [, memory]: readonly Formula[]): Formulas {
  if (leading === undefined || total === undefined || memory === undefined)
    throw new Error('an equation to order 1 has two coefficients');
  return { leading, total, memory };
}

/** λ = f_1 g / (f_0 N) at g = 1, H = 1, where N = d√(g² + ε)/dθ = 1/√(1 + ε). */
function read(
  evaluator: Evaluator<number>,
  { leading, total, memory }: Formulas,
  ratio: number,
  n: number,
): NormCoefficientValue {
  const scale = evaluator.at(leading, n, 1) / Math.sqrt(1 + ratio);
  const whole = evaluator.at(total, n, 1) / scale;
  const remembered = evaluator.at(memory, n, 1) / scale;
  return { total: whole, memory: remembered, discretization: whole - remembered };
}

/** One component with ∇E = 1 and ∇²E = 1, and ε as wanted. */
const unitEnvironment = ({ hyperparameters, ratio }: CoefficientPoint): Environment<number> => ({
  ...floatEnvironment(UNIT_LOSS, new Map([...hyperparameters, [EPSILON, ratio]])),
  point: [1],
});
