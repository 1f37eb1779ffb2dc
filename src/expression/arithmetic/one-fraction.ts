/**
 * A rational function of one index with rational zeros as a product of linear factors: 1 − 1/(k+1)² is k(k + 2)/(k + 1)², so that
 * its product over k telescopes. Every denominator stays, so that both have a value at the same integers, or the product at more.
 */
import { coefficientOf, type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { constant, type Expression, factorExpression, multiply } from '../core/expression.ts';
import { exponentOf, integerExponent } from '../core/factor.ts';

const MOST_DEGREE = 12;
/** Numbers with larger divisors are not searched for zeros. */
const LARGEST_DIVIDED = 100_000n;

/** Coefficients from the constant up. */
type Coefficients = readonly Rational[];

/** The expression, with several terms, as a constant times powers of linear forms in the index; null where it is none. */
export function asOneFraction({ terms }: Expression, index: number): Expression | null {
  if (terms.length < 2) return null;
  const deepest = new Map<string, { readonly form: LinearForm; readonly power: number }>();
  const read: { readonly coefficient: Rational; readonly powers: ReadonlyMap<string, number> }[] = [];
  for (const { coefficient, factors, sorts, constraints } of terms) {
    if (sorts.length + constraints.length > 0) return null;
    const powers = new Map<string, number>();
    for (const { factor, exponent } of factors) {
      const power = integerExponent(exponent);
      if (factor.kind !== 'index' || power === null || !isIn(factor.index, index)) return null;
      const key = `${coefficientOf(factor.index, index)}:${factor.index.constant}`;
      powers.set(key, power);
      deepest.set(key, { form: factor.index, power: Math.min(deepest.get(key)?.power ?? 0, power, 0) });
    }
    read.push({ coefficient, powers });
  }
  const numerator = read.reduce<Coefficients>((sum, { coefficient, powers }) => {
    const factors = [...deepest].flatMap(([key, { form, power }]) =>
      Array.from({ length: (powers.get(key) ?? 0) - power }, () => linear(form, index)),
    );
    return plus(sum, factors.reduce<Coefficients>(times, [coefficient]));
  }, []);
  const above = numerator.length > MOST_DEGREE + 1 ? null : linearFactors(numerator, index);
  if (above === null) return null;
  const below = [...deepest.values()].filter(({ power }) => power < 0);
  return multiply(...above, ...below.map(({ form, power }) => ofForm(form, power)));
}

const isIn = ({ terms }: LinearForm, index: number): boolean => terms.length === 1 && terms[0]?.[0] === index;
const ofForm = (form: LinearForm, power: number): Expression =>
  factorExpression({ kind: 'index', index: form }, exponentOf(power));
const linear = (form: LinearForm, index: number): Coefficients => [
  Rational.of(form.constant),
  Rational.of(coefficientOf(form, index)),
];

const trim = (all: Coefficients): Coefficients => all.slice(0, all.findLastIndex(each => !each.isZero()) + 1);
const plus = (a: Coefficients, b: Coefficients): Coefficients =>
  trim(
    Array.from({ length: Math.max(a.length, b.length) }, (_, at) =>
      (a[at] ?? Rational.zero).add(b[at] ?? Rational.zero),
    ),
  );
function times(a: Coefficients, b: Coefficients): Coefficients {
  const result = Array.from({ length: a.length + b.length - 1 }, () => Rational.zero);
  for (const [i, one] of a.entries())
    for (const [k, other] of b.entries()) result[i + k] = (result[i + k] ?? Rational.zero).add(one.multiply(other));
  return result;
}

/** A polynomial as its leading number and linear factors with whole coefficients; null where a zero is not rational. */
function linearFactors(polynomial: Coefficients, index: number): Expression[] | null {
  let rest = polynomial;
  const factors: Expression[] = [];
  if (rest.length === 0) return [constant(0)];
  while (rest.length > 1) {
    const zero = rationalZero(rest);
    if (zero === null) return null;
    // q k − p for the zero p/q, which takes q out of the quotient.
    const [p, q] = [Number(zero.num), Number(zero.den)];
    factors.push(ofForm({ ...variableForm(index, -p), terms: [[index, q]] }, 1));
    rest = quotient(rest, zero).map(each => each.divide(Rational.of(q)));
  }
  return [constant(rest[0] ?? Rational.zero), ...factors];
}

/** Divided by k − zero, which leaves nothing. */
function quotient(polynomial: Coefficients, zero: Rational): Coefficients {
  const result: Rational[] = [];
  let carried = Rational.zero;
  for (const coefficient of polynomial.toReversed()) {
    carried = carried.multiply(zero).add(coefficient);
    result.push(carried);
  }
  return result.slice(0, -1).toReversed();
}

/** p/q with p a divisor of the constant and q one of the leading coefficient, once both are whole. */
function rationalZero(polynomial: Coefficients): Rational | null {
  const common = polynomial.reduce((product, { den }) => (product * den) / gcd(product, den), 1n);
  const whole = polynomial.map(({ num, den }) => num * (common / den));
  const [first, last] = [whole[0] ?? 0n, whole.at(-1) ?? 1n];
  if (first === 0n) return Rational.zero;
  if (size(first) > LARGEST_DIVIDED || size(last) > LARGEST_DIVIDED) return null;
  for (const q of divisors(size(last)))
    for (const p of divisors(size(first)))
      for (const candidate of [Rational.of(p, q), Rational.of(-p, q)])
        if (polynomial.reduceRight((sum, each) => sum.multiply(candidate).add(each), Rational.zero).isZero())
          return candidate;
  return null;
}

const size = (value: bigint): bigint => (value < 0n ? -value : value);
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? size(a) : gcd(b, a % b));
function divisors(of: bigint): bigint[] {
  const small = [];
  for (let each = 1n; each * each <= of; each += 1n) if (of % each === 0n) small.push(each);
  return [...new Set([...small, ...small.map(each => of / each)])];
}
