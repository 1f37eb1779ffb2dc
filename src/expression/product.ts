/**
 * Products Π_{i=lower}^{upper} over an index: powers, telescoping ratios, and otherwise ratios of cumulative products. Where a factor
 * before the range may vanish, and the reader allows it, the product stays one over its range.
 */
import { refuse } from '../base/problem.ts';
import {
  addForms,
  coefficientOf,
  constantForm,
  type LinearForm,
  scaleForm,
  shiftForm,
  variableForm,
} from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';
import { type Assumptions, withIndices } from './assumptions.ts';
import type { Constraint } from './domain.ts';
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
} from './expression.ts';
import {
  type Exponent,
  exponentFromForm,
  type Factor,
  type FactorPower,
  factorForms,
  factorKey,
  plainExponent,
  substituteFactor,
} from './factor.ts';
import { asAtom, indexName, ZERO } from './indices.ts';
import { power } from './power.ts';
import { powerOfForm } from './power-of-form.ts';
import { comparison } from './sum-range.ts';
import { instantiate, vectorTemplate } from './template.ts';
import { hasThinZeros, hasValues } from './thin-zeros.ts';

const MAX_WRITTEN_OUT = 32;
const MAX_TELESCOPED = 8;

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

function productOverRange(body: Expression, open: number, range: Range, assumptions: Assumptions): Expression {
  const { lower, length } = range;
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
  return multiply(...parts, telescope(moving, open, range, assumptions));
}

function writtenOut(body: Expression, open: number, lower: LinearForm, length: number): Expression {
  const factors: Expression[] = [];
  for (let i = 0; i < length; i += 1) factors.push(substituteIndices(body, new Map([[open, shiftForm(lower, i)]])));
  return multiply(...factors);
}

/** Pairs f(i)^e · f(i+d)^{−e} leave only d ends on each side; what finds no partner becomes a ratio of cumulative products. */
function telescope(moving: readonly FactorPower[], open: number, range: Range, assumptions: Assumptions): Expression {
  const { lower, upper } = range;
  const rest = [...moving];
  const parts: Expression[] = [];
  // What stays is taken at places after the range as well.
  const from = comparison(addForms(lower, variableForm(open), -1), open);
  const inside = withIndices(assumptions, assumptions.indices.with(from === null ? [] : [from]));
  for (let i = 0; i < rest.length; i += 1) {
    const early = rest[i];
    const exponent = early === undefined ? null : plainExponent(early.exponent);
    if (early === undefined || exponent === null) continue;
    const found = mayVanish(early.factor, inside) ? null : findPartner(early.factor, exponent.negate(), rest, open);
    if (found === null) continue;
    const at = (form: LinearForm): Expression =>
      factorExpression(substituteFactor(early.factor, new Map([[open, form]])));
    for (let end = 0; end < found.distance; end += 1) {
      parts.push(
        power(at(shiftForm(lower, end)), exponent, assumptions),
        power(at(shiftForm(upper, 1 + end)), exponent.negate(), assumptions),
      );
    }
    rest.splice(Math.max(i, found.position), 1);
    rest.splice(Math.min(i, found.position), 1);
    i = -1;
  }
  for (const { factor, exponent } of rest) parts.push(ofOneFactor(factor, exponent, open, range, assumptions));
  return multiply(...parts);
}

/** i − 1 and 1 − β^{i−1} are zero inside a range from 1 on, where what telescoping leaves is 0/0. */
const mayVanish = (factor: Factor, inside: Assumptions): boolean => !hasThinZeros(factorExpression(factor), inside);

/** Where f(i + d)^exponent stands, for the least d ≥ 1. */
function findPartner(
  early: Factor,
  exponent: Rational,
  among: readonly FactorPower[],
  open: number,
): { readonly position: number; readonly distance: number } | null {
  for (let distance = 1; distance <= MAX_TELESCOPED; distance += 1) {
    const next = factorKey(substituteFactor(early, new Map([[open, variableForm(open, distance)]])), indexName);
    const position = among.findIndex(
      late => factorKey(late.factor, indexName) === next && (plainExponent(late.exponent)?.equals(exponent) ?? false),
    );
    if (position !== -1) return { position, distance };
  }
  return null;
}

/** Π c^{a·i + b} is (Π c^i)^a c^{bm} with the number m of factors; where a divides b it is (Π c^{i + b/a})^a. */
function ofOneFactor(
  factor: Factor,
  exponent: Exponent,
  open: number,
  range: Range,
  assumptions: Assumptions,
): Expression {
  const steps = Math.abs(coefficientOf(exponent.form, open));
  const plain = (): Expression => cumulativeRatio(factorExpression(factor, exponent), open, range, assumptions);
  if ((factor.kind !== 'symbol' && factor.kind !== 'integer') || steps < 2 || !exponent.constant.isInteger())
    return plain();
  const form: LinearForm = { constant: Number(exponent.constant.num), terms: exponent.form.terms };
  const divides = form.constant % steps === 0 && form.terms.every(([, count]) => count % steps === 0);
  if (!divides && form.terms.length > 1) return plain();
  const inner = divides
    ? { constant: form.constant / steps, terms: form.terms.map(([index, count]) => [index, count / steps] as const) }
    : variableForm(open);
  const beside = divides ? constantForm(0) : scaleForm(range.length, form.constant);
  return multiply(
    power(
      cumulativeRatio(factorExpression(factor, exponentFromForm(inner)), open, range, assumptions),
      Rational.of(divides ? steps : coefficientOf(exponent.form, open)),
      assumptions,
    ),
    factorExpression(factor, exponentFromForm(beside)),
  );
}

