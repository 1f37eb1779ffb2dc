/**
 * The limit n → ∞ of an expression of the full batch, under 0 < β, ρ < 1: n^a r^n → 0; a quantity at time l inside a sum
 * goes to its own limit where the weights gather at late times (dominated convergence), and the weights are summed in
 * closed form. The limit is of right-hand sides, not of trajectories.
 */
import { attempt, refuse } from '../../base/problem.ts';
import { type Assumptions, assumptionsKey, powerVanishes } from '../../expression/assumptions.ts';
import {
  add,
  type Expression,
  factorExpression,
  mapFactors,
  multiply,
  openTerm,
  sameExpression,
  scale,
  substituteIndices,
  sumOverAll,
  sumTerms,
  ZERO_EXPRESSION,
} from '../../expression/expression.ts';
import { type Factor, type FactorPower, factorForms, integerExponent, plainExponent } from '../../expression/factor.ts';
import { applyFunction } from '../../expression/functions.ts';
import { freeSort, isBound, ITERATION_INDEX, ZERO } from '../../expression/indices.ts';
import { power } from '../../expression/power.ts';
import { isScalar } from '../../expression/scalar.ts';
import { slotsOf, type Template } from '../../expression/template.ts';
import { makeTerm, type Term } from '../../expression/term.ts';
import { coefficientOf, type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Budget, BudgetSpent } from '../../base/budget.ts';
import { limitOfFractions } from './limit-of-fractions.ts';
import { Bases } from '../../rewrite/bases.ts';
import { cancelFractions } from '../../rewrite/fractions.ts';
import { sumOut } from '../../rewrite/resum.ts';
import { underContext } from '../../rewrite/context.ts';
import { unfoldLayer, unfoldScalars } from '../../rewrite/unfold.ts';

export interface Limit {
  readonly value: Expression;
  /** What the difference from the limit is of the order of, up to powers of n: symbols r with r^n. */
  readonly rates: readonly string[];
}

/** Several claims are about the limit of one derived equation. */
const known = new WeakMap<Expression, Map<string, Limit>>();

/** The limit n → ∞; refuses where it finds none. */
export function largeN(expression: Expression, assumptions: Assumptions, budget: Budget): Limit {
  const limits = known.get(expression) ?? new Map<string, Limit>();
  known.set(expression, limits);
  const key = assumptionsKey(assumptions);
  const before = limits.get(key);
  if (before !== undefined) return before;
  const limit = findLimit(expression, assumptions, budget);
  limits.set(key, limit);
  return limit;
}

function findLimit(expression: Expression, assumptions: Assumptions, budget: Budget): Limit {
  const quick = new Budget(QUICK);
  try {
    return stepByStep(expression, assumptions, quick);
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
  } finally {
    budget.spend(quick.spent);
  }
  // Carried out at finite n, a value of `at` may make a denominator zero that the limit does not have.
  const fractions = attempt(() => limitOfFractions(expression, assumptions, budget));
  return (fractions.ok ? fractions.value : null) ?? stepByStep(expression, assumptions, budget);
}

function stepByStep(expression: Expression, assumptions: Assumptions, budget: Budget): Limit {
  const limiter = new Limiter(assumptions, budget);
  const value = limiter.limit(expression);
  return { value, rates: [...limiter.rates].sort() };
}

const NO_LIMIT = 'no limit for n → ∞ was found';
/** Terms made before sums are first carried out at finite n. */
const QUICK = 1_500;
/** Weights at times up to this must vanish in the limit. */
const EARLY = 5;

class Limiter {
  readonly rates = new Set<string>();
  readonly #assumptions: Assumptions;
  readonly #budget: Budget;
  readonly #bases: Bases;
  readonly #templates = new Map<string, Expression>();

  constructor(assumptions: Assumptions, budget: Budget) {
    this.#assumptions = assumptions;
    this.#budget = budget;
    this.#bases = new Bases(assumptions, budget);
  }

