/**
 * Where an expression is surely positive, without exception: at every admissible point at which it has a value, ends of domains
 * included. Unlike the rest, signs are not continuous, so that nothing may be left out. Sufficient only.
 */
import { elementaryFunction } from '../../formula/elementary.ts';
import { type Assumptions, insideTemplate, isPositivePower, withIndices } from './assumptions.ts';
import type { Expression } from '../core/expression.ts';
import { type Exponent, type FactorPower, factorKey, integerExponent } from '../core/factor.ts';
import { slot, ZERO } from '../core/indices.ts';
import type { Term } from '../core/term.ts';
import { addForms, scaleForm } from '../../number/linear-form.ts';

/** Whether the expression is above zero wherever it has a value. */
export function isSurelyPositive({ terms }: Expression, assumptions: Assumptions): boolean {
  if (assumptions.indices.isEmpty) return true;
  if (isOneLessSmaller({ terms }, assumptions)) return true;
  const left = withoutOutweighed(terms, assumptions);
  return left.every(term => isNeverNegative(term, assumptions)) && left.some(term => isPositiveTerm(term, assumptions));
}

/** The terms without pairs a − a x^s with 0 ≤ x ≤ 1, s ≥ 0 and a never negative, as in (∇E)² − ρ^{n+1}(∇E)² + ε: none is negative. */
function withoutOutweighed(terms: readonly Term[], assumptions: Assumptions): readonly Term[] {
  const left = new Set(terms);
  for (const small of terms.filter(({ coefficient }) => coefficient.sign() < 0)) {
    const large = [...left].find(term => isNeverNegative(term, assumptions) && outweighs(term, small, assumptions));
    if (large === undefined) return terms;
    left.delete(large);
    left.delete(small);
  }
  return [...left];
}

function outweighs(large: Term, small: Term, assumptions: Assumptions): boolean {
  if ([large, small].some(({ sorts, constraints }) => sorts.length + constraints.length > 0)) return false;
  if (large.coefficient.compare(small.coefficient.negate()) < 0) return false;
  const beside = new Map(large.factors.map(own => [factorKey(own.factor, String), own] as const));
  return (
    large.factors.every(({ factor }) =>
      small.factors.some(own => factorKey(own.factor, String) === factorKey(factor, String)),
    ) &&
    small.factors.every(({ factor, exponent }) => {
      const own = beside.get(factorKey(factor, String));
      const more = own === undefined ? exponent : less(exponent, own.exponent);
      if (own !== undefined && isNothing(more)) return true;
      return factor.kind === 'symbol' && assumptions.isBelowOne(factor.name) && leastOf(more, assumptions) >= 0;
    })
  );
}

const less = (a: Exponent, b: Exponent): Exponent => ({
  constant: a.constant.subtract(b.constant),
  form: addForms(a.form, scaleForm(b.form, -1)),
});

const isNothing = ({ constant, form }: Exponent): boolean =>
  constant.isZero() && form.constant === 0 && form.terms.length === 0;

/** Whether a sum over the domain of a term, which may be empty, is not negative. */
function isNeverNegative({ coefficient, factors, constraints }: Term, assumptions: Assumptions): boolean {
  const inside = withIndices(assumptions, assumptions.indices.with(constraints));
  return (
    coefficient.sign() > 0 &&
    factors.every(own => isPositivePower(own, inside) || isPositiveFactor(own, inside) || isSquare(own))
  );
}

const isSquare = ({ exponent }: FactorPower): boolean => (integerExponent(exponent) ?? 1) % 2 === 0;

function isPositiveTerm(term: Term, assumptions: Assumptions): boolean {
  const inside = withIndices(assumptions, assumptions.indices.with(term.constraints));
  return (
    term.coefficient.sign() > 0 &&
    isNeverEmpty(term, assumptions) &&
    term.factors.every(own => isPositiveFactor(own, inside))
  );
}

