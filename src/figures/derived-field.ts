/** The right side of a derived full-batch equation in Float64: what is integrated beside a run in the figures. */
import { refuse } from '../base/problem.ts';
import type { Formula } from '../formula/formula.ts';
import { doubleRing } from '../evaluate/ring/double-ring.ts';
import { type Environment, WITHOUT_HISTORY } from '../evaluate/environment.ts';
import { Evaluator } from '../evaluate/evaluator.ts';
import { compileFloat, type FloatFormula, type FloatPoint } from '../evaluate/ring/float-formula.ts';
import type { Loss } from '../evaluate/loss/loss.ts';
import { Program } from '../evaluate/program/program.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { closedCoefficients } from '../report/theorem/closed-coefficients.ts';

/** The equation of one optimizer to one order, for any loss and hyperparameters. */
export class DerivedVelocity {
  readonly #evaluate: EvaluateAll;

  constructor(optimizer: Optimizer, order: number) {
    const coefficients = closedCoefficients(optimizer, order, 'flow').atStep;
    const compiled = compileFloat(coefficients);
    this.#evaluate =
      compiled !== null
        ? evaluateCompiled(compiled)
        : evaluateSlowly(new Program({ declarations: optimizer.declarations }), coefficients);
  }

  /** `hyperparameters` by LaTeX name. */
  field(loss: Loss, hyperparameters: ReadonlyMap<string, number>): DerivedField {
    return new DerivedField(this.#evaluate, loss, hyperparameters);
  }
}

/** All coefficients, each in all components. */
type EvaluateAll = (
  names: Omit<Environment<number>, 'point'>,
  loss: Loss,
  n: number,
  theta: readonly number[],
) => Float64Array[];

const evaluateSlowly =
  (program: Program, coefficients: readonly Formula[]): EvaluateAll =>
  (names, _, n, theta) => {
    const evaluator = new Evaluator(program, { ...names, point: theta });
    return coefficients.map(formula => Float64Array.from(theta, (_value, at) => evaluator.at(formula, n, at + 1)));
  };

const evaluateCompiled =
  (coefficients: readonly FloatFormula[]): EvaluateAll =>
  (names, loss, n, theta) => {
    const point = floatPoint(names, loss, theta);
    return coefficients.map(formula => Float64Array.from(theta, (_, at) => formula(point, n, at + 1)));
  };

/** Every derivative is computed once at a point. */
function floatPoint(names: Omit<Environment<number>, 'point'>, loss: Loss, theta: readonly number[]): FloatPoint {
  const memo = new Map<object, number>();
  const known = new Map<number, number>();
  return {
    theta,
    sums: new Map(),
    scalar: name => names.scalar(name),
    derivative: coordinates => {
      const key = coordinates.reduce((code, coordinate) => code * (theta.length + 1) + coordinate, 0);
      const found = known.get(key);
      if (found !== undefined) return found;
      const value = loss.derivative(coordinates)(doubleRing, theta, memo);
      known.set(key, value);
      return value;
    },
  };
}

export class DerivedField {
  readonly #evaluate: EvaluateAll;
  readonly #loss: Loss;
  readonly #names: Omit<Environment<number>, 'point'>;

  constructor(evaluate: EvaluateAll, loss: Loss, hyperparameters: ReadonlyMap<string, number>) {
    this.#evaluate = evaluate;
    this.#loss = loss;
    this.#names = floatEnvironment(loss, hyperparameters);
  }

  /** f_0, f_1, … at θ on [nh, (n+1)h], each with as many components as θ. Refuses where a value does not exist. */
  coefficients(n: number, theta: ArrayLike<number>): Float64Array[] {
    const values = this.#evaluate(this.#names, this.#loss, n, Array.from(theta));
    if (!values.every(value => value.every(Number.isFinite)))
      refuse(
        'undefined-at-point',
        `the modified equation has no value at n = ${n}, θ = (${Array.from(theta).join(', ')})`,
      );
    return values;
  }

  /** Σ_q h^q f_q. */
  at(n: number, theta: ArrayLike<number>, h: number): Float64Array {
    const coefficients = this.coefficients(n, theta);
    return Float64Array.from(theta, (_, i) =>
      coefficients.reduceRight((sum, coefficient) => sum * h + (coefficient[i] ?? Number.NaN), 0),
    );
  }
}

/** The names of a full-batch coefficient: one loss, hyperparameters as numbers, nothing else. */
export function floatEnvironment(
  loss: Loss,
  hyperparameters: ReadonlyMap<string, number>,
): Omit<Environment<number>, 'point'> {
  const unknown = (name: string): never => refuse('undefined-name', `${name} has no value in this figure`);
  return {
    ...WITHOUT_HISTORY,
    ring: doubleRing,
    step: () => refuse('step-in-coefficient', 'h has no value in a coefficient'),
    loss: () => loss,
    scalar: name => hyperparameters.get(name) ?? unknown(name),
    vector: unknown,
    function: unknown,
    schedule: unknown,
  };
}
