/** A formula as a polynomial in one letter, the other letters and the scalars given as numbers. */
import type { Formula } from '../../../formula/formula.ts';
import { Rational } from '../../../number/rational.ts';

/** Coefficients from the constant up; none after the last that is not zero. */
export type OneLetter = readonly Rational[];

const MOST_DEGREE = 24;

/** Null for what is no polynomial, or one of a high degree. `numberFor` gives letters and scalars other than `letter`. */
export function polynomialIn(
  letter: string,
  formula: Formula,
  numberFor: (kind: 'index' | 'parameter', name: string) => Rational | null,
): OneLetter | null {
  const inside = (part: Formula): OneLetter | null => polynomialIn(letter, part, numberFor);
  const combined = (
    parts: readonly Formula[],
    start: OneLetter,
    by: (a: OneLetter, b: OneLetter) => OneLetter,
  ): OneLetter | null =>
    parts.reduce<OneLetter | null>((rest, part) => {
      const next = rest && inside(part);
      return rest && next && rest.length + next.length <= MOST_DEGREE ? by(rest, next) : null;
    }, start);
  switch (formula.kind) {
    case 'number':
      return constant(formula.value);
    case 'index':
      if (formula.name === letter) return [Rational.zero, Rational.one];
      return constant(numberFor('index', formula.name));
    case 'parameter':
      return constant(numberFor('parameter', formula.name));
    case 'negate':
      return inside(formula.argument)?.map(each => each.negate()) ?? null;
    case 'add':
      return combined(formula.terms, [], plus);
    case 'multiply':
      return combined(formula.factors, [Rational.one], times);
    case 'divide': {
      const [above, below] = [inside(formula.numerator), inside(formula.denominator)];
      const [divisor] = below ?? [];
      return above && divisor && below?.length === 1 ? above.map(each => each.divide(divisor)) : null;
    }
    case 'power': {
      const { base, exponent } = formula;
      const count = exponent.kind === 'number' && exponent.value.isInteger() ? exponent.value.toNumber() : -1;
      return count < 0 || count > MOST_DEGREE
        ? null
        : combined(
            Array.from({ length: count }, () => base),
            [Rational.one],
            times,
          );
    }
    default:
      return null;
  }
}

const constant = (value: Rational | null): OneLetter | null => (value === null ? null : withoutLeadingZeros([value]));

export function withoutLeadingZeros(coefficients: readonly Rational[]): OneLetter {
  const last = coefficients.findLastIndex(each => !each.isZero());
  return coefficients.slice(0, last + 1);
}

export const plus = (a: OneLetter, b: OneLetter): OneLetter =>
  withoutLeadingZeros(
    Array.from({ length: Math.max(a.length, b.length) }, (_, at) =>
      (a[at] ?? Rational.zero).add(b[at] ?? Rational.zero),
    ),
  );

export function times(a: OneLetter, b: OneLetter): OneLetter {
  if (a.length === 0 || b.length === 0) return [];
  const sums = Array.from({ length: a.length + b.length - 1 }, () => Rational.zero);
  for (const [i, one] of a.entries())
    for (const [k, other] of b.entries()) sums[i + k] = (sums[i + k] ?? Rational.zero).add(one.multiply(other));
  return withoutLeadingZeros(sums);
}

export const valueOfPolynomial = (polynomial: OneLetter, at: Rational): Rational =>
  polynomial.reduceRight((rest, each) => rest.multiply(at).add(each), Rational.zero);
