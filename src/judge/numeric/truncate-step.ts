/**
 * A formula without what is of order h^N and above, as far as its form shows it.
 *
 * Only whole summands and factors go; what stays is as typed, so the value modulo h^N is the same. It keeps terms above
 * the judged order from being evaluated, and lets f_0 be compared where a higher coefficient has no value.
 */
import { number } from '../../formula/build.ts';
import type { Formula } from '../../formula/formula.ts';
import { children, withChildren } from '../../formula/walk.ts';

const ZERO = number(0);
const isZero = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isZero();

/** A power of h that certainly divides the formula; Infinity for zero. Names count as free of h only in that they give 0. */
function leastPower(formula: Formula): number {
  switch (formula.kind) {
    case 'number':
      return formula.value.isZero() ? Number.POSITIVE_INFINITY : 0;
    case 'step':
      return 1;
    case 'add':
      return Math.min(...formula.terms.map(leastPower));
    case 'negate':
      return leastPower(formula.argument);
    case 'multiply':
      return formula.factors.reduce((total, factor) => total + leastPower(factor), 0);
    case 'divide':
      return Math.max(0, leastPower(formula.numerator) - highestPower(formula.denominator));
    case 'power': {
      const { exponent } = formula;
      return exponent.kind === 'number' && exponent.value.isInteger() && exponent.value.sign() > 0
        ? leastPower(formula.base) * exponent.value.toNumber()
        : 0;
    }
    case 'sum':
      return leastPower(formula.body);
    default:
      return 0;
  }
}

/** 0 where the formula is free of h, else Infinity: how much of h a division can take away is not looked into. */
function highestPower(formula: Formula): number {
  const waiting: Formula[] = [formula];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'step') return Number.POSITIVE_INFINITY;
    waiting.push(...children(node));
  }
  return 0;
}

/** `formula` modulo h^terms. Example: M/R + h·(A + h·B) with terms 2 is M/R + h·A. */
export function truncateStep(formula: Formula, terms: number): Formula {
  if (leastPower(formula) >= terms) return ZERO;
  switch (formula.kind) {
    case 'add': {
      const kept = formula.terms.map(term => truncateStep(term, terms)).filter(term => !isZero(term));
      const [only, second] = kept;
      return !only ? ZERO : second ? { ...formula, terms: kept } : only;
    }
    case 'negate':
      return { ...formula, argument: truncateStep(formula.argument, terms) };
    case 'multiply': {
      const powers = formula.factors.map(leastPower);
      const total = powers.reduce((sum, each) => sum + each, 0);
      return {
        ...formula,
        factors: formula.factors.map((factor, at) => truncateStep(factor, terms - total + (powers[at] ?? 0))),
      };
    }
    case 'divide':
      return highestPower(formula.denominator) === 0
        ? { ...formula, numerator: truncateStep(formula.numerator, terms) }
        : formula;
    case 'sum':
      return withChildren(formula, children(formula).with(-1, truncateStep(formula.body, terms)));
    default:
      return formula;
  }
}
