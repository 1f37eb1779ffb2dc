/**
 * A rewriting rule as data: its name, where its mathematics comes from, what it keeps of an expression, and how it is applied.
 * What a rule needs to know of ranges and signs it asks the facts for; it assumes nothing else.
 */
import type { Budget } from '../base/budget.ts';
import type { Assumptions } from '../expression/arithmetic/assumptions.ts';
import type { Expression } from '../expression/core/expression.ts';
import type { Bases } from './rules/bases.ts';

/** What stands between the expression before a rule and the one after it. */
export type Keeps =
  /** Equal values wherever the expression before has one. */
  | 'equal'
  /** The expression after is the one before times factors that are told; where one is zero at some integers, it does not count. */
  | 'times';

/**
 * What a rule has to ask for, and where the guard looks after a proof that used it: at ranges that are empty by one and more, at
 * labels of slots at and before 0, at zeros of what is divided by. See prove/tight-points.ts.
 */
export type SideCondition = 'ranges' | 'slots' | 'divisors';

export interface RuleTools {
  readonly bases: Bases;
  /** What is known at the place of the expression. */
  readonly assumptions: Assumptions;
  readonly budget: Budget;
  /** Whether the quantities of a difference are equal: a proof of its own. */
  readonly isZero: (difference: Expression) => boolean;
  /** What a rule multiplies the whole expression by is added here. */
  readonly multiplied: Expression[];
}

export interface Rule {
  /** What the steps of a proof call it. */
  readonly name: string;
  /** The book or paper, or the identity in words. */
  readonly source: string;
  readonly keeps: Keeps;
  /** Its edges are where these are tight. */
  readonly conditions: readonly SideCondition[];
  /** The expression after the rule; the same object where the rule changes nothing. Spends from the budget. */
  readonly apply: (expression: Expression, tools: RuleTools) => Expression;
}

/** Rules that are tried one after the other. */
export type Pipeline = readonly Rule[];
