/**
 * The limit n → ∞ of an expression of the full batch, for every admissible value of the hyperparameters and gradients but
 * where one of the returned `divisors` vanishes. Only named theorems are used (limit-notes.ts), their conditions are
 * checked, and where none applies there is no limit: nothing is put in place of a quantity because it looks late. The limit
 * is of right-hand sides, not of trajectories.
 */
import { Budget, BudgetSpent } from '../../base/budget.ts';
import { attempt, refuse } from '../../base/problem.ts';
import { RememberedOf } from '../../base/work.ts';
import { type Assumptions, assumptionsKey } from '../../expression/arithmetic/assumptions.ts';
import {
  add,
  type Expression,
  factorExpression,
  isZero,
  multiply,
  openTerm,
  sameExpression,
  scale,
  substituteIndices,
  sumOverAll,
  sumTerms,
  ZERO_EXPRESSION,
} from '../../expression/core/expression.ts';
import { type Exponent, type FactorPower, factorForms, plainExponent } from '../../expression/core/factor.ts';
import { applyFunction } from '../../expression/arithmetic/functions.ts';
import { ITERATION_INDEX } from '../../expression/core/indices.ts';
import { powerOfForm } from '../../expression/arithmetic/power-of-form.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { isScalar } from '../../expression/arithmetic/scalar.ts';
import { argumentMap, instantiate, slotsOf, type Template } from '../../expression/core/template.ts';
import { endsAtForm, type Term } from '../../expression/core/term.ts';
import { coefficientOf, type LinearForm, shiftForm, variableForm } from '../../number/linear-form.ts';
import { Bases } from '../../rewrite/rules/bases.ts';
import { signsAsBrackets } from '../../rewrite/rules/brackets.ts';
import { splitIntoCells } from '../../rewrite/rules/sums/cells.ts';
import { underContext } from '../../rewrite/context.ts';
import { cancelFractions } from '../../rewrite/rules/fractions.ts';
import { inPartialFractions } from '../../rewrite/rules/apart/partial-fractions.ts';
import { cancelInN } from '../../rewrite/rules/rational-in-n.ts';
import { sumOut } from '../../rewrite/rules/sums/resum.ts';
import { countedUp } from '../../rewrite/rules/sums/reversed.ts';
import { writeOutShortSums } from '../../rewrite/rules/sums/short-sums.ts';
import { takeSignsApart } from '../../rewrite/rules/signs-apart.ts';
import { unfoldLayer, unfoldScalars } from '../../rewrite/unfold.ts';
import type { Proof } from '../trace.ts';
import { growthOf } from './growth.ts';
import { lateTerm } from './late-range.ts';
import { LimitNotebook, type LimitNotes } from './limit-notes.ts';
import { limitOfFractions } from './limit-of-fractions.ts';
import { provablyAbove, provablyNonzero } from '../sign/nonzero.ts';
import { LimitOfSums } from './limit-of-sums.ts';
import { iterationUnderSum } from './under-the-sum.ts';

export interface Limit {
  readonly value: Expression;
  /** Symbols r: the difference from the limit is of the order of their n-th powers, up to powers of n; empty where it is not. */
  readonly rates: readonly string[];
  /** Whether the limit is approached more slowly than powers r^n say. */
  readonly isSlow: boolean;
  /** What must not vanish for this to be the limit; nothing is said of the limit where one of them does. */
  readonly divisors: readonly Expression[];
  /** The theorems that were used. */
  readonly theorems: readonly string[];
  /** How it was found, theorem by theorem. */
  readonly proofs: readonly Proof[];
}

/** The limit as a proof, whose lemmas are the limits of its parts. */
export function limitProof(what: string, before: Expression, { value, divisors, proofs }: Limit): Proof {
  const relation = { kind: 'limit', divisors } as const;
  return {
    goal: 'limit',
    what,
    start: before,
    steps: [{ rule: 'limit n → ∞', before, after: value, relation, lemmas: proofs }],
  };
}

