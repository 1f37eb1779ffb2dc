/**
 * Coefficients of a typed loss in factors: sums that the loss itself shows, as the residual y − θ_1θ_2x, are tried first. What is no fraction
 * is written as any other closed form.
 */
import {
  commonMonomial,
  dividedByMonomial,
  divideExactly,
  type Monomial,
  type Polynomial,
  polynomialKey,
  polynomialOf,
} from '../../algebra/polynomial.ts';
import type { Factored, PolynomialPower } from '../../algebra/factor-polynomial.ts';
import { type Fraction, isZeroFraction } from '../../algebra/rational-function.ts';
import { type Expression, expressionOf, multiply } from '../../expression/core/expression.ts';
import type { FormulaReader } from '../../expression/read/from-formula.ts';
import { coefficient } from '../../expression/calculus/series.ts';
import { writeExpression, type WriterOptions } from '../../expression/write/to-formula.ts';
import { number } from '../../formula/build.ts';
import type { Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { attempt } from '../../base/problem.ts';
import { fractionFrom } from '../../rewrite/rules/collect-terms.ts';
import { Variables } from '../../rewrite/polynomial-variables.ts';
import { closedTerms } from '../closed-terms.ts';
import { fractionExpression, polynomialFactor } from '../../rewrite/fraction-expression.ts';
import { writeClosed } from '../write-closed.ts';

/** Fractions of the components and hyperparameters of one typed loss, and their factors. */
export class LossAlgebra {
  readonly variables = new Variables();
  readonly #options: WriterOptions;
  readonly #expected: readonly Polynomial[];

  /** `loss` is read for the sums in it. */
  constructor(loss: Formula, reader: FormulaReader, options: WriterOptions) {
    this.#options = options;
    const seen = new Map<string, Polynomial>();
    for (const sum of sumsIn(loss)) {
      const read = attempt(() => this.fraction(coefficient(reader.read(sum), 0)));
      const above = read.ok && read.value !== null && read.value.below.length === 0 ? read.value.above : [];
      const plain = dividedByMonomial(above, commonMonomial(above));
      if (plain.length > 1) seen.set(polynomialKey(plain), plain);
    }
    this.#expected = [...seen.values()];
  }

  /** The expression as a fraction; null where a sum over steps is left in it. */
  fraction(value: Expression): Fraction | null {
    return value.terms.some(({ constraints }) => constraints.length > 0) ? null : fractionFrom(value, this.variables);
  }

  /** The factors of a polynomial that is not zero. */
  factors(polynomial: Polynomial): Factored {
    const monomial = commonMonomial(polynomial);
    let rest = dividedByMonomial(polynomial, monomial);
    const found: PolynomialPower[] = [];
    for (const base of this.#expected) {
      let count = 0;
      for (let quotient = divideExactly(rest, base); quotient !== null; quotient = divideExactly(rest, base)) {
        rest = quotient;
        count += 1;
      }
      if (count > 0) found.push({ base, count });
    }
    const others = this.variables.factor(rest);
    return {
      number: others.number,
      monomial: joinMonomials(monomial, others.monomial),
      powers: [...found, ...others.powers],
    };
  }

  /** The expression as it is printed. */
  write(value: Expression): Formula {
    const fraction = this.fraction(value);
    if (fraction !== null) return this.writeFraction(fraction);
    const terms = closedTerms(value, this.#options);
    return terms === null ? writeExpression(value, this.#options) : writeClosed(terms, this.#options);
  }

  /** The fraction with numerator and denominator in factors. */
  writeFraction(fraction: Fraction): Formula {
    if (isZeroFraction(fraction)) return number(0);
    const { number: content, monomial, powers } = this.factors(fraction.above);
    const front = { above: polynomialOf([{ coefficient: content, monomial }]), below: fraction.below };
    const sums = powers.map(({ base, count }) => {
      const { coefficient: scale, factors } = polynomialFactor(base, count, this.variables);
      return expressionOf([{ coefficient: scale, factors, sorts: [], constraints: [] }]);
    });
    return writeExpression(multiply(fractionExpression(front, this.variables), ...sums), this.#options);
  }
}

const joinMonomials = (a: Monomial, b: Monomial): Monomial => {
  const sums = new Map(a);
  for (const [id, exponent] of b) sums.set(id, (sums.get(id) ?? 0) + exponent);
  return [...sums].filter(([, exponent]) => exponent !== 0).sort((x, y) => x[0] - y[0]);
};

function* sumsIn(formula: Formula): Generator<Formula> {
  if (formula.kind === 'add') yield formula;
  for (const child of children(formula)) yield* sumsIn(child);
}
