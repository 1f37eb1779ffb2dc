/**
 * Truncated power series of h in Float64, from h^{−2} on: enough to see of which order in h something is at generic values. What is zero but
 * for rounding counts as zero. Nothing is proved by them.
 */
import type { ElementaryArithmetic, ElementaryFunction } from '../../formula/elementary.ts';
import type { Rational } from '../../number/rational.ts';

/** values[i] is the coefficient of h^{i − POLES}. */
export type FloatSeries = readonly number[];

const POLES = 2;
const LENGTH = 7;
const TOLERANCE = 1e-9;

export const floatConstant = (value: number): FloatSeries => power(value, 0);
export const FLOAT_STEP: FloatSeries = power(1, 1);

function power(value: number, order: number): FloatSeries {
  return Array.from({ length: LENGTH }, (_, i) => (i === order + POLES ? value : 0));
}

/** The lowest power of h with a coefficient; Infinity for zero. */
export function orderOf(series: FloatSeries): number {
  const first = series.findIndex(value => !(Math.abs(value) < TOLERANCE));
  return first === -1 ? Number.POSITIVE_INFINITY : first - POLES;
}

/** The number that the series is, without any other power of h; null where there is one. */
export function constantOf(series: FloatSeries): number | null {
  const isNumber = series.every((value, i) => i === POLES || Math.abs(value) < TOLERANCE);
  return isNumber ? (series[POLES] ?? null) : null;
}

export const addFloats = (a: FloatSeries, b: FloatSeries): FloatSeries => a.map((value, i) => value + (b[i] ?? 0));
export const subtractFloats = (a: FloatSeries, b: FloatSeries): FloatSeries => a.map((value, i) => value - (b[i] ?? 0));
export const scaleFloats = (a: FloatSeries, factor: number): FloatSeries => a.map(value => value * factor);

export function multiplyFloats(a: FloatSeries, b: FloatSeries): FloatSeries {
  return a.map((_, k) => a.reduce((sum, value, i) => sum + value * (b[k + POLES - i] ?? 0), 0));
}

const shifted = (a: FloatSeries, by: number): FloatSeries => a.map((_, i) => a[i - by] ?? 0);

/** The series as h^order times one that begins with h⁰, as plain coefficients; null for zero. */
function normal(a: FloatSeries): { readonly order: number; readonly values: number[] } | null {
  const order = orderOf(a);
  if (!Number.isFinite(order)) return null;
  return { order, values: Array.from({ length: LENGTH }, (_, i) => a[i + order + POLES] ?? 0) };
}

const placed = (values: readonly number[], order: number): FloatSeries =>
  shifted(
    Array.from({ length: LENGTH }, (_, i) => values[i - POLES] ?? 0),
    order,
  );

/** a^exponent for a real exponent; NaN where there is none, as of a negative number or a root of h. */
export function raiseFloats(a: FloatSeries, exponent: number): FloatSeries {
  const base = normal(a);
  if (exponent === 0) return floatConstant(1);
  if (base === null) return floatConstant(exponent > 0 ? 0 : Number.NaN);
  const order = base.order * exponent;
  const [first = 0] = base.values;
  const values = [first ** exponent];
  for (let q = 1; q < LENGTH; q += 1) {
    let sum = 0;
    for (let r = 1; r <= q; r += 1) sum += (r * exponent - q + r) * (base.values[r] ?? 0) * (values[q - r] ?? 0);
    values.push(sum / (q * first));
  }
  return Number.isInteger(order) ? placed(values, order) : floatConstant(Number.NaN);
}

/** f(a) from the derivatives of f at the leading value of a; NaN where a has a pole. */
function composed(a: FloatSeries, derivatives: (at: number) => readonly number[]): FloatSeries {
  if (orderOf(a) < 0) return floatConstant(Number.NaN);
  const at = a[POLES] ?? 0;
  const rest = a.map((value, i) => (i <= POLES ? 0 : value));
  let result = floatConstant(0);
  let term = floatConstant(1);
  derivatives(at).forEach((derivative, r) => {
    if (r > 0) term = scaleFloats(multiplyFloats(term, rest), 1 / r);
    result = addFloats(result, scaleFloats(term, derivative));
  });
  return result;
}

/** The signs of derivatives that come round again. */
const cycle = (values: readonly number[]): number[] =>
  Array.from({ length: LENGTH - POLES }, (_, r) => values[r % values.length] ?? 0);

const exponential = (a: FloatSeries): FloatSeries => composed(a, at => cycle([Math.exp(at)]));

/** The arithmetic of elementary functions. */
export const FLOAT_SERIES: ElementaryArithmetic<FloatSeries> = {
  fromRational: (value: Rational) => floatConstant(value.toNumber()),
  add: addFloats,
  negate: a => scaleFloats(a, -1),
  multiply: multiplyFloats,
  divide: (a, b) => multiplyFloats(a, raiseFloats(b, -1)),
  exp: exponential,
  log: a =>
    composed(a, at => {
      const values = [Math.log(at)];
      for (let r = 1; r < LENGTH - POLES; r += 1)
        values.push(r === 1 ? 1 / at : (-(r - 1) * (values[r - 1] ?? 0)) / at);
      return values;
    }),
  tanh: a => {
    const square = exponential(scaleFloats(a, 2));
    const one = floatConstant(1);
    return multiplyFloats(addFloats(square, scaleFloats(one, -1)), raiseFloats(addFloats(square, one), -1));
  },
  sin: a => composed(a, at => cycle([Math.sin(at), Math.cos(at), -Math.sin(at), -Math.cos(at)])),
  cos: a => composed(a, at => cycle([Math.cos(at), -Math.sin(at), -Math.cos(at), Math.sin(at)])),
  sinh: a => composed(a, at => cycle([Math.sinh(at), Math.cosh(at)])),
  cosh: a => composed(a, at => cycle([Math.cosh(at), Math.sinh(at)])),
  arctan: a =>
    composed(a, at => {
      // (1 + x²)y^{(r+1)} + 2rxy^{(r)} + r(r − 1)y^{(r−1)} = 0.
      const values = [Math.atan(at), 1 / (1 + at * at)];
      for (let r = 1; r + 1 < LENGTH - POLES; r += 1)
        values.push(
          (-2 * r * at * (values[r] ?? 0) - (r === 1 ? 0 : r * (r - 1) * (values[r - 1] ?? 0))) / (1 + at * at),
        );
      return values;
    }),
  sign: a => {
    const order = orderOf(a);
    return Number.isFinite(order) ? (Math.sign(a[order + POLES] ?? 0) as -1 | 0 | 1) : 0;
  },
};

/** Of the sign of its first coefficient. */
export const absoluteFloats = (value: FloatSeries): FloatSeries => scaleFloats(value, FLOAT_SERIES.sign(value));

/** The value of an elementary function. */
export const elementaryValue = ({ name, value }: ElementaryFunction, x: FloatSeries): FloatSeries =>
  name === 'sign' ? floatConstant(FLOAT_SERIES.sign(x)) : value(FLOAT_SERIES, x);

/** The 2-norm, or the 1-norm whose bars are √(x² + added). */
export const normOfFloats = (entries: readonly FloatSeries[], order: 1 | 2, added: FloatSeries): FloatSeries => {
  const squares = entries.map(each => multiplyFloats(each, each));
  const root = (each: FloatSeries): FloatSeries => raiseFloats(each, 1 / 2);
  const sum = (parts: readonly FloatSeries[]): FloatSeries => parts.reduce(addFloats, floatConstant(0));
  return order === 2 ? root(sum(squares)) : sum(squares.map(each => root(addFloats(each, added))));
};
