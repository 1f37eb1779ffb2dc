/**
 * A formula as one would write it by hand: no Σ inside a fraction bar, no bar over a bar, no fraction wider than a line. The value is the
 * same for every instance; nothing else is changed.
 */
import { divide, multiplication, number } from '../../formula/build.ts';
import type { DivideNode, Formula } from '../../formula/formula.ts';
import { asPopulationMean } from '../../formula/population.ts';
import { children, withChildren } from '../../formula/walk.ts';
import { flatFactors } from '../../latex/write/write-terms.ts';

/**
 * The formula with a Σ_k b_k / c as (a/c) Σ_k b_k, and with (a + b)/c as (1/c)(a + b) where `isWide` says that the fraction
 * is too wide. Example: (1−β) Σ_k … / (1−β^{n+1}) becomes (1−β)/(1−β^{n+1}) Σ_k ….
 */
export function present(formula: Formula, isWide: (fraction: Formula) => boolean): Formula {
  const known = new Map<Formula, Formula>();
  const visit = (node: Formula): Formula => {
    const seen = known.get(node);
    if (seen) return seen;
    const inner = asPopulationMean(node) === null ? children(node) : [];
    const replaced = inner.map(visit);
    const rebuilt = replaced.some((child, position) => child !== inner[position]) ? withChildren(node, replaced) : node;
    const result = rebuilt.kind === 'divide' ? presentFraction(rebuilt, isWide) : rebuilt;
    known.set(node, result);
    return result;
  };
  return visit(formula);
}

function presentFraction(fraction: DivideNode, isWide: (fraction: Formula) => boolean): Formula {
  const { numerator, denominator } = fraction;
  const factors = numerator.kind === 'multiply' ? flatFactors(numerator) : [numerator];
  const isOutside = factors.some(isBig) ? isBig : factors.some(isSum) && isWide(fraction) ? isSum : nothing;
  const outside = factors.filter(isOutside);
  if (outside.length === 0) return factors.some(isFraction) ? quotient(factors, denominator) : fraction;
  const front = quotient(
    factors.filter(factor => !isOutside(factor)),
    denominator,
  );
  return multiplication(front, ...outside);
}

/** A quotient with one bar: (a/b) c over d is a c over b d. */
function quotient(above: readonly Formula[], below: Formula): Formula {
  const numerators = above.flatMap(factor => {
    if (factor.kind !== 'divide') return [factor];
    return isOne(factor.numerator) ? [] : [factor.numerator];
  });
  const denominators = above.flatMap(factor => (factor.kind === 'divide' ? [factor.denominator] : []));
  const all = [...denominators, below];
  return divide(
    productOf(numerators),
    productOf([...all.filter(isNumber), ...all.filter(factor => !isNumber(factor))]),
  );
}

const isOne = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isOne();
const isFraction = (formula: Formula): boolean => formula.kind === 'divide';
const isNumber = (formula: Formula): boolean => formula.kind === 'number';
const isSum = (formula: Formula): boolean => formula.kind === 'add';
const nothing = (): boolean => false;
const isBig = (formula: Formula): boolean => formula.kind === 'sum' || formula.kind === 'product';

function productOf(factors: readonly Formula[]): Formula {
  const [only] = factors;
  if (!only) return number(1);
  return factors.length === 1 ? only : multiplication(...factors);
}
