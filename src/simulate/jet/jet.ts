/**
 * Vectors of truncated power series in h over Float64: what the fast right-hand side computes with.
 *
 * A jet of `width` components keeps coefficient q of component i at data[q·width + i]; a scalar has width 1 and is spread
 * over all components. `degree` is the last coefficient that may differ from zero, so that constants cost one pass. An
 * operation writes whole jets and never reads its own target. What has no value becomes NaN or infinite; callers check.
 *
 * Source: Griewank, Walther, Evaluating Derivatives, 2nd ed., chapter 13 (Taylor coefficients of elementary functions by recurrences).
 */
import { type ElementaryName, elementary } from '../../formula/elementary.ts';

export interface Jet {
  readonly width: number;
  readonly data: Float64Array;
  /** Coefficients above it are zero (and need not be written). */
  degree: number;
}

export const jetOf = (width: number, terms: number): Jet => ({
  width,
  data: new Float64Array(width * terms),
  degree: 0,
});

/** target = a. */
export function copyJet(target: Jet, a: Jet, terms: number): void {
  const last = Math.min(a.degree, terms - 1);
  for (let place = 0; place < (last + 1) * a.width; place += 1) target.data[place] = at(a.data, place);
  target.degree = last;
}

/** target = a, where a may be a scalar that is spread over all components. */
export function spreadJet(target: Jet, a: Jet, terms: number): void {
  if (a.width === target.width) {
    copyJet(target, a, terms);
    return;
  }
  const { width, data } = target;
  const last = Math.min(a.degree, terms - 1);
  for (let q = 0; q <= last; q += 1) {
    const value = at(a.data, q);
    for (let i = 0; i < width; i += 1) data[q * width + i] = value;
  }
  target.degree = last;
}

/** target = factor·a. */
export function scaleJet(target: Jet, a: Jet, factor: number, terms: number): void {
  const last = Math.min(a.degree, terms - 1);
  for (let place = 0; place < (last + 1) * a.width; place += 1) target.data[place] = factor * at(a.data, place);
  target.degree = last;
}

/** target = target + factor·a; a may be a scalar. */
export function addJet(target: Jet, a: Jet, factor: number, terms: number): void {
  const { width } = target;
  const last = Math.min(a.degree, terms - 1);
  for (let place = (target.degree + 1) * width; place < (last + 1) * width; place += 1) target.data[place] = 0;
  for (let q = 0; q <= last; q += 1) {
    const row = q * width;
    if (a.width === width) {
      for (let i = 0; i < width; i += 1) target.data[row + i] = at(target.data, row + i) + factor * at(a.data, row + i);
    } else {
      const value = factor * at(a.data, q);
      for (let i = 0; i < width; i += 1) target.data[row + i] = at(target.data, row + i) + value;
    }
  }
  target.degree = Math.max(target.degree, last);
}

/** target = a·b. */
export function multiplyJets(target: Jet, a: Jet, b: Jet, terms: number): void {
  const last = Math.min(a.degree + b.degree, terms - 1);
  const [wide, narrow] = a.width >= b.width ? [a, b] : [b, a];
  for (let q = 0; q <= last; q += 1) {
    const first = Math.max(0, q - narrow.degree);
    for (let s = first; s <= Math.min(q, wide.degree); s += 1) addProduct(target, q, wide, s, narrow, q - s, s > first);
  }
  target.degree = last;
}

/** target_q = a_s·b_r, or target_q += a_s·b_r; a is at least as wide as b. */
function addProduct(target: Jet, q: number, a: Jet, s: number, b: Jet, r: number, add: boolean): void {
  const { width, data } = target;
  const row = q * width;
  const left = s * a.width;
  const right = r * b.width;
  const along = a.width === 1 ? 0 : 1;
  if (b.width === 1) {
    const factor = at(b.data, r);
    for (let i = 0; i < width; i += 1) {
      const product = factor * at(a.data, left + along * i);
      data[row + i] = add ? at(data, row + i) + product : product;
    }
    return;
  }
  for (let i = 0; i < width; i += 1) {
    const product = at(a.data, left + i) * at(b.data, right + i);
    data[row + i] = add ? at(data, row + i) + product : product;
  }
}

/** target = a/b. */
export function divideJets(target: Jet, a: Jet, b: Jet, terms: number): void {
  const { width, data } = target;
  const last = b.degree === 0 ? Math.min(a.degree, terms - 1) : terms - 1;
  for (let q = 0; q <= last; q += 1) {
    for (let i = 0; i < width; i += 1) {
      // b·y = a: b₀ y_q = a_q − Σ_{s≥1} b_s y_{q−s}.
      let sum = q > a.degree ? 0 : entry(a, q, i);
      for (let s = 1; s <= Math.min(q, b.degree); s += 1) sum -= entry(b, s, i) * at(data, (q - s) * width + i);
      data[q * width + i] = sum / entry(b, 0, i);
    }
  }
  target.degree = last;
}

