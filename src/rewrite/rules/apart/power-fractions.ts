/**
 * Powers of a letter beside what is one less them, under a sum: with u = β^k, u^s/(c − u)^m is taken apart until u stands in no numerator
 * beside c − u, by u = c − (c − u) and 1 = ((c − u) + u)/c. So β^k/(1 − β^k) becomes 1/(1 − β^k) − 1, and β^{−k}/(1 − β^k) becomes
 * β^{−k} + 1/(1 − β^k): division with remainder (Graham, Knuth, Patashnik, Concrete Mathematics, 7.3), equal term by term.
 */
import { replacedTerms } from '../../replaced-terms.ts';
import type { Budget } from '../../../base/budget.ts';
import type { Assumptions } from '../../../expression/arithmetic/assumptions.ts';
import { isPositiveSymbol } from '../../../expression/arithmetic/sure-sign.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  multiply,
  openTerm,
  scale,
  sumOverAll,
} from '../../../expression/core/expression.ts';
import { exponentOf, type FactorPower, timesBelow, scaleExponent } from '../../../expression/core/factor.ts';
import { isPlainTerm } from '../../../expression/core/single.ts';
import { instantiate } from '../../../expression/core/template.ts';
import type { Term } from '../../../expression/core/term.ts';
import { coefficientOf } from '../../../number/linear-form.ts';
import { Rational } from '../../../number/rational.ts';

/** Higher powers of u are left as they are. */
const MOST_POWER = 8;

/** The expression with such fractions in one summed index taken apart; the same object where there are none. */
export function inPowerFractions(expression: Expression, assumptions: Assumptions, budget: Budget): Expression {
  return replacedTerms(expression, term => ofTerm(term, assumptions, budget));
}

function ofTerm(term: Term, assumptions: Assumptions, budget: Budget): Expression | null {
  if (term.sorts.length === 0) return null;
  const opened = openTerm(term);
  for (const index of opened.open) {
    for (const own of opened.factors) {
      const pole = poleOf(own, index, assumptions);
      const times = pole === null ? null : timesIn(opened.factors, pole, index);
      if (pole === null || times === null) continue;
      budget.spend();
      const whole = opened.factors.map(({ factor, exponent }) => factorExpression(factor, exponent));
      const body = multiply(constant(opened.coefficient), ...whole, oneStep(pole, times));
      const made = sumOverAll(body, opened.open, opened.sorts, opened.constraints);
      return inPowerFractions(made, assumptions, budget);
    }
  }
  return null;
}

/** c − u below a fraction: c a number, u a product of powers of positive symbols that depends on the index, so that 1/u has a value. */
interface Pole {
  readonly factor: FactorPower['factor'];
  readonly constant: Rational;
  readonly coefficient: Rational;
  readonly powers: readonly FactorPower[];
}

function poleOf({ factor, exponent }: FactorPower, index: number, assumptions: Assumptions): Pole | null {
  if (factor.kind !== 'template' || timesBelow({ exponent }) === 0) return null;
  const { terms } = instantiate(factor.template, factor.arguments);
  if (terms.length !== 2 || !terms.every(isPlainTerm)) return null;
  const plain = terms.find(({ factors }) => factors.length === 0);
  const power = terms.find(term => term !== plain);
  if (plain === undefined || power?.factors.every(each => isOfSymbols(each, assumptions)) !== true) return null;
  const depends = power.factors.some(each => coefficientOf(each.exponent.form, index) !== 0);
  return depends
    ? { factor, constant: plain.coefficient, coefficient: power.coefficient.negate(), powers: power.factors }
    : null;
}

const isOfSymbols = ({ factor }: FactorPower, assumptions: Assumptions): boolean =>
  factor.kind === 'symbol' && isPositiveSymbol(factor.name, assumptions);

/** How often u stands in a product, as far as the index goes, not 0; null where it is no whole number of times. */
function timesIn(factors: readonly FactorPower[], { powers }: Pole, index: number): number | null {
  const counts = powers.flatMap(({ factor, exponent }) => {
    const own = coefficientOf(exponent.form, index);
    if (own === 0 || factor.kind !== 'symbol') return [];
    const beside = factors.find(each => each.factor.kind === 'symbol' && each.factor.name === factor.name);
    return [(beside === undefined ? 0 : coefficientOf(beside.exponent.form, index)) / own];
  });
  const [first] = counts;
  const isWhole = first !== undefined && Number.isInteger(first) && first !== 0 && Math.abs(first) <= MOST_POWER;
  return isWhole && counts.every(each => each === first) ? first : null;
}

/** What is equal to 1 and takes one u out of the numerator, or puts one into it where it stands in the denominator. */
function oneStep({ factor, constant: c, coefficient, powers }: Pole, times: number): Expression {
  const to = (sign: number): Expression =>
    multiply(
      constant(sign > 0 ? coefficient : Rational.one.divide(coefficient)),
      ...powers.map(each =>
        factorExpression(each.factor, scaleExponent(each.exponent, Rational.of(sign)) ?? each.exponent),
      ),
    );
  const difference = factorExpression(factor, exponentOf(1));
  return times > 0
    ? multiply(to(-1), add(constant(c), scale(difference, Rational.minusOne)))
    : scale(add(difference, to(1)), Rational.one.divide(c));
}
