/**
 * The limit n → ∞ of an expression whose sums over times can all be carried out: fractions of hyperparameters, n and powers
 * β^n with 0 < β < 1, in which n^a β^n → 0. Ratios such as (β/ρ)^n, growth in n and n elsewhere are left to others.
 */
import type { Budget } from '../../base/budget.ts';
import { type Assumptions, NO_ASSUMPTIONS, powerVanishes } from '../../expression/assumptions.ts';
import { add, type Expression, expressionOf, multiply, ZERO_EXPRESSION } from '../../expression/expression.ts';
import { factorForms } from '../../expression/factor.ts';
import { ITERATION_INDEX, ZERO } from '../../expression/indices.ts';
import { power } from '../../expression/power.ts';
import { wrap } from '../../expression/template.ts';
import { coefficientOf } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { carryOutSums } from '../../rewrite/carry-out-sums.ts';
import { collect, type Group } from '../../rewrite/collect-terms.ts';
import type { Polynomial } from '../../rewrite/polynomial.ts';
import { Variables } from '../../rewrite/polynomial-variables.ts';

export interface LimitOfFractions {
  readonly value: Expression;
  /** The hyperparameters whose n-th powers vanish. */
  readonly rates: readonly string[];
}

/** The limit; null where the expression is of another kind. */
export function limitOfFractions(
  expression: Expression,
  assumptions: Assumptions,
  budget: Budget,
): LimitOfFractions | null {
  const variables = new Variables();
  const groups = collect(carryOutSums(expression, assumptions, budget), variables);
  if (groups === null) return null;
  const rates = new Set<string>();
  const parts: Expression[] = [];
  for (const group of groups) {
    const part = limitOfGroup(group, variables, assumptions, rates);
    if (part === null) return null;
    parts.push(part);
  }
  return { value: add(...parts), rates: [...rates].sort() };
}

function limitOfGroup(
  { fraction, rest }: Group,
  variables: Variables,
  assumptions: Assumptions,
  rates: Set<string>,
): Expression | null {
  const dependsOnN = rest.factors.some(({ factor, exponent }) =>
    [exponent.form, ...factorForms(factor)].some(form => coefficientOf(form, ITERATION_INDEX) !== 0),
  );
  // n is large: n ≥ c holds, n ≤ c does not.
  const constraints = rest.constraints.filter(({ left, right }) => !(left === ZERO && right === ITERATION_INDEX));
  if (constraints.some(({ left, right }) => left === ITERATION_INDEX && right === ZERO)) return ZERO_EXPRESSION;
  const speaksOfN = constraints.some(({ left, right }) => left === ITERATION_INDEX || right === ITERATION_INDEX);
  if (dependsOnN || speaksOfN || rest.sorts.includes('history')) return null;
  const note = (polynomial: Polynomial): Polynomial | null =>
    limitOfPolynomial(polynomial, variables, assumptions, rates);
  const above = note(fraction.above);
  const below = fraction.below.map(({ base, count }) => ({ base: note(base), count }));
  if (above === null || below.some(({ base }) => base === null || base.length === 0)) return null;
  const factors = below.map(({ base, count }) =>
    power(wrap(written(base ?? [], variables)), Rational.of(-count), NO_ASSUMPTIONS),
  );
  const body = multiply(written(above, variables), ...factors);
  const own = expressionOf([{ ...rest, coefficient: Rational.one, constraints }]);
  return multiply(body, own);
}

/** Terms with β^n vanish, whatever power of n stands with them; null where a term grows or n stands elsewhere. */
function limitOfPolynomial(
  polynomial: Polynomial,
  variables: Variables,
  assumptions: Assumptions,
  rates: Set<string>,
): Polynomial | null {
  const kept: Polynomial[number][] = [];
  for (const term of polynomial) {
    let decays = false;
    let grows = false;
    for (const [id, count] of term.monomial) {
      const variable = variables.get(id);
      if (variable.kind === 'power') {
        if (variable.index !== ITERATION_INDEX || count < 0 || !powerVanishes(variable.name, assumptions)) return null;
        rates.add(variable.name);
        decays = true;
      } else if (variable.kind === 'index') grows = true;
      else if (
        variable.kind === 'local' &&
        [variable.unit.form, ...factorForms(variable.factor)].some(form => coefficientOf(form, ITERATION_INDEX) !== 0)
      )
        return null;
    }
    if (grows && !decays) return null;
    if (!decays) kept.push(term);
  }
  return kept;
}

const written = (polynomial: Polynomial, variables: Variables): Expression =>
  expressionOf(
    polynomial.map(({ coefficient, monomial }) => ({
      coefficient,
      factors: variables.factorPowers(monomial),
      sorts: [],
      constraints: [],
    })),
  );
