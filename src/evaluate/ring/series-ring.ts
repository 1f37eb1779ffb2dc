/**
 * Truncated power series: polynomials in one variable modulo its N-th power, over any ring.
 *
 * Over numbers and with N terms they are expansions in h; with N = 2 they carry one derivative (δ² = 0); nested, several.
 * Elementary functions follow from their differential equations (y = exp u: y′ = u′ y, and so on), so nothing here knows a
 * Taylor coefficient. A series stands for its germ: division and roots need a constant term that is not zero. What is free of
 * the variable is known as such, since only there zero coefficients mean zero: h³ modulo h² has none that is not zero, and
 * sign(h³x) is sign(x).
 *
 * Source: Griewank, Walther, Evaluating Derivatives, 2nd ed., chapter 13 (Taylor coefficients of elementary functions by recurrences).
 */
import { refuse } from '../../base/problem.ts';
import { Rational } from '../../number/rational.ts';
import type { Ring } from './ring.ts';

/** Coefficients of 1, h, h², …; exactly `terms` of them. Constant series carry zeros. */
export interface RingSeries<T> extends ReadonlyArray<T> {
  /** Whether it is free of the variable, whatever was cut off. Absent where that is not known. */
  readonly isFree?: true;
  /** The negative power of the first coefficient, of what has a pole (laurent-ring.ts). */
  readonly low?: number;
}

const free = <T>(made: RingSeries<T> & { isFree?: true }): RingSeries<T> => {
  made.isFree = true;
  return made;
};
/** What is made of series that are free of the variable is so too. */
const like = <T>(made: RingSeries<T>, a: RingSeries<T>, b: RingSeries<T> = a): RingSeries<T> =>
  a.isFree === true && b.isFree === true ? free(made) : made;

export class SeriesRing<T> implements Ring<RingSeries<T>> {
  readonly base: Ring<T>;
  readonly terms: number;
  readonly zero: RingSeries<T>;
  readonly one: RingSeries<T>;

  /** Series modulo the `terms`-th power, `terms` ≥ 1. */
  constructor(base: Ring<T>, terms: number) {
    this.base = base;
    this.terms = terms;
    this.zero = this.constant(base.zero);
    this.one = this.constant(base.one);
  }

