/** Sums with some of their terms replaced. */
import { add, type Expression, sumTerms } from '../expression/core/expression.ts';
import type { Term } from '../expression/core/term.ts';

/** The expression with what `replace` gives in place of a term; the same object where it gives nothing for any. */
export function replacedTerms(expression: Expression, replace: (term: Term) => Expression | null): Expression {
  const parts = expression.terms.map(replace);
  if (parts.every(part => part === null)) return expression;
  return add(...parts.map((part, at) => part ?? sumTerms(expression.terms.slice(at, at + 1))));
}
