/**
 * Cumulative products joined with the factors beside them: C(x) f(x+1) = C(x+1) for x ≥ −1 and C(x)/f(x) = C(x−1) for x ≥ 0, where
 * C(x) = Π_{i=0}^{x} f(i); with f(i) = c^i also C(x) c^{qx} = C(x+q) c^{−q(q+1)/2} for x and x + q ≥ −1. Only where x is a
 * summed index: then Σ_x C(x) f(x+1) and Σ_x C(x) over the range moved by one are the same sum.
 */
import type { Budget } from '../../base/budget.ts';
import { type Assumptions, withIndices } from '../../expression/arithmetic/assumptions.ts';
import {
  add,
  type Expression,
  factorExpression,
  multiply,
  openTerm,
  scale,
  sumOverAll,
} from '../../expression/core/expression.ts';
import {
  addExponents,
  exponentFromForm,
  exponentOf,
  type FactorPower,
  factorKey,
  integerExponent,
  type ProductFactor,
} from '../../expression/core/factor.ts';
import type { IndexFacts } from '../../expression/core/index-facts.ts';
import { indexName, slot } from '../../expression/core/indices.ts';
import { instantiate } from '../../expression/core/template.ts';
import type { Term } from '../../expression/core/term.ts';
import { coefficientOf, type LinearForm, scaleForm, shiftForm } from '../../number/linear-form.ts';

/** Joins in one term. */
const MOST_JOINED = 8;

/** The expression with such products joined; the same object where there are none. */
export function joinProducts(expression: Expression, assumptions: Assumptions, budget: Budget): Expression {
  let changed = false;
  const parts = expression.terms.map((term): Expression => {
    const image = term.factors.some(({ factor }) => factor.kind === 'product') ? joined(term, assumptions) : null;
    if (image === null) return { terms: [term] };
    budget.spend();
    changed = true;
    return image;
  });
  return changed ? add(...parts) : expression;
}

function joined(term: Term, assumptions: Assumptions): Expression | null {
  const opened = openTerm(term);
  const { indices } = withIndices(assumptions, assumptions.indices.with(opened.constraints));
  if (indices.isEmpty) return null;
  const bound = new Set(opened.open);
  let factors: readonly FactorPower[] = opened.factors;
  for (let round = 0; round < MOST_JOINED; round += 1) {
    const next = joinOnce(factors, bound, indices);
    if (next === null) break;
    factors = next;
  }
  if (factors === opened.factors) return null;
  const body = multiply(...factors.map(({ factor, exponent }) => factorExpression(factor, exponent)));
  return scale(sumOverAll(body, opened.open, opened.sorts, opened.constraints), opened.coefficient);
}

/** One without a lower end. */
type Cumulative = ProductFactor;

function joinOnce(
  factors: readonly FactorPower[],
  bound: ReadonlySet<number>,
  indices: IndexFacts,
): FactorPower[] | null {
  for (const own of factors) {
    const { factor } = own;
    const count = integerExponent(own.exponent);
    const [only, ...more] = factor.kind === 'product' && factor.lower === undefined ? factor.upper.terms : [];
    if (factor.kind !== 'product' || count === null || only === undefined || more.length > 0) continue;
    if (only[1] !== 1 || !bound.has(only[0])) continue;
    const others = factors.filter(other => other !== own);
    const found = withPower(factor, count, only[0], others, indices) ?? withNeighbour(factor, count, others, indices);
    if (found !== null) return found;
  }
  return null;
}

const moved = (factor: Cumulative, by: number): Cumulative => ({ ...factor, upper: shiftForm(factor.upper, by) });

/** C(x)^e c^{ax} with f(i) = c^i, so that no power of c moves with x. */
function withPower(
  factor: Cumulative,
  count: number,
  index: number,
  others: readonly FactorPower[],
  indices: IndexFacts,
): FactorPower[] | null {
  const name = powerOfIndex(factor);
  const beside = others.find(each => name !== null && factorKey(each.factor, indexName) === name);
  if (beside === undefined) return null;
  const slope = coefficientOf(beside.exponent.form, index);
  const by = slope / count;
  if (slope === 0 || !Number.isInteger(by)) return null;
  const first = indices.low(factor.upper);
  if (first < -1 || first + by < -1) return null;
  // C(x+q) = C(x) c^{q(x + shift) + q(q+1)/2}, all to the power e.
  const { constant: shift } = factor.upper;
  const taken: LinearForm = { constant: by * shift + (by * (by + 1)) / 2, terms: [[index, by]] };
  const left = addExponents(beside.exponent, exponentFromForm(scaleForm(taken, -count)));
  return [
    { factor: moved(factor, by), exponent: exponentOf(count) },
    ...others.map(each => (each === beside ? { factor: each.factor, exponent: left } : each)),
  ];
}

/** The key of c where the factors of the product are c^i; null for every other. */
function powerOfIndex({ template }: Cumulative): string | null {
  const [only, ...more] = template.body.terms;
  const [own, ...others] = only?.factors ?? [];
  if (only === undefined || own === undefined || more.length + others.length > 0) return null;
  if (!only.coefficient.isOne() || only.sorts.length + only.constraints.length > 0) return null;
  if (own.factor.kind !== 'symbol' && own.factor.kind !== 'integer') return null;
  const { constant, form } = own.exponent;
  const [step, ...rest] = form.terms;
  const isIndex = step?.[0] === slot(0, template.sorts[0] ?? 'history') && step[1] === 1 && rest.length === 0;
  return isIndex && constant.isZero() ? factorKey(own.factor, indexName) : null;
}

/** C(x)^e f(x+1)^e or C(x)^e f(x)^{−e}. */
function withNeighbour(
  factor: Cumulative,
  count: number,
  others: readonly FactorPower[],
  indices: IndexFacts,
): FactorPower[] | null {
  const [, ...rest] = factor.arguments;
  for (const by of [1, -1] as const) {
    const next = singleFactor(
      instantiate(factor.template, [by === 1 ? shiftForm(factor.upper, 1) : factor.upper, ...rest]),
    );
    if (next === null || indices.low(factor.upper) < (by === 1 ? -1 : 0)) continue;
    const key = factorKey(next.factor, indexName);
    const beside = others.find(each => factorKey(each.factor, indexName) === key);
    const has = beside === undefined ? null : integerExponent(beside.exponent);
    const taken = count * by;
    if (beside === undefined || has === null || Math.sign(has) !== Math.sign(taken) || Math.abs(has) < Math.abs(taken))
      continue;
    return [
      { factor: moved(factor, by), exponent: exponentOf(count) },
      ...others.flatMap(each =>
        each !== beside ? [each] : has === taken ? [] : [{ factor: each.factor, exponent: exponentOf(has - taken) }],
      ),
    ];
  }
  return null;
}

/** The expression as one factor with exponent 1. */
function singleFactor({ terms }: Expression): FactorPower | null {
  const [only, ...more] = terms;
  const [own, ...others] = only?.factors ?? [];
  if (only === undefined || own === undefined || more.length + others.length > 0) return null;
  if (!only.coefficient.isOne() || only.sorts.length + only.constraints.length > 0) return null;
  return integerExponent(own.exponent) === 1 ? own : null;
}
