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

/** Sets of indices: bit i is the index number i of those that are summed over. */
type Indices = bigint;
const NONE: Indices = 0n;

/** A factor power and the indices that occur in it. */
interface Used {
  readonly power: FactorPower;
  readonly indices: Indices;
}

/** The plan for the open indices `indices` over the factors. */
export function planSums(
  factors: readonly FactorPower[],
  indices: readonly number[],
  sorts: ReadonlyMap<number, IndexSort>,
  constraints: readonly Constraint[],
): SumPlan {
  const bits = new Map(indices.map((index, at) => [index, 1n << BigInt(at)] as const));
  const bitOf = (index: number): Indices => bits.get(index) ?? NONE;
  const all = factors.map((power): Used => ({ power, indices: occurring(power, bitOf) }));
  const ties = constraints.map(({ left, right }) => [bitOf(left), bitOf(right)] as const);
  const tied = ties.flatMap(([left, right]) => (left === NONE || right === NONE ? [] : [left | right]));
  const known = new Map<Indices, Map<number, Weighed>>();
  const preferred = indices
    .map(index => ({
      index,
      bit: bitOf(index),
      preference:
        (sorts.get(index) === 'history' ? 100 : 0) + all.filter(used => (used.indices & bitOf(index)) !== NONE).length,
    }))
    .sort((a, b) => b.preference - a.preference);

  const plan = (powers: readonly Used[], remaining: Indices): Weighed => {
    const plain: FactorPower[] = [];
    const rest: Used[] = [];
    for (const used of powers) {
      if ((used.indices & remaining) === NONE) plain.push(used.power);
      else rest.push(used);
    }
    let cost = 0;
    const sums: { index: number; body: SumPlan }[] = [];
    for (const component of components(rest, remaining, tied)) {
      const own = rest.filter(used => (used.indices & component) !== NONE);
      const best = cheapest(own, component);
      sums.push(best.sum);
      cost += best.cost;
    }
    return { plan: { factors: plain, sums }, cost };
  };

  const cheapest = (
    powers: readonly Used[],
    remaining: Indices,
  ): { sum: { index: number; body: SumPlan }; cost: number } => {
    const outer = count(powers.reduce((found, used) => found | used.indices, NONE) & ~remaining);
    let best: { sum: { index: number; body: SumPlan }; cost: number } | null = null;
    const ordered = preferred.filter(({ bit }) => (remaining & bit) !== NONE);
    const candidates = ordered.length > MOST_TRIED ? ordered.slice(0, 2) : ordered;
    for (const { index, bit } of candidates) {
      const left = remaining & ~bit;
      const beside = known.get(left) ?? new Map<number, Weighed>();
      known.set(left, beside);
      let inner = beside.get(index);
      if (inner === undefined) {
        inner = plan(powers, left);
        beside.set(index, inner);
      }
      const cost = RANGE ** (outer + 1) + inner.cost;
      if (best === null || cost < best.cost) best = { sum: { index, body: inner.plan }, cost };
    }
    if (best === null) throw new Error('a component has an index');
    return best;
  };

  return plan(
    all,
    indices.reduce((found, index) => found | bitOf(index), NONE),
  ).plan;
}

/** Of more indices than this only two are tried as the outermost. */
const MOST_TRIED = 7;

function occurring({ factor, exponent }: FactorPower, bitOf: (index: number) => Indices): Indices {
  let found = NONE;
  for (const form of [exponent.form, ...factorForms(factor)]) for (const [index] of form.terms) found |= bitOf(index);
  return found;
}

function count(indices: Indices): number {
  let found = 0;
  for (let left = indices; left !== NONE; left &= left - 1n) found += 1;
  return found;
}

/** Indices that no factor or constraint ties together are summed side by side, in the order of the first of each. */
function components(powers: readonly Used[], remaining: Indices, tied: readonly Indices[]): Indices[] {
  let found: Indices[] = [];
  for (let left = remaining; left !== NONE; left &= left - 1n) found.push(left & -left);
  const join = (indices: Indices): void => {
    const [first, ...others] = found.filter(each => (each & indices) !== NONE);
    if (first === undefined || others.length === 0) return;
    const whole = others.reduce((joined, each) => joined | each, first);
    found = found.flatMap(each => (each === first ? [whole] : others.includes(each) ? [] : [each]));
  };
  for (const { indices } of powers) join(indices & remaining);
  for (const indices of tied) if ((indices & remaining) === indices) join(indices);
  return found;
}