/**
 * C(upper)/C(lower − 1) with the cumulative product C, so that products over adjacent ranges join. C starts at 0, so the
 * body is shifted first: μ_{i−1} over i ≥ 1 is μ_i over i ≥ 0, and no value before the first is asked for. It starts later
 * where an earlier factor may vanish or have no value, and earlier where the range may begin there.
 */
function cumulativeRatio(given: Expression, open: number, range: Range, assumptions: Assumptions): Expression {
  const turned = oriented(given, open, range);
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

interface Oriented {
  readonly body: Expression;
  readonly lower: LinearForm;
  readonly upper: LinearForm;
}

/** The product as a factor of its own, with the least index inside without a constant. */
function overRange({ body, lower, upper }: Oriented, open: number): Expression {
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

/** The product counted so that its index stands alone: Π_k f(n − k) is Π_i f(i) with i = n − k. */
function oriented(body: Expression, open: number, { lower, upper }: Range): Oriented {
  const forms = formsWith(body, open);
  const [first] = forms;
  const sign = first === undefined ? 0 : coefficientOf(first, open);
  const rest = (form: LinearForm): LinearForm => addForms({ ...form, constant: 0 }, variableForm(open), -sign);
  const same = (form: LinearForm): boolean =>
    first !== undefined &&
    coefficientOf(form, open) === sign &&
    addForms(rest(form), rest(first), -1).terms.length === 0;
  if (first === undefined || Math.abs(sign) !== 1 || !forms.every(same)) return { body, lower, upper };
  const beside = rest(first);
  if (sign === 1 && beside.terms.length === 0) return { body, lower, upper };
  // i = sign·open + beside.
  const image = scaleForm(addForms(variableForm(open), beside, -1), sign);
  const to = (form: LinearForm): LinearForm => addForms(scaleForm(form, sign), beside);
  const [one, other] = sign === 1 ? [lower, upper] : [upper, lower];
  return { body: substituteIndices(body, new Map([[open, image]])), lower: to(one), upper: to(other) };
}

/** The forms with the index in factors; where there are none, those in exponents. */
function formsWith(body: Expression, open: number): LinearForm[] {
  const powers = body.terms.flatMap(term => term.factors);
  const has = (form: LinearForm): boolean => coefficientOf(form, open) !== 0;
  const inFactors = powers.flatMap(({ factor }) => factorForms(factor)).filter(has);
  if (inFactors.length > 0) return inFactors;
  return powers
    .filter(({ exponent }) => has(exponent.form) && exponent.constant.isInteger())
    .map(({ exponent }) => ({ constant: Number(exponent.constant.num), terms: exponent.form.terms }));
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
  if (isSound(first)) return first;
  if (Number.isFinite(begins) && isSound(begins)) return begins;
  return assumptions.genericProducts === true ? first : null;
}

/** The least c of the indices `open` + c in the body; 0 where there is none. */
function leastShift(body: Expression, open: number): number {
  const shifts = formsWith(body, open)
    .filter(form => form.terms.length === 1 && form.terms[0]?.[1] === 1)
    .map(form => form.constant);
  return shifts.length === 0 ? 0 : Math.min(...shifts);
}

/**
 * C(x + c) as C(x) times or divided by the factors between, so that equal products look equal. Only where both ends are −1 or
 * later by the facts, and where no factor that is divided by vanishes.
 */
export function alignedProduct(own: FactorPower, assumptions: Assumptions): Expression | null {
  const { factor, exponent } = own;
  const plain = plainExponent(exponent);
  if (factor.kind !== 'product' || factor.lower !== undefined || factor.upper.constant === 0 || plain === null)
    return null;
  const { constant: shift } = factor.upper;
  const base: LinearForm = { constant: 0, terms: factor.upper.terms };
  if (base.terms.length === 0 || Math.abs(shift) > MAX_WRITTEN_OUT) return null;
  if (assumptions.indices.low(base) + Math.min(shift, 0) < -1) return null;
  const [, ...rest] = factor.arguments;
  const parts: Expression[] = [factorExpression({ ...factor, upper: base }, exponent)];
  for (let i = 1; i <= Math.abs(shift); i += 1) {
    const at = shift > 0 ? shiftForm(base, i) : shiftForm(base, 1 - i);
    const value = instantiate(factor.template, [at, ...rest]);
    if (shift < 0 && !(hasThinZeros(value, assumptions) && hasValues(value, assumptions))) return null;
    parts.push(power(value, shift > 0 ? plain : plain.negate(), assumptions));
  }
  return multiply(...parts);
}
