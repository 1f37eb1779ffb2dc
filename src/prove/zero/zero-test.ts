/**
 * Is an expression zero, for all n ≥ 0, all p, all losses and all hyperparameters that the assumptions allow?
 *
 * Sound always: every step is an identity or a multiplication by a denominator that is non-zero off a null set. The class
 * for which it is complete is stated in docs/normal-form.md; outside it `nonzero` may be wrong, so a counterexample must
 * confirm it.
 */
import { Budget, BudgetSpent } from '../../base/budget.ts';
import { Refusal } from '../../base/problem.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { type Expression, isZero, ZERO_EXPRESSION } from '../../expression/core/expression.ts';
import { Bases } from '../../rewrite/rules/bases.ts';
import { isZeroInCases } from '../sign/cases-of-signs.ts';
import { hasSigns, isZeroByCases } from '../sign/sign-cases.ts';
import {
  AT_THE_END,
  BRACKETS,
  EVERYTHING,
  EXPONENTIALS,
  LOGARITHMS,
  LAYER,
  MATCH,
  ON_A_LAYER,
  ON_BASES,
  SIGNS,
} from '../../rewrite/pipelines.ts';
import { isProbablyNonzero } from '../../rewrite/probably-nonzero.ts';
import type { Pipeline, Rule, RuleTools } from '../../rewrite/rule.ts';
import type { Term } from '../../expression/core/term.ts';
import { summandsOf } from './term-by-term.ts';
import { type Proof, Trace } from '../trace.ts';

export type ZeroTest =
  | { readonly kind: 'zero'; readonly steps: readonly string[] }
  | { readonly kind: 'nonzero'; readonly remainder: Expression }
  | { readonly kind: 'stopped'; readonly reason: string };

export interface ZeroOptions {
  /** Gets the proof, where there is one. */
  readonly onProof?: (proof: Proof) => void;
  /** Looks at numbers before it searches; on unless said otherwise. */
  readonly probe?: boolean;
  /** What is applied in place of each rule: itself unless said otherwise. For tests of what catches a broken one. */
  readonly replaced?: (rule: Rule) => Rule;
}

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
  readonly tools: RuleTools;
  readonly steps = new Set<string>();
  readonly #depth: number;
  readonly #options: ZeroOptions;
  readonly #trace: Trace | null;
  /** Of the step that is being made. */
  #lemmas: Proof[] = [];

  constructor(tools: Omit<RuleTools, 'isZero' | 'multiplied'>, depth: number, options: ZeroOptions) {
    this.tools = { ...tools, isZero: difference => this.#inner(difference), multiplied: [] };
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
    const bracketed = this.#apply(BEFORE_ALL, expression);
    const rest = this.#inOneWay(bracketed);
    const other = this.#apply([LOGARITHMS, EXPONENTIALS], bracketed);
    if (other !== bracketed) this.#inOneWay(other);
    return rest;
  }

  #inOneWay(bracketed: Expression): Expression {
    let layer = this.#apply([ON_BASES], bracketed);
    if (this.#depth < MAX_DEPTH) layer = this.#apply([MATCH], layer);
    const layers = this.#layers(layer);
    this.#within(QUICK, tools => this.#apply([EVERYTHING], bracketed, tools));
    for (const each of layers) this.#within(THOROUGH, tools => this.#apply(ON_A_LAYER, each, tools));
    let current = layers.at(-1) ?? layer;
    for (let round = 0; round < ROUNDS; round += 1) current = this.#apply(AT_THE_END, current);
    return this.#depth < MAX_DEPTH ? this.#termByTerm(current) : current;
  }

  /** Without the sums whose summands are zero, where all of them are that might be. */
  #termByTerm(expression: Expression): Expression {
    const summands = summandsOf(expression, this.tools.assumptions);
    const gone = new Set<Term>();
    this.#lemmas = [];
    for (const { terms, body, assumptions } of summands) {
      if (this.#options.probe !== false && isProbablyNonzero(body)) return expression;
      const { budget } = this.tools;
      if (!this.#inner(body, { ...this.tools, assumptions, bases: new Bases(assumptions, budget) })) return expression;
      for (const term of terms) gone.add(term);
    }
    if (gone.size === 0) return expression;
    const after = { terms: expression.terms.filter(term => !gone.has(term)) };
    const lemmas = this.#lemmas;
    this.steps.add(TERM_BY_TERM);
    this.#trace?.note({ rule: TERM_BY_TERM, before: expression, after, relation: { kind: 'equal' }, lemmas });
    if (isZero(after)) throw new Vanished();
    return after;
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
  #within(steps: number, attempt: (tools: RuleTools) => Expression): void {
    const budget = new Budget(steps);
    try {
      attempt({ ...this.tools, bases: new Bases(this.tools.assumptions, budget), budget });
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
    }
    this.tools.budget.spend(budget.spent);
  }

  #apply(rules: Pipeline, expression: Expression, tools: RuleTools = this.tools): Expression {
    return rules.reduce((e, rule) => this.#step(this.#options.replaced?.(rule) ?? rule, e, tools), expression);
  }

  #step(rule: Rule, before: Expression, tools: RuleTools): Expression {
    const multiplied: Expression[] = [];
    this.#lemmas = [];
    const after = rule.apply(before, { ...tools, multiplied });
    if (after === before) return after;
    this.steps.add(rule.name);
    this.#trace?.note({
      rule: rule.name,
      before,
      after,
      relation: multiplied.length === 0 ? { kind: 'equal' } : { kind: 'times', factors: multiplied },
      conditions: rule.conditions,
      lemmas: this.#lemmas,
    });
    if (isZero(after)) throw new Vanished();
    return after;
  }

  /** Whether two quantities inside the expression are equal: the same search, one level down. */
  #inner(difference: Expression, tools: RuleTools = this.tools): boolean {
    if (isZero(difference)) return true;
    const lemmas = this.#lemmas;
    const search = new Search(tools, this.#depth + 1, {
      ...this.#options,
      ...(this.#trace === null ? {} : { onProof: lemma => lemmas.push(lemma) }),
    });
    const zero = isZero(search.run(difference));
    if (zero) for (const step of search.steps) this.steps.add(step);
    return zero;
  }
}

