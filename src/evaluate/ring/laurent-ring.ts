/**
 * Series in h that may be divided by h: Laurent series h^low (c_0 + c_1 h + …), each with the power from which on nothing is known of it.
 *
 * What is known of a sum, a product and a quotient follows from what is known of its parts: a quotient by a series that begins with h^v is
 * known v powers less far. A coefficient beyond that is refused with `series-too-short`, never zero; {@link withEnoughTerms}
 * takes more terms then. The power with which a denominator begins is that of the first coefficient that is not exactly zero; one
 * whose coefficients are not told from zero divides nothing.
 *
 * Source: Remmert, Theory of Complex Functions, chapter 12.1 (Laurent series); the precision of a product and of a quotient as in any field
 * of power series, Knuth, The Art of Computer Programming 2, 4.7.
 */
import { attempt, refuse, type Result } from '../../base/problem.ts';
import { type RingSeries, SeriesRing } from './series-ring.ts';

/** Powers that may be lost by quotients, beyond those asked for. */
const MOST_LOST = 6;
const TOO_SHORT = 'series-too-short';

/** What `compute` makes of series with at least `terms` terms, and with as many more as quotients take away. */
export function withEnoughTerms<R>(terms: number, compute: (terms: number) => Result<R>): Result<R> {
  let result = compute(terms);
  for (let lost = 1; lost <= MOST_LOST && isTooShort(result); lost += 1) result = compute(terms + lost);
  return result;
}

/** The result of a part of such a computation; that more terms are needed is told to the whole. */
export function attemptWithTerms<R>(compute: () => R): Result<R> {
  const result = attempt(compute);
  return isTooShort(result) ? tooShort() : result;
}

const isTooShort = (result: Result<unknown>): boolean => !result.ok && result.problems[0]?.code === TOO_SHORT;

const tooShort = (): never =>
  refuse('series-too-short', 'a denominator vanishes as h → 0, and so do all of its coefficients that were taken');

type Unary = 'exp' | 'log' | 'tanh' | 'sin' | 'cos' | 'sinh' | 'cosh' | 'arctan';

/** Series with `terms` terms where nothing is divided by h; a pole as h → 0 has no value. */
export class LaurentRing<T> extends SeriesRing<T> {
  readonly #shorter = new Map<number, SeriesRing<T>>();

