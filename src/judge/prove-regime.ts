/**
 * Statements about a regime: A ≈ T_1 + … + T_m says that A − ΣT is of smaller order than every term shown. Both sides are
 * expanded in s; every coefficient of A − ΣT must vanish through the order of the smallest term shown.
 */
import type { Budget } from '../base/budget.ts';
import { refuse } from '../base/problem.ts';
import type { Claim, Regime, Statement } from '../document/model.ts';
import type { Assumptions } from '../expression/assumptions.ts';
import { add, type Expression, isZero, subtract } from '../expression/expression.ts';
import type { Formula } from '../formula/formula.ts';
import { children } from '../formula/walk.ts';
import * as build from '../formula/build.ts';
import { coefficientAt, expandRegime, type RegimeScaling, type ScaledSeries } from '../simplify/regime.ts';

/** The regime of a statement: the claim's, or what its condition |∇_jE| ≫ √ε says. */
export function regimeOf(claim: Claim, statement: Statement): Regime | null {
  if (claim.regime !== null) return claim.regime;
  const relation = statement.condition?.comparisons.map(c => c.relation).find(r => r === '\\gg' || r === '\\ll');
  if (relation === undefined) return null;
  return relation === '\\gg' ? 'large-gradient' : 'small-gradient';
}

/** How quantities scale in a regime; the small parameter is the symbol under the root of the condition, else ε. */
export function scalingOf(regime: Regime, statement: Statement, symbols: readonly string[]): RegimeScaling {
  const inCondition = statement.condition?.comparisons
    .flatMap(({ right }) => symbolsOf(right))
    .find(name => symbols.includes(name));
  const small = inCondition ?? symbols.find(name => /epsilon|delta/.test(name)) ?? null;
  if (small === null)
    return refuse('no-small-parameter', 'a regime needs a parameter to be compared with the gradient');
  return { small, direction: regime.startsWith('large') ? 1 : -1, alone: !regime.endsWith('-all') };
}

const symbolsOf = (formula: Formula): string[] =>
  formula.kind === 'parameter' ? [formula.name] : children(formula).flatMap(symbolsOf);

/** Products of more summands than this are not taken apart. */
const MOST_SHOWN = 64;

/** The terms that a right side shows: its summands, with products, quotients, sums and derivatives of sums taken apart. */
export function shownTerms(formula: Formula): Formula[] {
  switch (formula.kind) {
    case 'add':
      return formula.terms.flatMap(shownTerms);
    case 'negate':
      return shownTerms(formula.argument).map(term => build.negate(term));
    case 'divide':
      return shownTerms(formula.numerator).map(numerator => ({ ...formula, numerator }));
    case 'sum':
      return shownTerms(formula.body).map(body => ({ ...formula, body }));
    case 'derivative':
      return shownTerms(formula.argument).map(argument => ({ ...formula, argument }));
    case 'multiply': {
      const parts = formula.factors.reduce<Formula[][]>(
        (rows, factor) => rows.flatMap(row => shownTerms(factor).map(term => [...row, term])),
        [[]],
      );
      return parts.length > MOST_SHOWN ? [formula] : parts.map(factors => ({ ...formula, factors }));
    }
    default:
      return [formula];
  }
}

export interface RegimeDifference {
  readonly what: string;
  readonly value: Expression;
}

/** More coefficients than this are not looked at. */
const MOST_TERMS = 12;

/** The coefficients of A − ΣT that must vanish, by powers of s. */
export function regimeDifferences(
  what: string,
  derived: Expression,
  shown: readonly Expression[],
  scaling: RegimeScaling,
  assumptions: Assumptions,
  budget: Budget,
): RegimeDifference[] {
  const present = shown.filter(value => !isZero(value));
  const total = add(...present);
  if (present.length === 0) return isZero(derived) ? [] : refuse('nothing-shown', `${what}: no term is shown`);
  const orders = present.map(value => expandRegime(value, scaling, 2, assumptions, budget).start);
  const last = Math.max(...orders);
  for (let count = 4; count <= MOST_TERMS; count += 4) {
    const a = expandRegime(derived, scaling, count, assumptions, budget);
    const t = expandRegime(total, scaling, count, assumptions, budget);
    const first = Math.min(...[a, t].map(({ start, coefficients }) => (coefficients.length === 0 ? last : start)));
    if (last - first < count) return between(what, a, t, first, last);
  }
  return refuse('too-far', `${what}: the orders are too far apart`);
}

function between(what: string, a: ScaledSeries, t: ScaledSeries, first: number, last: number): RegimeDifference[] {
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    what: `${what}, order s^${first + i}`,
    value: subtract(coefficientAt(t, first + i), coefficientAt(a, first + i)),
  }));
}
