/**
 * Denominators that vanish where the sums beside them are empty: 1/√n and 1/(1 − β^n) beside Σ_{k=0}^{n−1} have no value in the first step,
 * and are written inside of the sum, where n ≥ 1.
 */
import { type IndexSort, ITERATION } from '../../formula/formula.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { neverZero } from '../arithmetic/thin-zeros.ts';
import type { Constraint } from '../core/domain.ts';
import { type FactorPower, isBelow } from '../core/factor.ts';
import { IndexFacts } from '../core/index-facts.ts';
import { ITERATION_INDEX } from '../core/indices.ts';
import { instantiate } from '../core/template.ts';
import { alwaysPositive } from './conditions.ts';
import { planSums, type SumPlan } from './sum-plan.ts';
import type { Term } from '../core/term.ts';
import type { WrittenIndices } from './write-form.ts';

/** The plan of a term's sums with such denominators inside of a sum of theirs; `known` holds outside of the sums. */
export function planInside(
  { factors: all, constraints }: Pick<Term, 'factors' | 'constraints'>,
  indices: readonly number[],
  sorts: ReadonlyMap<number, IndexSort>,
  known: readonly Constraint[],
  letters: WrittenIndices,
): SumPlan {
  const plan = planSums(all, indices, sorts, constraints);
  const outside = IndexFacts.NONE.with(known);
  const mayVanish = (power: FactorPower): boolean =>
    isBelow(power) &&
    (power.factor.kind === 'index'
      ? !neverZero(power.factor.index, outside) && !alwaysPositive(power.factor.index, letters)
      : firstStepsOf(power, letters) > outside.low(variableForm(ITERATION_INDEX)));
  const vanishing = plan.factors.filter(mayVanish);
  let placed: SumPlan = { factors: plan.factors.filter(power => !vanishing.includes(power)), sums: plan.sums };
  const outer: FactorPower[] = [];
  for (const power of vanishing) {
    const around = { facts: outside, constraints };
    const inside = insideOf(placed, facts => isNeverZero(power, facts, letters), power, around);
    if (inside === null) outer.push(power);
    else placed = inside;
  }
  return { ...placed, factors: [...placed.factors, ...outer] };
}

interface Around {
  readonly facts: IndexFacts;
  readonly constraints: readonly Constraint[];
}

/** The plan with the factor inside of the outermost sum in whose range it surely has a value; null where there is none. */
function insideOf(
  plan: SumPlan,
  hasValue: (facts: IndexFacts) => boolean,
  power: FactorPower,
  { facts, constraints }: Around,
): SumPlan | null {
  for (const [at, sum] of plan.sums.entries()) {
    const within = facts.with(rangeOf(sum, constraints));
    const body = hasValue(within)
      ? { ...sum.body, factors: [power, ...sum.body.factors] }
      : insideOf(sum.body, hasValue, power, { facts: within, constraints });
    if (body !== null) return { ...plan, sums: plan.sums.with(at, { ...sum, body }) };
  }
  return null;
}

const isNeverZero = (power: FactorPower, facts: IndexFacts, letters: WrittenIndices): boolean =>
  power.factor.kind === 'index'
    ? neverZero(power.factor.index, facts)
    : nowIndices(letters).some(index => facts.low(variableForm(index)) >= firstStepsOf(power, letters));

/** Steps at which a denominator is looked at. */
const FIRST_STEPS = [1, 0];

/** One more than the greatest n among the first steps at which a quantity without a sum is zero, as 1 for 1 − β^n; 0 where it is zero in none. */
function firstStepsOf({ factor }: FactorPower, letters: WrittenIndices): number {
  if (factor.kind !== 'template') return 0;
  const now = nowIndices(letters);
  const at = (form: LinearForm, step: number): LinearForm =>
    now.reduce((moved, index) => substituted(moved, index, step), form);
  const isOfNow = factor.arguments.some(({ terms }) => terms.some(([index]) => now.includes(index)));
  if (!isOfNow || factor.template.body.terms.some(({ sorts }) => sorts.length > 0)) return 0;
  const isZero = (step: number): boolean =>
    instantiate(
      factor.template,
      factor.arguments.map(form => at(form, step)),
    ).terms.length === 0;
  return 1 + (FIRST_STEPS.find(isZero) ?? -1);
}

/** The indices that are written as n. */
const nowIndices = (letters: WrittenIndices): number[] =>
  [...letters].flatMap(([index, letter]) => (letter.kind === 'index' && letter.name === ITERATION ? [index] : []));

const substituted = ({ constant, terms }: LinearForm, index: number, value: number): LinearForm => ({
  constant: terms.reduce((sum, [each, count]) => (each === index ? sum + count * value : sum), constant),
  terms: terms.filter(([each]) => each !== index),
});

/** The constraints on the index of a sum, without those that speak of an index inside of it. */
function rangeOf({ index, body }: SumPlan['sums'][number], constraints: readonly Constraint[]): Constraint[] {
  const inner = new Set(body.sums.flatMap(indicesOf));
  return constraints.filter(
    ({ left, right }) => (left === index || right === index) && !inner.has(left) && !inner.has(right),
  );
}

const indicesOf = ({ index, body }: SumPlan['sums'][number]): number[] => [index, ...body.sums.flatMap(indicesOf)];
