/** Products Π_{i=lower}^{upper} over an index: powers, telescoping ratios, and otherwise ratios of cumulative products. */
import { refuse } from '../base/problem.ts';
import { addForms, constantForm, type LinearForm, scaleForm, shiftForm, variableForm } from '../number/linear-form.ts';
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
import { type Factor, type FactorPower, factorForms, factorKey, plainExponent, substituteFactor } from './factor.ts';
import { indexName, ZERO } from './indices.ts';
import { power } from './power.ts';
import { powerOfForm } from './power-of-form.ts';
import { instantiate, vectorTemplate } from './template.ts';
import { hasThinZeros, hasValues } from './thin-zeros.ts';

const MAX_WRITTEN_OUT = 32;
const MAX_TELESCOPED = 8;

/**
 * Π of `body` over its free index `open` from lower to upper; 1 over an empty range, however far upper is below lower. Where the
 * facts do not tell whether upper ≥ lower − 1, both cases stand side by side with their conditions.
 */
export function productOver(
  body: Expression,
  open: number,
  lower: LinearForm,
  upper: LinearForm,
  assumptions: Assumptions,
): Expression {
  const length = addForms(shiftForm(upper, 1), lower, -1);
  if (assumptions.indices.high(length) <= 0) return ONE_EXPRESSION;
  if (assumptions.indices.low(length) >= 0) return productOverRange(body, open, { lower, upper, length }, assumptions);
  const isRange = notNegative(length);
  const isEmpty = notNegative(shiftForm(scaleForm(length, -1), -1));
  if (isRange === null || isEmpty === null)
    return refuse('not-a-difference', 'the bounds of a product must compare two indices up to a constant');
  const inside = withIndices(assumptions, assumptions.indices.with([isRange]));
  return add(
    restrict(productOverRange(body, open, { lower, upper, length }, inside), [isRange]),
    restrict(ONE_EXPRESSION, [isEmpty]),
  );
}

/** What is known of the index of a product inside of it; a bound that is no index up to a constant says nothing. */
export const rangeOfProduct = (open: number, lower: LinearForm, upper: LinearForm): Constraint[] =>
  [addForms(variableForm(open), lower, -1), addForms(upper, variableForm(open), -1)].flatMap(
    form => notNegative(form) ?? [],
  );

/** form ≥ 0 as a difference constraint. */
function notNegative({ constant: c, terms }: LinearForm): Constraint | null {
  const plus = terms.filter(([, count]) => count > 0);
  const minus = terms.filter(([, count]) => count < 0);
  if (plus.length > 1 || minus.length > 1 || terms.some(([, count]) => Math.abs(count) !== 1)) return null;
  return { left: minus[0]?.[0] ?? ZERO, right: plus[0]?.[0] ?? ZERO, bound: c };
}

const OF_A_NEGATIVE =
  'powers of a negative factor are derived where it is a hyperparameter of its own, as c with where c \\in (-1,1)';

interface Range {
  readonly lower: LinearForm;
  readonly upper: LinearForm;
  /** upper − lower + 1, not negative. */
  readonly length: LinearForm;
}

function productOverRange(
  body: Expression,
  open: number,
  { lower, upper, length }: Range,
  assumptions: Assumptions,
): Expression {
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
    return cumulativeRatio(body, open, lower, upper, assumptions);
  const parts: Expression[] = [];
  const coefficient = powerOfForm(constant(only.coefficient), length);
  if (coefficient === null) return cumulativeRatio(body, open, lower, upper, assumptions);
  parts.push(coefficient);
  const moving: FactorPower[] = [];
  for (const own of only.factors) {
    const expression = factorExpression(own.factor, own.exponent);
    if (freeIndicesOf(expression).has(open)) {
      moving.push(own);
      continue;
    }
    const whole = powerOfForm(expression, length);
    if (whole === null) return cumulativeRatio(body, open, lower, upper, assumptions);
    parts.push(whole);
  }
  return multiply(...parts, telescope(moving, open, lower, upper, assumptions));
}

function writtenOut(body: Expression, open: number, lower: LinearForm, length: number): Expression {
  const factors: Expression[] = [];
  for (let i = 0; i < length; i += 1) factors.push(substituteIndices(body, new Map([[open, shiftForm(lower, i)]])));
  return multiply(...factors);
}

/** Pairs f(i)^e · f(i+d)^{−e} leave only d ends on each side; what finds no partner becomes a ratio of cumulative products. */
function telescope(
  moving: readonly FactorPower[],
  open: number,
  lower: LinearForm,
  upper: LinearForm,
  assumptions: Assumptions,
): Expression {
  const rest = [...moving];
  const parts: Expression[] = [];
  // What stays is taken at places after the range as well.
  const from = notNegative(addForms(variableForm(open), lower, -1));
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
  for (const { factor, exponent } of rest)
    parts.push(cumulativeRatio(factorExpression(factor, exponent), open, lower, upper, assumptions));
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

/**
 * C(upper)/C(lower − 1) with the cumulative product C, so that products over adjacent ranges join. C starts at 0, so the
 * body is shifted first: μ_{i−1} over i ≥ 1 is μ_i over i ≥ 0, and no value before the first is asked for. It starts later
 * where an earlier factor may vanish or have no value, and earlier where the range may begin there.
 */
function cumulativeRatio(
  given: Expression,
  open: number,
  from: LinearForm,
  to: LinearForm,
  assumptions: Assumptions,
): Expression {
  const start = startOfProduct(given, open, from, assumptions);
  if (start === null)
    return refuse(
      'product-not-covered',
      'this product may begin before its first factor, or a factor before it may vanish',
    );
  const body = start === 0 ? given : substituteIndices(given, new Map([[open, variableForm(open, start)]]));
  const [lower, upper] = [shiftForm(from, -start), shiftForm(to, -start)];
  const only = body.terms[0];
  if (
    body.terms.some(term =>
      term.factors.some(({ factor }) =>
        factorForms(factor).some(form => form.terms.length > 1 && form.terms.some(([v]) => v === open)),
      ),
    )
  ) {
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
  const forms = body.terms.flatMap(term => term.factors.flatMap(({ factor }) => factorForms(factor)));
  const shifts = forms
    .filter(form => form.terms.length === 1 && form.terms[0]?.[0] === open && form.terms[0][1] === 1)
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
  if (factor.kind !== 'product' || factor.upper.constant === 0 || plain === null) return null;
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
