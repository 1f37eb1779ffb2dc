/**
 * Is an expression zero, for all n ≥ 0, all p, all losses and all hyperparameters that the assumptions allow?
 *
 * Sound always: every step is an identity or a multiplication by a denominator that is non-zero off a null set. The class
 * for which it is complete is stated in docs/normal-form.md; outside it `nonzero` may be wrong, so a counterexample must
 * confirm it.
 */
import { Budget, BudgetSpent } from '../../base/budget.ts';
import { Refusal } from '../../base/problem.ts';
import type { Assumptions } from '../../expression/assumptions.ts';
import { type Expression, isZero, ZERO_EXPRESSION } from '../../expression/expression.ts';
import { Bases } from '../../rewrite/bases.ts';
import { splitIntoCells } from '../../rewrite/cells.ts';
import { underContext } from '../../rewrite/context.ts';
import { collect } from '../../rewrite/collect-terms.ts';
import { clearDenominators, clearScalars } from '../../rewrite/denominators.ts';
import { matchQuantities } from '../../rewrite/match.ts';
import { Variables } from '../../rewrite/polynomial-variables.ts';
import { hasSigns, isZeroByCases } from './sign-cases.ts';
import { isProbablyNonzero } from '../../rewrite/probe.ts';
import { sumOut } from '../../rewrite/resum.ts';
import { unfoldLayer } from '../../rewrite/unfold.ts';

export type ZeroTest =
  | { readonly kind: 'zero'; readonly steps: readonly string[] }
  | { readonly kind: 'nonzero'; readonly remainder: Expression }
  | { readonly kind: 'stopped'; readonly reason: string };

interface Tools {
  readonly bases: Bases;
  readonly assumptions: Assumptions;
  readonly budget: Budget;
}

/** A rule names itself in the steps of a proof. */
interface Rule {
  readonly name: string;
  readonly apply: (expression: Expression, tools: Tools) => Expression;
}

const CLOSED_FORMS: Rule = {
  name: 'sums in closed form',
  apply: (e, { assumptions, budget }) => sumOut(e, assumptions, budget),
};
const CONTEXT: Rule = { name: 'n ≥ 0', apply: e => underContext(e) };
const CELLS: Rule = { name: 'domains split into common cells', apply: (e, { budget }) => splitIntoCells(e, budget) };
const SCALARS: Rule = {
  name: 'hyperparameters multiplied out',
  apply: (e, { assumptions, budget }) => clearScalars(e, assumptions, budget),
};
const EVERYTHING: Rule = {
  name: 'definitions inserted, products multiplied out',
  apply: (e, { bases }) => bases.canonical(e),
};
const DENOMINATORS: Rule = {
  name: 'common denominators',
  apply: (e, { assumptions, budget }) => clearDenominators(e, assumptions, budget),
};

const FRACTIONS: Rule = {
  name: 'fractions of hyperparameters added',
  apply: (e, { budget }) => (e.terms.length <= MOST_COLLECTED && addsToZero(e, budget) ? ZERO_EXPRESSION : e),
};

/** Fractions of more terms than this are not added. */
const MOST_COLLECTED = 200;

/** Whether the fractions that stand with each sum cancel. */
function addsToZero(expression: Expression, budget: Budget): boolean {
  budget.spend(expression.terms.length);
  return collect(expression, new Variables())?.length === 0;
}

/** Tried on every layer without losing it: these only make more terms. */
const ON_A_LAYER: readonly Rule[] = [CLOSED_FORMS, CONTEXT, CELLS, SCALARS, CONTEXT, CLOSED_FORMS, SCALARS, FRACTIONS];
const AT_THE_END: readonly Rule[] = [EVERYTHING, CLOSED_FORMS, CONTEXT, CELLS, FRACTIONS, DENOMINATORS];

/** Parts of the budget for one attempt, in terms made. */
const QUICK = 1_500;
const THOROUGH = 6_000;
const LAYERS = 5;
const ROUNDS = 4;
/** A layer with more terms than this is left to the last stage. */
const MAX_LAYER_TERMS = 400;

/** Thrown out of the search as soon as the expression has become zero. */
class Vanished extends Error {}

class Search {
  readonly #tools: Tools;
  readonly steps: string[] = [];
  readonly #depth: number;

  constructor(tools: Tools, depth: number) {
    this.#tools = tools;
    this.#depth = depth;
  }

  /** What is left of the expression; zero when the search succeeded. */
  run(expression: Expression): Expression {
    try {
      return this.#search(expression);
    } catch (error) {
      if (error instanceof Vanished) return ZERO_EXPRESSION;
      throw error;
    }
  }