  override coefficient(a: RingSeries<T>, power: number): T {
    if (a.low !== undefined) this.#refusePole(a);
    return a[power] ?? (a.isFree === true && a.length > 0 ? this.base.zero : tooShort());
  }
  override add(a: RingSeries<T>, b: RingSeries<T>): RingSeries<T> {
    return this.#isPlain(a) && this.#isPlain(b) ? super.add(a, b) : this.#sum(a, b, (x, y) => this.base.add(x, y));
  }
  override subtract(a: RingSeries<T>, b: RingSeries<T>): RingSeries<T> {
    return this.#isPlain(a) && this.#isPlain(b)
      ? super.subtract(a, b)
      : this.#sum(a, b, (x, y) => this.base.subtract(x, y));
  }
  override negate(a: RingSeries<T>): RingSeries<T> {
    if (this.#isPlain(a)) return super.negate(a);
    return this.#made(
      lowOf(a),
      a.map(value => this.base.negate(value)),
    );
  }
  override multiply(a: RingSeries<T>, b: RingSeries<T>): RingSeries<T> {
    if ((this.#isPlain(a) && this.#isPlain(b)) || this.isSurelyZero(a) || this.isSurelyZero(b))
      return super.multiply(a, b);
    const [first, second] = [this.#start(a), this.#start(b)];
    const low = first + second;
    const end = Math.min(first + this.#known(b), second + this.#known(a), this.terms);
    if (a.low === undefined && b.low === undefined) return this.#shortProduct(a, b, first, second, end);
    return this.#made(low, this.#product(this.#from(a, first, end - second), this.#from(b, second, end - first)));
  }
  override divide(a: RingSeries<T>, b: RingSeries<T>): RingSeries<T> {
    if (this.#isPlain(a) && this.#isPlain(b) && !this.base.isZero(this.coefficient(b, 0))) return super.divide(a, b);
    const first = this.#start(b);
    if (first >= lowOf(b) + b.length) {
      if (b.isFree === true) refuse('division-by-zero', 'division by zero');
      tooShort();
    }
    if (this.isSurelyZero(a)) return this.zero;
    const top = this.#start(a);
    const length = Math.min(this.#known(a) - top, this.#known(b) - first, this.terms + Math.max(0, first - top));
    if (length <= 0) return this.#made(top - first, []);
    const shorter = this.#withTerms(length);
    const quotient = shorter.divide(this.#from(a, top, top + length), this.#from(b, first, first + length));
    return this.#made(top - first, quotient);
  }
  override root(a: RingSeries<T>, degree: number): RingSeries<T> {
    return this.#isPlain(a) ? super.root(a, degree) : [...this.#regular(a).root(a, degree)];
  }
  override exp(a: RingSeries<T>): RingSeries<T> {
    return this.#isPlain(a) ? super.exp(a) : this.#unary('exp', a);
  }
  override log(a: RingSeries<T>): RingSeries<T> {
    return this.#isPlain(a) ? super.log(a) : this.#unary('log', a);
  }
  override tanh(a: RingSeries<T>): RingSeries<T> {
    return this.#isPlain(a) ? super.tanh(a) : this.#unary('tanh', a);
  }
  override sin(a: RingSeries<T>): RingSeries<T> {
    return this.#isPlain(a) ? super.sin(a) : this.#unary('sin', a);
  }
  override cos(a: RingSeries<T>): RingSeries<T> {
    return this.#isPlain(a) ? super.cos(a) : this.#unary('cos', a);
  }
  override sinh(a: RingSeries<T>): RingSeries<T> {
    return this.#isPlain(a) ? super.sinh(a) : this.#unary('sinh', a);
  }
  override arctan(a: RingSeries<T>): RingSeries<T> {
    return this.#isPlain(a) ? super.arctan(a) : this.#unary('arctan', a);
  }
  override cosh(a: RingSeries<T>): RingSeries<T> {
    return this.#isPlain(a) ? super.cosh(a) : this.#unary('cosh', a);
  }

  /** Whether it has exactly the coefficients of 1, h, …, h^{terms−1}. */
  #isPlain(a: RingSeries<T>): boolean {
    return a.low === undefined && a.length === this.terms;
  }
  /** The power from which on nothing is known. */
  #known(a: RingSeries<T>): number {
    return a.isFree === true ? Number.POSITIVE_INFINITY : lowOf(a) + a.length;
  }
  /** The power of the first coefficient that is not exactly zero; that from which on nothing is known where there is none. */
  #start(a: RingSeries<T>): number {
    const at = a.findIndex(value => !this.isNothing(value));
    return lowOf(a) + (at < 0 ? a.length : at);
  }
  /** The coefficients of h^from, …, h^{to−1}, all of which are known. */
  #from(a: RingSeries<T>, from: number, to: number): T[] {
    return Array.from({ length: Math.max(0, to - from) }, (_, q) => a[from + q - lowOf(a)] ?? this.base.zero);
  }
  #sum(a: RingSeries<T>, b: RingSeries<T>, combine: (x: T, y: T) => T): RingSeries<T> {
    const low = Math.min(lowOf(a), lowOf(b));
    const end = Math.min(this.#known(a), this.#known(b), this.terms);
    if (a.low === undefined && b.low === undefined) {
      const sum: T[] = [];
      for (let q = 0; q < end; q += 1) sum.push(combine(a[q] ?? this.base.zero, b[q] ?? this.base.zero));
      return sum;
    }
    const [left, right] = [this.#from(a, low, end), this.#from(b, low, end)];
    return this.#made(
      low,
      left.map((value, q) => combine(value, right[q] ?? this.base.zero)),
    );
  }
  /** The coefficients of h⁰, …, h^{end−1} of a product without a pole, of series that begin with h^first and h^second. */
  #shortProduct(a: RingSeries<T>, b: RingSeries<T>, first: number, second: number, end: number): RingSeries<T> {
    const product: T[] = [];
    for (let q = 0; q < end; q += 1) {
      let sum = this.base.zero;
      for (let s = Math.max(first, q - b.length + 1); s <= Math.min(q - second, a.length - 1); s += 1) {
        const [left, right] = [a[s] ?? this.base.zero, b[q - s] ?? this.base.zero];
        if (!this.isNothing(left) && !this.isNothing(right)) sum = this.base.add(sum, this.base.multiply(left, right));
      }
      product.push(sum);
    }
    return product;
  }
  #product(a: readonly T[], b: readonly T[]): T[] {
    return a.map((_, q) => this.convolve(a, b, q, 0));
  }
  /** Without zeros before h⁰, and with those from h⁰ on; nothing from h^terms on. */
  #made(low: number, values: readonly T[]): RingSeries<T> {
    const zeros = values.findIndex((value, q) => low + q >= 0 || !this.isNothing(value));
    const from = zeros < 0 ? values.length : zeros;
    const padded = low > 0 ? Array.from({ length: Math.min(low, this.terms) }, () => this.base.zero) : [];
    const kept = [...padded, ...values.slice(from)].slice(0, this.terms + Math.max(0, -(low + from)));
    const start = low > 0 ? 0 : low + from;
    if (start < 0 && kept.length === 0) tooShort();
    return start < 0 ? Object.assign(kept, { low: start }) : kept;
  }
  /** The ring of a series that is known less far; refuses a pole. */
  #regular(a: RingSeries<T>): SeriesRing<T> {
    if (a.low !== undefined) this.#refusePole(a);
    if (a.length === 0) tooShort();
    return this.#withTerms(a.length);
  }
  /** Refuses a pole, as soon as one of its coefficients is told from zero; those that are exactly zero were left out. */
  #refusePole(a: RingSeries<T>): never {
    for (const value of a.slice(0, -lowOf(a))) this.base.sign(value);
    return refuse('division-by-zero', 'division by what vanishes as h → 0');
  }
  #unary(name: Unary, a: RingSeries<T>): RingSeries<T> {
    return [...this.#regular(a)[name](a)];
  }
  #withTerms(terms: number): SeriesRing<T> {
    const known = this.#shorter.get(terms) ?? new SeriesRing(this.base, terms);
    this.#shorter.set(terms, known);
    return known;
  }
}

const lowOf = <T>(a: RingSeries<T>): number => a.low ?? 0;
