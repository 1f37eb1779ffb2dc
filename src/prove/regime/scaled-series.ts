/**
 * Series Σ c_i s^{(start + i)/denominator} + O(s^{known/denominator}): a coefficient that is not known is never read as zero.
 * Where the leading coefficients are not known to be different from zero their sizes are lower bounds only, which the rule
 * for products allows: known(ab) = min(known(a) + start(b), known(b) + start(a)).
 *
 * Source: NIST Digital Library of Mathematical Functions, 2.1(iii).
 */
import { add, type Expression, isZero, multiply, ZERO_EXPRESSION } from '../../expression/core/expression.ts';
import { Rational } from '../../number/rational.ts';

export interface ScaledSeries {
  /** Exponents are counted in units of 1/denominator. */
  readonly denominator: number;
  /** The least exponent that may have a coefficient. */
  readonly start: number;
  readonly coefficients: readonly Expression[];
  /** Coefficients below this exponent are known; those that are not listed are zero. */
  readonly known: number | 'exact';
}

/** A coefficient was asked for that the expansion does not reach. */
export class BeyondExpansion extends Error {}

/** The coefficient of s^power; throws {@link BeyondExpansion} where it is not known. */
export function coefficientAt(series: ScaledSeries, power: Rational): Expression {
  const exponent = power.multiply(Rational.of(series.denominator));
  if (!isKnownTo(series, power)) throw new BeyondExpansion(`the coefficient of s^${power} is not known`);
  if (!exponent.isInteger()) return ZERO_EXPRESSION;
  return series.coefficients[Number(exponent.num) - series.start] ?? ZERO_EXPRESSION;
}

/** Whether the coefficient of s^power is known. */
export const isKnownTo = ({ known, denominator }: ScaledSeries, power: Rational): boolean =>
  known === 'exact' || power.multiply(Rational.of(denominator)).compare(Rational.of(known)) < 0;

/** The exponents from the first to the last coefficient that is listed. */
export const exponentsOf = ({ start, coefficients, denominator }: ScaledSeries): Rational[] =>
  coefficients.map((_, i) => Rational.of(start + i, denominator));

const least = (a: number | 'exact', b: number | 'exact'): number | 'exact' =>
  a === 'exact' ? b : b === 'exact' ? a : Math.min(a, b);
const shifted = (known: number | 'exact', by: number): number | 'exact' => (known === 'exact' ? known : known + by);

/** The exact series c s^{exponent/denominator}. */
export const exactSeries = (value: Expression, exponent: number, denominator: number): ScaledSeries =>
  isZero(value)
    ? { denominator, start: 0, coefficients: [], known: 'exact' }
    : { denominator, start: exponent, coefficients: [value], known: 'exact' };

export const isKnownZero = ({ coefficients, known }: ScaledSeries): boolean =>
  known === 'exact' && coefficients.length === 0;

/** Without coefficients that are zero at the ends; what is not listed then starts where nothing is known. */
export function trimmed(series: ScaledSeries): ScaledSeries {
  const { coefficients, known, start } = series;
  const first = coefficients.findIndex(value => !isZero(value));
  if (first === -1) return { ...series, start: known === 'exact' ? 0 : known, coefficients: [] };
  let last = coefficients.length;
  while (isZero(coefficients[last - 1] ?? ZERO_EXPRESSION)) last -= 1;
  return { ...series, start: start + first, coefficients: coefficients.slice(first, last) };
}

/** At most `count` coefficients; the rest is forgotten, and said to be. */
export function truncated(series: ScaledSeries, count: number): ScaledSeries {
  if (series.coefficients.length <= count) return series;
  return {
    ...series,
    coefficients: series.coefficients.slice(0, count),
    known: least(series.known, series.start + count),
  };
}

/** The sum of series with one denominator. */
export function addScaled(denominator: number, parts: readonly ScaledSeries[]): ScaledSeries {
  const known = parts.map(part => part.known).reduce(least, 'exact');
  const present = parts.filter(part => part.coefficients.length > 0);
  if (present.length === 0) return { denominator, start: known === 'exact' ? 0 : known, coefficients: [], known };
  const start = Math.min(...present.map(part => part.start));
  const end = Math.max(...present.map(part => part.start + part.coefficients.length));
  const length = (known === 'exact' ? end : Math.min(end, known)) - start;
  const coefficients = Array.from({ length: Math.max(0, length) }, (_, i) =>
    add(...present.map(part => part.coefficients[start + i - part.start] ?? ZERO_EXPRESSION)),
  );
  return trimmed({ denominator, start, coefficients, known });
}

export function multiplyScaled(a: ScaledSeries, b: ScaledSeries): ScaledSeries {
  const { denominator } = a;
  if (isKnownZero(a) || isKnownZero(b)) return { denominator, start: 0, coefficients: [], known: 'exact' };
  const known = least(shifted(a.known, b.start), shifted(b.known, a.start));
  const start = a.start + b.start;
  // The last one is zero.
  const full = a.coefficients.length + b.coefficients.length;
  const length = known === 'exact' ? full : Math.min(full, known - start);
  const coefficients = Array.from({ length: Math.max(0, length) }, (_, q) =>
    add(
      ...Array.from({ length: q + 1 }, (__, r) =>
        multiply(a.coefficients[r] ?? ZERO_EXPRESSION, b.coefficients[q - r] ?? ZERO_EXPRESSION),
      ),
    ),
  );
  return trimmed({ denominator, start, coefficients, known });
}
