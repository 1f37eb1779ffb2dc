/**
 * The linearisation of a flow at fixed points: the eigenvalues of the Jacobian matrix as far as they are algebraic, by its characteristic
 * polynomial (Faddeev and LeVerrier), and what their signs for small h say.
 */
import { coefficientsOf, exponentIn, type Polynomial, powerPolynomial } from '../../algebra/polynomial.ts';
import {
  addFractions,
  type Fraction,
  fractionOf,
  isZeroFraction,
  multiplyFractions,
  scaleFraction,
  subtractFractions,
  ZERO_FRACTION,
} from '../../algebra/rational-function.ts';
import { Rational } from '../../number/rational.ts';
import type { LossAlgebra } from './factored.ts';

/** centre ± √radicand; a simple eigenvalue has no radicand. */
export interface Eigenvalue {
  readonly centre: Fraction;
  readonly radicand: Fraction | null;
  readonly count: number;
}

/**
 * `open`: a sign depends on the symbols or on terms with h. `degenerate`: more eigenvalues are 0 than the family has free components, or all are, so
 * that the linearisation does not tell.
 */
export type Stability = 'attracting' | 'repelling' | 'saddle' | 'open' | 'degenerate';

export type Matrix = readonly (readonly Fraction[])[];

/** The eigenvalues with their multiplicities; null where they are not found in closed form. */
export function eigenvaluesOf(matrix: Matrix, algebra: LossAlgebra): readonly Eigenvalue[] | null {
  const size = matrix.length;
  const at = (i: number, k: number): Fraction => matrix[i]?.[k] ?? ZERO_FRACTION;
  const isTriangular = (below: boolean): boolean =>
    matrix.every((row, i) => row.every((entry, k) => (below ? k >= i : k <= i) || isZeroFraction(entry)));
  if (isTriangular(true) || isTriangular(false))
    return gathered(matrix.map((_, i) => ({ centre: at(i, i), radicand: null, count: 1 })));
  const polynomial = characteristic(matrix);
  let zeros = 0;
  while (zeros < size && isZeroFraction(polynomial[size - zeros - 1] ?? ZERO_FRACTION)) zeros += 1;
  const [first = ZERO_FRACTION, second = ZERO_FRACTION] = polynomial;
  const none: Eigenvalue[] = zeros === 0 ? [] : [{ centre: ZERO_FRACTION, radicand: null, count: zeros }];
  if (size - zeros === 0) return none;
  if (size - zeros === 1)
    return [{ centre: scaleFraction(first, Rational.minusOne), radicand: null, count: 1 }, ...none];
  if (size - zeros > 2) return null;
  const centre = scaleFraction(first, Rational.of(-1, 2));
  const radicand = subtractFractions(multiplyFractions(centre, centre), second);
  if (isZeroFraction(radicand)) return [{ centre, radicand: null, count: 2 }, ...none];
  const root = squareRoot(radicand, algebra);
  if (root === null) return [{ centre, radicand, count: 1 }, ...none];
  return [
    ...gathered([
      { centre: addFractions(centre, root), radicand: null, count: 1 },
      { centre: subtractFractions(centre, root), radicand: null, count: 1 },
    ]),
    ...none,
  ];
}

function gathered(values: readonly Eigenvalue[]): Eigenvalue[] {
  const found: Eigenvalue[] = [];
  for (const each of values) {
    const place = found.findIndex(({ centre }) => isZeroFraction(subtractFractions(centre, each.centre)));
    const known = found[place];
    if (known === undefined) found.push(each);
    else found[place] = { ...known, count: known.count + 1 };
  }
  return found;
}

/** c_1, …, c_d of λ^d + c_1λ^{d−1} + … + c_d. */
function characteristic(matrix: Matrix): readonly Fraction[] {
  const size = matrix.length;
  const identity = (scale: Fraction): Fraction[][] =>
    matrix.map((_, i) => matrix.map((__, k) => (i === k ? scale : ZERO_FRACTION)));
  const coefficients: Fraction[] = [];
  let product: Fraction[][] = matrix.map(row => [...row]);
  for (let order = 1; order <= size; order += 1) {
    const trace = addFractions(...product.map((row, i) => row[i] ?? ZERO_FRACTION));
    const own = scaleFraction(trace, Rational.of(-1, order));
    coefficients.push(own);
    if (order === size) break;
    const shifted = product.map((row, i) =>
      row.map((entry, k) => addFractions(entry, identity(own)[i]?.[k] ?? ZERO_FRACTION)),
    );
    product = matrix.map(row =>
      matrix.map((_, k) =>
        addFractions(...row.map((entry, i) => multiplyFractions(entry, shifted[i]?.[k] ?? ZERO_FRACTION))),
      ),
    );
  }
  return coefficients;
}

