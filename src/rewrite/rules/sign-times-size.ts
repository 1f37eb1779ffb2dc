/** sign(u) |u| = u, sign(u) u = |u| and sign(u)³ = sign(u): with positive powers only, so that both sides are 0 where u is. */
import type { Budget } from '../../base/budget.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { absolute, power } from '../../expression/arithmetic/power.ts';
import {
  add,
  type Expression,
  expressionKey,
  expressionOf,
  factorExpression,
  multiply,
  openTerm,
  sumOverAll,
} from '../../expression/core/expression.ts';
import { type FactorPower, factorKey, integerExponent } from '../../expression/core/factor.ts';
import { indexName } from '../../expression/core/indices.ts';
import { singlePower } from '../../expression/core/single.ts';
import type { Term } from '../../expression/core/term.ts';
import { Rational } from '../../number/rational.ts';
import { asSignOrSize } from '../size-and-sign.ts';

/** The same object where nothing of the kind stands in one term. */
export function joinSignsAndSizes(expression: Expression, assumptions: Assumptions, budget: Budget): Expression {
  let changed = false;
  const parts = expression.terms.map(term => {
    const joined = joinedTerm(term, assumptions);
    if (joined === null) return { terms: [term] };
    budget.spend();
    changed = true;
    return joined;
  });
  return changed ? add(...parts) : expression;
}

function joinedTerm(term: Term, assumptions: Assumptions): Expression | null {
  const { coefficient, factors, open, sorts, constraints } = openTerm(term);
  for (const [at, own] of factors.entries()) {
    const sign = asSignOrSize(own);
    if (sign === null || sign.kind !== 'sign' || sign.exponent < 1) continue;
    const found =
      sign.exponent > 2
        ? { with: -1, image: power(factorExpression(own.factor), Rational.of(sign.exponent - 2), assumptions) }
        : partnerOf(own, sign.argument, factors, assumptions);
    if (found === null) continue;
    const others = factors.filter((_, other) => other !== at && other !== found.with);
    const rest = expressionOf([{ coefficient, factors: others, sorts: [], constraints: [] }]);
    const body = multiply(rest, found.image);
    return sumOverAll(body, open, sorts, constraints);
  }
  return null;
}

interface Partner {
  /** The place of the other factor. */
  readonly with: number;
  /** What both together are. */
  readonly image: Expression;
}

function partnerOf(
  sign: FactorPower,
  argument: Expression,
  factors: readonly FactorPower[],
  assumptions: Assumptions,
): Partner | null {
  const rest = power(
    factorExpression(sign.factor),
    Rational.of((integerExponent(sign.exponent) ?? 1) - 1),
    assumptions,
  );
  const key = expressionKey(argument);
  const single = singlePower(argument);
  const name = single !== null && integerExponent(single.exponent) === 1 ? factorKey(single.factor, indexName) : null;
  for (const [at, own] of factors.entries()) {
    if (own === sign) continue;
    const size = asSignOrSize(own);
    if (size?.kind === 'size' && size.exponent >= 1 && expressionKey(size.argument) === key) {
      const less = power(absolute(argument, assumptions), Rational.of(size.exponent - 1), assumptions);
      return { with: at, image: multiply(rest, less, argument) };
    }
    const exponent = integerExponent(own.exponent) ?? 0;
    if (exponent >= 1 && factorKey(own.factor, indexName) === name) {
      const less = power(factorExpression(own.factor), Rational.of(exponent - 1), assumptions);
      return { with: at, image: multiply(rest, less, absolute(argument, assumptions)) };
    }
  }
  return null;
}