/** Several claims are about the limit of one derived equation. */
const known = new RememberedOf<Expression, Limit>();

/** The limit n → ∞; refuses where it finds none. */
export function largeN(expression: Expression, assumptions: Assumptions, budget: Budget): Limit {
  return known.get(expression, assumptionsKey(assumptions), () => findLimit(expression, assumptions, budget), budget);
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
  const fractions = attempt(() => {
    const notebook = new LimitNotebook();
    const value = limitOfFractions(expression, assumptions, budget, notebook);
    return value === null ? null : limitFrom(value, notebook.notes);
  });
  return (fractions.ok ? fractions.value : null) ?? stepByStep(expression, assumptions, budget);
}

function stepByStep(expression: Expression, assumptions: Assumptions, budget: Budget): Limit {
  const limiter = new Limiter(assumptions, budget);
  return limitFrom(limiter.limit(expression), limiter.notes);
}

const limitFrom = (value: Expression, { theorems, rates, isSlow, divisors, proofs }: LimitNotes): Limit => ({
  value,
  rates: isSlow ? [] : [...rates].sort(),
  isSlow,
  divisors: [...divisors.values()],
  theorems: [...theorems],
  proofs,
});

const noLimit = (): never => refuse('no-limit', 'no limit for n → ∞ was found');

/** Terms made before sums are first carried out at finite n. */
const QUICK = 1_500;
/** Powers of n that are taken under a sum. */
const MOST_TAKEN = 3;

interface Noted {
  readonly value: Expression;
  readonly notes: LimitNotes;
}

class Limiter {
  readonly #assumptions: Assumptions;
  readonly #budget: Budget;
  readonly #bases: Bases;
  readonly #templates = new Map<string, Noted>();
  readonly #notebook = new LimitNotebook();
  readonly #sums: LimitOfSums;
  /** Factors n that are taken under a sum at present. */
  #taken = 0;

