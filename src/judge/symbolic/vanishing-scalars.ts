/**
 * Where a coefficient that a regime shows may vanish: its terms are grouped by everything but hyperparameters and n, and the
 * sum of the scalars of each group is looked at. ρ − β of (ρ − β) ∇_j‖∇E‖ is such a sum.
 */
import { Budget, BudgetSpent } from '../../base/budget.ts';
import { attempt } from '../../base/problem.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { type Expression, expressionOf, factorExpression, multiply, negate } from '../../expression/core/expression.ts';
import { type FactorPower, factorForms, factorKey } from '../../expression/core/factor.ts';
import { indexName, isBound } from '../../expression/core/indices.ts';
import { isScalar } from '../../expression/arithmetic/scalar.ts';
import type { RawTerm } from '../../expression/core/term.ts';
import { writeExpression } from '../../expression/write/to-formula.ts';
import { writeFormula } from '../../latex/write/write-formula.ts';
import type { Notation } from '../../optimizer/model.ts';
import { provablyPositive } from '../../prove/sign/sign.ts';
import { cancelFractions } from '../../rewrite/rules/fractions.ts';
import { unfoldScalars } from '../../rewrite/unfold.ts';

const STEPS = 4_000;

/** `\\rho - \\beta \\ne 0` for every scalar of these coefficients that is not known to be of one sign, each once. */
export function vanishingScalars(
  coefficients: readonly Expression[],
  notation: Notation,
  assumptions: Assumptions,
): string[] {
  const found = new Set<string>();
  for (const scalar of coefficients.flatMap(scalarsOf)) {
    const plain = attempt(() => withinBudget(scalar, assumptions));
    if (!plain.ok || plain.value === null) continue;
    const formula = writeExpression(plain.value, { nameOf: () => null, reserved: new Set() });
    found.add(`${writeFormula(formula, notation, 'latex')} \\ne 0`);
  }
  return [...found];
}

/** The scalar over one denominator, without what is known to be positive; null where it cannot vanish. */
function withinBudget(scalar: Expression, assumptions: Assumptions): Expression | null {
  const budget = new Budget(STEPS);
  const region = { assumptions, from: 0 };
  try {
    const plain = cancelFractions(unfoldScalars(scalar, budget), budget);
    if (plain.terms.length <= 1) return null;
    const isKnown =
      provablyPositive(plain, true, region, budget) || provablyPositive(negate(plain), true, region, budget);
    return isKnown ? null : plain;
  } catch (error) {
    if (error instanceof BudgetSpent) return null;
    throw error;
  }
}

/** The sums of scalars that stand before each rest. */
function scalarsOf(coefficient: Expression): Expression[] {
  const groups = new Map<string, RawTerm[]>();
  for (const term of coefficient.terms) {
    const scalars = term.factors.filter(own => isScalarPower(own));
    const rest = term.factors.filter(own => !isScalarPower(own));
    const key = `${term.sorts.join()}|${JSON.stringify(term.constraints)}|${rest
      .map(({ factor, exponent }) => `${factorKey(factor, indexName)}^${exponent.constant}`)
      .join('*')}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push({ coefficient: term.coefficient, factors: scalars, sorts: [], constraints: [] });
  }
  return [...groups.values()].map(terms => multiply(expressionOf(terms)));
}

function isScalarPower({ factor, exponent }: FactorPower): boolean {
  const isFree = ![exponent.form, ...factorForms(factor)].some(form => form.terms.some(([index]) => isBound(index)));
  return isFree && isScalar(factorExpression(factor));
}