/** Whether the domain of a term always has a point: it has one index at most, with every lower bound below every upper one. */
export function isNeverEmpty({ sorts, constraints }: Term, { indices }: Assumptions): boolean {
  if (sorts.length > 1) return false;
  const lower = constraints.filter(({ right }) => sorts.length === 1 && right === 0);
  const upper = constraints.filter(({ left }) => sorts.length === 1 && left === 0);
  const others = constraints.filter(each => !lower.includes(each) && !upper.includes(each));
  // A coordinate is one of 1 … p even where nothing is said of it; what is said may leave none of them.
  if (sorts[0] === 'coordinate' && constraints.length > 0) return false;
  if (sorts[0] === 'history' && (lower.length === 0 || upper.length === 0)) return false;
  return (
    others.every(each => indices.implies(each)) &&
    lower.every(low =>
      upper.every(high => indices.implies({ left: low.left, right: high.right, bound: low.bound + high.bound })),
    )
  );
}

/** Whether a factor power is above zero wherever it has a value. */
export function isPositiveFactor({ factor, exponent }: FactorPower, assumptions: Assumptions): boolean {
  switch (factor.kind) {
    case 'integer':
      return factor.value > 0n;
    case 'symbol':
      return isPositiveSymbol(factor.name, assumptions);
    case 'index': {
      const isEven = (integerExponent(exponent) ?? 1) % 2 === 0;
      const { indices } = assumptions;
      return indices.low(factor.index) > 0 || (isEven && indices.high(factor.index) < 0);
    }
    case 'template':
      return isSurelyPositive(factor.template.body, insideTemplate(assumptions, factor.template, factor.arguments));
    case 'function':
      return factor.order === 0 && elementaryFunction(factor.name)?.range.positive === true;
    case 'product': {
      const [, ...rest] = factor.arguments;
      const inside = assumptions.indices.inside(factor.template.sorts, [OF_NO_RANGE, ...rest]);
      const own = slot(0, factor.template.sorts[0] ?? 'history');
      const from = factor.lower === undefined ? [{ left: ZERO, right: own, bound: 0 }] : [];
      return isSurelyPositive(factor.template.body, withIndices(assumptions, inside.with(from)));
    }
    default:
      return false;
  }
}

/** A form of which nothing is known: it mixes more indices than are bounded. */
const OF_NO_RANGE = { constant: 0, terms: [[-2, 1]] as const };

/** Whether zero and what is below it lie outside of the domain. */
export function isPositiveSymbol(name: string, assumptions: Assumptions): boolean {
  const domain = assumptions.domain(name);
  const sign = domain?.lower?.sign() ?? -1;
  return sign > 0 || (sign === 0 && domain?.lowerOpen === true);
}

/** 1 − x^s y^t … with 0 ≤ x < 1 and s ≥ 1, the others at most 1, times a positive number. */
function isOneLessSmaller({ terms }: Expression, assumptions: Assumptions): boolean {
  const one = terms.find(each => each.factors.length === 0 && each.sorts.length + each.constraints.length === 0);
  const other = terms.find(each => each !== one);
  if (terms.length !== 2 || one === undefined || other === undefined) return false;
  if (other.sorts.length + other.constraints.length > 0 || one.coefficient.sign() <= 0) return false;
  const size = one.coefficient.compare(other.coefficient.negate());
  if (size < 0) return false;
  const least = other.factors.map(({ factor, exponent }) =>
    factor.kind === 'symbol' && assumptions.isBelowOne(factor.name) ? leastOf(exponent, assumptions) : -1,
  );
  if (least.some(each => each < 0)) return false;
  if (size > 0) return true;
  return other.factors.some(
    ({ factor }, at) => factor.kind === 'symbol' && isBelow(factor.name, assumptions) && (least[at] ?? 0) >= 1,
  );
}

function isBelow(name: string, assumptions: Assumptions): boolean {
  const upper = assumptions.domain(name)?.upper ?? null;
  return upper !== null && (!upper.isOne() || assumptions.domain(name)?.upperOpen === true);
}

/** The least whole number that the exponent is known not to fall below. */
const leastOf = ({ constant, form }: Exponent, { indices }: Assumptions): number =>
  constant.isInteger() ? indices.low({ constant: Number(constant.num), terms: form.terms }) : -1;
