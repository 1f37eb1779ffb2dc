/**
 * An expression with each power r^e, (a n + b)^{−d} and the like that moves with n or a summed time put at the ends of its range: what is of degree
 * one at most in each of several quantities takes its least and its greatest value there.
 *
 * Source: Rockafellar, Convex Analysis, Theorem 32.2, in each argument by itself.
 */
import { type Assumptions, withIndices } from '../../expression/arithmetic/assumptions.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { isSurelyPositive } from '../../expression/arithmetic/sure-sign.ts';
import {
  add,
  constant,
  multiply,
  type Expression,
  expressionOf,
  factorExpression,
  ONE_EXPRESSION,
  openTerm,
  ZERO_EXPRESSION,
} from '../../expression/core/expression.ts';
import {
  exponentKey,
  factorForms,
  factorKey,
  type FactorPower,
  integerExponent,
  plainExponent,
} from '../../expression/core/factor.ts';
import type { Factor } from '../../expression/core/factors.ts';
import { atomForm, freeSort, indexName, isBound, isOpenIndex, ITERATION_INDEX } from '../../expression/core/indices.ts';
import { instantiate } from '../../expression/core/template.ts';
import type { Term } from '../../expression/core/term.ts';
import { elementaryFunction } from '../../formula/elementary.ts';
import type { LinearForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';

/** Quantities that are put at the ends of their ranges together. */
const MOST_ENDS = 5;

/**
 * The expression with every moving power at the ends of its range, in all ways; terms of the given sign whose ranges are not known are
 * left out. Null where something is of another kind. Each power counts as a quantity of its own, of degree one.
 */
export function endsOfRanges(
  expression: Expression,
  under: Assumptions,
  sign: 1 | -1 | 0,
): readonly Expression[] | null {
  const ranges = new Map<string, readonly [Expression, Expression]>();
  const parts: { readonly fixed: Expression; readonly keys: readonly string[] }[] = [];
  for (const term of expression.terms) {
    const moving = term.factors.filter(isMovingPower);
    const isPlain = !term.sorts.includes('history') && !moving.some(hasBound) && !hasMovingRange(term);
    const own = isPlain ? moving.map(each => ({ each, range: rangeOf(each, under) })) : null;
    if (own === null || own.some(({ range }) => range === null)) {
      if (sign === 0) return null;
      const coefficient = sign === 1 ? term.coefficient : term.coefficient.negate();
      if (!isNotNegative({ ...term, coefficient }, under)) return null;
      continue;
    }
    const keys = own.map(({ each, range }) => {
      const key = `${factorKey(each.factor, indexName)}^${exponentKey(each.exponent, indexName)}`;
      if (range !== null) ranges.set(key, range);
      return key;
    });
    const fixed = expressionOf([{ ...term, factors: term.factors.filter(each => !moving.includes(each)) }]);
    parts.push({ fixed, keys });
  }
  if (ranges.size > MOST_ENDS) return null;
  let choices: ReadonlyMap<string, Expression>[] = [new Map()];
  for (const [key, ends] of ranges) choices = choices.flatMap(choice => ends.map(end => new Map(choice).set(key, end)));
  return choices.map(choice =>
    add(...parts.map(({ fixed, keys }) => multiply(fixed, ...keys.map(key => choice.get(key) ?? ZERO_EXPRESSION)))),
  );
}

/** The ends of the range of r^e, of a number to such a power, of (a n + b)^{−d}, or of a function with a range; null for others. */
function rangeOf({ factor, exponent }: FactorPower, under: Assumptions): readonly [Expression, Expression] | null {
  const { indices: facts } = under;
  const [low, high] = [facts.low(exponent.form), facts.high(exponent.form)];
  const at = (own: Factor, value: number): Expression =>
    power(factorExpression(own), exponent.constant.add(Rational.of(value)), under);
  const plain = plainExponent(exponent);
  switch (factor.kind) {
    case 'symbol':
      if (!under.isBelowOne(factor.name) || !Number.isFinite(low)) return null;
      if (exponent.constant.add(Rational.of(low)).sign() === -1) return null;
      return [Number.isFinite(high) ? at(factor, high) : ZERO_EXPRESSION, at(factor, low)];
    case 'integer':
      if (factor.value === -1n) return [constant(-1), ONE_EXPRESSION];
      if (!Number.isFinite(high)) return null;
      return [Number.isFinite(low) ? at(factor, low) : ZERO_EXPRESSION, at(factor, high)];
    case 'index': {
      const least = facts.low(factor.index);
      if (plain?.sign() !== -1 || least < 1 || !Number.isFinite(least)) return null;
      return [ZERO_EXPRESSION, power(constant(least), plain, under)];
    }
    case 'function': {
      const range = elementaryFunction(factor.name)?.range;
      if (range === undefined || plain?.isOne() !== true || range.least === null || range.greatest === null)
        return null;
      return [constant(range.least), constant(range.greatest)];
    }
    default:
      return null;
  }
}

const isMovingForm = ({ terms }: LinearForm): boolean =>
  terms.some(([index]) => index === ITERATION_INDEX || (isOpenIndex(index) && freeSort(index) === 'history'));

/** Whether a factor contains n or a summed time. */
export const isMovingPower = ({ factor, exponent }: FactorPower): boolean =>
  [exponent.form, ...factorForms(factor)].some(isMovingForm);

/** Whether an index stands in it that is summed over. */
export const hasBound = ({ factor, exponent }: FactorPower): boolean =>
  [exponent.form, ...factorForms(factor)].some(({ terms }) => terms.some(([index]) => isBound(index)));

/** Whether the term is there for some n and times only. */
const hasMovingRange = ({ constraints }: Term): boolean =>
  constraints.some(({ left, right }) => [left, right].some(index => isMovingForm(atomForm(index))));

/** Whether no summand of the term is negative anywhere. */
export function isNotNegative(term: Term, under: Assumptions): boolean {
  const opened = openTerm(term);
  const inside = withIndices(under, under.indices.with(opened.constraints));
  const isFactor = ({ factor, exponent }: FactorPower): boolean =>
    (integerExponent(exponent) ?? 1) % 2 === 0 ||
    (factor.kind === 'symbol' && (under.domain(factor.name)?.lower?.sign() ?? -1) >= 0) ||
    (factor.kind === 'template' && isSurelyPositive(instantiate(factor.template, factor.arguments), inside));
  return term.coefficient.sign() > 0 && opened.factors.every(isFactor);
}
