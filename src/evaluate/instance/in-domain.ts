/** Whether the value of a hyperparameter lies where its declaration says. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Rational } from '../../number/rational.ts';
import type { Domain } from '../../optimizer/model.ts';

/** The value, or a refusal that shows the interval. */
export function inDomain(value: Rational, domain: Domain, name: string, span: Span | null): Rational {
  const { lower, lowerOpen, upper, upperOpen } = domain;
  const below = lower !== null && (lowerOpen ? value.compare(lower) <= 0 : value.compare(lower) < 0);
  const above = upper !== null && (upperOpen ? value.compare(upper) >= 0 : value.compare(upper) > 0);
  if (!below && !above) return value;
  const interval = `${lowerOpen || lower === null ? '(' : '['}${lower ?? '−∞'}, ${upper ?? '∞'}${upperOpen || upper === null ? ')' : ']'}`;
  return refuse('outside-domain', `${name} = ${value} is outside ${interval}`, span);
}