const MAX_DEPTH = 3;
const TERM_BY_TERM = 'sums whose summand is zero';
const BEFORE_ALL: Pipeline = [SIGNS, BRACKETS];

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
    if (isZero(rest)) return { kind: 'zero', steps: [...search.steps] };
    // Before anything is multiplied by what may be zero where a sign is.
    const apart = BEFORE_ALL.reduce((e, rule) => rule.apply(e, search.tools), expression);
    const inCases = (value: Expression, cases: Cases): boolean =>
      byCases(value, cases, search.steps, assumptions, budget, options);
    const based = search.tools.bases.onBases(expression);
    return inCases(apart, isZeroInCases) || (hasSigns(based) && inCases(based, isZeroByCases))
      ? { kind: 'zero', steps: [...search.steps] }
      : { kind: 'nonzero', remainder: rest };
  } catch (error) {
    if (error instanceof BudgetSpent) return { kind: 'stopped', reason: error.reason };
    // A denominator that a rule shows to be zero: the expression has no value, so that it is neither zero nor not.
    if (error instanceof Refusal) return { kind: 'stopped', reason: error.message };
    throw error;
  }
}

const BY_CASES = 'signs split by cases';

/** Whether an expression is zero in each of some cases. */
type Cases = (
  expression: Expression,
  test: (value: Expression) => boolean,
  assumptions: Assumptions,
  budget: Budget,
) => boolean;

/** Whether the expression is zero in every case of its signs; the steps are noted. */
function byCases(
  expression: Expression,
  inCases: Cases,
  steps: Set<string>,
  assumptions: Assumptions,
  budget: Budget,
  options: ZeroOptions,
): boolean {
  const used = new Set([BY_CASES]);
  const cases: Proof[] = [];
  const own: ZeroOptions = options.onProof === undefined ? options : { ...options, onProof: each => cases.push(each) };
  const test = (value: Expression): boolean => {
    const search = new Search({ bases: new Bases(assumptions, budget), assumptions, budget }, 0, own);
    const zero = isZero(search.run(value));
    for (const step of search.steps) used.add(step);
    return zero;
  };
  const zero = inCases(expression, test, assumptions, budget);
  if (!zero) return false;
  for (const step of used) steps.add(step);
  options.onProof?.({
    goal: 'zero',
    what: '',
    start: expression,
    steps: [{ rule: BY_CASES, before: expression, after: ZERO_EXPRESSION, relation: { kind: 'equal' }, lemmas: cases }],
  });
  return true;
}
