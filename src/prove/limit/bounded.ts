/**
 * Bounds that are uniform in n and in summed times: whether |expression| stays below a constant, or above a positive one, for every
 * choice of the integers that the facts allow. The constants may depend on hyperparameters and gradients, whatever these are.
 * Sufficient only. Every rule is a line of calculus:
 *
 *  - r^e with 0 ≤ r ≤ 1 and e ≥ m is at most r^m, and e^d r^e is bounded where r < 1;
 *  - Σ_t e^d r^e, where e moves with t and e ≥ m, is at most Σ_{s ≥ m} s^d r^s, a convergent series;
 *  - |a|/b ≤ K + |c| where K b − a ≥ −c, K b + a ≥ −c and b ≥ 1;
 *  - what is of degree one at most in each of several quantities takes its least value where each is at an end of its range.
 *
 * Source: Rudin, Principles of Mathematical Analysis, Theorems 3.20 (d) (e^d r^e → 0) and 3.34 (the series); Rockafellar, Convex Analysis,
 * Theorem 32.2 (ends of ranges, in each argument by itself).
 */
import type { Budget } from '../../base/budget.ts';
import { type Assumptions, powerVanishes, withIndices } from '../../expression/arithmetic/assumptions.ts';
import {
  type Expression,
  factorExpression,
  scale,
  ONE_EXPRESSION,
  openTerm,
  subtract,
} from '../../expression/core/expression.ts';
import { type FactorPower, isBelow, plainExponent } from '../../expression/core/factor.ts';
import type { IndexFacts } from '../../expression/core/index-facts.ts';
import { freeSort } from '../../expression/core/indices.ts';
import { singleTerm } from '../../expression/core/single.ts';
import { instantiate } from '../../expression/core/template.ts';
import type { Term } from '../../expression/core/term.ts';
import { elementaryFunction } from '../../formula/elementary.ts';
import { coefficientOf, type LinearForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { provablyAbove, provablyNonzero } from '../sign/nonzero.ts';
import {
  awayFromZero,
  factorsAtMost,
  integral,
  isWithin,
  leastExponent,
  negatedForm,
  permutations,
} from './sizes-of-forms.ts';
import { endsOfRanges, hasBound, isMovingPower, isNotNegative } from './ends-of-ranges.ts';

/** What the bounds ask of the limit that they are made for. */
export interface BoundTools {
  readonly assumptions: Assumptions;
  readonly budget: Budget;
  /** Sums carried out where they can be. */
  readonly closed: (expression: Expression, assumptions: Assumptions) => Expression;
  /** A divisor without n and summed times; where it vanishes nothing is said. */
  readonly note: (divisor: Expression) => void;
}

/** Factors n that are held against others. */
const MOST_COUNTED = 8;

export class Bounds {
  readonly #tools: BoundTools;

  constructor(tools: BoundTools) {
    this.#tools = tools;
  }

  /** Whether the size of the expression stays below a constant. */
  isBounded({ terms }: Expression, facts: IndexFacts): boolean {
    return terms.every(term => this.#isBoundedTerm(term, facts));
  }

  #isBoundedTerm(term: Term, facts: IndexFacts): boolean {
    this.#tools.budget.spend();
    const opened = openTerm(term);
    const inside = facts.with(opened.constraints);
    const times = opened.open.filter(index => freeSort(index) === 'history');
    return this.#isBoundedSum(opened.factors, times, inside);
  }

  /** Σ over the times of the product: each of them by a geometric series of its own, the last one first. */
  #isBoundedSum(factors: readonly FactorPower[], times: readonly number[], facts: IndexFacts): boolean {
    if (times.length === 0) return this.growth(factors, [], facts) !== null;
    // All powers stay: those that carry a sum are bounded as the others are, beside every power of an index.
    const carries = (own: FactorPower, time: number): boolean =>
      coefficientOf(own.exponent.form, time) !== 0 && this.#isSmall(own) && this.#hasLeast(own, facts);
    const orders = permutations(times);
    return (
      orders.some(order =>
        order.every((time, at) =>
          factors.some(
            own => carries(own, time) && order.slice(0, at).every(done => coefficientOf(own.exponent.form, done) === 0),
          ),
        ),
      ) && this.growth(factors, [], facts) !== null
    );
  }

  /**
   * Whether the product stays below a constant times Π (1 + x − least x) over the forms x that are returned, each among the ones
   * offered, which are bounded from below; null where that is not shown.
   */
  growth(
    factors: readonly FactorPower[],
    offered: readonly LinearForm[],
    facts: IndexFacts,
  ): readonly LinearForm[] | null {
    const moving = factors.filter(isMovingPower);
    for (const own of factors) if (!moving.includes(own)) this.#requireFixed(own);
    const counted = moving.filter(({ factor }) => factor.kind === 'index');
    if (!moving.every(own => counted.includes(own) || this.#isBoundedFactor(own, facts))) return null;
    const below: LinearForm[] = [];
    const above: LinearForm[] = [];
    for (const { factor, exponent } of counted) {
      if (factor.kind !== 'index') return null;
      const plain = plainExponent(exponent);
      if (plain === null) return null;
      const size = factorsAtMost(plain);
      if (size > MOST_COUNTED) return null;
      if (plain.sign() === -1) {
        const positive = awayFromZero(factor.index, facts);
        if (positive === null) return null;
        // Only whole powers below hold others down.
        for (let i = 0; i < Math.floor(-plain.toNumber()); i += 1) below.push(positive);
      } else for (let i = 0; i < size; i += 1) above.push(factor.index);
    }
    // Bounded, so that its exponent has a least value.
    const decaying = moving.filter(own => this.#isSmall(own));
    const grown: LinearForm[] = [];
    for (const form of above) {
      if (isWithin(form, [], facts)) continue;
      if (decaying.some(({ exponent }) => isWithin(form, [integral(exponent)], facts))) continue;
      const at = below.findIndex(each => isWithin(form, [each], facts));
      if (at >= 0) {
        below.splice(at, 1);
        continue;
      }
      const beside = below.flatMap((each, place) =>
        offered.flatMap(time => (isWithin(form, [each, time], facts) ? [{ place, time }] : [])),
      )[0];
      if (beside === undefined) return null;
      below.splice(beside.place, 1);
      grown.push(beside.time);
    }
    return grown;
  }

  /** r^e with r < 1 throughout, so that it wins over every power of e. */
  #isSmall({ factor }: FactorPower): boolean {
    return factor.kind === 'symbol' && powerVanishes(factor.name, this.#tools.assumptions);
  }

  #hasLeast({ exponent }: FactorPower, facts: IndexFacts): boolean {
    return Number.isFinite(facts.low(integral(exponent)));
  }

  #isBoundedFactor(own: FactorPower, facts: IndexFacts): boolean {
    const { factor, exponent } = own;
    const { assumptions } = this.#tools;
    switch (factor.kind) {
      case 'symbol': {
        if (!assumptions.isBelowOne(factor.name)) return false;
        const least = leastExponent(exponent, facts);
        return least !== null && (least.sign() >= 0 || isAboveZero(factor.name, assumptions));
      }
      case 'integer':
        // Another number stands with a base of 2 and more.
        return factor.value === -1n || facts.high(exponent.form) < Number.POSITIVE_INFINITY;
      case 'template': {
        const base = instantiate(factor.template, factor.arguments);
        const plain = plainExponent(exponent);
        if (plain === null) return facts.low(integral(exponent)) >= 0 && this.#isWithinOne(base, facts);
        return plain.sign() === 1 ? this.isBounded(base, facts) : this.staysAway(base, facts);
      }
      case 'function': {
        if (factor.order !== 0 || plainExponent(exponent)?.isInteger() !== true) return false;
        const known = elementaryFunction(factor.name);
        if (known === null) return false;
        const argument = instantiate(factor.template, factor.arguments);
        const isPositivePower = plainExponent(exponent)?.sign() === 1;
        if (isPositivePower && known.range.least !== null && known.range.greatest !== null) return true;
        if (!known.smooth || !this.isBounded(argument, facts)) return false;
        // Continuous, and above zero, on the bounded set of its arguments.
        if (known.ofPositive) return isPositivePower && this.staysAway(argument, facts);
        return isPositivePower || known.range.positive;
      }
      default:
        return false;
    }
  }

  /** Whether the size of the expression stays above a positive constant. */
  staysAway(expression: Expression, facts: IndexFacts): boolean {
    const { terms } = expression;
    this.#tools.budget.spend(terms.length);
    if (terms.length === 0) return false;
    if (!isMoving(expression)) {
      this.#tools.note(expression);
      return true;
    }
    const only = singleTerm(expression);
    if (only !== null) return only.factors.every(own => this.#factorStaysAway(own, facts));
    const under = withIndices(this.#tools.assumptions, facts);
    return this.#isAbove(expression, under) || this.#isAbove(this.#tools.closed(expression, under), under);
  }

  #factorStaysAway(own: FactorPower, facts: IndexFacts): boolean {
    const { factor, exponent } = own;
    if (!isMovingPower(own)) return this.#requireFixed({ factor, exponent: negatedForm(exponent) });
    const plain = plainExponent(exponent);
    switch (factor.kind) {
      case 'symbol': {
        const { assumptions } = this.#tools;
        if (!isAboveZero(factor.name, assumptions) || !Number.isFinite(facts.high(exponent.form))) return false;
        return assumptions.isBelowOne(factor.name) || Number.isFinite(facts.low(exponent.form));
      }
      case 'integer':
        return factor.value === -1n || (factor.value > 0n && facts.low(exponent.form) > Number.NEGATIVE_INFINITY);
      case 'index':
        return plain !== null && plain.sign() === 1 && awayFromZero(factor.index, facts) !== null;
      case 'template': {
        if (plain === null) return false;
        const base = instantiate(factor.template, factor.arguments);
        return plain.sign() === 1 ? this.staysAway(base, facts) : this.isBounded(base, facts);
      }
      case 'function':
        return (
          plain !== null &&
          elementaryFunction(factor.name)?.range.positive === true &&
          this.isBounded(instantiate(factor.template, factor.arguments), facts)
        );
      default:
        return false;
    }
  }

  /** What does not move is a constant; where it is divided by it is one that does not vanish. */
  #requireFixed({ factor, exponent }: FactorPower): true {
    if (isBelow({ exponent })) {
      const base =
        factor.kind === 'template' ? instantiate(factor.template, factor.arguments) : factorExpression(factor);
      this.#tools.note(base);
    }
    return true;
  }

  /** Whether the expression lies in [0, 1]. */
  #isWithinOne(expression: Expression, facts: IndexFacts): boolean {
    const under = withIndices(this.#tools.assumptions, facts);
    const ends = endsOfRanges(expression, under, 0);
    const isWithin = (end: Expression): boolean =>
      this.#isZeroOrAbove(end) && this.#isZeroOrAbove(subtract(ONE_EXPRESSION, end));
    return ends?.every(isWithin) === true;
  }

  #isZeroOrAbove(expression: Expression): boolean {
    const { assumptions, budget } = this.#tools;
    return expression.terms.length === 0 || provablyAbove(expression, assumptions, budget);
  }

  /** Whether the expression is above a positive constant throughout, or below a negative one. */
  #isAbove(expression: Expression, under: Assumptions): boolean {
    const { assumptions, budget } = this.#tools;
    // Neither n nor a summed time is left there.
    const isPositive = (value: Expression): boolean =>
      provablyAbove(value, assumptions, budget) ||
      (value.terms.every(term => isNotNegative(term, assumptions)) && provablyNonzero(value, assumptions, budget));
    const isAll = (value: Expression, sign: 1 | -1): boolean => {
      const ends = endsOfRanges(value, under, sign);
      return ends?.every(end => isPositive(scale(end, Rational.of(sign)))) === true;
    };
    // A denominator is positive where it is shown to be; one that comes from a sum in closed form may vanish.
    for (const { factors } of expression.terms)
      for (const own of factors) if (!isMovingPower(own) && !hasBound(own)) this.#requireFixed(own);
    return isAll(expression, 1) || isAll(expression, -1);
  }
}

const isMoving = ({ terms }: Expression): boolean =>
  terms.some(term => term.sorts.includes('history') || term.constraints.length > 0 || term.factors.some(isMovingPower));

const isAboveZero = (name: string, { domain }: Assumptions): boolean => {
  const own = domain(name);
  const sign = own?.lower?.sign() ?? -1;
  return sign > 0 || (sign === 0 && own?.lowerOpen === true);
};
