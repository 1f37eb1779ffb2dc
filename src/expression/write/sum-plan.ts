/**
 * The nesting of the sums of a term: which index is summed outside which, so that every factor stands as far out as it
 * can and inner sums depend on few outer indices. A dependence through a bound only costs nothing: running sums share it.
 */
import type { IndexSort } from '../../formula/formula.ts';
import type { Constraint } from '../core/domain.ts';
import { type FactorPower, factorForms } from '../core/factor.ts';

/** A product of factors and of sums over one index each. */
export interface SumPlan {
  readonly factors: readonly FactorPower[];
  readonly sums: readonly { readonly index: number; readonly body: SumPlan }[];
}

const RANGE = 16;

interface Weighed {
  readonly plan: SumPlan;
  readonly cost: number;
}

/** The indices of `among` that occur in a factor power. */
function occurring(power: FactorPower, among: readonly number[]): number[] {
  const found: number[] = [];
  for (const form of [power.exponent.form, ...factorForms(power.factor)]) {
    for (const [index] of form.terms) if (among.includes(index) && !found.includes(index)) found.push(index);
  }
  return found;
}

/** The plan for the open indices `indices` over the factors. */
export function planSums(
  factors: readonly FactorPower[],
  indices: readonly number[],
  sorts: ReadonlyMap<number, IndexSort>,
  constraints: readonly Constraint[],
): SumPlan {
  const all = [...indices];
  const known = new Map<string, Weighed>();
  const uses = new Map(factors.map(power => [power, occurring(power, all)] as const));

  const plan = (powers: readonly FactorPower[], remaining: readonly number[]): Weighed => {
    const plain = powers.filter(power => !(uses.get(power) ?? []).some(index => remaining.includes(index)));
    const rest = powers.filter(power => !plain.includes(power));
    let cost = 0;
    const sums: { index: number; body: SumPlan }[] = [];
    for (const component of components(rest, remaining, uses, constraints)) {
      const best = cheapest(component.powers, component.indices);
      sums.push(best.sum);
      cost += best.cost;
    }
    return { plan: { factors: plain, sums }, cost };
  };

  const cheapest = (
    powers: readonly FactorPower[],
    remaining: readonly number[],
  ): { sum: { index: number; body: SumPlan }; cost: number } => {
    const ordered = [...remaining].sort((a, b) => preference(b) - preference(a));
    const outer = new Set(powers.flatMap(power => (uses.get(power) ?? []).filter(index => !remaining.includes(index))));
    let best: { sum: { index: number; body: SumPlan }; cost: number } | null = null;
    const candidates = remaining.length > 7 ? ordered.slice(0, 2) : ordered;
    for (const index of candidates) {
      const left = remaining.filter(other => other !== index);
      const key = `${index}|${left.join(',')}`;
      let inner = known.get(key);
      if (inner === undefined) {
        inner = plan(powers, left);
        known.set(key, inner);
      }
      const cost = RANGE ** (outer.size + 1) + inner.cost;
      if (best === null || cost < best.cost) best = { sum: { index, body: inner.plan }, cost };
    }
    if (best === null) throw new Error('a component has an index');
    return best;
  };

  const preference = (index: number): number =>
    (sorts.get(index) === 'history' ? 100 : 0) + factors.filter(power => uses.get(power)?.includes(index)).length;
  return plan(factors, all).plan;
}

/** Indices that no factor or constraint ties together are summed side by side. */
function components(
  powers: readonly FactorPower[],
  indices: readonly number[],
  uses: ReadonlyMap<FactorPower, readonly number[]>,
  constraints: readonly Constraint[],
): { powers: FactorPower[]; indices: number[] }[] {
  const group = new Map(indices.map(index => [index, index] as const));
  const find = (index: number): number => {
    let at = index;
    for (let up = group.get(at); up !== undefined && up !== at; up = group.get(at)) at = up;
    return at;
  };
  const join = (list: readonly number[]): void => {
    const [first, ...rest] = list;
    if (first !== undefined) for (const other of rest) group.set(find(other), find(first));
  };
  for (const power of powers) join((uses.get(power) ?? []).filter(index => group.has(index)));
  for (const { left, right } of constraints) if (group.has(left) && group.has(right)) join([left, right]);
  const roots = [...new Set(indices.map(find))];
  return roots.map(root => ({
    indices: indices.filter(index => find(index) === root),
    powers: powers.filter(power => (uses.get(power) ?? []).some(index => group.has(index) && find(index) === root)),
  }));
}
