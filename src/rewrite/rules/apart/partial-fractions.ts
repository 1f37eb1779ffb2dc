/**
 * Partial fractions under a sum: of (x + a)^e (x + b)^f … with a summed index x, whole a − b and a denominator, so that
 * 1/(k(k+1)) becomes 1/k − 1/(k+1), which are sums of one thing over shifted ranges. Both sides have the same poles, so that
 * they are equal term by term (Graham, Knuth, Patashnik, Concrete Mathematics, 7.3).
 */
import { replacedTerms } from '../../replaced-terms.ts';
import type { Budget } from '../../../base/budget.ts';
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
import { exponentOf, type FactorPower, integerExponent } from '../../../expression/core/factor.ts';
import type { Term } from '../../../expression/core/term.ts';
import { coefficientOf, type LinearForm, shiftForm } from '../../../number/linear-form.ts';
import { Rational } from '../../../number/rational.ts';

/** Powers with more than this in all are left as they are. */
const MOST_DEGREE = 8;

/** The expression with products of fractions in one summed index taken apart; the same object where there are none. */
export function inPartialFractions(expression: Expression, budget: Budget): Expression {
  return replacedTerms(expression, term => ofTerm(term, budget));
}

function ofTerm(term: Term, budget: Budget): Expression | null {
  if (term.sorts.length === 0) return null;
  const opened = openTerm(term);
  for (const index of opened.open) {
    const group = groupOf(opened.factors, index);
    if (group === null) continue;
    budget.spend();
    const rest = opened.factors.filter(own => !group.powers.some(each => each.own === own));
    const body = multiply(
      constant(opened.coefficient),
      ...rest.map(({ factor, exponent }) => factorExpression(factor, exponent)),
      apart(group),
    );
    const made = sumOverAll(body, opened.open, opened.sorts, opened.constraints);
    return inPartialFractions(made, budget);
  }
  return null;
}

interface Group {
  /** The form y; the factors are (y + shift)^power. */
  readonly form: LinearForm;
  readonly powers: readonly { readonly own: FactorPower; readonly shift: number; readonly power: number }[];
}

/** Two and more powers of the index up to constants, one of them a denominator. */
function groupOf(factors: readonly FactorPower[], index: number): Group | null {
  const own = factors.flatMap(power => {
    const whole = integerExponent(power.exponent);
    const { factor } = power;
    if (factor.kind !== 'index' || whole === null || coefficientOf(factor.index, index) === 0) return [];
    return [{ own: power, form: factor.index, power: whole }];
  });
  for (const { form, power } of own) {
    if (power >= 0) continue;
    const like = own.filter(each => sameTerms(each.form, form));
    const degree = like.reduce((sum, each) => sum + Math.abs(each.power), 0);
    if (like.length < 2 || degree > MOST_DEGREE) continue;
    return {
      form,
      powers: like.map(each => ({ own: each.own, shift: each.form.constant - form.constant, power: each.power })),
    };
  }
  return null;
}

const sameTerms = (one: LinearForm, other: LinearForm): boolean =>
  one.terms.length === other.terms.length &&
  one.terms.every(([index, count], at) => other.terms[at]?.[0] === index && other.terms[at]?.[1] === count);

/**
 * Π (y + a)^e as a polynomial of y and multiples of (y + a)^{−m}. The part at a pole a: with u = y + a the other factors are
 * (u + b − a)^f, whose series in u to the power e − 1 gives the coefficients.
 */
function apart({ form, powers }: Group): Expression {
  const to = (shift: number, power: number): Expression =>
    factorExpression({ kind: 'index', index: shiftForm(form, shift) }, exponentOf(power));
  // At what stands above the fraction bar there is no pole, and a series without terms.
  const fractions = powers.flatMap(({ shift, power }) => {
    const others = powers.filter(each => each.shift !== shift);
    const series = others.reduce(
      (product, each) => times(product, powerSeries(each.shift - shift, each.power, -power), -power),
      [Rational.one] as readonly Rational[],
    );
    return series.map((coefficient, at) => scale(to(shift, power + at), coefficient));
  });
  return add(...polynomialPart(powers).map((coefficient, at) => scale(to(0, at), coefficient)), ...fractions);
}

/** (u + c)^e as a series in u with so many terms, c not 0. */
function powerSeries(c: number, e: number, count: number): Rational[] {
  const result: Rational[] = [];
  let binomial = Rational.one;
  for (let i = 0; i < count; i += 1) {
    result.push(binomial.multiply(Rational.of(c).power(e - i)));
    binomial = binomial.multiply(Rational.of(e - i, i + 1));
  }
  return result;
}

function times(one: readonly Rational[], other: readonly Rational[], count: number): Rational[] {
  return Array.from({ length: count }, (_, at) => {
    let sum = Rational.zero;
    for (let i = 0; i <= at; i += 1) sum = sum.add((one[i] ?? Rational.zero).multiply(other[at - i] ?? Rational.zero));
    return sum;
  });
}

/** The polynomial part, from the constant on: by the series in 1/y of Π (1 + a/y)^e y^{Σe}. */
function polynomialPart(powers: Group['powers']): Rational[] {
  const degree = powers.reduce((sum, { power }) => sum + power, 0);
  if (degree < 0) return [];
  const count = degree + 1;
  const series = powers.reduce(
    (product, { shift, power }) => times(product, inverseSeries(shift, power, count), count),
    [Rational.one] as readonly Rational[],
  );
  return Array.from({ length: count }, (_, at) => series[degree - at] ?? Rational.zero);
}

/** (1 + a z)^e as a series in z. */
function inverseSeries(a: number, e: number, count: number): Rational[] {
  const result: Rational[] = [];
  let binomial = Rational.one;
  let power = Rational.one;
  for (let i = 0; i < count; i += 1) {
    result.push(binomial.multiply(power));
    binomial = binomial.multiply(Rational.of(e - i, i + 1));
    power = power.multiply(Rational.of(a));
  }
  return result;
}
