/**
 * A formula without what is of order h^N and above, as far as its form shows it.
 *
 * Only whole summands and factors go, and none beside anything that may have a pole at h = 0: h²·(1/h) is not of order h².
 * What stays is as typed, so the value modulo h^N is the same. It keeps terms above the judged order from being evaluated,
 * and lets f_0 be compared where a higher coefficient has no value.
 */
import { number } from '../../formula/build.ts';
import type { Formula } from '../../formula/formula.ts';
import { type NamesMeant, reachesStep } from '../../formula/reaches-step.ts';
import { children, withChildren } from '../../formula/walk.ts';
import { isRegularInStep } from './regular-in-step.ts';

const ZERO = number(0);
const isZero = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isZero();

const UNKNOWN = Number.NEGATIVE_INFINITY;

/** A power of h that certainly divides the formula, the rest being bounded for h → 0; {@link UNKNOWN} where it may not be. */
const leastPower = (formula: Formula, names: NamesMeant): number =>
  isRegularInStep(formula, names) ? powerShown(formula, names) : UNKNOWN;

/** The power of h that stands in front of a formula that is regular at h = 0. A zero is a number like any other: 0·(1/0) has no value. */
function powerShown(formula: Formula, names: NamesMeant): number {
  const shown = (part: Formula): number => powerShown(part, names);
  switch (formula.kind) {
    case 'step':
      return 1;
    case 'add':
      return Math.min(...formula.terms.map(shown));
    case 'negate':
      return shown(formula.argument);
    case 'multiply':
      return formula.factors.reduce((total, factor) => total + shown(factor), 0);
    case 'divide':
      return shown(formula.numerator);
    case 'power': {
      const { exponent } = formula;
      return exponent.kind === 'number' && exponent.value.isInteger() && exponent.value.sign() > 0
        ? shown(formula.base) * exponent.value.toNumber()
        : 0;
    }
    case 'sum':
      return shown(formula.body);
    default:
      return 0;
  }
}

/** `formula` modulo h^terms; itself where nothing is cut off. Example: M/R + h·(A + h·B) with terms 2 is M/R + h·A. */
export function truncateStep(formula: Formula, terms: number, names: NamesMeant): Formula {
  if (leastPower(formula, names) >= terms) return ZERO;
  switch (formula.kind) {
    case 'add': {
      const cut = formula.terms.map(term => truncateStep(term, terms, names));
      if (isSame(cut, formula.terms)) return formula;
      const kept = cut.filter(term => !isZero(term));
      const [only, second] = kept;
      return !only ? ZERO : second ? { ...formula, terms: kept } : only;
    }
    case 'negate': {
      const argument = truncateStep(formula.argument, terms, names);
      return argument === formula.argument ? formula : { ...formula, argument };
    }
    case 'multiply': {
      const powers = formula.factors.map(factor => leastPower(factor, names));
      const total = powers.reduce((sum, each) => sum + each, 0);
      if (total === UNKNOWN) return formula;
      const factors = formula.factors.map((factor, at) =>
        truncateStep(factor, terms - total + (powers[at] ?? 0), names),
      );
      return isSame(factors, formula.factors) ? formula : { ...formula, factors };
    }
    case 'divide': {
      if (reachesStep(formula.denominator, names)) return formula;
      const numerator = truncateStep(formula.numerator, terms, names);
      return numerator === formula.numerator ? formula : { ...formula, numerator };
    }
    case 'sum': {
      const body = truncateStep(formula.body, terms, names);
      return body === formula.body ? formula : withChildren(formula, children(formula).with(-1, body));
    }
    default:
      return formula;
  }
}

const isSame = (one: readonly Formula[], other: readonly Formula[]): boolean =>
  one.every((formula, at) => formula === other[at]);
