/**
 * The limit n → ∞ of products without summed times, factor by factor: growth, continuity, and templates whose arguments go to
 * infinity.
 *
 * Source: W. Rudin, Principles of Mathematical Analysis, 3rd ed., McGraw-Hill 1976, Theorem 3.3 (sums, products and quotients of limits), Theorem
 * 3.20(d) (n^a r^n → 0 for |r| < 1) and Theorem 4.2 (continuous functions of limits).
 */
import type { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { applyFunction } from '../../expression/arithmetic/functions.ts';
import { powerOfForm } from '../../expression/arithmetic/power-of-form.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { isScalar } from '../../expression/arithmetic/scalar.ts';
import { type Exponent, type FactorPower, factorForms, isBelow, plainExponent } from '../../expression/core/factor.ts';
import type { Expression } from '../../expression/core/expression.ts';
import {
  ZERO_EXPRESSION,
  factorExpression,
  isZero,
  multiply,
  substituteIndices,
} from '../../expression/core/expression.ts';
import { ITERATION_INDEX } from '../../expression/core/indices.ts';
import type { Template } from '../../expression/core/template.ts';
import { argumentMap, instantiate, slotsOf } from '../../expression/core/template.ts';
import type { LinearForm } from '../../number/linear-form.ts';
import { coefficientOf, shiftForm, variableForm } from '../../number/linear-form.ts';
import { provablyAbove, provablyNonzero } from '../sign/nonzero.ts';
import { growthOf } from './growth.ts';
import type { LimitNotes } from './limit-notes.ts';
import type { LimitNotebook } from './limit-notes.ts';

interface Noted {
  readonly value: Expression;
  readonly notes: LimitNotes;
}

/** How the limits of other parts are taken. */
export interface FactorTools {
  readonly assumptions: Assumptions;
  readonly budget: Budget;
  readonly notebook: LimitNotebook;
  readonly limit: (expression: Expression) => Expression;
}

/** The theorem on sums, products, quotients and functions of limits. */
export const CONTINUITY = 'continuity: sums, products, quotients, roots and smooth functions of limits';
const GEOMETRIC = 'n^a r^n → 0 for |r| < 1';
const LEADING = 'a ratio of powers of n has the limit of its leading terms';

/** A step by continuity. */
export const CONTINUOUS = { rule: CONTINUITY } as const;

/** Refuses: no theorem gives a limit. */
export const noLimit = (): never => refuse('no-limit', 'no limit for n → ∞ was found');

/** Limits of factors, with what they divide by in the notebook. */
export class LimitOfFactors {
  readonly #assumptions: Assumptions;
  readonly #budget: Budget;
  readonly #notebook: LimitNotebook;
  readonly #limit: (expression: Expression) => Expression;
  readonly #templates = new Map<string, Noted>();

  constructor({ assumptions, budget, notebook, limit }: FactorTools) {
    this.#assumptions = assumptions;
    this.#budget = budget;
    this.#notebook = notebook;
    this.#limit = limit;
  }

  /** The limit of a product without summed times. */
  product(factors: readonly FactorPower[]): Expression {
    const growth = growthOf(factors, this.#assumptions, each => provablyAbove(each, this.#assumptions, this.#budget));
    if (growth === null || growth.kind === 'grows') return noLimit();
    // What stands beside a power that vanishes must be bounded: it has a limit.
    const rest = multiply(...growth.rest.map(own => this.factor(own)));
    const growing = factors.filter(own => !growth.rest.includes(own));
    if (growing.length > 0) {
      const rule = growth.kind === 'decays' ? GEOMETRIC : LEADING;
      const after = growth.kind === 'settles' ? growth.factor : ZERO_EXPRESSION;
      const slow = growth.kind === 'vanishes' && growth.isFading ? { slow: true as const } : {};
      this.#notebook.show(productOf(growing), () => ({ rule, after, relation: { kind: 'growth', ...slow } }));
    }
    if (growth.kind === 'decays') {
      this.#notebook.theorem(GEOMETRIC);
      for (const symbol of growth.symbols) this.#notebook.rate(symbol);
      return ZERO_EXPRESSION;
    }
    if (growth.kind === 'vanishes' || !growth.isPlain) {
      this.#notebook.theorem(LEADING);
      this.#notebook.slow();
    }
    return growth.kind === 'vanishes' ? ZERO_EXPRESSION : multiply(growth.factor, rest);
  }

  /** The limit of a factor that neither grows nor vanishes by itself; its denominator is noted where it may vanish. */
  factor(own: FactorPower): Expression {
    const { factor, exponent } = own;
    const dependsOnN = [exponent.form, ...factorForms(factor)].some(form => coefficientOf(form, ITERATION_INDEX) !== 0);
    if (!dependsOnN) {
      this.#requireFixedDivisor(own);
      return factorExpression(factor, exponent);
    }
    const after = (): Expression => this.#movingFactor(own);
    return this.#notebook.show(productOf([own]), () => ({ ...CONTINUOUS, after: after() })) ?? noLimit();
  }

  #movingFactor({ factor, exponent }: FactorPower): Expression {
    if (factor.kind !== 'template' && factor.kind !== 'function') return noLimit();
    this.#notebook.theorem(CONTINUITY);
    const inner = this.#template(factor.template, factor.arguments);
    const plain = plainExponent(exponent);
    if (plain === null) return this.#powerOfPositive(factor, inner, exponent);
    const base = factor.kind === 'template' ? inner : this.#function(factor, inner);
    if (plain.sign() === -1) {
      if (isZero(base)) return noLimit();
      this.note(base);
    } else if (!plain.isInteger() && !provablyNonzero(base, this.#assumptions, this.#budget)) this.#notebook.slow();
    return power(base, plain, this.#assumptions);
  }

  /** A base to a power with indices other than n, continuous where the base is positive. */
  #powerOfPositive({ kind }: FactorPower['factor'], base: Expression, { constant: by, form }: Exponent): Expression {
    const isFixed = by.isInteger() && coefficientOf(form, ITERATION_INDEX) === 0;
    if (kind !== 'template' || !isFixed || !provablyAbove(base, this.#assumptions, this.#budget)) return noLimit();
    return powerOfForm(base, shiftForm(form, Number(by.num))) ?? noLimit();
  }

  /**
   * A denominator without n. One with gradients is the statement's own, which has no value where it vanishes; one of
   * hyperparameters alone may come from a sum in closed form.
   */
  #requireFixedDivisor({ factor, exponent }: FactorPower): void {
    if (!isBelow({ exponent })) return;
    const base = factor.kind === 'template' ? instantiate(factor.template, factor.arguments) : factorExpression(factor);
    if (isScalar(base)) this.note(base);
  }

  /** Notes a divisor that may vanish. */
  note(divisor: Expression): void {
    if (!provablyNonzero(divisor, this.#assumptions, this.#budget)) this.#notebook.divisor(divisor);
  }

  /** A function at the limit of its argument, where it is continuous. */
  #function(factor: Extract<FactorPower['factor'], { readonly kind: 'function' }>, argument: Expression): Expression {
    if (factor.name === 'log' && !provablyAbove(argument, this.#assumptions, this.#budget)) return noLimit();
    if (factor.name === 'sign') {
      if (isZero(argument)) return noLimit();
      this.note(argument);
    }
    return applyFunction(factor.name, factor.parity, factor.order, argument);
  }

  /** The limit of a template as its arguments with n go to infinity. */
  #template(template: Template, args: readonly LinearForm[]): Expression {
    const late = args.map(form => coefficientOf(form, ITERATION_INDEX));
    if (late.filter(each => each !== 0).length > 1 || late.some(each => each < 0))
      return this.#limit(instantiate(template, args));
    const key = `${template.id}|${late.map(each => (each === 0 ? 0 : 1)).join('')}`;
    let image = this.#templates.get(key);
    if (image === undefined) {
      const toN = new Map(
        slotsOf(template).flatMap((index, position) =>
          late[position] === 0 ? [] : [[index, variableForm(ITERATION_INDEX)] as const],
        ),
      );
      image = this.#notebook.during(() => this.#limit(substituteIndices(template.body, toN)));
      this.#templates.set(key, image);
    }
    // The limit has no slots left but those of other labels.
    const map = argumentMap(template, args);
    const { divisors, ...rest } = image.notes;
    this.#notebook.adopt({ ...rest, divisors: new Map() });
    for (const divisor of divisors.values()) this.note(substituteIndices(divisor, map));
    return substituteIndices(image.value, map);
  }
}

const productOf = (factors: readonly FactorPower[]): Expression =>
  multiply(...factors.map(({ factor, exponent }) => factorExpression(factor, exponent)));
