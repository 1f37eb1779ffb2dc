/** Products over a range as ratios of cumulative products, C(upper)/C(lower − 1), so that products over adjacent ranges join. */
import { refuse } from '../../base/problem.ts';
import type { LinearForm } from '../../number/linear-form.ts';
import { addForms, constantForm, shiftForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import type { Constraint } from '../core/domain.ts';
import type { Expression } from '../core/expression.ts';
import { factorExpression, multiply, substituteIndices } from '../core/expression.ts';
import { factorForms } from '../core/factor.ts';
import { ZERO } from '../core/indices.ts';
import { vectorTemplate } from '../core/template.ts';
import type { Assumptions } from './assumptions.ts';
import { withIndices } from './assumptions.ts';
import type { CountedProduct } from './orient-product.ts';
import { leastShift, oriented } from './orient-product.ts';
import { power } from './power.ts';
import { hasThinZeros, hasValues } from './thin-zeros.ts';

/** Products of more factors are not written out. */
export const MAX_WRITTEN_OUT = 32;

const OWN_SEQUENCE =
  'In an optimizer make its factors a sequence of their own: `where \\mu_t schedule`, with \\prod_{i=1}^{t}\\mu_i and no row that makes \\mu.';

/** Factors that may vanish before a cumulative product starts. */
const MOST_SKIPPED = 16;

/** The ends of a product, and whether one that has no cumulative product keeps them. */
export interface CountedRange {
  readonly lower: LinearForm;
  readonly upper: LinearForm;
  /** upper − lower + 1, not negative. */
  readonly length: LinearForm;
  readonly keepsRanges: boolean;
}

/** Factor by factor. */
export function writtenOut(body: Expression, open: number, lower: LinearForm, length: number): Expression {
  const factors: Expression[] = [];
  for (let i = 0; i < length; i += 1) factors.push(substituteIndices(body, new Map([[open, shiftForm(lower, i)]])));
  return multiply(...factors);
}

/**
 * C(upper)/C(lower − 1) with the cumulative product C, so that products over adjacent ranges join. C starts at 0, so the
 * body is shifted first: μ_{i−1} over i ≥ 1 is μ_i over i ≥ 0, and no value before the first is asked for. It starts later
 * where an earlier factor may vanish or have no value, and earlier where the range may begin there.
 */
export function cumulativeRatio(
  given: Expression,
  open: number,
  range: CountedRange,
  assumptions: Assumptions,
): Expression {
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
          undefined,
          OWN_SEQUENCE,
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
    refuse(
      'product-not-covered',
      'this product over an index is not covered by the normal form',
      undefined,
      OWN_SEQUENCE,
    );
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
