/**
 * The leading terms of a coefficient in a regime. Where all components scale alike that is the first coefficient of the
 * expansion. Where component j is alone the sums over coordinates stay as they are and what stands before them is
 * expanded: ‖∇E‖_{1,ε} keeps its ε, since the other components are comparable with √ε.
 */
import type { Budget } from '../base/budget.ts';
import { refuse } from '../base/problem.ts';
import type { Assumptions } from '../expression/arithmetic/assumptions.ts';
import type { Expression } from '../expression/core/expression.ts';
import type { WriterOptions } from '../expression/write/to-formula.ts';
import { collect } from '../rewrite/rules/collect-terms.ts';
import { Variables } from '../rewrite/polynomial-variables.ts';
import { Rational } from '../number/rational.ts';
import { expandRegime } from '../prove/regime/regime.ts';
import type { RegimeScaling } from '../prove/regime/scaling.ts';
import { BeyondExpansion, coefficientAt, exponentsOf } from '../prove/regime/scaled-series.ts';
import { carryOutSums } from '../rewrite/rules/sums/carry-out-sums.ts';
import { type ClosedTerm, closedTerms } from './closed-terms.ts';
import { fractionExpression } from '../rewrite/fraction-expression.ts';

/** So many coefficients of an expansion are looked at for one that does not vanish. */
const COUNTS = [2, 4, 8, 12];

/** The closed terms of leading order; null where they cannot be written. */
export function leadingTerms(
  value: Expression,
  scaling: RegimeScaling,
  options: WriterOptions,
  assumptions: Assumptions,
  budget: Budget,
): ClosedTerm[] | null {
  const leading = (expression: Expression): Leading => firstOrder(expression, scaling, assumptions, budget);
  if (!scaling.alone) return closedTerms(leading(value).value, options);
  const terms = closedTerms(value, options);
  if (terms === null) return null;
  const found = terms.map(term => {
    const front = leading(fractionExpression(term.fraction, term.variables));
    const [only, ...others] = collect(front.value, term.variables) ?? [];
    if (only === undefined || others.length > 0 || only.rest.sorts.length > 0)
      return refuse('no-expansion', 'a coefficient has no expansion in this regime');
    return { order: front.order.add(leading(term.multiplicand).order), term: { ...term, fraction: only.fraction } };
  });
  const least = found
    .map(({ order }) => order)
    .reduce((a, b) => (a.compare(b) < 0 ? a : b), found[0]?.order ?? Rational.zero);
  return found.filter(({ order }) => order.equals(least)).map(({ term }) => term);
}

/** The first coefficient that does not vanish, of s^order. */
interface Leading {
  readonly order: Rational;
  readonly value: Expression;
}

function firstOrder(expression: Expression, scaling: RegimeScaling, assumptions: Assumptions, budget: Budget): Leading {
  for (const count of COUNTS) {
    const found = attemptWith(() => {
      const { series } = expandRegime(expression, scaling, count, assumptions, budget);
      for (const order of exponentsOf(series)) {
        const value = carryOutSums(coefficientAt(series, order), assumptions, budget);
        if (collect(value, new Variables())?.length !== 0) return { order, value };
      }
      return null;
    });
    if (found !== null) return found;
  }
  return refuse('no-expansion', 'no term of the expansion in this regime was found');
}

/** Null where more coefficients are needed. */
function attemptWith<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof BeyondExpansion) return null;
    throw error;
  }
}
