/**
 * The weights of trees: fractions of hyperparameters, their powers β^n and β^l, and times n and l. Sums over times are carried out as soon as
 * they arise, so that a weight stays one fraction whatever the order is.
 *
 * Source: that of each sum in closed form (resum.ts).
 */
import type { Budget } from '../../base/budget.ts';
import {
  type Monomial,
  multiplyMonomials,
  multiplyPolynomials,
  type Polynomial,
  polynomialKey,
  polynomialOf,
  powerPolynomial,
  scalePolynomial,
  variablePolynomial,
} from '../../algebra/polynomial.ts';
import {
  addFractions,
  type Fraction,
  fractionOf,
  isZeroFraction,
  multiplyFractions,
} from '../../algebra/rational-function.ts';
import { type Assumptions, withIndices } from '../../expression/arithmetic/assumptions.ts';
import { isSurelyPositive } from '../../expression/arithmetic/sure-sign.ts';
import type { Constraint } from '../../expression/core/domain.ts';
import { type Expression, expressionOf, multiply, sumOverAll } from '../../expression/core/expression.ts';
import { indexName, ITERATION_INDEX, LABEL_INDEX, ZERO } from '../../expression/core/indices.ts';
import { wrap } from '../../expression/core/template.ts';
import { constantForm, type LinearForm } from '../../number/linear-form.ts';
import type { RawTerm } from '../../expression/core/term.ts';
import { Rational } from '../../number/rational.ts';
import { fractionExpression } from '../../rewrite/fraction-expression.ts';
import { Variables } from '../../rewrite/polynomial-variables.ts';
import { fractionFrom } from '../../rewrite/rules/collect-terms.ts';
import { sumOut } from '../../rewrite/rules/sums/resum.ts';

/** A rule or a sum that is not covered: trees are not the way to derive it. Caught where they are tried. */
export class NotOfTrees extends Error {}

/** Thrown where trees do not cover what is met. */
export const notOfTrees = (reason: string): never => {
  throw new NotOfTrees(reason);
};

/** Letters that are summed over a domain. */
export interface Ranges {
  readonly letters: readonly number[];
  readonly constraints: readonly Constraint[];
}

/** First steps that are looked at one by one. */
const MOST_FIRST = 8;

const keyOf = (constraints: readonly Constraint[]): string =>
  constraints.map(({ left, right, bound }) => `${indexName(left)}-${indexName(right)}<=${bound}`).join();

export class Weights {
  readonly #variables = new Variables();
  readonly #assumptions: Assumptions;
  readonly #budget: Budget;
  /** Sums of products of powers of the letters, by what is summed. */
  readonly #positives = new Map<string, Polynomial>();
  readonly #sums = new Map<string, Fraction>();

