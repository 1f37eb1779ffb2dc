/**
 * Factors of a polynomial that one sees by hand: perfect powers and differences of squares in one variable (by the discriminant),
 * rational zeros, what all coefficients in one variable have in common, and differences of two variables. Every factor is found by a
 * division without remainder; what is left is a factor of its own. Nothing is promised of it: it need not be irreducible.
 */
import { Rational } from '../number/rational.ts';
import {
  addPolynomials,
  coefficientsOf,
  commonMonomial,
  contentOf,
  dividedByMonomial,
  divideExactly,
  exponentIn,
  multiplyPolynomials,
  type Polynomial,
  polynomialOf,
  powerPolynomial,
  scalePolynomial,
  substitutePolynomial,
  variablePolynomial,
  variablesOf,
} from './polynomial.ts';

/** Larger ones stay in one piece. */
const MOST_TERMS = 40;
const MOST_DEGREE = 24;
const MOST_VARIABLES = 6;
/** Divisors of the outer coefficients that are tried for rational zeros. */
const MOST_DIVISORS = 40;
const LARGEST_COEFFICIENT = 1_000_000n;

/** Polynomials whose product is the given one; the polynomial alone where no factor is seen. All exponents must be positive. */
export function splitPolynomial(polynomial: Polynomial): readonly Polynomial[] {
  const isSmall =
    polynomial.length <= MOST_TERMS &&
    variablesOf(polynomial).length <= MOST_VARIABLES &&
    polynomial.every(({ monomial }) => monomial.every(([, exponent]) => exponent > 0 && exponent <= MOST_DEGREE));
  if (!isSmall) return [polynomial];
  for (const divisor of divisorsOf(polynomial)) {
    if (divisor.length < 2) continue;
    const quotient = divideExactly(polynomial, divisor);
    // By itself it says nothing.
    if (quotient === null || isConstant(quotient)) continue;
    return [...splitPolynomial(divisor), ...splitPolynomial(quotient)];
  }
  return [polynomial];
}

const isConstant = (polynomial: Polynomial): boolean => polynomial.every(({ monomial }) => monomial.length === 0);

/** With coprime integer coefficients and no variable in all of its terms; not for 0. */
function primitive(polynomial: Polynomial): Polynomial {
  const rest = dividedByMonomial(polynomial, commonMonomial(polynomial));
  return scalePolynomial(rest, contentOf(rest).inverse());
}

function* divisorsOf(polynomial: Polynomial): Generator<Polynomial> {
  const variables = variablesOf(polynomial);
  for (const variable of variables) yield* bySquares(polynomial, variable);
  for (const variable of variables) {
    const coefficients = [...coefficientsOf(polynomial, variable).values()];
    const [simplest] = coefficients.toSorted((a, b) => a.length - b.length);
    if (simplest !== undefined && coefficients.length > 1) yield* splitPolynomial(primitive(simplest));
  }
  yield* byZeros(polynomial, variables);
  for (const [at, x] of variables.entries())
    for (const y of variables.slice(at + 1))
      for (const sign of [-1, 1])
        yield addPolynomials(variablePolynomial(x), scalePolynomial(variablePolynomial(y), Rational.of(sign)));
}

/** a u² + b u + c with u = x^e and a square b² − 4ac = s²: 2a u + b + s, without what its terms have in common; 2a u + b − s is left. */
function* bySquares(polynomial: Polynomial, variable: number): Generator<Polynomial> {
  const byExponent = coefficientsOf(polynomial, variable);
  const highest = Math.max(...byExponent.keys());
  const half = highest / 2;
  if (!Number.isInteger(half) || [...byExponent.keys()].some(exponent => ![0, half, highest].includes(exponent)))
    return;
  const [a = [], b = [], c = []] = [highest, half, 0].map(exponent => byExponent.get(exponent) ?? []);
  const four = scalePolynomial(multiplyPolynomials(a, c), Rational.of(-4));
  const root = squareRoot(addPolynomials(multiplyPolynomials(b, b), four));
  if (root === null) return;
  const linear = addPolynomials(
    scalePolynomial(multiplyPolynomials(a, variablePolynomial(variable, half)), Rational.of(2)),
    b,
  );
  yield primitive(addPolynomials(linear, root));
}

/** The polynomial whose square this is; null where there is none. By its leading terms, one after the other. */
export function squareRoot(polynomial: Polynomial): Polynomial | null {
  const [lead] = polynomial;
  if (lead === undefined) return [];
  const number = rationalRoot(lead.coefficient);
  if (number === null || lead.monomial.some(([, exponent]) => exponent % 2 !== 0)) return null;
  const first = polynomialOf([
    { coefficient: number, monomial: lead.monomial.map(([variable, exponent]) => [variable, exponent / 2] as const) },
  ]);
  let root = first;
  // A term of the root a round; one with more terms than its square is not looked for.
  for (const _ of polynomial) {
    const rest = addPolynomials(polynomial, scalePolynomial(multiplyPolynomials(root, root), Rational.minusOne));
    const [top] = rest;
    if (top === undefined) return root;
    const next = divideExactly([top], scalePolynomial(first, Rational.of(2)));
    if (next === null) return null;
    root = addPolynomials(root, next);
  }
  return null;
}

function rationalRoot({ num, den }: Rational): Rational | null {
  const [above, below] = [integerRoot(num), integerRoot(den)];
  return above === null || below === null ? null : Rational.of(above, below);
}

function integerRoot(value: bigint): bigint | null {
  if (value ** 2n > LARGEST_COEFFICIENT ** 8n) return null;
  // Below 2^52 a root is off by less than a half in floating point; no square is negative.
  const near = BigInt(Math.round(Math.sqrt(Math.abs(Number(value)))));
  return near * near === value ? near : null;
}

/** den·x − num for rational zeros of one variable; den·x − num·y for those at y = 1 of two, which are divisors where the polynomial is homogeneous. */
function* byZeros(polynomial: Polynomial, variables: readonly number[]): Generator<Polynomial> {
  const [x, y, ...more] = variables;
  if (x === undefined || more.length > 0) return;
  const alone = y === undefined ? polynomial : substitutePolynomial(polynomial, y, variablePolynomial(y, 0));
  if (alone === null) return;
  const whole = scalePolynomial(alone, contentOf(alone).inverse());
  const coefficient = (exponent: number): bigint =>
    whole.find(({ monomial }) => exponentIn(monomial, x) === exponent)?.coefficient.num ?? 0n;
  const highest = Math.max(...whole.map(({ monomial }) => exponentIn(monomial, x)));
  for (const den of divisors(coefficient(highest)))
    for (const size of divisors(coefficient(0)))
      for (const num of [size, -size]) {
        const value = Rational.of(num, den);
        const there = whole.reduce(
          (sum, term) => sum.add(term.coefficient.multiply(value.power(exponentIn(term.monomial, x)))),
          Rational.zero,
        );
        if (!there.isZero()) continue;
        const other = y === undefined ? powerPolynomial(variablePolynomial(x), 0) : variablePolynomial(y);
        yield addPolynomials(
          scalePolynomial(variablePolynomial(x), Rational.of(den)),
          scalePolynomial(other, Rational.of(-num)),
        );
      }
}

function divisors(value: bigint): bigint[] {
  const size = value < 0n ? -value : value;
  if (size === 0n || size > LARGEST_COEFFICIENT) return [];
  const found: bigint[] = [];
  for (let each = 1n; each * each <= size && found.length < MOST_DIVISORS; each += 1n)
    if (size % each === 0n) found.push(each, size / each);
  return found;
}
