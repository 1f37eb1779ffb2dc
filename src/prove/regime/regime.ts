/**
 * Regimes: expansion of an expression in a parameter s, with ε = s^d ε₀, where d is the dimension of ε in powers of the
 * gradient, and s → 0 (large gradients) or s → ∞ (small ones). With all derivatives of E fixed, or with component j alone:
 * then also ∇_iE = s γ_i for i ≠ j, so that their ratio to ε^{1/d} stays as it is. For s → ∞ the powers are those of 1/s.
 *
 * A series says through which order it is known (scaled-series.ts). The components of the gradient are taken not to vanish;
 * what else must not vanish is given with the series.
 *
 * Source: NIST Digital Library of Mathematical Functions, 2.1(iii): sums, products, quotients and powers of asymptotic expansions.
 */
import type { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { insideTemplate, withIndices } from '../../expression/arithmetic/assumptions.ts';
import { applyFunction } from '../../expression/arithmetic/functions.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { powerSeries } from '../../expression/calculus/series.ts';
import { type FactorPower, plainExponent } from '../../expression/core/factor.ts';
import type { FunctionFactor } from '../../expression/core/factors.ts';
import type { Expression, OpenedTerm } from '../../expression/core/expression.ts';
import {
  ZERO_EXPRESSION,
  expressionKey,
  factorExpression,
  multiply,
  openTerm,
  scale,
  substituteIndices,
  sumOverAll,
} from '../../expression/core/expression.ts';
import { COMPONENT_INDEX } from '../../expression/core/indices.ts';
import type { Template } from '../../expression/core/template.ts';
import { slotsOf } from '../../expression/core/template.ts';
import type { Term } from '../../expression/core/term.ts';
import { endsAtForm } from '../../expression/core/term.ts';
import type { LinearForm } from '../../number/linear-form.ts';
import { variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { isProbablyNonzero } from '../../rewrite/probably-nonzero.ts';
import { Bases } from '../../rewrite/rules/bases.ts';
import { provablyNonzero } from '../sign/nonzero.ts';
import { testZero } from '../zero/zero-test.ts';
import { apartFromComponent } from './apart-from-component.ts';
import type { ScaledSeries } from './scaled-series.ts';
import {
  BeyondExpansion,
  addScaled,
  exactSeries,
  isKnownZero,
  multiplyScaled,
  trimmed,
  truncated,
} from './scaled-series.ts';
import { type RegimeScaling, weightOf } from './scaling.ts';

/** An expansion, and what was divided by in it that may vanish. */
export interface RegimeExpansion {
  readonly series: ScaledSeries;
  readonly divisors: readonly Expression[];
}

/** Exponents of s are multiples of 1/denominator; larger denominators are refused. */
const MOST_DENOMINATOR = 12;

/** The expansion with about `count` coefficients. */
export function expandRegime(
  expression: Expression,
  scaling: RegimeScaling,
  count: number,
  assumptions: Assumptions,
  budget: Budget,
): RegimeExpansion {
  let denominator = scaling.dimension.den === 1n ? 1 : Number(scaling.dimension.den);
  for (;;) {
    const expander = new Expander(scaling, count, denominator, assumptions, budget);
    try {
      const series = expander.expand(expression, new Set([COMPONENT_INDEX]));
      return { series, divisors: [...expander.divisors.values()] };
    } catch (error) {
      if (!(error instanceof FinerExponents)) throw error;
      denominator *= error.by;
      if (denominator > MOST_DENOMINATOR) return refuse('no-expansion', 'a fractional power of the small parameter');
    }
  }
}

/** Thrown where an exponent is not a multiple of 1/denominator yet. */
class FinerExponents extends Error {
  readonly by: number;
  constructor(by: number) {
    super('the exponents are finer');
    this.by = by;
  }
}

class Expander {
  /** By their keys; inside a template they contain its slots, and are looked at again where it is used. */
  divisors = new Map<string, Expression>();
  /** What is known at the place that is expanded: in a sum its range, in a template those of its slots. */
  #here: Assumptions;
  readonly #scaling: RegimeScaling;
  readonly #count: number;
  readonly #denominator: number;
  readonly #budget: Budget;
  readonly #bases: Bases;
  readonly #known = new Map<string, RegimeExpansion>();

  constructor(scaling: RegimeScaling, count: number, denominator: number, assumptions: Assumptions, budget: Budget) {
    this.#scaling = scaling;
    this.#count = count;
    this.#denominator = denominator;
    this.#here = assumptions;
    this.#budget = budget;
    this.#bases = new Bases(assumptions, budget);
  }

  /** `own` are the indices that stand for component j. */
  expand(expression: Expression, own: ReadonlySet<number>): ScaledSeries {
    const based = this.#bases.onBases(expression);
    const terms = this.#scaling.alone ? based.terms.flatMap(term => apartFromComponent(term, own)) : based.terms;
    return truncated(
      addScaled(
        this.#denominator,
        terms.map(term => this.#term(term, own)),
      ),
      this.#count,
    );
  }

  #term(term: Term, own: ReadonlySet<number>): ScaledSeries {
    this.#budget.spend();
    if (endsAtForm(term)) refuse('not-a-difference', 'in a regime a range must compare two indices up to a constant');
    const opened = openTerm(term);
    const inside = withIndices(this.#here, this.#here.indices.with(opened.constraints));
    const product = this.#at(inside, () =>
      opened.factors.reduce(
        (series, power) => truncated(multiplyScaled(series, this.#power(power, own)), this.#count),
        this.#exact(multiply(), Rational.zero),
      ),
    );
    return trimmed({ ...product, coefficients: product.coefficients.map(value => closed(value, opened)) });
  }

  /** The action where this is known. */
  #at<T>(here: Assumptions, action: () => T): T {
    const outside = this.#here;
    this.#here = here;
    try {
      return action();
    } finally {
      this.#here = outside;
    }
  }

  /** value · s^exponent. */
  #exact(value: Expression, exponent: Rational): ScaledSeries {
    return exactSeries(value, this.#units(exponent), this.#denominator);
  }

  /** The exponent in units of 1/denominator. */
  #units(exponent: Rational): number {
    const units = exponent.multiply(Rational.of(this.#denominator));
    if (!units.isInteger()) throw new FinerExponents(Number(units.den));
    return Number(units.num);
  }

  #power(power: FactorPower, own: ReadonlySet<number>): ScaledSeries {
    const plain = plainExponent(power.exponent);
    const { factor } = power;
    const weight = weightOf(factor, this.#scaling, own);
    if (weight !== null) {
      if (plain === null && !weight.isZero()) return refuse('no-expansion', 'ε stands under an exponent with an index');
      const value = factorExpression(factor, power.exponent);
      return this.#exact(value, plain === null ? Rational.zero : plain.multiply(weight));
    }
    if (factor.kind === 'function' && plain !== null) return this.#powerOfSeries(this.#function(factor, own), plain);
    if (factor.kind !== 'template' || plain === null)
      return refuse('no-expansion', 'a function of the small parameter has no expansion here');
    return this.#powerOfSeries(this.#template(factor.template, factor.arguments, own), plain);
  }

  /** A sign is that of the leading coefficient; any other function is one of an argument that does not contain s. */
  #function(factor: FunctionFactor, own: ReadonlySet<number>): ScaledSeries {
    const argument = this.#template(factor.template, factor.arguments, own);
    const apply = (at: Expression): Expression => applyFunction(factor.name, factor.parity, factor.order, at);
    if (isKnownZero(argument)) return this.#exact(apply(ZERO_EXPRESSION), Rational.zero);
    if (factor.name === 'sign') {
      const [leading] = this.#withLeading(argument).coefficients;
      if (leading === undefined) throw new BeyondExpansion('an argument has no coefficient that is known');
      return this.#exact(apply(leading), Rational.zero);
    }
    const [only, ...others] = argument.coefficients;
    if (argument.known !== 'exact' || argument.start !== 0 || only === undefined || others.length > 0)
      return refuse('no-expansion', 'a function of the small parameter has no expansion here');
    return this.#exact(apply(only), Rational.zero);
  }

  /** base^exponent = (leading term)^exponent (1 + …)^exponent. */
  #powerOfSeries(given: ScaledSeries, exponent: Rational): ScaledSeries {
    const whole = exponent.isInteger() && exponent.sign() === 1 ? Number(exponent.num) : null;
    if (isKnownZero(given)) return exponent.sign() === 1 ? given : refuse('no-expansion', 'a denominator vanishes');
    const isSingle = given.known === 'exact' && given.coefficients.length === 1;
    if (whole !== null && !isSingle) {
      let product = given;
      for (let i = 1; i < whole; i += 1) product = truncated(multiplyScaled(product, given), this.#count);
      return product;
    }
    const [alone] = given.coefficients;
    if (isSingle && alone !== undefined && exponent.sign() === 1) {
      const to = this.#units(exponent.multiply(Rational.of(given.start, this.#denominator)));
      return exactSeries(power(alone, exponent, this.#here), to, this.#denominator);
    }
    const base = this.#withLeading(given);
    const [leading] = base.coefficients;
    if (leading === undefined) throw new BeyondExpansion('a base has no coefficient that is known');
    const start = this.#units(exponent.multiply(Rational.of(base.start, this.#denominator)));
    const relative = base.known === 'exact' ? null : base.known - base.start;
    if (isSingle) return exactSeries(power(leading, exponent, this.#here), start, this.#denominator);
    const length = Math.min(this.#count, relative ?? this.#count);
    const series = powerSeries(base.coefficients, exponent, length - 1, this.#here);
    if (series === null) return refuse('no-expansion', 'a denominator vanishes');
    return trimmed({ denominator: this.#denominator, start, coefficients: series, known: start + length });
  }

  /**
   * The series from its first coefficient on that does not vanish identically. Coefficients that cancel in a way that the
   * normal form does not show at once are dropped; one that may vanish somewhere is noted.
   */
  #withLeading(given: ScaledSeries): ScaledSeries {
    let series = given;
    for (;;) {
      const [leading, ...rest] = series.coefficients;
      if (leading === undefined || this.#isNonzero(leading)) return series;
      if (!isProbablyNonzero(leading)) {
        if (testZero(leading, this.#here, this.#budget).kind !== 'zero')
          return refuse('no-expansion', 'whether a leading coefficient vanishes is not decided');
        series = trimmed({ ...series, start: series.start + 1, coefficients: rest });
        continue;
      }
      this.divisors.set(expressionKey(leading), leading);
      return series;
    }
  }

  #isNonzero(value: Expression): boolean {
    return provablyNonzero(value, this.#here, this.#budget, isGradient);
  }

  #template(template: Template, args: readonly LinearForm[], own: ReadonlySet<number>): ScaledSeries {
    const flags = args.map(form => form.terms.length === 1 && own.has(form.terms[0]?.[0] ?? 0));
    const here = insideTemplate(this.#here, template, args);
    const key = `${template.id}|${flags.map(Number).join('')}|${here.indices.key}`;
    let image = this.#known.get(key);
    const slots = slotsOf(template);
    if (image === undefined) {
      // A template that is not about component j may sum over it.
      const inside = slots.filter((_, position) => flags[position]);
      const before = this.divisors;
      this.divisors = new Map();
      try {
        const own = new Set(inside.length === 0 ? [COMPONENT_INDEX] : inside);
        const series = this.#at(here, () => this.expand(template.body, own));
        image = { series, divisors: [...this.divisors.values()] };
      } finally {
        this.divisors = before;
      }
      this.#known.set(key, image);
    }
    const map = new Map(slots.map((index, position) => [index, args[position] ?? variableForm(index)] as const));
    for (const divisor of image.divisors) {
      const placed = substituteIndices(divisor, map);
      if (!this.#isNonzero(placed)) this.divisors.set(expressionKey(placed), placed);
    }
    const { series } = image;
    return { ...series, coefficients: series.coefficients.map(value => substituteIndices(value, map)) };
  }
}

/** A component of a gradient: neither large nor small where it vanishes, which no regime speaks of. */
const isGradient = ({ factor }: FactorPower): boolean => factor.kind === 'loss' && factor.coordinates.length === 1;

const closed = (value: Expression, opened: OpenedTerm): Expression =>
  scale(sumOverAll(value, opened.open, opened.sorts, opened.constraints), opened.coefficient);