/** target = a^exponent by the series of its logarithm; a₀ ≠ 0 where a is not constant, else NaN. */
export function powerJet(target: Jet, a: Jet, exponent: number, power: (value: number) => number, terms: number): void {
  const { width, data } = target;
  const last = a.degree === 0 ? 0 : terms - 1;
  for (let i = 0; i < width; i += 1) {
    const lead = entry(a, 0, i);
    data[i] = power(lead);
    // a y′ = e a′ y: a₀ q y_q = Σ_{s=1}^{q} (e s − (q−s)) a_s y_{q−s}.
    for (let q = 1; q <= last; q += 1) {
      let sum = 0;
      for (let s = 1; s <= Math.min(q, a.degree); s += 1)
        sum += (exponent * s - (q - s)) * entry(a, s, i) * at(data, (q - s) * width + i);
      data[q * width + i] = sum / (q * lead);
    }
  }
  target.degree = last;
}

/** The functions with derivatives of every order. */
export type Elementary = Exclude<ElementaryName, 'sign'>;

/** target = f(a), coefficient by coefficient from f's differential equation. */
export function applyElementary(target: Jet, name: Elementary, a: Jet, terms: number): void {
  const { width } = target;
  const last = a.degree === 0 ? 0 : terms - 1;
  const x = new Float64Array(last + 1);
  for (let i = 0; i < width; i += 1) {
    for (let q = 0; q <= last; q += 1) x[q] = q > a.degree ? 0 : entry(a, q, i);
    const y = elementarySeries(name, x);
    for (let q = 0; q <= last; q += 1) target.data[q * width + i] = at(y, q);
  }
  target.degree = last;
}

/** f of one series. */
export function elementarySeries(name: Elementary, x: Float64Array): Float64Array {
  const y = new Float64Array(x.length);
  const lead = at(x, 0);
  y[0] = elementary(name).float(lead);
  if (x.length === 1) return y;
  switch (name) {
    case 'exp':
      for (let q = 1; q < x.length; q += 1) y[q] = integrated(x, y, q);
      return y;
    case 'log':
      for (let q = 1; q < x.length; q += 1) {
        let sum = q * at(x, q);
        for (let s = 1; s < q; s += 1) sum -= s * at(y, s) * at(x, q - s);
        y[q] = sum / (q * lead);
      }
      return y;
    case 'tanh': {
      const slope = new Float64Array(x.length);
      for (let q = 1; q < x.length; q += 1) {
        let square = q === 1 ? 1 : 0;
        for (let s = 0; s < q; s += 1) square -= at(y, s) * at(y, q - 1 - s);
        slope[q - 1] = square;
        y[q] = integrated(x, slope, q);
      }
      return y;
    }
    case 'arctan': {
      // The slope is x′/(1 + x²).
      const slope = new Float64Array(x.length);
      slope[0] = 1 / (1 + lead * lead);
      for (let q = 1; q < x.length; q += 1) {
        let sum = 0;
        for (let s = 1; s <= q; s += 1) {
          let square = 0;
          for (let r = 0; r <= s; r += 1) square += at(x, r) * at(x, s - r);
          sum += square * at(slope, q - s);
        }
        slope[q] = -at(slope, 0) * sum;
        y[q] = integrated(x, slope, q);
      }
      return y;
    }
    case 'sin':
    case 'cos':
      return trigonometric(x, y, name === 'sin' ? Math.cos(lead) : -Math.sin(lead), -1);
    case 'sinh':
    case 'cosh':
      return trigonometric(x, y, name === 'sinh' ? Math.cosh(lead) : Math.sinh(lead), 1);
  }
}

/** y′ = z x′ and z′ = sign·y x′, with z₀ = `slope`. */
function trigonometric(x: Float64Array, y: Float64Array, slope: number, sign: 1 | -1): Float64Array {
  const z = new Float64Array(x.length);
  z[0] = slope;
  for (let q = 1; q < x.length; q += 1) {
    y[q] = integrated(x, z, q);
    z[q] = sign * integrated(x, y, q);
  }
  return y;
}

/** Coefficient q of ∫ f x′: (1/q) Σ_{s=1}^{q} s x_s f_{q−s}. */
function integrated(x: Float64Array, f: Float64Array, q: number): number {
  let sum = 0;
  for (let s = 1; s <= q; s += 1) sum += s * at(x, s) * at(f, q - s);
  return sum / q;
}

/** Coefficient q of component i; a scalar is the same in all. */
export const entry = (a: Jet, q: number, i: number): number => at(a.data, a.width === 1 ? q : q * a.width + i);

function at(values: Float64Array, place: number): number {
  const value = values[place];
  return value === undefined ? Number.NaN : value;
}
