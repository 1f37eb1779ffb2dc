/**
 * Losses that are exact sparse polynomials: what the judge's random instances use. No library is involved.
 */
import { Rational } from '../../number/rational.ts';
import type { Loss, LossFunction } from './loss.ts';
import { integerPower } from '../ring/ring.ts';

/** coefficient · Π_i x_i^{powers[i−1]}; a power left out is 0. */
export interface LossMonomial {
  readonly coefficient: Rational;
  readonly powers: readonly number[];
}

/** The partial derivative by x_index (from 1) of one monomial; null when it vanishes. */
function differentiate({ coefficient, powers }: LossMonomial, index: number): LossMonomial | null {
  const power = powers[index - 1] ?? 0;
  if (power === 0) return null;
  return {
    coefficient: coefficient.multiply(Rational.of(power)),
    powers: powers.map((old, at) => (at === index - 1 ? old - 1 : old)),
  };
}

function writeMonomial({ coefficient, powers }: LossMonomial, variable: (index: number) => string): string {
  const factors = powers.flatMap((power, at) =>
    power === 0 ? [] : [power === 1 ? variable(at + 1) : `${variable(at + 1)}^${power}`],
  );
  const size = coefficient.abs();
  if (factors.length === 0) return size.toString();
  return size.isOne() ? factors.join('*') : [size.toString(), ...factors].join('*');
}

/** Σ of the monomials. The text lists them as given, without those whose coefficient is zero. */
export class PolynomialLoss implements Loss {
  readonly monomials: readonly LossMonomial[];
  readonly #variable: (index: number) => string;
  readonly #derivatives = new Map<string, LossFunction>();

  /** `variable` names the variables in the text: x1…xp unless said otherwise. */
  constructor(monomials: readonly LossMonomial[], variable: (index: number) => string = index => `x${index}`) {
    this.monomials = monomials.filter(({ coefficient }) => !coefficient.isZero());
    this.#variable = variable;
  }

  get text(): string {
    const text = this.monomials.map((monomial, at) => {
      const sign = monomial.coefficient.sign() < 0 ? '-' : '+';
      const body = writeMonomial(monomial, this.#variable);
      return at === 0 ? (sign === '-' ? `-${body}` : body) : ` ${sign} ${body}`;
    });
    return text.join('') || '0';
  }

  /** Every coefficient times this number. */
  scaled(by: Rational): PolynomialLoss {
    return new PolynomialLoss(
      this.monomials.map(({ coefficient, powers }) => ({ coefficient: coefficient.multiply(by), powers })),
    );
  }

  derivative(indices: readonly number[]): LossFunction {
    const sorted = indices.length < 2 ? indices : indices.toSorted((a, b) => a - b);
    const key = sorted.length === 1 ? String(sorted[0]) : sorted.join(',');
    const known = this.#derivatives.get(key);
    if (known) return known;
    const terms = this.monomials.flatMap(monomial => {
      let rest: LossMonomial | null = monomial;
      for (const index of sorted) rest = rest === null ? null : differentiate(rest, index);
      return rest === null ? [] : [rest];
    });
    const made: LossFunction = (ring, x) => {
      let sum = ring.zero;
      for (const { coefficient, powers } of terms) {
        let value = ring.fromRational(coefficient);
        powers.forEach((power, at) => {
          const base = x[at];
          if (power === 0) return;
          if (base === undefined) throw new Error(`a polynomial in x${at + 1} was given ${x.length} variables`);
          value = ring.multiply(value, power === 1 ? base : integerPower(ring, base, power));
        });
        sum = ring.add(sum, value);
      }
      return sum;
    };
    this.#derivatives.set(key, made);
    return made;
  }
}
