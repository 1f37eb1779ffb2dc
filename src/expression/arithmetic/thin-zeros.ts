/**
 * Where expressions vanish and where they have a value, for every choice of the integers that the facts allow.
 *
 * What is multiplied or divided by must vanish on a thin set only: for each n, p and label it must not be identically zero in
 * the continuous variables (hyperparameters, derivatives of losses, schedules). Then equality holds on a dense set, and
 * wherever both sides are continuous. n − 3 is zero at an integer: no thin set, whatever stands beside it.
 *
 * Sufficient only: `false` says that it is not known.
 */
import { isNeverEmpty, isPositiveFactor, isSurelyPositive } from './sure-sign.ts';
import { type Assumptions, insideTemplate, isPositive, withIndices } from './assumptions.ts';
import type { Expression } from '../core/expression.ts';
import { type Exponent, type FactorPower, integerExponent, plainExponent } from '../core/factor.ts';
import { type ProductFactor, type Factor, kindOf } from '../core/factors.ts';
import type { IndexFacts } from '../core/index-facts.ts';
import { slot, ZERO } from '../core/indices.ts';
import type { Term } from '../core/term.ts';
import { addForms, type LinearForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import type { ZeroFacts, AppliedTemplate } from '../core/factor-kind.ts';

/** Whether a form is never zero by the facts. */
export const neverZero = (form: LinearForm, indices: IndexFacts): boolean =>
  indices.low(form) > 0 || indices.high(form) < 0;

/**
 * Whether, for every choice of the integers, the expression is not identically zero: one of its terms is a product of factors
 * of that kind and no other term has the same powers of the hyperparameters.
 */
export function hasThinZeros(expression: Expression, assumptions: Assumptions): boolean {
  if (assumptions.indices.isEmpty) return true;
  if (expression.terms.length > 1 && isSurelyPositive(expression, assumptions)) return true;
  if (isPositiveAtOnes(expression, assumptions)) return true;
  const symbols = plainSymbols(expression);
  return expression.terms.some(
    term =>
      isNonzeroTerm(term, assumptions) &&
      expression.terms.every(other => other === term || areApart(term, other, symbols, assumptions.indices)),
  );
}

/**
 * Whether the expression is positive where every derivative of a loss, every coordinate and every value of a schedule is 1: no sum of such
 * terms over a range that is never empty cancels there, as Σ_i (∇_iE)² and Σ_k β^k η_k.
 */
function isPositiveAtOnes({ terms }: Expression, assumptions: Assumptions): boolean {
  const isPositiveThere = (term: Term, isStrict: boolean): boolean => {
    const inside = withIndices(assumptions, assumptions.indices.with(term.constraints));
    return (
      term.coefficient.sign() > 0 &&
      term.factors.every(own => isPositiveFactorAtOnes(own, inside, isStrict)) &&
      (!isStrict || isNeverEmpty(term, assumptions))
    );
  };
  return terms.every(term => isPositiveThere(term, false)) && terms.some(term => isPositiveThere(term, true));
}

/** A whole power of it; strictly, or not negative. */
function isPositiveFactorAtOnes(own: FactorPower, assumptions: Assumptions, isStrict: boolean): boolean {
  const { factor, exponent } = own;
  switch (factor.kind) {
    case 'loss':
    case 'point':
    case 'schedule':
      return true;
    case 'index':
      return (
        neverZero(factor.index, assumptions.indices) &&
        (assumptions.indices.low(factor.index) > 0 || isPositiveFactor(own, assumptions))
      );
    case 'template':
      return isPositiveAtOnes(factor.template.body, insideTemplate(assumptions, factor.template, factor.arguments));
    default:
      return isPositiveFactor(own, assumptions) || (!isStrict && isEven(exponent));
  }
}

const isEven = (exponent: Exponent): boolean => (integerExponent(exponent) ?? 1) % 2 === 0;

function isNonzeroTerm({ factors, sorts, constraints }: Term, assumptions: Assumptions): boolean {
  return (
    sorts.length === 0 &&
    constraints.every(constraint => assumptions.indices.implies(constraint)) &&
    factors.every(own => isNonzeroFactor(own, assumptions))
  );
}

const isNonzeroFactor = ({ factor }: FactorPower, assumptions: Assumptions): boolean =>
  kindOf(factor).hasThinZeros(factor, factsFor(assumptions));

const factsFor = (assumptions: Assumptions): ZeroFacts => ({
  neverZero: form => neverZero(form, assumptions.indices),
  hasThinZeros: factor => hasThinZeros(factor.template.body, insideOf(factor, assumptions)),
  hasValues: factor => hasValues(factor.template.body, insideOf(factor, assumptions)),
});

const insideOf = (factor: AppliedTemplate & Factor, assumptions: Assumptions): Assumptions =>
  factor.kind === 'product'
    ? insideProduct(assumptions, factor)
    : insideTemplate(assumptions, factor.template, factor.arguments);

/** The facts inside a product: its own index, slot 0, lies in its range; in a cumulative one all that is used is that it is not negative. */
function insideProduct(
  assumptions: Assumptions,
  { template, arguments: args, lower, upper }: ProductFactor,
): Assumptions {
  const [, ...rest] = args;
  const own = slot(0, template.sorts[0] ?? 'history');
  const inside = assumptions.indices.inside(template.sorts, [OF_NO_RANGE, ...rest]);
  if (lower === undefined) return withIndices(assumptions, inside.with([{ left: ZERO, right: own, bound: 0 }]));
  const [low, high] = [assumptions.indices.low(lower), assumptions.indices.high(upper)];
  return withIndices(
    assumptions,
    inside.with([
      ...(Number.isFinite(low) ? [{ left: ZERO, right: own, bound: -low }] : []),
      ...(Number.isFinite(high) ? [{ left: own, right: ZERO, bound: high }] : []),
    ]),
  );
}

/** A form of which nothing is known: it mixes more indices than are bounded. */
const OF_NO_RANGE: LinearForm = { constant: 0, terms: [[-2, 1]] };

/** Symbols that occur in plain powers only, in no template. */
function plainSymbols({ terms }: Expression): ReadonlySet<string> {
  const plain = new Set<string>();
  const hidden = new Set<string>();
  const seen = new Set<number>();
  const hide = (body: Expression): void => {
    for (const { factor } of body.terms.flatMap(({ factors }) => factors)) {
      if (factor.kind === 'symbol') hidden.add(factor.name);
      if (!('template' in factor) || seen.has(factor.template.id)) continue;
      seen.add(factor.template.id);
      hide(factor.template.body);
    }
  };
  for (const { factor } of terms.flatMap(({ factors }) => factors)) {
    if (factor.kind === 'symbol') plain.add(factor.name);
    else if ('template' in factor) hide(factor.template.body);
  }
  for (const name of hidden) plain.delete(name);
  return plain;
}

/** Whether some symbol has different exponents in two terms whatever the integers are. */
const areApart = (one: Term, other: Term, symbols: ReadonlySet<string>, indices: IndexFacts): boolean =>
  [...symbols].some(name => {
    const [a, b] = [exponentOfSymbol(one, name), exponentOfSymbol(other, name)];
    const form = addForms(a.form, b.form, -1);
    const gap = a.constant.subtract(b.constant);
    if (form.terms.length === 0) return !gap.isZero();
    // Between two integers that a form takes there is none, so that half an integer apart is apart.
    return !gap.isInteger() || neverZero({ constant: Number(gap.num), terms: form.terms }, indices);
  });

const NO_EXPONENT: Exponent = { constant: Rational.zero, form: { constant: 0, terms: [] } };

function exponentOfSymbol({ factors }: Term, name: string): Exponent {
  return factors.find(({ factor }) => factor.kind === 'symbol' && factor.name === name)?.exponent ?? NO_EXPONENT;
}

/** Whether a power has a value off a thin set, for every choice of the integers: a root only of what is nowhere negative. */
export function hasValue(own: FactorPower, assumptions: Assumptions): boolean {
  const { factor, exponent } = own;
  const isRoot = !exponent.constant.isInteger();
  if (isRoot && !isPositive(asExpression(own), assumptions) && !isPositiveFactor(own, assumptions)) return false;
  return kindOf(factor).hasValue(factor, plainExponent(exponent), factsFor(assumptions));
}

/** Whether every term of an expression has a value off a thin set. */
export const hasValues = ({ terms }: Expression, assumptions: Assumptions): boolean =>
  terms.every(({ factors, constraints }) => {
    const inside = withIndices(assumptions, assumptions.indices.with(constraints));
    return inside.indices.isEmpty || factors.every(own => hasValue(own, inside));
  });

const asExpression = ({ factor }: FactorPower): Expression => ({
  terms: [
    {
      coefficient: Rational.one,
      factors: [{ factor, exponent: { constant: Rational.one, form: { constant: 0, terms: [] } } }],
      sorts: [],
      constraints: [],
      key: '',
    },
  ],
});
