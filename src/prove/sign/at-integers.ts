/**
 * Polynomials in n or in p alone that are negative between integers: (n − 17)(n − 18) ≥ 0. From some integer on the coefficients of the
 * polynomial moved there have one sign; the values before are looked at one by one.
 */
import type { Budget } from '../../base/budget.ts';
import type { Expression } from '../../expression/core/expression.ts';
import { integerExponent } from '../../expression/core/factor.ts';
import { DIMENSION_INDEX, ITERATION_INDEX } from '../../expression/core/indices.ts';
import { isPlainTerm } from '../../expression/core/single.ts';
import type { LinearForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';

const MOST_VALUES = 4_096;
const MOST_DEGREE = 16;
/** Values that cost one step. */
const VALUES_A_STEP = 16;

/** Coefficients from the constant up. */
type Coefficients = readonly Rational[];

/** Whether it is positive, or not negative, at n = 0, 1, … or p = 1, 2, …; false for anything else than a polynomial in one of them. */
export function isPositiveAtIntegers(expression: Expression, strictly: boolean, budget: Budget): boolean {
  const letter = [ITERATION_INDEX, DIMENSION_INDEX].find(index => coefficientsIn(expression, index) !== null);
  const whole = letter === undefined ? null : coefficientsIn(expression, letter);
  if (whole === null || whole.length < 2) return false;
  const start = letter === DIMENSION_INDEX ? 1 : 0;
  const isPositive = (value: Rational): boolean => (strictly ? value.sign() > 0 : value.sign() >= 0);
  let moved = movedBy(whole, start);
  for (let value = 0; value < MOST_VALUES; value += 1) {
    if (value % VALUES_A_STEP === 0) budget.spend();
    const [first] = moved;
    // The first coefficient is the value there.
    if (first === undefined || !isPositive(first)) return false;
    if (moved.every(each => each.sign() >= 0)) return true;
    moved = movedBy(moved, 1);
  }
  return false;
}

/** Null where there is anything else than this index, to whole powers that are not negative. */
function coefficientsIn({ terms }: Expression, index: number): Coefficients | null {
  let sum: Coefficients = [];
  for (const term of terms) {
    if (!isPlainTerm(term)) return null;
    let product: Coefficients = [term.coefficient];
    for (const { factor, exponent } of term.factors) {
      const power = integerExponent(exponent);
      if (factor.kind !== 'index' || power === null || power < 0 || product.length + power > MOST_DEGREE) return null;
      const form = linearIn(factor.index, index);
      if (form === null) return null;
      for (let count = 0; count < power; count += 1) product = times(product, form);
    }
    sum = plus(sum, product);
  }
  return sum;
}

const linearIn = ({ constant, terms }: LinearForm, index: number): Coefficients | null => {
  const [only, ...more] = terms;
  return only === undefined || more.length > 0 || only[0] !== index
    ? null
    : [Rational.of(constant), Rational.of(only[1])];
};

const plus = (a: Coefficients, b: Coefficients): Coefficients =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, at) => (a[at] ?? Rational.zero).add(b[at] ?? Rational.zero));

function times(a: Coefficients, b: Coefficients): Coefficients {
  const result: Rational[] = [];
  for (const [i, one] of a.entries())
    for (const [k, other] of b.entries()) result[i + k] = (result[i + k] ?? Rational.zero).add(one.multiply(other));
  return result;
}

/** The polynomial at x + by, by Horner's scheme again and again. */
function movedBy(polynomial: Coefficients, by: number): Coefficients {
  const result = [...polynomial];
  const step = Rational.of(by);
  for (let from = 0; from < result.length - 1; from += 1)
    for (let at = result.length - 2; at >= from; at -= 1)
      result[at] = (result[at] ?? Rational.zero).add(step.multiply(result[at + 1] ?? Rational.zero));
  return result;
}
