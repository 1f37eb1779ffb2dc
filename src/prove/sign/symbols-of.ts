import type { Expression } from '../../expression/core/expression.ts';

/** The symbols of an expression, within templates too. */
export function symbolsOf(expression: Expression): Set<string> {
  const found = new Set<string>();
  const seen = new Set<number>();
  const visit = ({ terms }: Expression): void => {
    for (const { factor } of terms.flatMap(({ factors }) => factors)) {
      if (factor.kind === 'symbol') found.add(factor.name);
      if (!('template' in factor) || seen.has(factor.template.id)) continue;
      seen.add(factor.template.id);
      visit(factor.template.body);
    }
  };
  visit(expression);
  return found;
}
