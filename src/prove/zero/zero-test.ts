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
import { isProbablyNonzero } from '../../rewrite/probe.ts';
import { sumOut } from '../../rewrite/resum.ts';
import { unfoldLayer } from '../../rewrite/unfold.ts';
import { type Proof, Trace } from '../trace.ts';

export type ZeroTest =
  | { readonly kind: 'zero'; readonly steps: readonly string[] }
  | { readonly kind: 'nonzero'; readonly remainder: Expression }
  | { readonly kind: 'stopped'; readonly reason: string };

interface Tools {
  readonly bases: Bases;
  readonly assumptions: Assumptions;
  readonly budget: Budget;
  /** Whether the quantities of a difference are equal: the same search, one level down. */
  readonly isZero: (difference: Expression) => boolean;
  /** What a rule multiplies the whole expression by is added here. */
  readonly multiplied: Expression[];
}

/** A rule names itself in the steps of a proof. */
export interface Rule {
  readonly name: string;
  readonly apply: (expression: Expression, tools: Tools) => Expression;
}

export interface ZeroOptions {
  /** Gets the proof, where there is one. */
  readonly onProof?: (proof: Proof) => void;
  /** Looks at numbers before it searches; on unless said otherwise. */
  readonly probe?: boolean;
  /** What is applied in place of each rule: itself unless said otherwise. For tests of what catches a broken one. */
  readonly replaced?: (rule: Rule) => Rule;
}

const CLOSED_FORMS: Rule = {
  name: 'sums in closed form',
  apply: (e, { assumptions, budget }) => sumOut(e, assumptions, budget),
};
const CONTEXT: Rule = { name: 'n ≥ 0', apply: e => underContext(e) };
const CELLS: Rule = { name: 'domains split into common cells', apply: (e, { budget }) => splitIntoCells(e, budget) };
const SCALARS: Rule = {
  name: 'hyperparameters multiplied out',
  apply: (e, { assumptions, budget, multiplied }) => clearScalars(e, assumptions, budget, multiplied),
};
const EVERYTHING: Rule = {
  name: 'definitions inserted, products multiplied out',
  apply: (e, { bases }) => bases.canonical(e),
};
const DENOMINATORS: Rule = {
  name: 'common denominators',
  apply: (e, { assumptions, budget, multiplied }) => clearDenominators(e, assumptions, budget, multiplied),
};

const FRACTIONS: Rule = {
  name: 'fractions of hyperparameters added',
  apply: (e, { budget }) => (e.terms.length <= MOST_COLLECTED && addsToZero(e, budget) ? ZERO_EXPRESSION : e),
};

const SETTLE: Rule = { name: 'bases brought to one form', apply: (e, { bases }) => bases.settle(e) };
const MATCH: Rule = {
  name: 'equal quantities written alike',
  apply: (e, { isZero: equal, budget }) => matchQuantities(e, equal, budget),
};
const LAYER: Rule = {
  name: 'definitions inserted',
  apply: (e, { bases, budget }) => bases.settle(unfoldLayer(e, budget)),
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
  readonly #options: ZeroOptions;
  readonly #trace: Trace | null;
  /** Of the step that is being made. */
  #lemmas: Proof[] = [];

  constructor(tools: Omit<Tools, 'isZero' | 'multiplied'>, depth: number, options: ZeroOptions) {
    this.#tools = { ...tools, isZero: difference => this.#inner(difference), multiplied: [] };
    this.#depth = depth;
    this.#options = options;
    this.#trace = options.onProof === undefined ? null : new Trace();
  }

  /** What is left of the expression; zero when the search succeeded. */
  run(expression: Expression): Expression {
    try {
      const rest = this.#search(expression);
      if (isZero(rest)) this.#finish(expression);
      return rest;
    } catch (error) {
      if (!(error instanceof Vanished)) throw error;
      this.#finish(expression);
      return ZERO_EXPRESSION;
    }
  }

  #finish(start: Expression): void {
    if (this.#trace !== null)
      this.#options.onProof?.({ goal: 'zero', what: '', start, steps: this.#trace.path(start) });
  }

  #search(expression: Expression): Expression {
    let layer = this.#apply([SETTLE], expression);
    if (this.#depth < MAX_DEPTH) layer = this.#apply([MATCH], layer);
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
      const next = this.#apply([LAYER], layer);
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
    return rules.reduce((e, rule) => this.#step(this.#options.replaced?.(rule) ?? rule, e, tools), expression);
  }

  #step(rule: Rule, before: Expression, tools: Tools): Expression {
    const multiplied: Expression[] = [];
    this.#lemmas = [];
    const after = rule.apply(before, { ...tools, multiplied });
    if (after === before) return after;
    if (!this.steps.includes(rule.name)) this.steps.push(rule.name);
    this.#trace?.note({
      rule: rule.name,
      before,
      after,
      relation: multiplied.length === 0 ? { kind: 'equal' } : { kind: 'times', factors: multiplied },
      lemmas: this.#lemmas,
    });
    if (isZero(after)) throw new Vanished();
    return after;
  }

  /** Whether two quantities inside the expression are equal: the same search, one level down. */
  #inner(difference: Expression): boolean {
    if (isZero(difference)) return true;
    const lemmas = this.#lemmas;
    const search = new Search(this.#tools, this.#depth + 1, {
      ...this.#options,
      ...(this.#trace === null ? {} : { onProof: lemma => lemmas.push(lemma) }),
    });
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
export function testZero(
  expression: Expression,
  assumptions: Assumptions,
  budget: Budget,
  options: ZeroOptions = {},
): ZeroTest {
  if (isZero(expression)) {
    options.onProof?.({ goal: 'zero', what: '', start: expression, steps: [] });
    return { kind: 'zero', steps: [] };
  }
  if (options.probe !== false && isProbablyNonzero(expression)) return { kind: 'nonzero', remainder: expression };
  try {
    const search = new Search({ bases: new Bases(assumptions, budget), assumptions, budget }, 0, options);
    const rest = search.run(expression);
    return isZero(rest) ? { kind: 'zero', steps: search.steps } : { kind: 'nonzero', remainder: rest };
  } catch (error) {
    if (error instanceof BudgetSpent) return { kind: 'stopped', reason: error.reason };
    // A denominator that a rule shows to be zero: the expression has no value, so that it is neither zero nor not.
    if (error instanceof Refusal) return { kind: 'stopped', reason: error.message };
    throw error;
  }
}
