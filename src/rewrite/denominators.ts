/**
 * Denominators and radicals. A class is a template with the fractional part of its exponents: √V and 1/V^{3/2} are one
 * class, 1/(1−β^{s}) is one. Within a class every occurrence is brought to the least exponent, the rest is multiplied
 * out; a whole denominator whose arguments are free is brought under every term.
 */
import type { Budget } from '../base/budget.ts';
import { type Expression, factorExpression, mapFactors, multiply, sumTerms, add } from '../expression/expression.ts';
import { exponentOf, type FactorPower, factorForms, factorKey, plainExponent } from '../expression/factor.ts';
import { indexName, isBound } from '../expression/indices.ts';
import { isScalar } from '../expression/scalar.ts';
import type { Template } from '../expression/template.ts';
import type { Term } from '../expression/term.ts';
import type { LinearForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';
import { unfold, unfoldScalars } from './unfold.ts';

type Expand = (expression: Expression, budget: Budget) => Expression;

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

/** An equal expression times a common denominator: it is zero exactly when the given one is (off null sets). */
export function clearDenominators(expression: Expression, budget: Budget): Expression {
  let current = expression;
  for (let round = 0; round < 8; round += 1) {
    const levelled = level(current, budget);
    const cleared = clearFree(levelled, budget);
    if (cleared === current) return current;
    current = cleared;
  }
  return current;
}

/** The expression times every whole denominator of hyperparameters and free indices, those powers multiplied out. */
export function clearScalars(expression: Expression, budget: Budget): Expression {
  let current = unfoldScalars(expression, budget);
  for (let round = 0; round < 4; round += 1) {
    const next = clearFree(
      current,
      budget,
      unfoldScalars,
      own => own.factor.kind === 'template' && isScalar(own.factor.template.body),
    );
    if (next === current) return current;
    current = next;
  }
  return current;
}

/** Every occurrence of a class at the least exponent of its class. */
function level(expression: Expression, budget: Budget): Expression {
  const least = new Map<string, Rational>();
  for (const term of expression.terms) {
    for (const own of term.factors) {
      const power = templatePower(own);
      if (power === null) continue;
      const key = classKey(power);
      const known = least.get(key);
      if (known === undefined || power.exponent.compare(known) < 0) least.set(key, power.exponent);
    }
  }
  const above = (power: TemplatePower): Rational =>
    power.exponent.subtract(least.get(classKey(power)) ?? power.exponent);
  if (
    !expression.terms.some(term =>
      term.factors.some(own => {
        const power = templatePower(own);
        return power !== null && above(power).sign() > 0;
      }),
    )
  )
    return expression;
  const raised = mapFactors(expression, own => {
    const power = templatePower(own);
    if (power === null || above(power).sign() === 0) return null;
    const low = factorExpression(own.factor, exponentOf(power.exponent.subtract(above(power))));
    const body = unfold(factorExpression(own.factor, exponentOf(above(power))), budget);
    return multiply(low, body);
  });
  budget.spend(raised.terms.length);
  return raised;
}

/** Multiplies by every denominator whose arguments are free, and by free radicals that all terms share. */
function clearFree(
  expression: Expression,
  budget: Budget,
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
          least: power.exponent.compare(known.least) < 0 ? power.exponent : known.least,
          count: known.count + 1,
        });
    }
  }
  let current = clearIndices(expression, budget, expand);
  for (const { own, least, count } of seen.values()) {
    const whole = least.isInteger();
    if (least.sign() >= 0 || (!whole && count < expression.terms.length)) continue;
    current = multiplyTerms(current, factorExpression(own.factor, exponentOf(least.negate())), budget, expand);
  }
  return current;
}

/** Multiplies by every n + c that stands in a denominator. */
function clearIndices(expression: Expression, budget: Budget, expand: Expand): Expression {
  const seen = new Map<string, FactorPower>();
  for (const own of expression.terms.flatMap(({ factors }) => factors)) {
    const whole = plainExponent(own.exponent);
    if (own.factor.kind !== 'index' || hasBound(own) || whole === null || whole.sign() >= 0) continue;
    const key = factorKey(own.factor, indexName);
    const known = plainExponent(seen.get(key)?.exponent ?? exponentOf(0));
    if (known === null || whole.compare(known) < 0) seen.set(key, own);
  }
  return [...seen.values()].reduce(
    (current, { factor, exponent }) =>
      multiplyTerms(current, factorExpression(factor, exponentOf(exponent.constant.negate())), budget, expand),
    expression,
  );
}

function multiplyTerms(expression: Expression, by: Expression, budget: Budget, expand: Expand): Expression {
  const parts: Expression[] = expression.terms.map((term: Term) => {
    budget.spend();
    return expand(multiply(sumTerms([term]), by), budget);
  });
  return add(...parts);
}