  #search(expression: Expression): Expression {
    let layer = this.#step('bases brought to one form', expression, e => this.#tools.bases.settle(e));
    if (this.#depth < MAX_DEPTH)
      layer = this.#step('equal quantities written alike', layer, e =>
        matchQuantities(e, d => this.#inner(d), this.#tools.assumptions.indices, this.#tools.budget),
      );
    const layers = this.#layers(layer);
    this.#within(QUICK, tools => this.#apply([EVERYTHING], expression, tools));
    for (const each of layers) this.#within(THOROUGH, tools => this.#apply(ON_A_LAYER, each, tools));
    let current = layers.at(-1) ?? expression;
    for (let round = 0; round < ROUNDS; round += 1) {
      const next = this.#apply(AT_THE_END, current);
      if (next === current) break;
      current = next;
    }
    return current;
  }

  /** The expression with more and more of its definitions inserted. */
  #layers(start: Expression): Expression[] {
    const layers = [start];
    let layer = start;
    while (layers.length < LAYERS && layer.terms.length <= MAX_LAYER_TERMS) {
      const next = this.#step('definitions inserted', layer, e =>
        this.#tools.bases.settle(unfoldLayer(e, this.#tools.budget)),
      );
      if (next === layer) break;
      layers.push(next);
      layer = next;
    }
    return layers;
  }

  /** An attempt with a part of the budget: when that is spent the search goes on in another way. */
  #within(steps: number, attempt: (tools: Tools) => Expression): void {
    const budget = new Budget(steps);
    try {
      attempt({ ...this.#tools, bases: new Bases(this.#tools.assumptions, budget), budget });
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
    }
    this.#tools.budget.spend(budget.spent);
  }

  #apply(rules: readonly Rule[], expression: Expression, tools: Tools = this.#tools): Expression {
    return rules.reduce((e, rule) => this.#step(rule.name, e, value => rule.apply(value, tools)), expression);
  }

  #step(name: string, expression: Expression, apply: (e: Expression) => Expression): Expression {
    const next = apply(expression);
    if (next !== expression && !this.steps.includes(name)) this.steps.push(name);
    if (isZero(next)) throw new Vanished();
    return next;
  }

  /** Whether two quantities inside the expression are equal: the same search, one level down. */
  #inner(difference: Expression): boolean {
    if (isZero(difference)) return true;
    const search = new Search(this.#tools, this.#depth + 1);
    const zero = isZero(search.run(difference));
    if (zero) for (const step of search.steps) if (!this.steps.includes(step)) this.steps.push(step);
    return zero;
  }
}

const MAX_DEPTH = 3;

/**
 * Decides whether the expression is zero; `steps` are the rules that were needed. Never answers `zero` for an expression
 * whose probe is far from zero, so a mistake in a rule cannot make a proof.
 */
export function testZero(expression: Expression, assumptions: Assumptions, budget: Budget): ZeroTest {
  if (isZero(expression)) return { kind: 'zero', steps: [] };
  if (isProbablyNonzero(expression)) return { kind: 'nonzero', remainder: expression };
  try {
    const search = new Search({ bases: new Bases(assumptions, budget), assumptions, budget }, 0);
    const rest = search.run(expression);
    if (isZero(rest)) return { kind: 'zero', steps: search.steps };
    // Before anything is multiplied by what may be zero where a sign is.
    const open = withOpenSigns(expression, new Bases(assumptions, budget), budget);
    return hasSigns(open) && byCases(open, search.steps, assumptions, budget)
      ? { kind: 'zero', steps: search.steps }
      : { kind: 'nonzero', remainder: rest };
  } catch (error) {
    if (error instanceof BudgetSpent) return { kind: 'stopped', reason: error.reason };
    // A denominator that a rule shows to be zero: the expression has no value, so that it is neither zero nor not.
    if (error instanceof Refusal) return { kind: 'stopped', reason: error.message };
    throw error;
  }
}

/** Definitions are inserted at most so often to find the signs in them. */
const SIGN_LAYERS = 3;

/** The expression with signs among its factors where it has any. */
function withOpenSigns(expression: Expression, bases: Bases, budget: Budget): Expression {
  let current = bases.settle(expression);
  for (let layer = 0; layer < SIGN_LAYERS && !hasSigns(current); layer += 1) {
    const next = bases.settle(unfoldLayer(current, budget));
    if (next === current) break;
    current = next;
  }
  return current;
}

/** Whether the expression is zero whatever the signs are; the steps are noted. */
function byCases(expression: Expression, steps: string[], assumptions: Assumptions, budget: Budget): boolean {
  const note = (step: string): void => {
    if (!steps.includes(step)) steps.push(step);
  };
  note('signs split by cases');
  const test = (value: Expression): boolean => {
    const search = new Search({ bases: new Bases(assumptions, budget), assumptions, budget }, 0);
    const zero = isZero(search.run(value));
    for (const step of search.steps) note(step);
    return zero;
  };
  return isZeroByCases(expression, test, assumptions, budget);
}
