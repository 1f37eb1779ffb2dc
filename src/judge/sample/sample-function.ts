/** The concrete function that stands for an abstract smooth φ in a sample, with all its derivatives. */
import { Rational } from '../../number/rational.ts';
import type { Loss, LossFunction } from '../../evaluate/loss/loss.ts';
import type { Ring } from '../../evaluate/ring/ring.ts';
import { functionText, type SampleFunction } from './sample.ts';

/** A polynomial by its coefficients, the constant first. */
type Coefficients = readonly Rational[];

const derivative = (p: Coefficients): Coefficients =>
  p.slice(1).map((value, at) => value.multiply(Rational.of(at + 1)));

/** d/dx P(tanh x) = P′(t)(1 − t²), again a polynomial in t = tanh x. */
function tanhDerivative(p: Coefficients): Coefficients {
  const slope = derivative(p);
  const at = (power: number): Rational => slope[power] ?? Rational.zero;
  return Array.from({ length: slope.length + 2 }, (_, power) => at(power).subtract(at(power - 2)));
}

function evaluate<T>(ring: Ring<T>, p: Coefficients, x: T): T {
  return p.reduceRight(
    (value, coefficient) => ring.add(ring.multiply(value, x), ring.fromRational(coefficient)),
    ring.zero,
  );
}

/** φ(x) = saturating · tanh x + linear · x + quadratic · x² + constant. */
export class ConcreteFunction implements Loss {
  readonly text: string;
  readonly #saturating: Coefficients;
  readonly #plain: Coefficients;

  constructor(chosen: SampleFunction) {
    this.text = functionText(chosen);
    this.#saturating = [Rational.zero, chosen.saturating];
    this.#plain = [chosen.constant, chosen.linear, chosen.quadratic];
  }

  derivative(indices: readonly number[]): LossFunction {
    let saturating = this.#saturating;
    let plain = this.#plain;
    for (let count = 0; count < indices.length; count++) {
      saturating = tanhDerivative(saturating);
      plain = derivative(plain);
    }
    return <T>(ring: Ring<T>, [x]: readonly T[]): T => {
      if (x === undefined) throw new Error('a function of one variable was given none');
      return ring.add(evaluate(ring, saturating, ring.tanh(x)), evaluate(ring, plain, x));
    };
  }
}
