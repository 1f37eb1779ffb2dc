/**
 * Cumulative products joined with the factors beside them: C(x) f(x+1) = C(x+1) for x ≥ −1 and C(x)/f(x) = C(x−1) for x ≥ 0, where
 * C(x) = Π_{i=0}^{x} f(i); with f(i) = c^i also C(x) c^{qx} = C(x+q) c^{−q(q+1)/2} for x and x + q ≥ −1. Only where x is a
 * summed index: then Σ_x C(x) f(x+1) and Σ_x C(x) over the range moved by one are the same sum. A part of f alone beside C is
 * f less the others: with f = 1 − η, η_x/C(x) is 1/C(x) − 1/C(x−1), so that Σ_x η_x Π_{k>x} (1 − η_k) telescopes.
 */
import type { Budget } from '../../base/budget.ts';
import { type Assumptions, withIndices } from '../../expression/arithmetic/assumptions.ts';
import {
  add,
  type Expression,
  factorExpression,
  freeIndicesOf,
  multiply,
  openTerm,
  scale,
  subtract,
  sumOverAll,
} from '../../expression/core/expression.ts';
import {
  addExponents,
  exponentFromForm,
  exponentOf,
  type FactorPower,
  factorKey,
  integerExponent,
  isZeroExponent,
  scaleExponent,
} from '../../expression/core/factor.ts';
import type { ProductFactor } from '../../expression/core/factors.ts';
import type { IndexFacts } from '../../expression/core/index-facts.ts';
import { indexName, slot } from '../../expression/core/indices.ts';
import { singlePower, singleTerm } from '../../expression/core/single.ts';
import { instantiate } from '../../expression/core/template.ts';
import type { Term } from '../../expression/core/term.ts';
import { Rational } from '../../number/rational.ts';
import {
  addForms,
  coefficientOf,
  constantForm,
  type LinearForm,
  scaleForm,
  shiftForm,
} from '../../number/linear-form.ts';

/** The expression with such products joined; the same object where there are none. */
export function joinProducts(expression: Expression, assumptions: Assumptions, budget: Budget): Expression {
  let changed = false;
  const parts = expression.terms.map((term): Expression => {
    const image = term.factors.some(({ factor }) => factor.kind === 'product')
      ? joined(term, assumptions, budget)
      : null;
    if (image === null) return { terms: [term] };
    budget.spend();
    changed = true;
    return image;
  });
  return changed ? add(...parts) : expression;
}

function joined(term: Term, assumptions: Assumptions, budget: Budget): Expression | null {
  const opened = openTerm(term);
  const { indices } = withIndices(assumptions, assumptions.indices.with(opened.constraints));
  const bound = new Set(opened.open);
  const next = joinOnce(opened.factors, bound, indices);
  const body = next === null ? throughParts(opened.factors, bound, indices) : productOf(next);
  if (body === null) return null;
  const whole = scale(sumOverAll(body, opened.open, opened.sorts, opened.constraints), opened.coefficient);
  return joinProducts(whole, assumptions, budget);
}

const productOf = (factors: readonly FactorPower[]): Expression =>
  multiply(...factors.map(({ factor, exponent }) => factorExpression(factor, exponent)));

/** One without a lower end. */
type Cumulative = ProductFactor;

