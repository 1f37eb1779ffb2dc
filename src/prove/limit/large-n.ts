/**
 * The limit n → ∞ of an expression of the full batch, for every admissible value of the hyperparameters and gradients but
 * where one of the returned `divisors` vanishes. Only named theorems are used (limit-notes.ts), their conditions are
 * checked, and where none applies there is no limit: nothing is put in place of a quantity because it looks late. The limit
 * is of right-hand sides, not of trajectories.
 */
import { Budget, BudgetSpent } from '../../base/budget.ts';
import { attempt } from '../../base/problem.ts';
import { RememberedOf } from '../../base/work.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { assumptionsKey } from '../../expression/arithmetic/assumptions.ts';
import type { Expression } from '../../expression/core/expression.ts';
import {
  ZERO_EXPRESSION,
  add,
  openTerm,
  sameExpression,
  scale,
  sumOverAll,
  sumTerms,
} from '../../expression/core/expression.ts';
import type { Term } from '../../expression/core/term.ts';
import { endsAtForm } from '../../expression/core/term.ts';
import { underContext } from '../../rewrite/context.ts';
import { inPartialFractions } from '../../rewrite/rules/apart/partial-fractions.ts';
import { Bases } from '../../rewrite/rules/bases.ts';
import { signsAsBrackets } from '../../rewrite/rules/brackets.ts';
import { cancelFractions } from '../../rewrite/rules/fractions.ts';
import { cancelInN } from '../../rewrite/rules/rational-in-n.ts';
import { takeSignsApart } from '../../rewrite/rules/signs-apart.ts';
import { splitIntoCells } from '../../rewrite/rules/sums/cells.ts';
import { withRemainders } from '../../rewrite/rules/sums/geometric-remainders.ts';
import { sumOut } from '../../rewrite/rules/sums/resum.ts';
import { countedUp } from '../../rewrite/rules/sums/reversed.ts';
import { writeOutShortSums } from '../../rewrite/rules/sums/short-sums.ts';
import { unfoldLayer, unfoldScalars } from '../../rewrite/unfold.ts';
import * as by from './equal-steps.ts';
import { lateTerm } from './late-range.ts';
import type { LimitNotes } from './limit-notes.ts';
import { LimitNotebook } from './limit-notes.ts';
import { CONTINUITY, CONTINUOUS, LimitOfFactors, noLimit } from './limit-of-factors.ts';
import { limitOfFractions } from './limit-of-fractions.ts';
import { LimitOfSums } from './limit-of-sums.ts';
import type { Limit } from './limit.ts';
import { iterationUnderSum } from './under-the-sum.ts';

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

/** Terms made before sums are first carried out at finite n. */
const QUICK = 1_500;

/** Powers of n that are taken under a sum. */
const MOST_TAKEN = 3;

class Limiter {
  readonly #assumptions: Assumptions;
  readonly #budget: Budget;
  readonly #bases: Bases;
  readonly #notebook = new LimitNotebook();
  readonly #factors: LimitOfFactors;
  readonly #sums: LimitOfSums;
  /** Factors n that are taken under a sum at present. */
  #taken = 0;

