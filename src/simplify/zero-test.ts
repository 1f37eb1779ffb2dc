/**
 * Is an expression zero, for all n ≥ 0, all p, all losses and all hyperparameters that the assumptions allow?
 *
 * Sound always: every step is an identity or a multiplication by a denominator that is non-zero off a null set. The class
 * for which it is complete is stated in docs/normal-form.md; outside it `nonzero` may be wrong, so a counterexample must
 * confirm it.
 */
import { type Budget, BudgetSpent } from '../base/budget.ts';
import type { Assumptions } from '../expression/assumptions.ts';
import { type Expression, isZero } from '../expression/expression.ts';
import { Bases } from './bases.ts';
import { splitIntoCells } from './cells.ts';
import { underContext } from './context.ts';
import { clearDenominators } from './denominators.ts';
import { isProbablyNonzero } from './probe.ts';
import { sumOut } from './resum.ts';

export type ZeroTest =
  | { readonly kind: 'zero'; readonly steps: readonly string[] }
  | { readonly kind: 'nonzero'; readonly remainder: Expression }
  | { readonly kind: 'stopped'; readonly reason: string };

/** The rules in the order in which they are tried; each names itself in the steps of a proof. */
interface Rule {
  readonly name: string;
  readonly apply: (expression: Expression, tools: Tools) => Expression;
}

interface Tools {
  readonly bases: Bases;
  readonly assumptions: Assumptions;
  readonly budget: Budget;
}

const RULES: readonly Rule[] = [
  { name: 'definitions inserted, products multiplied out', apply: (e, { bases }) => bases.canonical(e) },
  { name: 'sums in closed form', apply: (e, { assumptions, budget }) => sumOut(e, assumptions, budget) },
  { name: 'n ≥ 0', apply: (e) => underContext(e) },
  { name: 'common denominators', apply: (e, { budget }) => clearDenominators(e, budget) },
  { name: 'domains split into common cells', apply: (e, { budget }) => splitIntoCells(e, budget) },
];

const ROUNDS = 4;

/**
 * Decides whether the expression is zero; `steps` are the rules that were needed. Never answers `zero` for an expression
 * whose probe is far from zero, so a mistake in a rule cannot make a proof.
 */
export function testZero(expression: Expression, assumptions: Assumptions, budget: Budget): ZeroTest {
  const steps: string[] = [];
  try {
    const tools: Tools = { bases: new Bases(assumptions, budget), assumptions, budget };
    let current = expression;
    if (isZero(current)) return { kind: 'zero', steps };
    if (isProbablyNonzero(expression)) return { kind: 'nonzero', remainder: expression };
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = current;
      for (const rule of RULES) {
        const next = rule.apply(current, tools);
        if (next !== current && !steps.includes(rule.name)) steps.push(rule.name);
        current = next;
        if (isZero(current)) return { kind: 'zero', steps };
      }
      if (current === before) break;
    }
    return { kind: 'nonzero', remainder: current };
  } catch (error) {
    if (error instanceof BudgetSpent) return { kind: 'stopped', reason: error.reason };
    throw error;
  }
}
