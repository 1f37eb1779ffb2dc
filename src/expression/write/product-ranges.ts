/**
 * Ratios of cumulative products as products over ranges: C(x)/C(y) with y ≤ x in the whole domain is Π_{i=y+1}^{x}, which has a
 * value where factors vanish; C(y)/C(x) is its reciprocal. The normal form keeps the ratios, in which adjacent ranges join; what is written has none.
 *
 * Which product is paired with which does not matter: however it is done, the factor at i stands as often as there are ends
 * above i without starts below it.
 */
import { asShiftedVariable, formKey, type LinearForm, shiftForm } from '../../number/linear-form.ts';
import { closeConstraints, type Closure, type Constraint, knownBound } from '../core/domain.ts';
import { exponentOf, type FactorPower, factorKey, integerExponent } from '../core/factor.ts';
import type { ProductFactor } from '../core/factors.ts';
import { indexName, ITERATION_INDEX, ZERO } from '../core/indices.ts';
import type { Term } from '../core/term.ts';

/** The term with every ratio of cumulative products as a product over a range, where the domain orders its ends. */
export function withRanges(term: Term): Term {
  const groups = new Map<string, { readonly ends: ProductFactor[]; readonly starts: ProductFactor[] }>();
  const others: FactorPower[] = [];
  for (const own of term.factors) {
    const count = integerExponent(own.exponent);
    if (own.factor.kind !== 'product' || own.factor.lower !== undefined || count === null) {
      others.push(own);
      continue;
    }
    const { factor } = own;
    const key = `${factor.template.id}|${factor.arguments
      .slice(1)
      .map(form => formKey(form, indexName))
      .join()}`;
    const group = groups.get(key) ?? { ends: [], starts: [] };
    groups.set(key, group);
    for (let i = 0; i < Math.abs(count); i += 1) (count > 0 ? group.ends : group.starts).push(factor);
  }
  if (![...groups.values()].some(({ starts }) => starts.length > 0)) return term;
  const closure = closeConstraints([...term.constraints, FROM_ZERO]);
  if (closure === null) return term;
  const ranges = [...groups.values()].map(({ ends, starts }) => rangesOf(ends, starts, closure));
  return ranges.some(list => list === null)
    ? term
    : { ...term, factors: [...others, ...ranges.flatMap(list => list ?? [])] };
}

/** C(x)/C(y) or its reciprocal over a range; null where neither can be. */
function rangesOf(
  ends: readonly ProductFactor[],
  starts: readonly ProductFactor[],
  closure: Closure,
): FactorPower[] | null {
  const above = paired(ends, starts, closure);
  if (above !== null) return powersOf(above, 1);
  const below = paired(starts, ends, closure);
  return below && powersOf(below, -1);
}

const FROM_ZERO: Constraint = { left: ZERO, right: ITERATION_INDEX, bound: 0 };

/** Every start with an end that is not before it; null where that cannot be. */
function paired(
  ends: readonly ProductFactor[],
  starts: readonly ProductFactor[],
  closure: Closure,
): ProductFactor[] | null {
  const [start, ...rest] = starts;
  if (start === undefined) return [...ends];
  for (const [at, end] of ends.entries()) {
    if (!isNotBefore(end.upper, start.upper, closure)) continue;
    const others = paired(
      ends.filter((_, other) => other !== at),
      rest,
      closure,
    );
    if (others !== null) return [{ ...end, lower: shiftForm(start.upper, 1) }, ...others];
  }
  return null;
}

/** Whether start ≤ end + 1 in the whole domain: the range is empty at the least. */
function isNotBefore(end: LinearForm, start: LinearForm, closure: Closure): boolean {
  const [a, b] = [end, start].map(form =>
    form.terms.length === 0 ? { variable: ZERO, shift: form.constant } : asShiftedVariable(form),
  );
  if (a == null || b == null) return false;
  return knownBound(closure, b.variable, a.variable) + b.shift - a.shift <= 0;
}

/** Equal factors as powers of this sign. */
function powersOf(factors: readonly ProductFactor[], sign: 1 | -1): FactorPower[] {
  const counts = new Map<string, { readonly factor: ProductFactor; count: number }>();
  for (const factor of factors) {
    const key = factorKey(factor, indexName);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { factor, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()].map(({ factor, count }) => ({ factor, exponent: exponentOf(sign * count) }));
}