  constructor(assumptions: Assumptions, budget: Budget) {
    this.#assumptions = assumptions;
    this.#budget = budget;
    this.#bases = new Bases(assumptions, budget);
    this.#sums = new LimitOfSums({
      assumptions,
      budget,
      notebook: this.#notebook,
      ofTerms: expression => this.#ofTerms(expression),
      product: factors => this.#product(factors),
      factor: own => this.#factor(own),
      limitOfClosed: whole => this.#limitOfClosed(whole),
      closed: (expression, facts) => this.#closed(expression, facts),
      note: divisor => this.#note(divisor),
    });
  }

  get notes(): LimitNotes {
    return this.#notebook.notes;
  }

  limit(expression: Expression): Expression {
    const signless = this.#withoutSigns(expression);
    const settled = underContext(this.#bases.settle(signless));
    const first = [
      { rule: WITHOUT_SIGNS, value: signless },
      { rule: SETTLED, value: settled },
    ];
    return (
      this.#first([
        () => this.#notebook.show(expression, () => ({ ...CONTINUOUS, after: this.#ofTerms(settled), equal: first })),
        () => {
          // Terms that grow may cancel once they stand over one denominator.
          const plain = cancelInN(this.#plain(settled));
          if (sameExpression(plain, settled)) return null;
          const equal = [...first, { rule: ADDED, value: plain }];
          return this.#notebook.show(expression, () => ({ ...CONTINUOUS, after: this.#ofTerms(plain), equal }));
        },
        () => {
          // Sums that grow may cancel but for their ends.
          const ends = this.#telescoped(settled);
          if (sameExpression(ends, settled)) return null;
          const equal = [...first, { rule: TELESCOPED, value: ends }];
          return this.#notebook.show(expression, () => ({ ...CONTINUOUS, after: this.#ofTerms(ends), equal }));
        },
      ]) ?? noLimit()
    );
  }

  /** Signs and absolute values taken apart, those of indices as conditions: for large n, n ≥ c holds and n ≤ c does not. */
  #withoutSigns(expression: Expression): Expression {
    const tools = { bases: this.#bases, budget: this.#budget };
    const apart = takeSignsApart(expression, this.#assumptions, tools);
    return signsAsBrackets(apart, this.#assumptions, this.#budget);
  }

  /** Sums of fractions of an index as sums of one fraction over common ranges. */
  #telescoped(expression: Expression): Expression {
    const open = countedUp(this.#plain(expression), this.#budget);
    const parts = inPartialFractions(open, this.#budget);
    const cells = underContext(splitIntoCells(parts, this.#budget), this.#assumptions.indices);
    return cancelInN(writeOutShortSums(cells, this.#budget));
  }

  /** The first of the ways that gives a limit; what the others noted is forgotten. */
  #first(ways: readonly (() => Expression | null)[]): Expression | null {
    for (const way of ways) {
      const found = attempt(() => this.#notebook.during(way));
      if (!found.ok || found.value.value === null) continue;
      this.#notebook.adopt(found.value.notes);
      return found.value.value;
    }
    return null;
  }

  #ofTerms(expression: Expression): Expression {
    if (expression.terms.length > 1) this.#notebook.theorem(CONTINUITY);
    return add(...expression.terms.map(term => this.#term(term)));
  }

  #term(term: Term): Expression {
    this.#budget.spend();
    const late = lateTerm(term, this.#assumptions);
    if (late === null) return ZERO_EXPRESSION;
    if (late.sorts.some(sort => sort === 'history')) return this.#sum(late);
    if (endsAtForm(late)) return noLimit();
    const whole = sumTerms([late]);
    return this.#notebook.show(whole, () => ({ ...CONTINUOUS, after: this.#plainTerm(late) })) ?? noLimit();
  }

  /** The limit of a term without summed times. */
  #plainTerm(term: Term): Expression {
    const opened = openTerm(term);
    const value = this.#product(opened.factors);
    return scale(sumOverAll(value, opened.open, opened.sorts, opened.constraints), opened.coefficient);
  }

  /** The limit of a product without summed times. */
  #product(factors: readonly FactorPower[]): Expression {
    const growth = growthOf(factors, this.#assumptions);
    if (growth === null || growth.kind === 'grows') return noLimit();
    // What stands beside a power that vanishes must be bounded: it has a limit.
    const rest = multiply(...growth.rest.map(own => this.#factor(own)));
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
  #factor(own: FactorPower): Expression {
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
    if (plain.sign() < 0) {
      if (isZero(base)) return noLimit();
      this.#note(base);
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
    const plain = plainExponent(exponent);
    if (plain === null || plain.sign() >= 0) return;
    const base = factor.kind === 'template' ? instantiate(factor.template, factor.arguments) : factorExpression(factor);
    if (isScalar(base)) this.#note(base);
  }

  #note(divisor: Expression): void {
    if (!provablyNonzero(divisor, this.#assumptions, this.#budget)) this.#notebook.divisor(divisor);
  }

  /** A function at the limit of its argument, where it is continuous. */
  #function(factor: Extract<FactorPower['factor'], { readonly kind: 'function' }>, argument: Expression): Expression {
    if (factor.name === 'log' && !provablyAbove(argument, this.#assumptions, this.#budget)) return noLimit();
    if (factor.name === 'sign') {
      if (isZero(argument)) return noLimit();
      this.#note(argument);
    }
    return applyFunction(factor.name, factor.parity, factor.order, argument);
  }

  /** The limit of a template as its arguments with n go to infinity. */
  #template(template: Template, args: readonly LinearForm[]): Expression {
    const late = args.map(form => coefficientOf(form, ITERATION_INDEX));
    if (late.filter(each => each !== 0).length > 1 || late.some(each => each < 0))
      return this.limit(instantiate(template, args));
    const key = `${template.id}|${late.map(each => (each === 0 ? 0 : 1)).join('')}`;
    let image = this.#templates.get(key);
    if (image === undefined) {
      const toN = new Map(
        slotsOf(template).flatMap((index, position) =>
          late[position] === 0 ? [] : [[index, variableForm(ITERATION_INDEX)] as const],
        ),
      );
      image = this.#notebook.during(() => this.limit(substituteIndices(template.body, toN)));
      this.#templates.set(key, image);
    }
    // The limit has no slots left but those of other labels.
    const map = argumentMap(template, args);
    const { divisors, ...rest } = image.notes;
    this.#notebook.adopt({ ...rest, divisors: new Map() });
    for (const divisor of divisors.values()) this.#note(substituteIndices(divisor, map));
    return substituteIndices(image.value, map);
  }

  /** A term with sums over times: in closed form, by a theorem on limits under a sum, or with a definition inserted. */
  #sum(term: Term): Expression {
    const whole = sumTerms([term]);
    return (
      this.#first([
        () => {
          const closed = this.#closed(whole);
          return hasTimes(closed) ? null : this.#through(whole, CLOSED, closed, () => this.limit(closed));
        },
        () => this.#sums.weighted(term),
        () => {
          const closed = this.#closed(whole);
          return sameExpression(closed, whole)
            ? null
            : this.#through(whole, CLOSED, closed, () => this.#ofTerms(closed));
        },
        () => {
          const turned = countedUp(whole, this.#budget);
          return sameExpression(turned, whole)
            ? null
            : this.#through(whole, TURNED, turned, () => this.#ofTerms(turned));
        },
        () => {
          const under = this.#taken < MOST_TAKEN ? iterationUnderSum(term) : null;
          return under === null ? null : this.#through(whole, UNDER, under, () => this.#takenUnder(under));
        },
        ...this.#sums.dominated(term),
        () => {
          const opened = unfoldLayer(whole, this.#budget);
          return sameExpression(opened, whole)
            ? null
            : this.#through(whole, INSERTED, opened, () => this.limit(opened));
        },
      ]) ?? noLimit()
    );
  }

  /** The limit of an expression that a rule makes of this one. */
  #through(whole: Expression, rule: string, value: Expression, limit: () => Expression): Expression | null {
    return this.#notebook.show(whole, () => ({ ...CONTINUOUS, after: limit(), equal: [{ rule, value }] }));
  }

  #takenUnder(expression: Expression): Expression {
    this.#taken += 1;
    try {
      return this.#ofTerms(expression);
    } finally {
      this.#taken -= 1;
    }
  }

  #limitOfClosed(whole: Expression): Expression {
    const closed = this.#closed(whole);
    if (hasTimes(closed)) return noLimit();
    return this.#through(whole, CLOSED, closed, () => this.limit(closed)) ?? noLimit();
  }

  #closed(expression: Expression, facts: Assumptions = this.#assumptions): Expression {
    return this.#plain(sumOut(unfoldScalars(expression, this.#budget, facts), facts, this.#budget));
  }

  #plain(expression: Expression): Expression {
    const budget = this.#budget;
    const facts = this.#assumptions;
    return underContext(
      unfoldScalars(cancelFractions(unfoldScalars(expression, budget, facts), budget), budget, facts),
    );
  }
}

const CONTINUITY = 'continuity: sums, products, quotients, roots and smooth functions of limits';
const GEOMETRIC = 'n^a r^n → 0 for |r| < 1';
const LEADING = 'a ratio of powers of n has the limit of its leading terms';

const CONTINUOUS = { rule: CONTINUITY } as const;
const WITHOUT_SIGNS = 'signs and absolute values taken apart';
const TELESCOPED = 'partial fractions, and sums over common ranges';
const TURNED = 'sums counted from the other end';
const UNDER = 'a n + b = a (n + d − x) + a (x + c) + (b − a d − a c) under the sum';
const SETTLED = 'bases brought to one form';
const ADDED = 'fractions of hyperparameters added';
const CLOSED = 'sums in closed form';
const INSERTED = 'definitions inserted';

const productOf = (factors: readonly FactorPower[]): Expression =>
  multiply(...factors.map(({ factor, exponent }) => factorExpression(factor, exponent)));

const hasTimes = ({ terms }: Expression): boolean => terms.some(term => term.sorts.includes('history'));