  /** Labels l are times from 0 to n. */
  constructor(assumptions: Assumptions, budget: Budget) {
    this.#assumptions = withIndices(
      assumptions,
      assumptions.indices.with([
        { left: ZERO, right: LABEL_INDEX, bound: 0 },
        { left: LABEL_INDEX, right: ITERATION_INDEX, bound: 0 },
      ]),
    );
    this.#budget = budget;
  }

  get assumptions(): Assumptions {
    return this.#assumptions;
  }

  /** A product of hyperparameters, powers and times as a weight. */
  of(expression: Expression): Fraction {
    return this.#checked(fractionFrom(expression, this.#variables) ?? notOfTrees('a weight is no fraction'));
  }

  /** The weight at another label than l, or than another letter. */
  at(weight: Fraction, label: LinearForm, letter = LABEL_INDEX): Fraction {
    const time = this.#variables.index(letter);
    const image = this.#variables.form(label);
    const powers = new Map<number, Polynomial>();
    const raised = (count: number): Polynomial => {
      const known = powers.get(count) ?? powerPolynomial(image, count);
      powers.set(count, known);
      return known;
    };
    const parts = weight.above.flatMap(({ coefficient, monomial }): Polynomial => {
      let moved: Monomial = [];
      let count = 0;
      for (const [id, exponent] of monomial) {
        const variable = this.#variables.get(id);
        if (id === time) count = exponent;
        else if (variable.kind === 'power' && variable.index === letter)
          moved = multiplyMonomials(moved, this.#power(variable.name, label, exponent));
        else moved = multiplyMonomials(moved, [[id, exponent]]);
      }
      return multiplyPolynomials([{ coefficient, monomial: moved }], raised(count));
    });
    return { above: polynomialOf(parts), below: weight.below };
  }

  #power(name: string, { constant, terms }: LinearForm, exponent: number): Monomial {
    const parts = terms.map(([index, count]) => [this.#variables.power(name, index), count * exponent] as const);
    const own = constant === 0 ? [] : [[this.#variables.symbol(name), constant * exponent] as const];
    return multiplyMonomials(multiplyMonomials([], own), multiplyMonomials([], parts));
  }

  /** The sum over letters of a domain, in closed form. */
  sum(weight: Fraction, ranges: Ranges): Fraction {
    if (ranges.letters.length === 0 && ranges.constraints.length === 0) return weight;
    const parts = new Map<
      string,
      { readonly inside: Monomial; readonly outside: Monomial[]; readonly numbers: Rational[] }
    >();
    for (const { coefficient, monomial } of weight.above) {
      const inside = monomial.filter(([id]) => this.#isAt(id, ranges.letters));
      const key = inside.map(([id, count]) => `${id}:${count}`).join(' ');
      const part = parts.get(key) ?? { inside, outside: [], numbers: [] };
      parts.set(key, part);
      part.outside.push(monomial.filter(([id]) => !this.#isAt(id, ranges.letters)));
      part.numbers.push(coefficient);
    }
    const sums = [...parts].map(([key, { inside, outside, numbers }]) => {
      const weights = polynomialOf(
        outside.map((monomial, at) => ({ monomial, coefficient: numbers[at] ?? Rational.zero })),
      );
      return multiplyFractions(fractionOf(weights), this.#monomialSum(key, inside, ranges));
    });
    return multiplyFractions(
      { above: [{ coefficient: Rational.one, monomial: [] }], below: weight.below },
      addFractions(...sums),
    );
  }

  #isAt(id: number, letters: readonly number[]): boolean {
    const variable = this.#variables.get(id);
    return (variable.kind === 'power' || variable.kind === 'index') && letters.includes(variable.index);
  }

  #monomialSum(key: string, monomial: Monomial, { letters, constraints }: Ranges): Fraction {
    const whole = `${key}|${letters.join()}|${keyOf(constraints)}`;
    let sum = this.#sums.get(whole);
    if (sum === undefined) {
      const body = fractionExpression(fractionOf([{ coefficient: Rational.one, monomial }]), this.#variables);
      const sorts = letters.map(() => 'history' as const);
      const open = sumOverAll(body, letters, sorts, constraints);
      const closed = sumOut(open, this.#assumptions, this.#budget);
      sum = this.#withoutConditions(closed);
      this.#sums.set(whole, sum);
    }
    return sum;
  }

  /** The value of sums carried out, where it holds for all times: what stands under a condition t ≥ c has to vanish at 0, …, c − 1. */
  #withoutConditions(closed: Expression): Fraction {
    const { indices } = this.#assumptions;
    const groups = new Map<string, { readonly conditions: readonly Constraint[]; readonly terms: RawTerm[] }>();
    for (const term of closed.terms) {
      if (term.sorts.length > 0) notOfTrees('a sum has no closed form');
      const conditions = term.constraints.filter(each => !indices.implies(each));
      const group = groups.get(keyOf(conditions)) ?? { conditions, terms: [] };
      groups.set(keyOf(conditions), group);
      group.terms.push({ ...term, constraints: [] });
    }
    const parts = [...groups.values()].map(({ conditions, terms }) => {
      const value = this.of(expressionOf(terms));
      for (const condition of conditions) this.#refuseUnlessNothing(value, condition);
      return value;
    });
    return addFractions(...parts);
  }

  #refuseUnlessNothing(value: Fraction, { left, right, bound }: Constraint): void {
    if (left !== ZERO || -bound > MOST_FIRST) notOfTrees('a sum depends on a condition');
    for (let time = 0; time < -bound; time += 1)
      if (!isZeroFraction(this.at(value, constantForm(time), right))) notOfTrees('the first steps are others');
  }

  /** Roots and other factors than hyperparameters and times are not covered. */
  #checked(weight: Fraction): Fraction {
    for (const { monomial } of weight.above)
      if (monomial.some(([id]) => this.#variables.get(id).kind === 'local')) notOfTrees('a weight is not rational');
    for (const { base } of weight.below) this.#positive(base);
    return weight;
  }

  /** A polynomial or its negative, whichever is positive for all admissible hyperparameters. */
  #positive(base: Polynomial): Polynomial {
    const key = polynomialKey(base);
    let positive = this.#positives.get(key);
    if (positive === undefined) {
      const both = [base, scalePolynomial(base, Rational.minusOne)];
      positive =
        both.find(each => isSurelyPositive(this.#plain(each), this.#assumptions)) ??
        notOfTrees('a denominator may vanish');
      this.#positives.set(key, positive);
    }
    return positive;
  }

  /**
   * The weight in normal form, numerator over denominators that are positive for all admissible hyperparameters. No power is negative, so
   * that what was carried out for β ≠ 0 is a polynomial in β that holds at β = 0 too.
   */
  expression({ above, below }: Fraction): Expression {
    if (above.some(({ monomial }) => monomial.some(([, exponent]) => exponent < 0))) notOfTrees('a power is negative');
    let numerator = above;
    const denominators = below.map(({ base, count }) => {
      const positive = this.#positive(base);
      if (positive !== base && count % 2 === 1) numerator = scalePolynomial(numerator, Rational.minusOne);
      return { base: positive, count };
    });
    const sum = this.#plain(numerator);
    const one = fractionExpression({ above: variablePolynomial(0, 0), below: denominators }, this.#variables);
    return multiply(sum.terms.length > 1 ? wrap(sum) : sum, one);
  }

  readonly #plain = (polynomial: Polynomial): Expression => fractionExpression(fractionOf(polynomial), this.#variables);
}
