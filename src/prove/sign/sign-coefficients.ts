/**
 * The sign of a polynomial in symbols with known domains: after x = (a + bu)/(1 + u) for a < x < b, x = a + u for x > a and
 * x = b − u for x < b, all coefficients have one sign. Multiplying by powers of 1 + u decides more of them (Pólya).
 * Sufficient only. Ends that belong to a domain count: λ ≥ 0 is not positive.
 *
 * Source: Hardy, Littlewood, Pólya, Inequalities, 2.24, Theorem 56 (Pólya: positive on the simplex, times powers of the sum of the variables).
 */
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { asNumber, type Expression } from '../../expression/core/expression.ts';
import { type FactorPower, factorKey, integerExponent } from '../../expression/core/factor.ts';
import { indexName, ITERATION_INDEX } from '../../expression/core/indices.ts';
import { isPlainTerm } from '../../expression/core/single.ts';
import type { Term } from '../../expression/core/term.ts';
import type { Domain } from '../../formula/declaration.ts';
import { Rational } from '../../number/rational.ts';

/** Further powers of 1 + u that are tried. */
const RAISES = [0, 2, 6];
/** More monomials than this are not expanded. */
const MAX_MONOMIALS = 5_000;

interface ReadTerm {
  readonly coefficient: Rational;
  /** Powers of symbols that are substituted. */
  readonly powers: ReadonlyMap<string, number>;
  /** The other factors, none of them negative; `isStrict` where none can vanish. */
  readonly rest: string;
  readonly isStrict: boolean;
}

/** Whether a sum without denominators is positive, or not negative, at every point of the domains. */
export function hasPositiveCoefficients(numerator: Expression, strictly: boolean, assumptions: Assumptions): boolean {
  const value = asNumber(numerator);
  if (value !== null) return strictly ? value.sign() > 0 : value.sign() >= 0;
  const terms: ReadTerm[] = [];
  for (const term of numerator.terms) {
    const read = readTerm(term, assumptions);
    if (read === null) return false;
    terms.push(read);
  }
  return RAISES.some(raise => isPositiveAfter(terms, raise, strictly, assumptions));
}

function readTerm(term: Term, assumptions: Assumptions): ReadTerm | null {
  const powers = new Map<string, number>();
  const rest = [`${term.sorts.join()}${JSON.stringify(term.constraints)}`];
  // A sum, which may be empty, of what is not negative.
  let isStrict = isPlainTerm(term);
  for (const own of term.factors) {
    const whole = integerExponent(own.exponent);
    if (
      own.factor.kind === 'symbol' &&
      whole !== null &&
      whole >= 0 &&
      isBounded(assumptions.domain(own.factor.name))
    ) {
      powers.set(own.factor.name, whole);
      continue;
    }
    const sign = signOfPower(own, assumptions);
    if (sign === null) return null;
    if (sign === 'non-negative') isStrict = false;
    rest.push(
      `${factorKey(own.factor, indexName)}^${own.exponent.constant}+${JSON.stringify(own.exponent.form.terms)}`,
    );
  }
  return { coefficient: term.coefficient, powers, rest: rest.sort().join('*'), isStrict };
}

const isBounded = (domain: Domain | null): boolean =>
  domain !== null && (domain.lower !== null || domain.upper !== null);

/** What is known of a power; null where it may be negative. */
function signOfPower({ factor, exponent }: FactorPower, assumptions: Assumptions): 'positive' | 'non-negative' | null {
  const whole = integerExponent(exponent);
  switch (factor.kind) {
    case 'integer':
      return factor.value > 0n ? 'positive' : null;
    case 'symbol':
      if (!isNeverNegative(assumptions.domain(factor.name)))
        return whole !== null && whole % 2 === 0 ? 'non-negative' : null;
      return isPositiveDomain(assumptions.domain(factor.name)) ? 'positive' : 'non-negative';
    case 'index':
      return whole !== null &&
        factor.index.terms.every(([index, c]) => index === ITERATION_INDEX && c > 0) &&
        factor.index.constant >= 0
        ? 'non-negative'
        : evenPower(whole);
    case 'template':
      return whole === null && exponent.form.terms.length === 0 ? 'non-negative' : evenPower(whole);
    default:
      return evenPower(whole);
  }
}

const evenPower = (whole: number | null): 'non-negative' | null =>
  whole !== null && whole % 2 === 0 ? 'non-negative' : null;

const isNeverNegative = (domain: Domain | null): boolean => domain?.lower != null && domain.lower.sign() >= 0;
/** Whether every value of a domain is above zero. */
export const isPositiveDomain = (domain: Domain | null): boolean =>
  domain?.lower != null && (domain.lower.sign() > 0 || (domain.lower.sign() === 0 && domain.lowerOpen));

interface Expanded {
  readonly exponents: readonly number[];
  readonly isStrict: boolean;
  readonly total: Rational;
}

