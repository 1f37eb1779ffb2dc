/**
 * How strongly the first-order term of an optimizer penalises the perturbed one-norm of the gradient, read off its derived
 * equation. With s_j the factor of the gradient in f_0, the full-batch equation is written as
 *
 *     dθ_j/dt = −s_j (∇_jE + h λ_j ∇_j‖∇E‖_{1,ε}),   ‖v‖_{1,ε} = Σ_i √(v_i² + ε):
 *
 * λ > 0 penalises the norm, λ < 0 hinders its decrease. λ depends on ε and ∇_jE through ε/|∇_jE|² only; it is computed from the
 * derived coefficients at p = 1. Nothing here knows what λ should be.
 */
import { Budget } from '../base/budget.ts';
import { refuse, Refusal } from '../base/problem.ts';
import { assumptionsOf } from '../expression/assumptions.ts';
import type { Expression } from '../expression/expression.ts';
import { writeExpression } from '../expression/to-formula.ts';
import type { Formula } from '../formula/formula.ts';
import { deriveModifiedEquation, type ModifiedEquation } from '../modified-equation/derive.ts';
import { Rational } from '../number/rational.ts';
import { doubleRing } from '../numeric/double-ring.ts';
import { type Environment, WITHOUT_HISTORY } from '../numeric/environment.ts';
import { Evaluator } from '../numeric/evaluator.ts';
import { PolynomialLoss } from '../numeric/polynomial-loss.ts';
import { Program } from '../numeric/program.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { Bases } from '../simplify/bases.ts';
import { largeN } from '../simplify/large-n.ts';

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
    const { declarations } = optimizer;
    const flow = derived(optimizer, 'flow');
    const map = derived(optimizer, 'map');
    const write = (rewrite: (expression: Expression) => Expression): Formulas => {
      const formula = (expression: Expression): Formula => writePlainly(rewrite(expression), optimizer);
      return { leading: formula(part(flow, 0)), total: formula(part(flow, 1)), memory: formula(part(map, 1)) };
    };
    const assumptions = assumptionsOf(declarations);
    const bases = new Bases(assumptions, Budget.unlimited());
    this.#program = new Program({ declarations });
    // Sums are closed where they can be, so that a value at n = 10,000 costs no more than one at n = 1.
    this.#atStep = write(expression => bases.settle(expression));
    this.#limit = write(expression => largeN(expression, assumptions, Budget.unlimited()).value);
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

function derived(optimizer: Optimizer, form: 'flow' | 'map'): ModifiedEquation {
  const result = deriveModifiedEquation(optimizer, { order: 1, setting: 'full-batch', form });
  if (result.ok) return result.value;
  const [problem] = result.problems;
  throw problem === undefined ? new Error('a failure has a problem') : new Refusal(problem);
}

function part({ expressions }: ModifiedEquation, power: number): Expression {
  const found = expressions[power];
  if (found === undefined) throw new Error(`an equation to order 1 has a coefficient of h^${power}`);
  return found;
}

/** Without named quantities. */
function writePlainly(expression: Expression, { declarations }: Optimizer): Formula {
  return writeExpression(expression, { reserved: new Set(declarations.map(({ name }) => name)), nameOf: () => null });
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
function unitEnvironment({ hyperparameters, ratio }: CoefficientPoint): Environment<number> {
  const scalars = new Map([...hyperparameters, [EPSILON, ratio]]);
  const unknown = (name: string): never => refuse('undefined-name', `${name} has no value in this figure`);
  return {
    ...WITHOUT_HISTORY,
    ring: doubleRing,
    point: [1],
    step: () => refuse('step-in-coefficient', 'h has no value in a coefficient'),
    loss: () => UNIT_LOSS,
    scalar: name => scalars.get(name) ?? unknown(name),
    vector: unknown,
    function: unknown,
    schedule: unknown,
  };
}
