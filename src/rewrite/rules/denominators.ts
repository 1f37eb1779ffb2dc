/**
 * Denominators and radicals. A class is a template with the fractional part of its exponents: √V and 1/V^{3/2} are one
 * class, 1/(1−β^{s}) is one. Within a class every occurrence is brought to the least exponent, the rest is multiplied
 * out; a whole denominator whose arguments are free is brought under every term.
 */
import { attempt } from '../../base/problem.ts';
import type { Budget } from '../../base/budget.ts';
import { type Assumptions, insideTemplate, withIndices } from '../../expression/arithmetic/assumptions.ts';
import type { Constraint } from '../../expression/core/domain.ts';
import {
  add,
  type Expression,
  factorExpression,
  isZero,
  mapFactorsUnder,
  multiply,
  restrict,
  sumTerms,
} from '../../expression/core/expression.ts';
import {
  exponentOf,
  type FactorPower,
  factorForms,
  factorKey,
  isBelow,
  plainExponent,
} from '../../expression/core/factor.ts';
import type { IndexFacts } from '../../expression/core/index-facts.ts';
import { indexName, isBound } from '../../expression/core/indices.ts';
import { isScalar } from '../../expression/arithmetic/scalar.ts';
import { comparison } from '../../expression/arithmetic/sum-range.ts';
import type { Term } from '../../expression/core/term.ts';
import { instantiate, type Template } from '../../expression/core/template.ts';
import type { LinearForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { underContext } from '../context.ts';
import { hasThinZeros, neverZero } from '../../expression/arithmetic/thin-zeros.ts';
import { unfold, unfoldScalars } from '../unfold.ts';

type Expand = (expression: Expression, budget: Budget, facts: Assumptions) => Expression;

interface TemplatePower {
  readonly template: Template;
  readonly arguments: readonly LinearForm[];
  readonly exponent: Rational;
}

function templatePower({ factor, exponent }: FactorPower): TemplatePower | null {
  const plain = plainExponent(exponent);
  return factor.kind === 'template' && plain !== null
    ? { template: factor.template, arguments: factor.arguments, exponent: plain }
    : null;
}

const fraction = (value: Rational): Rational => value.subtract(Rational.of(value.floor()));
const classKey = (power: TemplatePower): string => `${power.template.id}|${fraction(power.exponent)}`;
const hasBound = (power: FactorPower): boolean =>
  factorForms(power.factor).some(form => form.terms.some(([index]) => isBound(index)));

/**
 * The expression times a common denominator m: it is zero exactly when the given one is, off thin sets of the continuous
 * variables. At the integers at which m itself is zero the given expression is kept as it is. The factors of m are added to
 * `factors`, in order.
 */
export function clearDenominators(
  expression: Expression,
  assumptions: Assumptions,
  budget: Budget,
  factors: Expression[] = [],
): Expression {
  let current = expression;
  for (let round = 0; round < 8; round += 1) {
    const lowered = atLeastExponents(current, assumptions, budget);
    const cleared = clearFree(lowered, assumptions, budget, factors);
    if (cleared === current) return current;
    current = cleared;
  }
  return current;
}

/** The expression times every whole denominator of hyperparameters and free indices, those powers multiplied out. */
export function clearScalars(
  expression: Expression,
  assumptions: Assumptions,
  budget: Budget,
  factors: Expression[] = [],
): Expression {
  let current = unfoldScalars(expression, budget, assumptions);
  for (let round = 0; round < 4; round += 1) {
    const next = clearFree(
      current,
      assumptions,
      budget,
      factors,
      unfoldScalars,
      own => own.factor.kind === 'template' && isScalar(own.factor.template.body),
    );
    if (next === current) return current;
    current = next;
  }
  return current;
}

/** Every occurrence of a class at the least exponent of its class; what may be zero at some integers is not divided by. */
function atLeastExponents(expression: Expression, assumptions: Assumptions, budget: Budget): Expression {
  const least = new Map<string, Rational>();
  for (const term of expression.terms) {
    for (const own of term.factors) {
      const power = templatePower(own);
      if (power === null) continue;
      const key = classKey(power);
      least.set(key, Rational.min(least.get(key) ?? power.exponent, power.exponent));
    }
  }
  const above = (power: TemplatePower): Rational =>
    power.exponent.subtract(least.get(classKey(power)) ?? power.exponent);
  const raised = mapFactorsUnder(expression, assumptions.indices, (own, indices) => {
    const power = templatePower(own);
    if (power === null || above(power).sign() === 0) return null;
    const inside = insideTemplate(withIndices(assumptions, indices), power.template, power.arguments);
    const lowered = power.exponent.subtract(above(power));
    if (lowered.sign() === -1 && power.exponent.sign() === 1 && !hasThinZeros(power.template.body, inside)) return null;
    const low = factorExpression(own.factor, exponentOf(lowered));
    const body = unfold(
      factorExpression(own.factor, exponentOf(above(power))),
      budget,
      withIndices(assumptions, indices),
    );
    return multiply(low, body);
  });
  budget.spend(raised.terms.length);
  return raised;
}

/** Multiplies by every denominator whose arguments are free, and by free radicals that all terms share. */
function clearFree(
  expression: Expression,
  assumptions: Assumptions,
  budget: Budget,
  factors: Expression[],
  expand: Expand = unfold,
  wanted: (own: FactorPower) => boolean = () => true,
): Expression {
  const seen = new Map<string, { own: FactorPower; least: Rational; count: number }>();
  for (const term of expression.terms) {
    for (const own of term.factors) {
      const power = templatePower(own);
      if (power === null || hasBound(own) || !wanted(own)) continue;
      const key = `${factorKey(own.factor, indexName)}|${fraction(power.exponent)}`;
      const known = seen.get(key);
      if (known === undefined) seen.set(key, { own, least: power.exponent, count: 1 });
      else
        seen.set(key, {
          own,
          least: Rational.min(known.least, power.exponent),
          count: known.count + 1,
        });
    }
  }
  const multiplier = { assumptions, budget, factors, expand };
  let current = clearIndices(expression, multiplier);
  for (const { own, least, count } of seen.values()) {
    const whole = least.isInteger();
    if (least.sign() !== -1 || (!whole && count < expression.terms.length)) continue;
    current = multiplied(current, { factor: own.factor, exponent: exponentOf(least.negate()) }, multiplier);
  }
  return current;
}

interface Multiplier {
  readonly assumptions: Assumptions;
  readonly budget: Budget;
  readonly factors: Expression[];
  readonly expand: Expand;
}

/** Multiplies by every n + c that stands in a denominator. */
function clearIndices(expression: Expression, multiplier: Multiplier): Expression {
  const seen = new Map<string, { readonly factor: FactorPower['factor']; readonly least: Rational }>();
  for (const own of expression.terms.flatMap(({ factors }) => factors)) {
    if (own.factor.kind !== 'index' || hasBound(own) || !isBelow(own)) continue;
    const key = factorKey(own.factor, indexName);
    const its = own.exponent.constant;
    seen.set(key, { factor: own.factor, least: Rational.min(seen.get(key)?.least ?? its, its) });
  }
  return [...seen.values()].reduce(
    (current, { factor, least }) => multiplied(current, { factor, exponent: exponentOf(least.negate()) }, multiplier),
    expression,
  );
}

/**
 * m·D, and where m is zero at some integers besides [m = 0]·D without the terms that have m in a denominator: it vanishes
 * everywhere exactly when D does wherever it has a value. The same D where it is not known at which integers m is zero.
 */
function multiplied(expression: Expression, by: FactorPower, multiplier: Multiplier): Expression {
  const { assumptions, budget, expand } = multiplier;
  const zeros = integerZeros(by, assumptions);
  if (zeros === null) return expression;
  const factor = factorExpression(by.factor, by.exponent);
  const key = factorKey(by.factor, indexName);
  const parts: Expression[] = expression.terms.map(term => {
    budget.spend();
    return expand(multiply(sumTerms([term]), factor), budget, assumptions);
  });
  for (const zero of zeros) {
    const withoutPole = expression.terms.filter(
      term =>
        !term.factors.some(
          own => factorKey(own.factor, indexName) === key && (plainExponent(own.exponent)?.sign() ?? -1) < 0,
        ),
    );
    const there = attempt(() => underContext(restrict(sumTerms(withoutPole), zero), assumptions.indices));
    // Another denominator is zero at the same integers.
    if (!there.ok || there.value.terms.some(hasPole)) return expression;
    parts.push(there.value);
  }
  multiplier.factors.push(factor);
  return add(...parts);
}

/** Whether a denominator of the term is zero, so that it has no value. */
const hasPole = ({ factors }: Term): boolean =>
  factors.some(
    ({ factor, exponent }) =>
      factor.kind === 'template' && isBelow({ exponent }) && isZero(instantiate(factor.template, factor.arguments)),
  );

/** Where a factor with free arguments is zero at integers, as conditions; none where it has thin zeros; null where that is not known. */
function integerZeros({ factor }: FactorPower, assumptions: Assumptions): readonly (readonly Constraint[])[] | null {
  const { indices } = assumptions;
  if (factor.kind === 'index') {
    if (neverZero(factor.index, indices)) return [];
    const zero = vanishing(factor.index);
    return zero === null ? null : [zero];
  }
  if (factor.kind !== 'template') return null;
  const { template, arguments: args } = factor;
  const isThin = (known: IndexFacts): boolean =>
    known.isEmpty || hasThinZeros(template.body, insideTemplate(withIndices(assumptions, known), template, args));
  if (isThin(indices)) return [];
  const forms = instantiate(template, args).terms.flatMap(({ factors }) =>
    factors.flatMap(({ factor: inner, exponent }) => [
      ...(inner.kind === 'index' ? [inner.index] : []),
      ...(exponent.constant.isInteger()
        ? [{ constant: Number(exponent.constant.num), terms: exponent.form.terms }]
        : []),
    ]),
  );
  for (const form of forms) {
    const zero = vanishing(form);
    if (zero && besides(form)?.every(side => isThin(indices.with([side])))) {
      const there = underContext(restrict(instantiate(template, args), zero), indices);
      if (there.terms.length === 0) return [zero];
      return hasThinZeros(there, withIndices(assumptions, indices.with(zero))) ? [] : null;
    }
  }
  return null;
}

/** form = 0 as difference constraints; null for a form that is no difference of two indices. */
function vanishing(form: LinearForm): readonly Constraint[] | null {
  const upper = comparison(form, null);
  return upper && [upper, { left: upper.right, right: upper.left, bound: -upper.bound }];
}

/** form < 0 and form > 0. */
function besides(form: LinearForm): readonly Constraint[] | null {
  const upper = comparison(form, null);
  return (
    upper && [
      { ...upper, bound: upper.bound - 1 },
      { left: upper.right, right: upper.left, bound: -upper.bound - 1 },
    ]
  );
}