  constructor(assumptions: Assumptions, budget: Budget) {
    this.#assumptions = assumptions;
    this.#budget = budget;
    this.#bases = new Bases(assumptions, budget);
    this.#factors = new LimitOfFactors({
      assumptions,
      budget,
      notebook: this.#notebook,
      limit: each => this.limit(each),
    });
    this.#sums = new LimitOfSums({
      assumptions,
      budget,
      notebook: this.#notebook,
      ofTerms: expression => this.#ofTerms(expression),
      product: factors => this.#factors.product(factors),
      factor: own => this.#factors.factor(own),
      limitOfClosed: whole => this.#limitOfClosed(whole),
      closed: (expression, facts) => this.#closed(expression, facts),
      note: divisor => this.#factors.note(divisor),
    });
  }

  get notes(): LimitNotes {
    return this.#notebook.notes;
  }

  limit(expression: Expression): Expression {
    const signless = this.#withoutSigns(expression);
    const settled = underContext(this.#bases.onBases(signless));
    const first = [
      { rule: by.WITHOUT_SIGNS, value: signless },
      { rule: by.SETTLED, value: settled },
    ];
    return (
      this.#first([
        () => this.#notebook.show(expression, () => ({ ...CONTINUOUS, after: this.#ofTerms(settled), equal: first })),
        () => {
          // Terms that grow may cancel once they stand over one denominator.
          const plain = cancelInN(this.#plain(settled));
          if (sameExpression(plain, settled)) return null;
          const equal = [...first, { rule: by.ADDED, value: plain }];
          return this.#notebook.show(expression, () => ({ ...CONTINUOUS, after: this.#ofTerms(plain), equal }));
        },
        () => {
          // Sums that grow may cancel but for their ends.
          const ends = this.#telescoped(settled);
          if (sameExpression(ends, settled)) return null;
          const equal = [...first, { rule: by.TELESCOPED, value: ends }];
          return this.#notebook.show(expression, () => ({ ...CONTINUOUS, after: this.#ofTerms(ends), equal }));
        },
        () => {
          // Beside 1/(1 − β^l) under a sum, what grows is a sum without it.
          const apart = this.#withoutRemainders(settled);
          if (apart === null) return null;
          const equal = [...first, { rule: by.REMAINDERS, value: apart }];
          return this.#notebook.show(expression, () => ({ ...CONTINUOUS, after: this.#ofParts(apart), equal }));
        },
        // Powers of n above and below fraction lines that have hyperparameters in them too.
        () => limitOfFractions(expression, this.#assumptions, this.#budget, this.#notebook),
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

  /** Denominators 1 − β^l under sums taken apart, and the sums without them carried out; null where there are none. */
  #withoutRemainders(expression: Expression): Expression | null {
    const apart = withRemainders(expression, this.#assumptions);
    return sameExpression(apart, expression)
      ? null
      : this.#plain(sumOut(this.#plain(apart), this.#assumptions, this.#budget));
  }

  /** Sums over times one by one, and beside them all other terms over their common denominators. */
  #ofParts({ terms }: Expression): Expression {
    const fractions = sumTerms(terms.filter(term => !hasTimes({ terms: [term] })));
    const limit = limitOfFractions(fractions, this.#assumptions, this.#budget, this.#notebook) ?? noLimit();
    return add(limit, this.#ofTerms(sumTerms(terms.filter(term => hasTimes({ terms: [term] })))));
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
    const value = this.#factors.product(opened.factors);
    return scale(sumOverAll(value, opened.open, opened.sorts, opened.constraints), opened.coefficient);
  }

  /** A term with sums over times: in closed form, by a theorem on limits under a sum, or with a definition inserted. */
  #sum(term: Term): Expression {
    const whole = sumTerms([term]);
    return (
      this.#first([
        () => {
          const closed = this.#closed(whole);
          return hasTimes(closed) ? null : this.#through(whole, by.CLOSED, closed, () => this.limit(closed));
        },
        () => this.#sums.weighted(term),
        () => {
          const closed = this.#closed(whole);
          return sameExpression(closed, whole)
            ? null
            : this.#through(whole, by.CLOSED, closed, () => this.#ofTerms(closed));
        },
        () => {
          const turned = countedUp(whole, this.#budget);
          return sameExpression(turned, whole)
            ? null
            : this.#through(whole, by.TURNED, turned, () => this.#ofTerms(turned));
        },
        () => {
          const under = this.#taken < MOST_TAKEN ? iterationUnderSum(term) : null;
          return under === null ? null : this.#through(whole, by.UNDER, under, () => this.#takenUnder(under));
        },
        ...this.#sums.dominated(term),
        () => {
          const opened = unfoldLayer(whole, this.#budget);
          return sameExpression(opened, whole)
            ? null
            : this.#through(whole, by.INSERTED, opened, () => this.limit(opened));
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
    return this.#through(whole, by.CLOSED, closed, () => this.limit(closed)) ?? noLimit();
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

const hasTimes = ({ terms }: Expression): boolean => terms.some(term => term.sorts.includes('history'));
