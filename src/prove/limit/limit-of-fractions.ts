/**
 * The limit n → ∞ of an expression whose sums over times can all be carried out: fractions of hyperparameters, n and powers
 * β^n with 0 < β < 1, in which n^a β^n → 0 and the highest powers of n above and below each fraction line are left (Rudin, Principles of
 * Mathematical Analysis, 3.3 and 3.20). Ratios such as (β/ρ)^n, growth in n and n elsewhere are left to others.
 */
import type { Budget } from '../../base/budget.ts';
import { type Assumptions, NO_ASSUMPTIONS, powerVanishes } from '../../expression/arithmetic/assumptions.ts';
import {
  add,
  type Expression,
  expressionOf,
  factorExpression,
  multiply,
  ZERO_EXPRESSION,
} from '../../expression/core/expression.ts';
import { factorForms } from '../../expression/core/factor.ts';
import { ITERATION_INDEX, ZERO } from '../../expression/core/indices.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { isScalar } from '../../expression/arithmetic/scalar.ts';
import { wrap } from '../../expression/core/template.ts';
import { endsAtForm } from '../../expression/core/term.ts';
import { coefficientOf } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { carryOutSums } from '../../rewrite/rules/sums/carry-out-sums.ts';
import { collect, type Group } from '../../rewrite/rules/collect-terms.ts';
import { type Polynomial, polynomialOf } from '../../algebra/polynomial.ts';
import { type Variable, Variables } from '../../rewrite/polynomial-variables.ts';
import type { LimitNotebook } from './limit-notes.ts';
import { provablyNonzero } from '../sign/nonzero.ts';

/** The limit; null where the expression is of another kind. Denominators that may vanish in the limit are noted. */
export function limitOfFractions(
  expression: Expression,
  assumptions: Assumptions,
  budget: Budget,
  notebook: LimitNotebook,
): Expression | null {
  const variables = new Variables();
  const carried = carryOutSums(expression, assumptions, budget);
  const groups = collect(carried, variables);
  if (groups === null) return null;
  const parts: Expression[] = [];
  for (const group of groups) {
    const part = limitOfGroup(group, variables, assumptions, budget, notebook);
    if (part === null) return null;
    parts.push(part);
  }
  notebook.theorem('continuity: sums, products, quotients, roots and smooth functions of limits');
  const after = add(...parts);
  return notebook.show(expression, () => ({
    rule: 'continuity: sums, products, quotients, roots and smooth functions of limits',
    after,
    equal: [{ rule: 'sums carried out', value: carried }],
  }));
}

function limitOfGroup(
  { fraction, rest }: Group,
  variables: Variables,
  assumptions: Assumptions,
  budget: Budget,
  notebook: LimitNotebook,
): Expression | null {
  const dependsOnN = rest.factors.some(({ factor, exponent }) =>
    [exponent.form, ...factorForms(factor)].some(form => coefficientOf(form, ITERATION_INDEX) !== 0),
  );
  // n is large: n ≥ c holds, n ≤ c does not.
  const constraints = rest.constraints.filter(({ left, right }) => !(left === ZERO && right === ITERATION_INDEX));
  if (constraints.some(({ left, right }) => left === ITERATION_INDEX && right === ZERO)) return ZERO_EXPRESSION;
  const speaksOfN =
    endsAtForm(rest) || constraints.some(({ left, right }) => left === ITERATION_INDEX || right === ITERATION_INDEX);
  if (dependsOnN || speaksOfN || rest.sorts.includes('history')) return null;
  const lead = (polynomial: Polynomial): Leading | null =>
    leadingIn(polynomial, variables, assumptions, budget, notebook);
  const above = lead(fraction.above);
  if (above === null) return null;
  let degree = above.degree;
  let hasPowers = above.hasPowers;
  const factors: Expression[] = [];
  for (const { base, count } of fraction.below) {
    const below = lead(base);
    if (below === null || below.terms.length === 0) return null;
    degree -= below.degree * count;
    hasPowers ||= below.hasPowers;
    const divisor = written(below.terms, variables);
    if (!provablyNonzero(divisor, assumptions, budget)) notebook.divisor(divisor);
    factors.push(power(wrap(divisor), Rational.of(-count), NO_ASSUMPTIONS));
  }
  if (hasPowers) {
    notebook.theorem('a ratio of powers of n has the limit of its leading terms');
    notebook.slow();
  }
  if (above.terms.length === 0) return ZERO_EXPRESSION;
  if (degree !== 0) return degree < 0 ? ZERO_EXPRESSION : null;
  const body = multiply(written(above.terms, variables), ...factors);
  const own = expressionOf([{ ...rest, coefficient: Rational.one, constraints }]);
  return multiply(body, own);
}

/** The terms with the highest power of n, n^degree left out; none where all terms vanish. */
interface Leading {
  readonly terms: Polynomial;
  readonly degree: number;
  /** Whether n stands anywhere. */
  readonly hasPowers: boolean;
}

/** Terms with β^n vanish, whatever power of n stands with them and below them; null where one grows or n stands elsewhere. */
function leadingIn(
  polynomial: Polynomial,
  variables: Variables,
  assumptions: Assumptions,
  budget: Budget,
  notebook: LimitNotebook,
): Leading | null {
  const byDegree = new Map<number, Polynomial[number][]>();
  for (const term of polynomial) {
    let decays = false;
    let degree = 0;
    const monomial: [number, number][] = [];
    for (const [id, count] of term.monomial) {
      const variable = variables.get(id);
      if (count < 0) noteDivisor(variable, assumptions, budget, notebook);
      if (variable.kind === 'power') {
        if (variable.index !== ITERATION_INDEX || count < 0 || !powerVanishes(variable.name, assumptions)) return null;
        notebook.theorem('n^a r^n → 0 for |r| < 1');
        notebook.rate(variable.name);
        decays = true;
      } else if (variable.kind === 'index' && variable.index === ITERATION_INDEX) {
        degree += count;
        continue;
      } else if (
        variable.kind === 'local' &&
        [variable.unit.form, ...factorForms(variable.factor)].some(form => coefficientOf(form, ITERATION_INDEX) !== 0)
      )
        return null;
      monomial.push([id, count]);
    }
    if (decays) continue;
    byDegree.set(degree, [...(byDegree.get(degree) ?? []), { ...term, monomial }]);
  }
  const degree = byDegree.size === 0 ? 0 : Math.max(...byDegree.keys());
  const terms = polynomialOf(byDegree.get(degree) ?? []);
  return { terms, degree, hasPowers: [...byDegree.keys()].some(each => each !== 0) };
}

/** A hyperparameter or a root below a fraction line. */
function noteDivisor(variable: Variable, assumptions: Assumptions, budget: Budget, notebook: LimitNotebook): void {
  const value =
    variable.kind === 'symbol'
      ? factorExpression({ kind: 'symbol', name: variable.name })
      : variable.kind === 'local'
        ? factorExpression(variable.factor)
        : null;
  const isOwn = variable.kind === 'local' && !isScalar(factorExpression(variable.factor));
  if (value !== null && !isOwn && !provablyNonzero(value, assumptions, budget)) notebook.divisor(value);
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