  constant(value: T): RingSeries<T> {
    return free(this.#build(q => (q === 0 ? value : this.base.zero)));
  }
  /** value · (the variable)^power. */
  monomial(value: T, power: number): RingSeries<T> {
    return power === 0 ? this.constant(value) : this.#build(q => (q === power ? value : this.base.zero));
  }
  /** The coefficient of the `power`-th power; 0 ≤ power < terms. */
  coefficient(a: RingSeries<T>, power: number): T {
    const value = a[power];
    if (value === undefined) throw new Error(`series of ${a.length} terms has no coefficient ${power}`);
    return value;
  }
  pi(): RingSeries<T> {
    return this.constant(this.base.pi());
  }
  fromRational(value: Rational): RingSeries<T> {
    return this.constant(this.base.fromRational(value));
  }
  add(a: RingSeries<T>, b: RingSeries<T>): RingSeries<T> {
    return like(
      this.#build(q => this.base.add(this.coefficient(a, q), this.coefficient(b, q))),
      a,
      b,
    );
  }
  subtract(a: RingSeries<T>, b: RingSeries<T>): RingSeries<T> {
    return like(
      this.#build(q => this.base.subtract(this.coefficient(a, q), this.coefficient(b, q))),
      a,
      b,
    );
  }
  negate(a: RingSeries<T>): RingSeries<T> {
    return like(
      a.map(value => this.base.negate(value)),
      a,
    );
  }
  multiply(a: RingSeries<T>, b: RingSeries<T>): RingSeries<T> {
    // Both factors have a value: 0 times one is 0, also in what was cut off.
    if (this.isSurelyZero(a) || this.isSurelyZero(b)) return this.zero;
    return like(
      this.#build(q => this.convolve(a, b, q, 0)),
      a,
      b,
    );
  }
  divide(a: RingSeries<T>, b: RingSeries<T>): RingSeries<T> {
    const lead = this.coefficient(b, 0);
    if (this.base.isZero(lead)) refuse('division-by-zero', 'division by zero');
    if (this.isSurelyZero(a)) return this.zero;
    if (this.#isConstant(b))
      return like(
        a.map(value => this.base.divide(value, lead)),
        a,
        b,
      );
    const inverse = this.base.divide(this.base.one, lead);
    // b·y = a: b₀ y_q = a_q − Σ_{s≥1} b_s y_{q−s}.
    const y: T[] = [];
    for (let q = 0; q < this.terms; q += 1) {
      const known = this.convolve(b, y, q, 1);
      y.push(this.base.multiply(this.base.subtract(this.coefficient(a, q), known), inverse));
    }
    return like(y, a, b);
  }
  root(a: RingSeries<T>, degree: number): RingSeries<T> {
    const lead = this.coefficient(a, 0);
    const first = this.base.root(lead, degree);
    if (this.#isConstant(a) && !this.base.isZero(lead))
      return like(
        this.#build(q => (q === 0 ? first : this.base.zero)),
        a,
      );
    if (this.base.isZero(lead)) refuse('not-differentiable', 'a root is not differentiable where its radicand is zero');
    // y^d = a: d·a·y′ = y·a′, hence d·a₀·q·y_q = Σ_{s=1}^{q} (s − d(q−s)) a_s y_{q−s}.
    const inverse = this.base.divide(this.base.one, lead);
    const y: T[] = [first];
    for (let q = 1; q < this.terms; q += 1) {
      let sum = this.base.zero;
      for (let s = 1; s <= q; s += 1) {
        const term = this.base.multiply(this.coefficient(a, s), this.coefficient(y, q - s));
        sum = this.base.add(sum, this.#times(term, Rational.of(s - degree * (q - s), degree * q)));
      }
      y.push(this.base.multiply(sum, inverse));
    }
    return like(y, a);
  }
  exp(a: RingSeries<T>): RingSeries<T> {
    const y: T[] = [this.base.exp(this.coefficient(a, 0))];
    for (let q = 1; q < this.terms; q += 1) y.push(this.#integrated(a, y, q));
    return like(y, a);
  }
  log(a: RingSeries<T>): RingSeries<T> {
    const first = this.base.log(this.coefficient(a, 0));
    return like(this.#primitive(first, this.divide(this.#slope(a), a)), a);
  }
  tanh(a: RingSeries<T>): RingSeries<T> {
    // y′ = (1 − y²) a′, one coefficient after the other.
    const y: T[] = [this.base.tanh(this.coefficient(a, 0))];
    const slope: T[] = [];
    for (let q = 1; q < this.terms; q += 1) {
      const square = this.convolve(y, y, q - 1, 0);
      slope.push(q === 1 ? this.base.subtract(this.base.one, square) : this.base.negate(square));
      y.push(this.#integrated(a, slope, q));
    }
    return like(y, a);
  }
  sin(a: RingSeries<T>): RingSeries<T> {
    return this.#pair(a, this.base.sin(this.coefficient(a, 0)), this.base.cos(this.coefficient(a, 0)), true)[0];
  }
  cos(a: RingSeries<T>): RingSeries<T> {
    return this.#pair(a, this.base.sin(this.coefficient(a, 0)), this.base.cos(this.coefficient(a, 0)), true)[1];
  }
  sinh(a: RingSeries<T>): RingSeries<T> {
    return this.#pair(a, this.base.sinh(this.coefficient(a, 0)), this.base.cosh(this.coefficient(a, 0)), false)[0];
  }
  cosh(a: RingSeries<T>): RingSeries<T> {
    return this.#pair(a, this.base.sinh(this.coefficient(a, 0)), this.base.cosh(this.coefficient(a, 0)), false)[1];
  }
  arctan(a: RingSeries<T>): RingSeries<T> {
    const first = this.base.arctan(this.coefficient(a, 0));
    const below = this.add(this.one, this.multiply(a, a));
    return like(this.#primitive(first, this.divide(this.#slope(a), below)), a);
  }
  abs(a: RingSeries<T>): RingSeries<T> {
    // What is zero as far as it is known is so with either sign.
    return !this.isZero(a) && this.sign(a) < 0 ? this.negate(a) : a;
  }
  sign(a: RingSeries<T>): -1 | 0 | 1 {
    const sign = this.base.sign(this.coefficient(a, 0));
    if (sign === 0 && !this.isSurelyZero(a))
      refuse('not-differentiable', 'a kink (absolute value, sign, maximum or minimum) is met exactly');
    return sign;
  }
  compare(a: RingSeries<T>, b: RingSeries<T>): -1 | 0 | 1 {
    const difference = this.subtract(a, b);
    return this.isZero(difference) ? 0 : this.sign(difference);
  }
  isZero(a: RingSeries<T>): boolean {
    return a.every(value => this.base.isZero(value));
  }
  isSurelyZero(a: RingSeries<T>): boolean {
    return a.isFree === true && a.every(value => this.isNothing(value));
  }

  #build(coefficient: (q: number) => T): T[] {
    const result: T[] = [];
    for (let q = 0; q < this.terms; q += 1) result.push(coefficient(q));
    return result;
  }
  /** A coefficient that may be left out: one that is zero only as far as it is known has to be told on. */
  protected isNothing(value: T): boolean {
    return this.base.isSurelyZero === undefined ? this.base.isZero(value) : this.base.isSurelyZero(value);
  }
  #isConstant(a: RingSeries<T>): boolean {
    for (let q = 1; q < this.terms; q += 1) if (!this.isNothing(this.coefficient(a, q))) return false;
    return true;
  }
  /** Σ_{s=from}^{q} a_s b_{q−s}. */
  protected convolve(a: readonly T[], b: readonly T[], q: number, from: number): T {
    let sum = this.base.zero;
    for (let s = from; s <= q; s += 1) {
      const left = this.coefficient(a, s);
      const right = this.coefficient(b, q - s);
      if (!this.isNothing(left) && !this.isNothing(right)) sum = this.base.add(sum, this.base.multiply(left, right));
    }
    return sum;
  }
  #times(value: T, factor: Rational): T {
    return this.base.multiply(value, this.base.fromRational(factor));
  }
  /** The coefficient q of ∫ f·a′, from f_0 … f_{q−1}: (1/q) Σ_{s=1}^{q} s a_s f_{q−s}. */
  #integrated(a: RingSeries<T>, f: readonly T[], q: number): T {
    let sum = this.base.zero;
    for (let s = 1; s <= q; s += 1) {
      const slope = this.coefficient(a, s);
      if (this.isNothing(slope)) continue;
      sum = this.base.add(sum, this.#times(this.base.multiply(slope, this.coefficient(f, q - s)), Rational.of(s, q)));
    }
    return sum;
  }
  /** The derivative; its last coefficient, unknown, is never used by {@link #primitive}. */
  #slope(a: RingSeries<T>): RingSeries<T> {
    return this.#build(q =>
      q + 1 < this.terms ? this.#times(this.coefficient(a, q + 1), Rational.of(q + 1)) : this.base.zero,
    );
  }
  #primitive(constant: T, slope: RingSeries<T>): RingSeries<T> {
    return this.#build(q => (q === 0 ? constant : this.#times(this.coefficient(slope, q - 1), Rational.of(1, q))));
  }
  /** The pair y = S(a), z = C(a) with y′ = z a′ and z′ = −y a′ (circular) or z′ = y a′ (hyperbolic). */
  #pair(a: RingSeries<T>, sine: T, cosine: T, circular: boolean): [RingSeries<T>, RingSeries<T>] {
    const y: T[] = [sine];
    const z: T[] = [cosine];
    for (let q = 1; q < this.terms; q += 1) {
      const next = this.#integrated(a, y, q);
      y.push(this.#integrated(a, z, q));
      z.push(circular ? this.base.negate(next) : next);
    }
    return [like(y, a), like(z, a)];
  }
}