function isPositiveAfter(
  terms: readonly ReadTerm[],
  raise: number,
  strictly: boolean,
  assumptions: Assumptions,
): boolean {
  const degrees = new Map<string, number>();
  for (const { powers } of terms)
    for (const [name, power] of powers) degrees.set(name, Math.max(degrees.get(name) ?? 0, power));
  const symbols = [...degrees].map(([name, degree]) => ({ name, degree, domain: assumptions.domain(name) }));
  if (symbols.reduce((count, { degree }) => count * (degree + raise + 1), 1) > MAX_MONOMIALS) return false;
  const totals = new Map<string, Expanded>();
  for (const { coefficient, powers, rest, isStrict } of terms) {
    const factors = symbols.map(({ name, degree, domain }) =>
      inSubstitute(powers.get(name) ?? 0, degree, domain, raise),
    );
    for (const { exponents, weight } of products(factors)) {
      const key = `${rest}|${exponents.join()}`;
      const known = totals.get(key);
      totals.set(key, {
        exponents,
        isStrict,
        total: (known?.total ?? Rational.zero).add(coefficient.multiply(weight)),
      });
    }
  }
  const list = [...totals.values()];
  if (list.some(({ total }) => total.sign() < 0)) return false;
  if (!strictly) return true;
  const alive = list.filter(({ total, isStrict }) => isStrict && total.sign() > 0);
  const ends = symbols.map(({ degree, domain }) => endsOf(domain, degree + raise));
  return corners(ends).every(corner =>
    alive.some(({ exponents }) => corner.every((wanted, at) => wanted === null || exponents[at] === wanted)),
  );
}

/** x^k over the common denominator (1 + u)^degree, times (1 + u)^raise, as coefficients of powers of u. */
function inSubstitute(power: number, degree: number, domain: Domain | null, raise: number): readonly Rational[] {
  const [lower, upper] = [domain?.lower ?? null, domain?.upper ?? null];
  const onePlus = (times: number): readonly Rational[] => powerOfLinear(Rational.one, Rational.one, times);
  if (lower !== null && upper !== null)
    return multiplyPolynomials(powerOfLinear(lower, upper, power), onePlus(degree - power + raise));
  if (lower !== null) return multiplyPolynomials(powerOfLinear(lower, Rational.one, power), onePlus(raise));
  return multiplyPolynomials(powerOfLinear(upper ?? Rational.zero, Rational.minusOne, power), onePlus(raise));
}

/** (a + bu)^times, as coefficients of powers of u, by the binomial theorem. */
function powerOfLinear(a: Rational, b: Rational, times: number): readonly Rational[] {
  const [ofA, ofB] = [a, b].map(base => powersUpTo(base, times)) as [Rational[], Rational[]];
  let binomial = Rational.one;
  return ofB.map((power, k) => {
    if (k > 0) binomial = binomial.multiply(Rational.of(times - k + 1, k));
    return binomial.multiply(power).multiply(ofA[times - k] ?? Rational.one);
  });
}

function powersUpTo(base: Rational, times: number): Rational[] {
  const powers = [Rational.one];
  for (let k = 0; k < times; k += 1) powers.push((powers[k] ?? Rational.one).multiply(base));
  return powers;
}

function multiplyPolynomials(a: readonly Rational[], b: readonly Rational[]): readonly Rational[] {
  const result = Array.from({ length: a.length + b.length - 1 }, () => Rational.zero);
  for (const [i, x] of a.entries()) {
    for (const [j, y] of b.entries()) result[i + j] = (result[i + j] ?? Rational.zero).add(x.multiply(y));
  }
  return result;
}

function products(
  factors: readonly (readonly Rational[])[],
): { readonly exponents: readonly number[]; readonly weight: Rational }[] {
  return factors.reduce<{ readonly exponents: readonly number[]; readonly weight: Rational }[]>(
    (list, factor) =>
      list.flatMap(({ exponents, weight }) =>
        factor.flatMap((value, power) =>
          value.isZero() ? [] : [{ exponents: [...exponents, power], weight: weight.multiply(value) }],
        ),
      ),
    [{ exponents: [], weight: Rational.one }],
  );
}

/** The powers of u that alone are left at the ends that belong to a domain; null inside it. */
function endsOf(domain: Domain | null, degree: number): readonly (number | null)[] {
  const ends: (number | null)[] = [null];
  const isHalf = domain?.lower == null || domain.upper === null;
  const [first, second] =
    domain?.lower == null ? [domain?.upperOpen, undefined] : [domain.lowerOpen, isHalf ? undefined : domain.upperOpen];
  if (first === false) ends.push(0);
  if (second === false) ends.push(degree);
  return ends;
}

const corners = (ends: readonly (readonly (number | null)[])[]): (number | null)[][] =>
  ends.reduce<(number | null)[][]>(
    (list, choices) => list.flatMap(corner => choices.map(choice => [...corner, choice])),
    [[]],
  );
