/**
 * Products Π_{i=lower}^{upper} over an index: powers, telescoping ratios, and otherwise ratios of cumulative products. Where a factor
 * before the range may vanish, and the reader allows it, the product stays one over its range.
 */
import { refuse } from '../../base/problem.ts';
import type { LinearForm } from '../../number/linear-form.ts';
import { addForms, coefficientOf, scaleForm, shiftForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import type { Constraint } from '../core/domain.ts';
import type { Expression } from '../core/expression.ts';
import {
  ONE_EXPRESSION,
  add,
  constant,
  factorExpression,
  freeIndicesOf,
  multiply,
  restrict,
} from '../core/expression.ts';
import type { Exponent, FactorPower } from '../core/factor.ts';
import type { Factor } from '../core/factors.ts';
import { exponentFromForm, integerExponent } from '../core/factor.ts';
import { ZERO, asAtom } from '../core/indices.ts';
import { instantiate } from '../core/template.ts';
import type { Assumptions } from './assumptions.ts';
import { withIndices } from './assumptions.ts';
import type { CountedRange } from './cumulative-product.ts';
import { MAX_WRITTEN_OUT, cumulativeRatio, writtenOut } from './cumulative-product.ts';
import { asOneFraction } from './one-fraction.ts';
import { oriented } from './orient-product.ts';
import { powerOfForm } from './power-of-form.ts';
import { power } from './power.ts';
import { comparison } from './sum-range.ts';
import { telescope } from './telescope.ts';
import { productWithZero } from './zero-factor.ts';

/**
 * Π of `body` over its free index `open` from lower to upper; 1 over an empty range, however far upper is below lower. Where the
 * facts do not tell whether upper ≥ lower − 1, both cases stand side by side with their conditions. With `keepsRanges` what is no ratio of
 * cumulative products is a factor with its range; otherwise it is refused.
 */
export function productOver(
  body: Expression,
  open: number,
  lower: LinearForm,
  upper: LinearForm,
  assumptions: Assumptions,
  keepsRanges = false,
): Expression {
  const length = addForms(shiftForm(upper, 1), lower, -1);
  if (assumptions.indices.high(length) <= 0) return ONE_EXPRESSION;
  const range: CountedRange = { lower, upper, length, keepsRanges };
  if (assumptions.indices.low(length) >= 0) return productOverRange(body, open, range, assumptions);
  const isRange = notNegative(length);
  const isEmpty = notNegative(shiftForm(scaleForm(length, -1), -1));
  if (isRange === null || isEmpty === null)
    return refuse('not-a-difference', 'the bounds of a product must compare two indices up to a constant');
  const inside = withIndices(assumptions, assumptions.indices.with([isRange]));
  return add(restrict(productOverRange(body, open, range, inside), [isRange]), restrict(ONE_EXPRESSION, [isEmpty]));
}

/** What is known of the index of a product inside of it; a bound that is no index up to a constant says nothing. */
export const rangeOfProduct = (open: number, lower: LinearForm, upper: LinearForm): Constraint[] =>
  [addForms(lower, variableForm(open), -1), addForms(variableForm(open), upper, -1)].flatMap(
    form => comparison(form, open) ?? [],
  );

/** form ≥ 0 as a difference constraint; one that is none is compared with 0 as a whole. */
function notNegative(form: LinearForm): Constraint | null {
  const plain = comparison(scaleForm(form, -1), null);
  if (plain !== null) return plain;
  const whole = asAtom(form);
  return whole === null ? null : { left: ZERO, right: whole.index, bound: whole.shift };
}

const OF_A_NEGATIVE =
  'powers of a negative factor are derived where it is a hyperparameter of its own, as c with where c \\in (-1,1)';

function productOverRange(given: Expression, open: number, whole: CountedRange, assumptions: Assumptions): Expression {
  const { body, lower, upper } = oriented(given, open, whole, assumptions);
  const range: CountedRange = { ...whole, lower, upper };
  const { length } = range;
  if (length.terms.length === 0 && length.constant <= MAX_WRITTEN_OUT)
    return writtenOut(body, open, lower, length.constant);
  if (!freeIndicesOf(body).has(open))
    return (
      powerOfForm(body, length) ??
      refuse(
        'product-not-covered',
        'this product over an index is not covered by the normal form',
        null,
        body.terms.length === 1 && body.terms[0]?.coefficient.sign() === -1 ? OF_A_NEGATIVE : undefined,
      )
    );
  const fraction = inOneFraction(body, open, assumptions);
  if (fraction !== null) return productOverRange(fraction, open, range, assumptions);
  const only = body.terms[0];
  if (body.terms.length > 1 || only === undefined || only.sorts.length > 0 || only.constraints.length > 0)
    return cumulativeRatio(body, open, range, assumptions);
  const parts: Expression[] = [];
  const coefficient = powerOfForm(constant(only.coefficient), length);
  if (coefficient === null) return cumulativeRatio(body, open, range, assumptions);
  parts.push(coefficient);
  const moving: FactorPower[] = [];
  for (const own of only.factors) {
    const expression = factorExpression(own.factor, own.exponent);
    if (freeIndicesOf(expression).has(open)) {
      moving.push(own);
      continue;
    }
    const whole = powerOfForm(expression, length);
    if (whole === null) return cumulativeRatio(body, open, range, assumptions);
    parts.push(whole);
  }
  const { ends, rest } = telescope(moving, open, range, assumptions);
  return multiply(
    ...parts,
    ...ends,
    ...rest.map(({ factor, exponent }) => ofOneFactor(factor, exponent, open, range, assumptions)),
  );
}

/** The body, or the sums that are kept together in it, as fractions; null where nothing changes. */
function inOneFraction(body: Expression, open: number, assumptions: Assumptions): Expression | null {
  const together = asOneFraction(body, open);
  const [only, ...more] = body.terms;
  if (together !== null || only === undefined || more.length + only.sorts.length + only.constraints.length > 0)
    return together;
  const images = only.factors.map(({ factor, exponent }) => {
    const whole = integerExponent(exponent);
    const inside =
      factor.kind === 'template' && whole !== null
        ? asOneFraction(instantiate(factor.template, factor.arguments), open)
        : null;
    return inside && power(inside, Rational.of(whole ?? 1), assumptions);
  });
  if (images.every(image => image === null)) return null;
  return multiply(
    constant(only.coefficient),
    ...only.factors.map(({ factor, exponent }, at) => images[at] ?? factorExpression(factor, exponent)),
  );
}

/** Π of one factor to its exponent: whole powers stand outside, and what is zero somewhere makes the product zero from there on. */
function ofOneFactor(
  factor: Factor,
  exponent: Exponent,
  open: number,
  range: CountedRange,
  assumptions: Assumptions,
): Expression {
  const body = factorExpression(factor, exponent);
  const whole = integerExponent(exponent);
  if (factor.kind === 'symbol' || factor.kind === 'integer') {
    const image = ofSymbol(factor, exponent, open, range, assumptions);
    return image ?? cumulativeRatio(body, open, range, assumptions);
  }
  const zero = productWithZero(body, { factor, exponent }, open, range, assumptions);
  if (zero !== null) return zero;
  if (whole === null || whole === 1) return cumulativeRatio(body, open, range, assumptions);
  return power(cumulativeRatio(factorExpression(factor), open, range, assumptions), Rational.of(whole), assumptions);
}

/**
 * Π c^{a·i + b} is (Π c^i)^a c^{bm} with the number m of factors, i counted from 0 on and in the direction in which b is a number;
 * where a divides b it is (Π c^{i + b/a})^a. Null where it is neither.
 */
function ofSymbol(
  factor: Factor,
  exponent: Exponent,
  open: number,
  range: CountedRange,
  assumptions: Assumptions,
): Expression | null {
  if (!exponent.constant.isInteger()) return null;
  const { lower, upper, length } = range;
  const slope = coefficientOf(exponent.form, open);
  const form: LinearForm = { constant: Number(exponent.constant.num), terms: exponent.form.terms };
  const beside = addForms(form, variableForm(open), -slope);
  const ofBody = (inner: LinearForm, over: CountedRange): Expression =>
    cumulativeRatio(factorExpression(factor, exponentFromForm(inner)), open, over, assumptions);
  // From either end: a·i + b, or −a·i + b + a(lower + upper).
  for (const [by, rest] of [
    [slope, beside],
    [-slope, addForms(beside, addForms(lower, upper), slope)],
  ] as const) {
    if (rest.terms.length > 0) continue;
    const begins = assumptions.indices.low(lower);
    const start = Number.isFinite(begins) && lower.terms.length > 0 ? Math.min(begins, 0) : 0;
    const over: CountedRange = { ...range, lower: shiftForm(lower, -start), upper: shiftForm(upper, -start) };
    return multiply(
      power(ofBody(variableForm(open), over), Rational.of(by), assumptions),
      factorExpression(factor, exponentFromForm(scaleForm(length, rest.constant + by * start))),
    );
  }
  const steps = Math.abs(slope);
  if (form.constant % steps !== 0 || form.terms.some(([, count]) => count % steps !== 0)) return null;
  const inner = {
    constant: form.constant / steps,
    terms: form.terms.map(([index, count]) => [index, count / steps] as const),
  };
  return power(ofBody(inner, range), Rational.of(steps), assumptions);
}
