/**
 * Cross-entropy losses of classifiers on data, the mean over a batch: logistic regression and a network with one hidden layer of tanh.
 * Gradients along series of points by forward and reverse loops: every quantity is a truncated series in h.
 */
import type { FloatLoss } from './float-loss.ts';
import type { LabelledData } from './iris.ts';
import { elementarySeries, type Jet } from './jet.ts';

type Series = Float64Array;

/** How many parameters: for each class a weight a measurement and a constant. */
export const logisticDimension = ({ features, classes }: LabelledData): number =>
  classes * ((features[0]?.length ?? 0) + 1);

/** θ holds, class after class, the weights of the measurements and the constant. */
export function logisticLoss(name: string, data: LabelledData, rows: readonly number[]): FloatLoss {
  const { classes } = data;
  return {
    name,
    gradient: (target, point, terms) => {
      const reader = new SeriesReader(point, terms);
      clear(target, terms);
      for (const row of rows) {
        const inputs = [...(data.features[row] ?? []), 1];
        const stride = inputs.length;
        const logits = Array.from({ length: classes }, (_, c) => reader.combine(c * stride, inputs));
        outputSlopes(logits, data.labels[row] ?? 0, rows.length).forEach((slope, c) => {
          inputs.forEach((input, at) => addTo(target, c * stride + at, slope, input));
        });
      }
    },
  };
}

export const networkDimension = (data: LabelledData, hidden: number): number =>
  hidden * ((data.features[0]?.length ?? 0) + 1) + data.classes * (hidden + 1);

/** θ holds the hidden units (weights, constant), then the classes (weights of the hidden units, constant). */
export function networkLoss(name: string, data: LabelledData, rows: readonly number[], hidden: number): FloatLoss {
  const { classes } = data;
  return {
    name,
    gradient: (target, point, terms) => {
      const reader = new SeriesReader(point, terms);
      clear(target, terms);
      const one = new Float64Array(terms);
      one[0] = 1;
      for (const row of rows) {
        const inputs = [...(data.features[row] ?? []), 1];
        const outer = hidden * inputs.length;
        const units = Array.from({ length: hidden }, (_, unit) =>
          elementarySeries('tanh', reader.combine(unit * inputs.length, inputs)),
        );
        const signals = [...units, one];
        const at = (c: number, signal: number): number => outer + c * signals.length + signal;
        const logits = Array.from({ length: classes }, (_, c) =>
          signals.reduce(
            (sum, signal, s) => plus(sum, times(reader.parameter(at(c, s)), signal)),
            new Float64Array(terms),
          ),
        );
        const slopes = outputSlopes(logits, data.labels[row] ?? 0, rows.length);
        slopes.forEach((slope, c) => {
          signals.forEach((signal, s) => addTo(target, at(c, s), times(slope, signal), 1));
        });
        units.forEach((unit, s) => {
          const back = slopes.reduce(
            (sum, slope, c) => plus(sum, times(slope, reader.parameter(at(c, s)))),
            new Float64Array(terms),
          );
          const square = times(unit, unit);
          const slope = times(
            back,
            one.map((value, q) => value - (square[q] ?? 0)),
          );
          inputs.forEach((input, place) => addTo(target, s * inputs.length + place, slope, input));
        });
      }
    },
  };
}

class SeriesReader {
  readonly #point: Jet;
  readonly #terms: number;
  constructor(point: Jet, terms: number) {
    this.#point = point;
    this.#terms = terms;
  }
  parameter(place: number): Series {
    const { data, width, degree } = this.#point;
    const series = new Float64Array(this.#terms);
    for (let q = 0; q < this.#terms && q <= degree; q += 1) series[q] = data[q * width + place] ?? Number.NaN;
    return series;
  }
  /** Σ_i inputs[i] · θ[first + i]. */
  combine(first: number, inputs: readonly number[]): Series {
    const { data, width, degree } = this.#point;
    const series = new Float64Array(this.#terms);
    for (let q = 0; q < this.#terms && q <= degree; q += 1) {
      let sum = 0;
      for (let i = 0; i < inputs.length; i += 1) sum += (inputs[i] ?? 0) * (data[q * width + first + i] ?? Number.NaN);
      series[q] = sum;
    }
    return series;
  }
}

/** ∂(−log softmax_label / count)/∂logit of each class. */
function outputSlopes(logits: readonly Series[], label: number, count: number): Series[] {
  const largest = Math.max(...logits.map(logit => logit[0] ?? 0));
  const powers = logits.map(logit => {
    const shifted = Float64Array.from(logit);
    shifted[0] = (shifted[0] ?? 0) - largest;
    return elementarySeries('exp', shifted);
  });
  const total = powers.reduce((sum, power) => plus(sum, power), new Float64Array(logits[0]?.length ?? 0));
  return powers.map((power, c) => {
    const slope = quotient(power, total);
    if (c === label) slope[0] = (slope[0] ?? 0) - 1;
    return slope.map(value => value / count);
  });
}

const plus = (a: Series, b: Series): Series => a.map((value, q) => value + (b[q] ?? 0));

function times(a: Series, b: Series): Series {
  const product = new Float64Array(a.length);
  for (let q = 0; q < a.length; q += 1) {
    let sum = 0;
    for (let s = 0; s <= q; s += 1) sum += (a[s] ?? 0) * (b[q - s] ?? 0);
    product[q] = sum;
  }
  return product;
}

function quotient(a: Series, b: Series): Series {
  const y = new Float64Array(a.length);
  for (let q = 0; q < a.length; q += 1) {
    let sum = a[q] ?? 0;
    for (let s = 1; s <= q; s += 1) sum -= (b[s] ?? 0) * (y[q - s] ?? 0);
    y[q] = sum / (b[0] ?? 0);
  }
  return y;
}

function clear(target: Jet, terms: number): void {
  target.data.fill(0, 0, terms * target.width);
  target.degree = terms - 1;
}

function addTo(target: Jet, place: number, series: Series, factor: number): void {
  const { data, width } = target;
  for (let q = 0; q < series.length; q += 1) {
    const at = q * width + place;
    data[at] = (data[at] ?? 0) + factor * (series[q] ?? 0);
  }
}
