/**
 * Sums with fractions of their index: Σ_i f(i) is zero where f(i) is zero for every i of the range. Terms are put together that are
 * summed over the same range of one index, which then is a letter like any other.
 *
 * Source: Graham, Knuth, Patashnik, Concrete Mathematics, 2.3: the associative law of sums.
 */
import { type Assumptions, withIndices } from '../../expression/arithmetic/assumptions.ts';
import { type Expression, expressionOf } from '../../expression/core/expression.ts';
import { type FactorPower, factorForms, isBelow } from '../../expression/core/factor.ts';
import { isBound, openIndex } from '../../expression/core/indices.ts';
import { substituteRaw, type Term } from '../../expression/core/term.ts';
import { variableForm } from '../../number/linear-form.ts';

/** More terms than these are not looked at. */
const MOST_TERMS = 24;

/** The terms of one range, and what is summed there. */
export interface Summand {
  readonly terms: readonly Term[];
  readonly body: Expression;
  readonly assumptions: Assumptions;
}

/** The ranges over which fractions of the index are summed in several terms. */
export function summandsOf({ terms }: Expression, assumptions: Assumptions): Summand[] {
  if (terms.length > MOST_TERMS) return [];
  const ranges = new Map<string, Term[]>();
  for (const term of terms) {
    if (term.sorts.length !== 1) continue;
    const key = `${term.sorts.join()}|${term.constraints.map(c => `${c.left},${c.right},${c.bound}`).join(';')}`;
    ranges.set(key, [...(ranges.get(key) ?? []), term]);
  }
  return [...ranges.values()].flatMap(own => {
    const [first] = own;
    const [sort] = first?.sorts ?? [];
    if (first === undefined || sort === undefined || own.length < 2 || !own.some(hasFraction)) return [];
    const open = openIndex(sort);
    const opened = own.map(term => substituteRaw(term, new Map([[0, variableForm(open)]])));
    const body = expressionOf(opened.map(term => ({ ...term, sorts: [], constraints: [] })));
    const inside = assumptions.indices.with(opened[0]?.constraints ?? []);
    return inside.isEmpty ? [] : [{ terms: own, body, assumptions: withIndices(assumptions, inside) }];
  });
}

const hasFraction = ({ factors }: Term): boolean => factors.some(isFraction);
const isFraction = ({ factor, exponent }: FactorPower): boolean =>
  factor.kind === 'template' &&
  isBelow({ exponent }) &&
  factorForms(factor).some(form => form.terms.some(([index]) => isBound(index)));
