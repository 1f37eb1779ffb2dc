/**
 * Zeros of a polynomial with rational coefficients that are no rational number, told apart by the chain of Sturm (1829): how often
 * the signs of p, p′, −rem(p, p′), … change at a less at b counts the different zeros in (a, b].
 */
import { Rational } from '../../../number/rational.ts';
import { type OneLetter, withoutLeadingZeros, valueOfPolynomial } from './polynomial-in.ts';

export interface IrrationalZero {
  /** The zero lies between. */
  readonly lower: Rational;
  readonly upper: Rational;
  /** The signs of the polynomial on both sides. */
  readonly signs: readonly [number, number];
}

const TWO = Rational.of(2);
/** Denominators of rational zeros that are looked for; the zeros are enclosed far enough to tell these apart. */
const LARGEST_DENOMINATOR = 24;
const WIDTH = Rational.of(1, 4 * LARGEST_DENOMINATOR * LARGEST_DENOMINATOR);
const MOST_HALVINGS = 400;

/** Those above `from`, and below `to` where that is given. */
export function irrationalZeros(polynomial: OneLetter, from: Rational, to: Rational | null): IrrationalZero[] {
  // That of a linear one is rational.
  if (polynomial.length < 3) return [];
  const chain = sturmChain(polynomial);
  const bound = boundOf(polynomial);
  const upper = to && to.compare(bound) < 0 ? to : bound;
  if (upper.compare(from) <= 0) return [];
  const found: IrrationalZero[] = [];
  const waiting: (readonly [Rational, Rational])[] = [[from, upper]];
  for (let halvings = 0; halvings < MOST_HALVINGS; halvings += 1) {
    const next = waiting.pop();
    if (next === undefined) break;
    const [a, b] = next;
    const count = changesAt(chain, a) - changesAt(chain, b);
    if (count <= 0) continue;
    if (count === 1 && b.subtract(a).compare(WIDTH) < 0) {
      if (hasRationalZero(polynomial, a, b)) continue;
      const signs = [a, b].map(end => valueOfPolynomial(polynomial, end).sign());
      found.push({ lower: a, upper: b, signs: [signs[0] ?? 0, signs[1] ?? 0] });
      continue;
    }
    const middle = a.add(b).divide(TWO);
    waiting.push([a, middle], [middle, b]);
  }
  return found;
}

function hasRationalZero(polynomial: OneLetter, a: Rational, b: Rational): boolean {
  for (let q = 1; q <= LARGEST_DENOMINATOR; q += 1) {
    const candidate = Rational.of(b.multiply(Rational.of(q)).floor(), BigInt(q));
    if (candidate.compare(a) >= 0 && valueOfPolynomial(polynomial, candidate).isZero()) return true;
  }
  return false;
}

/** No zero is larger (Cauchy). */
function boundOf(polynomial: OneLetter): Rational {
  const leading = polynomial.at(-1) ?? Rational.one;
  const sizes = polynomial.map(each => each.divide(leading).abs());
  return sizes.reduce((most, each) => (each.compare(most) > 0 ? each : most), Rational.one).add(Rational.one);
}

function sturmChain(polynomial: OneLetter): OneLetter[] {
  const derivative = withoutLeadingZeros(polynomial.slice(1).map((each, at) => each.multiply(Rational.of(at + 1))));
  const chain = [polynomial, derivative];
  for (;;) {
    const [before, last] = chain.slice(-2);
    const rest = before && last && last.length > 0 ? remainder(before, last) : [];
    if (rest.length === 0) return chain;
    chain.push(rest.map(each => each.negate()));
  }
}

function remainder(above: OneLetter, below: OneLetter): OneLetter {
  let rest = above;
  const leading = below.at(-1) ?? Rational.one;
  while (rest.length >= below.length && rest.length > 0) {
    const factor = (rest.at(-1) ?? Rational.zero).divide(leading);
    const shift = rest.length - below.length;
    // The leading coefficient becomes zero.
    rest = withoutLeadingZeros(
      rest
        .slice(0, -1)
        .map((each, at) =>
          each.subtract(factor.multiply(at >= shift ? (below[at - shift] ?? Rational.zero) : Rational.zero)),
        ),
    );
  }
  return rest;
}

function changesAt(chain: readonly OneLetter[], at: Rational): number {
  const signs = chain.map(each => valueOfPolynomial(each, at).sign()).filter(sign => sign !== 0);
  return signs.filter((sign, index) => index > 0 && sign !== signs[index - 1]).length;
}
