/**
 * Products Π_{i=lower}^{upper} over an index: powers, telescoping ratios, and otherwise ratios of cumulative products. Where a factor
 * before the range may vanish, and the reader allows it, the product stays one over its range.
 */
import { refuse } from '../../base/problem.ts';
import {
  addForms,
  coefficientOf,
  constantForm,
  type LinearForm,
  scaleForm,
  shiftForm,
  variableForm,
} from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { type Assumptions, withIndices } from './assumptions.ts';
import type { Constraint } from '../core/domain.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  freeIndicesOf,
  multiply,
  ONE_EXPRESSION,
  restrict,
  substituteIndices,
} from '../core/expression.ts';
import {
  type Exponent,
  exponentFromForm,
  type Factor,
  type FactorPower,
  factorForms,
  integerExponent,
} from '../core/factor.ts';
import { asAtom, ZERO } from '../core/indices.ts';
import { asOneFraction } from './one-fraction.ts';
import { type CountedProduct, leastShift, oriented } from './orient-product.ts';
import { power } from './power.ts';
import { powerOfForm } from './power-of-form.ts';
import { comparison } from './sum-range.ts';
import { telescope } from './telescope.ts';
import { instantiate, vectorTemplate } from '../core/template.ts';
import { hasThinZeros, hasValues } from './thin-zeros.ts';
import { productWithZero } from './zero-factor.ts';

export const MAX_WRITTEN_OUT = 32;
/** Factors that may vanish before a cumulative product starts. */
const MOST_SKIPPED = 16;

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
  const range: Range = { lower, upper, length, keepsRanges };
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

interface Range {
  readonly lower: LinearForm;
  readonly upper: LinearForm;
  /** upper − lower + 1, not negative. */
  readonly length: LinearForm;
  readonly keepsRanges: boolean;
}

function productOverRange(given: Expression, open: number, whole: Range, assumptions: Assumptions): Expression {
  const { body, lower, upper } = oriented(given, open, whole, assumptions);
  const range: Range = { ...whole, lower, upper };
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

function writtenOut(body: Expression, open: number, lower: LinearForm, length: number): Expression {
  const factors: Expression[] = [];
  for (let i = 0; i < length; i += 1) factors.push(substituteIndices(body, new Map([[open, shiftForm(lower, i)]])));
  return multiply(...factors);
}

/** Π of one factor to its exponent: whole powers stand outside, and what is zero somewhere makes the product zero from there on. */
function ofOneFactor(
  factor: Factor,
  exponent: Exponent,
  open: number,
  range: Range,
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
  range: Range,
  assumptions: Assumptions,
): Expression | null {
  if (!exponent.constant.isInteger()) return null;
  const { lower, upper, length } = range;
  const slope = coefficientOf(exponent.form, open);
  const form: LinearForm = { constant: Number(exponent.constant.num), terms: exponent.form.terms };
  const beside = addForms(form, variableForm(open), -slope);
  const ofBody = (inner: LinearForm, over: Range): Expression =>
    cumulativeRatio(factorExpression(factor, exponentFromForm(inner)), open, over, assumptions);
  // From either end: a·i + b, or −a·i + b + a(lower + upper).
  for (const [by, rest] of [
    [slope, beside],
    [-slope, addForms(beside, addForms(lower, upper), slope)],
  ] as const) {
    if (rest.terms.length > 0) continue;
    const begins = assumptions.indices.low(lower);
    const start = Number.isFinite(begins) && lower.terms.length > 0 ? Math.min(begins, 0) : 0;
    const over: Range = { ...range, lower: shiftForm(lower, -start), upper: shiftForm(upper, -start) };
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

/**
 * C(upper)/C(lower − 1) with the cumulative product C, so that products over adjacent ranges join. C starts at 0, so the
 * body is shifted first: μ_{i−1} over i ≥ 1 is μ_i over i ≥ 0, and no value before the first is asked for. It starts later
 * where an earlier factor may vanish or have no value, and earlier where the range may begin there.
 */
function cumulativeRatio(given: Expression, open: number, range: Range, assumptions: Assumptions): Expression {
  const turned = oriented(given, open, range, assumptions);
  const { body: whole, lower: from, upper: to } = turned;
  // Π_{i=−1}^{n} begins with the factor at −1, before C.
  const early = -leastShift(whole, open) - from.constant;
  if (
    from.terms.length === 0 &&
    early > 0 &&
    early <= MAX_WRITTEN_OUT &&
    assumptions.indices.low(to) >= from.constant + early - 1
  )
    return multiply(
      writtenOut(whole, open, from, early),
      cumulativeRatio(
        whole,
        open,
        {
          ...range,
          lower: shiftForm(from, early),
          upper: to,
          length: addForms(shiftForm(to, 1), shiftForm(from, early), -1),
        },
        assumptions,
      ),
    );
  const start = startOfProduct(whole, open, from, assumptions);
  if (start === null)
    return range.keepsRanges
      ? overRange(turned, open)
      : refuse(
          'product-not-covered',
          'this product may begin before its first factor, or a factor before it may vanish',
        );
  const body = moved(whole, open, start);
  const [lower, upper] = [shiftForm(from, -start), shiftForm(to, -start)];
  const only = body.terms[0];
  if (
    body.terms.some(term =>
      term.factors.some(({ factor }) =>
        factorForms(factor).some(form => form.terms.length > 1 && form.terms.some(([v]) => v === open)),
      ),
    )
  ) {
    if (range.keepsRanges) return overRange(turned, open);
    refuse('product-not-covered', 'this product over an index is not covered by the normal form');
  }
  if (only === undefined) return body;
  const { template, arguments: args } = vectorTemplate(body, open);
  const cumulative = (end: LinearForm): Expression =>
    end.terms.length === 0 && end.constant >= -1 && end.constant < MAX_WRITTEN_OUT
      ? writtenOut(body, open, constantForm(0), end.constant + 1)
      : factorExpression({ kind: 'product', template, arguments: args, upper: end });
  return multiply(cumulative(upper), power(cumulative(shiftForm(lower, -1)), Rational.minusOne, assumptions));
}

const moved = (body: Expression, open: number, by: number): Expression =>
  by === 0 ? body : substituteIndices(body, new Map([[open, variableForm(open, by)]]));

/** The product as a factor of its own, with the least index inside without a constant. */
function overRange({ body, lower, upper }: CountedProduct, open: number): Expression {
  const start = -leastShift(body, open);
  const { template, arguments: args } = vectorTemplate(moved(body, open, start), open);
  return factorExpression({
    kind: 'product',
    template,
    arguments: args,
    lower: shiftForm(lower, -start),
    upper: shiftForm(upper, -start),
  });
}

/** Where C starts: at the first factor, or where the range can begin; null where a factor from there on may vanish. */
function startOfProduct(body: Expression, open: number, from: LinearForm, assumptions: Assumptions): number | null {
  const begins = assumptions.indices.low(from);
  const isSound = (start: number): boolean => {
    const known: Constraint = { left: ZERO, right: open, bound: -start };
    const inside = withIndices(assumptions, assumptions.indices.with([known]));
    return begins >= start && hasThinZeros(body, inside) && hasValues(body, inside);
  };
  const first = -leastShift(body, open);
  // The least one, so that Π_{k=1}^{n} k and Π_{k=3}^{n} k start alike.
  const last = Math.min(begins, first + MOST_SKIPPED);
  for (let start = first; start <= last; start += 1) if (isSound(start)) return start;
  if (Number.isFinite(begins) && isSound(begins)) return begins;
  return assumptions.genericProducts === true ? first : null;
}