function joinOnce(
  factors: readonly FactorPower[],
  bound: ReadonlySet<number>,
  indices: IndexFacts,
): FactorPower[] | null {
  for (const own of factors) {
    const { factor } = own;
    if (factor.kind !== 'product' || factor.lower !== undefined) continue;
    const [count, index] = [integerExponent(own.exponent), movingIndex(factor.upper, bound)];
    if (count === null || index === null) continue;
    const others = factors.filter(other => other !== own);
    const found = withPower(factor, count, index, others, indices) ?? withNeighbour(factor, count, others, indices);
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
  const own = singlePower(template.body);
  if (own?.factor.kind !== 'symbol' && own?.factor.kind !== 'integer') return null;
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

/**
 * A product beside a part T of the factor that is next to it: with f = cT + r there, where r does not depend on x, T is (f − r)/c. So C(x) T at
 * x + 1 is (C(x+1) − r C(x))/c, T/C(x) at x is (1/C(x−1) − r/C(x))/c, and Π_{i=a}^{b} f(i) times T at b + 1 or a − 1 likewise, for
 * b ≥ a − 1. Null where no product has such a part beside it.
 */
function throughParts(
  factors: readonly FactorPower[],
  bound: ReadonlySet<number>,
  indices: IndexFacts,
): Expression | null {
  for (const own of factors) {
    const { factor } = own;
    if (factor.kind !== 'product') continue;
    for (const { place, longer, index } of nextTo(factor, integerExponent(own.exponent), bound, indices)) {
      const next = instantiate(factor.template, [place, ...factor.arguments.slice(1)]);
      const part = movingPart(next, index);
      const beside = factors.filter(each => each !== own);
      const others = part && without(part.factors, beside, index);
      if (part === null || others === null) continue;
      const still = { terms: next.terms.filter(term => term !== part) };
      const difference = subtract(
        factorExpression(longer, own.exponent),
        multiply(still, factorExpression(factor, own.exponent)),
      );
      return scale(multiply(productOf(others), difference), part.coefficient.inverse());
    }
  }
  return null;
}

interface Next {
  /** Where the factor is taken, the product with it, and the summed index that moves it. */
  readonly place: LinearForm;
  readonly longer: ProductFactor;
  readonly index: number;
}

/** The factors that a product to the power 1 grows by, at the ends that are a summed index; for C(x)^{−1} the one that it loses. */
function nextTo(
  factor: ProductFactor,
  exponent: number | null,
  bound: ReadonlySet<number>,
  indices: IndexFacts,
): readonly Next[] {
  const { lower, upper } = factor;
  const [above, below] = [movingIndex(upper, bound), lower === undefined ? null : movingIndex(lower, bound)];
  if (exponent === -1 && lower === undefined && above !== null && indices.low(upper) >= 0)
    return [{ place: upper, longer: moved(factor, -1), index: above }];
  const length = addForms(shiftForm(upper, 1), lower ?? constantForm(0), -1);
  // Over a range that is empty by more there is no factor next to it.
  if (exponent !== 1 || indices.low(length) < 0) return [];
  const place = shiftForm(upper, 1);
  return [
    ...(above === null ? [] : [{ place, longer: moved(factor, 1), index: above }]),
    ...(below === null || lower === undefined
      ? []
      : [{ place: shiftForm(lower, -1), longer: { ...factor, lower: shiftForm(lower, -1) }, index: below }]),
  ];
}

function movingIndex({ terms }: LinearForm, bound: ReadonlySet<number>): number | null {
  const [only, ...more] = terms;
  return only !== undefined && more.length === 0 && only[1] === 1 && bound.has(only[0]) ? only[0] : null;
}

/** The one term that depends on the index. */
const movingPart = ({ terms }: Expression, index: number): Term | null =>
  singleTerm({ terms: terms.filter(term => freeIndicesOf({ terms: [term] }).has(index)) });

/** The factors divided by those of the part; null where one is not among them, or a power of it with the index is left. */
function without(
  part: readonly FactorPower[],
  factors: readonly FactorPower[],
  index: number,
): readonly FactorPower[] | null {
  let left = factors;
  for (const { factor, exponent } of part) {
    const key = factorKey(factor, indexName);
    const beside = left.find(each => factorKey(each.factor, indexName) === key);
    if (beside === undefined) return null;
    const [has, takes] = [integerExponent(beside.exponent), integerExponent(exponent)];
    const isWhole = has !== null && takes !== null && takes > 0 && has >= takes;
    const power = addExponents(beside.exponent, scaleExponent(exponent, Rational.minusOne) ?? exponent);
    const isPower = factor.kind === 'symbol' && has === null && coefficientOf(power.form, index) === 0;
    if (!isWhole && !isPower) return null;
    left = left.flatMap(each =>
      each !== beside ? [each] : isZeroExponent(power) ? [] : [{ factor, exponent: power }],
    );
  }
  return left;
}

/** The expression as one factor with exponent 1. */
function singleFactor(expression: Expression): FactorPower | null {
  const own = singlePower(expression);
  return own !== null && integerExponent(own.exponent) === 1 ? own : null;
}