/** A fraction whose square it is; null where none is seen in its factors. */
function squareRoot({ above, below }: Fraction, algebra: LossAlgebra): Fraction | null {
  const { number, monomial, powers } = algebra.factors(above);
  const [over, under] = [rootOf(number.num), rootOf(number.den)];
  if (over === null || under === null) return null;
  if (monomial.some(([, exponent]) => exponent % 2 !== 0)) return null;
  if ([...powers, ...below].some(({ count }) => count % 2 !== 0)) return null;
  const front: Polynomial = [
    { coefficient: Rational.of(over, under), monomial: monomial.map(([id, exponent]) => [id, exponent / 2] as const) },
  ];
  return {
    ...multiplyFractions(
      fractionOf(front),
      ...powers.map(({ base, count }) => fractionOf(powerPolynomial(base, count / 2))),
    ),
    below: below.map(({ base, count }) => ({ base, count: count / 2 })),
  };
}

function rootOf(value: bigint): bigint | null {
  if (value < 0n) return null;
  let low = 0n;
  let high = value + 1n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle * middle <= value) low = middle;
    else high = middle;
  }
  return low * low === value ? low : null;
}

/** What is asked of a variable: whether it is surely positive. */
export type IsPositive = (id: number) => boolean;

/**
 * What the eigenvalues at h = 0 say for small h, with so many directions along the family in which nothing moves; `open` where a sign
 * depends on the symbols.
 */
export function stabilityOf(
  eigenvalues: readonly Eigenvalue[],
  step: number,
  free: number,
  algebra: LossAlgebra,
  isPositive: IsPositive,
): Stability {
  const zeros = eigenvalues.filter(({ centre, radicand }) => radicand === null && isZeroFraction(centre));
  const others = eigenvalues.filter(each => !zeros.includes(each));
  const ofValue = (value: Fraction): number => signOf(atZero(value, step), algebra, isPositive);
  const signs = others.flatMap(each => signsOf(each, ofValue, value => isZeroFraction(atZero(value, step))));
  const isSaddle = signs.includes(1) && signs.includes(-1);
  if (isSaddle || hasOppositePair(others, step)) return 'saddle';
  if (zeros.reduce((sum, { count }) => sum + count, 0) > free || others.length === 0) return 'degenerate';
  if (signs.every(sign => sign < 0)) return 'attracting';
  return signs.every(sign => sign > 0) ? 'repelling' : 'open';
}

/** The signs of the real parts at h = 0; 0 where one is not told. */
function signsOf(
  { centre, radicand }: Eigenvalue,
  signOf: (value: Fraction) => number,
  isZero: (value: Fraction) => boolean,
): readonly number[] {
  if (radicand === null) return [signOf(centre)];
  const [own, under] = [signOf(centre), signOf(radicand)];
  // The product of both is centre² − radicand.
  const product = signOf(subtractFractions(multiplyFractions(centre, centre), radicand));
  if (product < 0 || (isZero(centre) && under > 0)) return [1, -1];
  return own !== 0 && (product > 0 || under < 0) ? [own, own] : [0, 0];
}

/** λ and −λ, both not zero at h = 0, whatever the symbols are. */
function hasOppositePair(values: readonly Eigenvalue[], step: number): boolean {
  const leading = values.flatMap(({ centre, radicand }) => (radicand === null ? [atZero(centre, step)] : []));
  return leading.some(
    (own, at) => !isZeroFraction(own) && leading.slice(at + 1).some(other => isZeroFraction(addFractions(own, other))),
  );
}

const atZero = ({ above, below }: Fraction, step: number): Fraction => ({
  above: coefficientsOf(above, step).get(0) ?? [],
  below,
});

/** 1 or −1 where the value has that sign wherever it is not zero, else 0. */
function signOf({ above, below }: Fraction, algebra: LossAlgebra, isPositive: IsPositive): number {
  const { number, monomial, powers } = algebra.factors(above);
  const isEven = monomial.every(([id, exponent]) => exponent % 2 === 0 || isPositive(id));
  const parts = [...powers, ...below].map(({ base, count }) => (count % 2 === 0 ? 1 : signOfSum(base, isPositive)));
  return isEven ? parts.reduce((sign, part) => sign * part, number.sign()) : 0;
}

/** The common sign of all terms. */
function signOfSum(sum: Polynomial, isPositive: IsPositive): number {
  const isPlain = sum.every(({ monomial }) =>
    monomial.every(([id]) => exponentIn(monomial, id) % 2 === 0 || isPositive(id)),
  );
  const [first] = sum;
  if (!isPlain || first === undefined) return 0;
  const sign = first.coefficient.sign();
  return sum.every(({ coefficient }) => coefficient.sign() === sign) ? sign : 0;
}