  limit(expression: Expression): Expression {
    const settled = underContext(this.#bases.settle(expression));
    return add(...settled.terms.map(term => this.#term(term)));
  }

  #term(term: Term): Expression {
    this.#budget.spend();
    if (term.sorts.some(sort => sort === 'history')) return this.#sum(term);
    const opened = openTerm(term);
    const factors: Expression[] = [];
    let decays = false;
    let grows = false;
    for (const own of opened.factors) {
      const speed = this.#speed(own);
      if (speed === 'decays') decays = true;
      else if (speed === 'grows') grows = true;
      else factors.push(this.#factor(own));
    }
    if (this.#conflict(opened.factors)) return refuse('no-limit', NO_LIMIT);
    if (decays) return ZERO_EXPRESSION;
    if (grows) return refuse('no-limit', NO_LIMIT);
    // n is large: n ≥ c holds, n ≤ c does not.
    for (const { left, right } of opened.constraints)
      if (left === ITERATION_INDEX && (right === ZERO || freeSort(right) === 'history')) return ZERO_EXPRESSION;
    const constraints = opened.constraints.filter(
      ({ left, right }) => left !== ITERATION_INDEX && right !== ITERATION_INDEX,
    );
    return scale(sumOverAll(multiply(...factors), opened.open, opened.sorts, constraints), opened.coefficient);
  }

  /** How a factor behaves by itself: r^{n}, n^a, or with a limit. */
  #speed({ factor, exponent }: FactorPower): 'decays' | 'grows' | 'settles' {
    const inExponent = coefficientOf(exponent.form, ITERATION_INDEX);
    if (inExponent !== 0) {
      if (factor.kind !== 'symbol' || !powerVanishes(factor.name, this.#assumptions))
        return refuse('no-limit', NO_LIMIT);
      if (inExponent > 0) this.rates.add(factor.name);
      return inExponent > 0 ? 'decays' : 'grows';
    }
    if (factor.kind === 'index' && coefficientOf(factor.index, ITERATION_INDEX) !== 0) {
      const whole = integerExponent(exponent);
      if (whole === null) return refuse('no-limit', NO_LIMIT);
      return whole > 0 ? 'grows' : 'decays';
    }
    return 'settles';
  }

  /** r^n s^{−n}, and 1/n beside n: which of them wins is not decided here. */
  #conflict(factors: readonly FactorPower[]): boolean {
    const geometric = factors.filter(({ exponent }) => coefficientOf(exponent.form, ITERATION_INDEX) !== 0);
    const growing = geometric.filter(own => this.#speed(own) === 'grows');
    if (growing.length > 0) return true;
    const polynomial = factors.filter(({ factor }) => factor.kind === 'index').map(own => this.#speed(own));
    return geometric.length === 0 && polynomial.includes('grows') && polynomial.includes('decays');
  }

  #factor({ factor, exponent }: FactorPower): Expression {
    const dependsOnN = factorForms(factor).some(form => coefficientOf(form, ITERATION_INDEX) !== 0);
    if (!dependsOnN && factor.kind !== 'template') return factorExpression(factor, exponent);
    const plain = plainExponent(exponent);
    if (plain === null) return refuse('no-limit', NO_LIMIT);
    if (factor.kind === 'template')
      return power(this.#template(factor.template, factor.arguments), plain, this.#assumptions);
    if (factor.kind === 'function')
      return power(
        applyFunction(factor.name, factor.parity, factor.order, this.#template(factor.template, factor.arguments)),
        plain,
        this.#assumptions,
      );
    return refuse('no-limit', NO_LIMIT);
  }

  /** The limit of a template as its arguments with n go to infinity. */
  #template(template: Template, args: readonly LinearForm[]): Expression {
    const late = args.map(form => coefficientOf(form, ITERATION_INDEX) !== 0);
    if (late.filter(Boolean).length > 1) {
      const map = new Map(
        slotsOf(template).map((index, position) => [index, args[position] ?? variableForm(index)] as const),
      );
      return this.limit(substituteIndices(template.body, map));
    }
    const key = `${template.id}|${late.map(Number).join('')}`;
    let image = this.#templates.get(key);
    if (image === undefined) {
      const slots = slotsOf(template);
      const toN = new Map(
        slots.flatMap((index, position) => (late[position] ? [[index, variableForm(ITERATION_INDEX)] as const] : [])),
      );
      image = late.includes(true) ? this.limit(substituteIndices(template.body, toN)) : template.body;
      this.#templates.set(key, image);
    }
    const map = new Map(
      slotsOf(template).flatMap((index, position) =>
        late[position] ? [] : [[index, args[position] ?? variableForm(index)] as const],
      ),
    );
    return substituteIndices(image, map);
  }

  /** A term with sums over times: quantities at those times go to their limits, the weights are summed. */
  #sum(term: Term): Expression {
    const settled = sumTerms([term]);
    const closed = this.#closed(settled);
    if (!closed.terms.some(each => each.sorts.includes('history'))) return this.limit(closed);
    const late = this.#withLateQuantities(term);
    if (late === null) {
      const opened = unfoldLayer(settled, this.#budget);
      if (opened === settled) return refuse('no-limit', NO_LIMIT);
      return this.limit(opened);
    }
    // Weights alone that have no closed form.
    if (sameExpression(late, settled)) return refuse('no-limit', NO_LIMIT);
    this.#requireLateWeights(late);
    const summed = this.#closed(late);
    if (summed.terms.some(each => each.sorts.includes('history'))) return refuse('no-limit', NO_LIMIT);
    return this.limit(summed);
  }

  #closed(expression: Expression): Expression {
    const summed = sumOut(unfoldScalars(expression, this.#budget), this.#assumptions, this.#budget);
    return underContext(
      unfoldScalars(cancelFractions(unfoldScalars(summed, this.#budget), this.#budget), this.#budget),
    );
  }

  /** The term with every quantity at a summed time at its limit; null where something else depends on that time. */
  #withLateQuantities(term: Term): Expression | null {
    const isTime = (index: number): boolean => isBound(index) && term.sorts[index] === 'history';
    const atTime = (factor: Factor): boolean =>
      factorForms(factor).some(form => form.terms.some(([index]) => isTime(index)));
    const anchored = term.factors.filter(
      ({ factor }) => atTime(factor) && factor.kind !== 'symbol' && factor.kind !== 'index',
    );
    if (anchored.some(({ factor }) => factor.kind !== 'template' && factor.kind !== 'function')) return null;
    return mapFactors(sumTerms([term]), own => {
      const { factor, exponent } = own;
      if (factor.kind !== 'template' && factor.kind !== 'function') return null;
      const late = factor.arguments.map(form =>
        form.terms.some(([index]) => freeSort(index) === 'history' && index !== ITERATION_INDEX)
          ? variableForm(ITERATION_INDEX)
          : form,
      );
      if (late.every((form, i) => form === factor.arguments[i])) return null;
      if (factor.kind === 'template' && isScalar(factor.template.body) && plainExponent(exponent) === null) return null;
      return this.#factor({ factor: { ...factor, arguments: late }, exponent });
    });
  }

  /** The weights of the times 0 … EARLY must vanish in the limit, or the early quantities would stay. */
  #requireLateWeights(late: Expression): void {
    for (const term of late.terms) {
      term.sorts.forEach((sort, index) => {
        if (sort !== 'history') return;
        const early = makeTerm({
          ...term,
          constraints: [...term.constraints, { left: index, right: ZERO, bound: EARLY }],
        });
        if (early !== null && this.limit(this.#closed(sumTerms([early]))).terms.length > 0)
          refuse('no-limit', NO_LIMIT);
      });
    }
  }
}
