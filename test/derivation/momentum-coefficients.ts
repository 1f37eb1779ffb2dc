/**
 * The coefficients of the modified equations of momenta after many steps, tree by tree, by recursions for B-series: written for the tests, sharing
 * nothing with src/. With D the derivative along the flow, θ(t ± h) = e^{±hD}θ(t), so that the two-step rules are equations between B-series that
 * give one coefficient after the other.
 *
 * Source: Hairer, Lubich, Wanner, Geometric Numerical Integration, 2nd ed., IX.9.1 (Lemma 9.1), III.1 (composition with a gradient).
 */
import { cuts, type Fraction, fraction, type Plain, plus, sizeOf, textOf, times } from './tree-coefficients.ts';

const ZERO: Fraction = [0n, 1n];
const ONE: Fraction = [1n, 1n];
const factorial = (j: number): bigint => (j < 2 ? 1n : BigInt(j) * factorial(j - 1));
const signOf = (j: number): bigint => (j % 2 === 0 ? 1n : -1n);

export type Rule = 'heavy-ball' | 'look-ahead' | 'look-ahead-in-the-point';

/** b(τ) with f = −h∇E: multiplied by (−1)^{|τ|} the coefficient of the elementary differential of E, times the symmetry of τ. */
export class MomentumCoefficients {
  readonly #rule: Rule;
  readonly #beta: Fraction;
  readonly #known = new Map<string, Fraction>();

  constructor(rule: Rule, beta: Fraction) {
    this.#rule = rule;
    this.#beta = beta;
  }

  /** ∂_b^{power} b(τ). */
  of(tree: Plain, power = 0): Fraction {
    const key = `${textOf(tree)}${power}`;
    let value = this.#known.get(key);
    if (value === undefined) {
      value = power === 0 ? this.#solved(tree) : ZERO;
      if (power > 0)
        for (const [left, off] of cuts(tree)) value = plus(value, times(this.of(left, power - 1), this.of(off)));
      this.#known.set(key, value);
    }
    return value;
  }

  /** Σ_j (1 + (−1)^j β)/j! D^{j−1} f on the left, the first of them (1 − β) f. */
  #solved(tree: Plain): Fraction {
    let rest = this.#gradients(tree);
    for (let j = 2; j <= sizeOf(tree); j += 1) {
      const [above, below] = plus(ONE, times([signOf(j), 1n], this.#beta));
      rest = plus(rest, times(fraction(-above, below * factorial(j)), this.of(tree, j - 1)));
    }
    const [above, below] = plus(ONE, times([-1n, 1n], this.#beta));
    return times(rest, fraction(below, above));
  }

  /** The right side: gradients at θ(t), at θ + β(θ − θ(t − h)), or (1 + β)∇E(θ(t)) − β∇E(θ(t − h)). */
  #gradients(tree: Plain): Fraction {
    const current = tree.below.length === 0 ? ONE : ZERO;
    const displaced = (by: Fraction): Fraction =>
      tree.below.map(each => times(by, this.#back(each))).reduce(times, ONE);
    switch (this.#rule) {
      case 'heavy-ball':
        return current;
      case 'look-ahead':
        return displaced(times([-1n, 1n], this.#beta));
      case 'look-ahead-in-the-point':
        return plus(times(plus(ONE, this.#beta), current), times(times([-1n, 1n], this.#beta), displaced(ONE)));
    }
  }

  /** θ(t − h) − θ(t). */
  #back(tree: Plain): Fraction {
    let sum = ZERO;
    for (let j = 1; j <= sizeOf(tree); j += 1)
      sum = plus(sum, times(fraction(signOf(j), factorial(j)), this.of(tree, j - 1)));
    return sum;
  }
}
