/**
 * Cross-entropy losses of classifiers on data, the mean over a batch: logistic regression and a network with one hidden layer of tanh.
 * Gradients along series of points by forward and reverse loops in Float64: every quantity is a truncated series in h, and series number
 * i of a list stands at [i·terms, (i+1)·terms).
 */
import type { FloatLoss } from './float-loss.ts';
import type { LabelledData } from './iris.ts';
import { elementarySeries, type Jet } from '../jet/jet.ts';

/** How many parameters: for each class a weight a measurement and a constant. */
export const logisticDimension = ({ features, classes }: LabelledData): number =>
  classes * ((features[0]?.length ?? 0) + 1);

/** θ holds, class after class, the weights of the measurements and the constant. */
export function logisticLoss(name: string, data: LabelledData, rows: readonly number[]): FloatLoss {
  const { classes } = data;
  const samples = samplesOf(data, rows);
  return {
    name,
    gradient: (target, point, terms) => {
      const theta = seriesOf(point, terms);
      const sums = new Float64Array(theta.length);
      const logits = new Float64Array(classes * terms);
      for (const { inputs, label } of samples) {
        for (let c = 0; c < classes; c += 1) combine(logits, c, theta, c * inputs.length, inputs, terms);
        toSlopes(logits, label, classes, terms);
        for (let c = 0; c < classes; c += 1) spread(sums, c * inputs.length, logits, c, inputs, terms);
      }
      writeMean(target, sums, samples.length, terms);
    },
  };
}

export const networkDimension = (data: LabelledData, hidden: number): number =>
  hidden * ((data.features[0]?.length ?? 0) + 1) + data.classes * (hidden + 1);

/** θ holds the hidden units (weights, constant), then the classes (weights of the hidden units, constant). */
export function networkLoss(name: string, data: LabelledData, rows: readonly number[], hidden: number): FloatLoss {
  const { classes } = data;
  const samples = samplesOf(data, rows);
  const outer = hidden * ((data.features[0]?.length ?? 0) + 1);
  return {
    name,
    gradient: (target, point, terms) => {
      const theta = seriesOf(point, terms);
      const sums = new Float64Array(theta.length);
      const logits = new Float64Array(classes * terms);
      // The last signal is the constant 1.
      const signals = new Float64Array((hidden + 1) * terms);
      signals[hidden * terms] = 1;
      const back = new Float64Array(terms);
      const rest = new Float64Array(terms);
      const slope = new Float64Array(terms);
      for (const { inputs, label } of samples) {
        for (let unit = 0; unit < hidden; unit += 1) {
          combine(signals, unit, theta, unit * inputs.length, inputs, terms);
          signals.set(elementarySeries('tanh', signals.subarray(unit * terms, (unit + 1) * terms)), unit * terms);
        }
        logits.fill(0);
        for (let c = 0; c < classes; c += 1)
          for (let s = 0; s <= hidden; s += 1)
            addProduct(logits, c, theta, outer + c * (hidden + 1) + s, signals, s, 1, terms);
        toSlopes(logits, label, classes, terms);
        for (let c = 0; c < classes; c += 1)
          for (let s = 0; s <= hidden; s += 1)
            addProduct(sums, outer + c * (hidden + 1) + s, logits, c, signals, s, 1, terms);
        for (let unit = 0; unit < hidden; unit += 1) {
          back.fill(0);
          for (let c = 0; c < classes; c += 1)
            addProduct(back, 0, logits, c, theta, outer + c * (hidden + 1) + unit, 1, terms);
          // tanh′ = 1 − tanh².
          rest.fill(0);
          rest[0] = 1;
          addProduct(rest, 0, signals, unit, signals, unit, -1, terms);
          slope.fill(0);
          addProduct(slope, 0, back, 0, rest, 0, 1, terms);
          spread(sums, unit * inputs.length, slope, 0, inputs, terms);
        }
      }
      writeMean(target, sums, samples.length, terms);
    },
  };
}

interface Sample {
  /** The measurements, and 1 for the constant. */
  readonly inputs: Float64Array;
  readonly label: number;
}

const samplesOf = ({ features, labels }: LabelledData, rows: readonly number[]): Sample[] =>
  rows.map(row => ({ inputs: Float64Array.from([...(features[row] ?? []), 1]), label: labels[row] ?? 0 }));

const at = (values: Float64Array, place: number): number => values[place] ?? Number.NaN;

/** The parameters, one series after the other. */
function seriesOf({ data, width, degree }: Jet, terms: number): Float64Array {
  const series = new Float64Array(width * terms);
  for (let q = 0; q < terms && q <= degree; q += 1)
    for (let place = 0; place < width; place += 1) series[place * terms + q] = at(data, q * width + place);
  return series;
}

/** target[to] = Σ_i inputs[i] · theta[first + i]. */
function combine(
  target: Float64Array,
  to: number,
  theta: Float64Array,
  first: number,
  inputs: Float64Array,
  terms: number,
): void {
  for (let q = 0; q < terms; q += 1) {
    let sum = 0;
    for (let i = 0; i < inputs.length; i += 1) sum += at(inputs, i) * at(theta, (first + i) * terms + q);
    target[to * terms + q] = sum;
  }
}

/** target[first + i] += inputs[i] · series[from]. */
function spread(
  target: Float64Array,
  first: number,
  series: Float64Array,
  from: number,
  inputs: Float64Array,
  terms: number,
): void {
  for (let i = 0; i < inputs.length; i += 1) {
    for (let q = 0; q < terms; q += 1) {
      const place = (first + i) * terms + q;
      target[place] = at(target, place) + at(inputs, i) * at(series, from * terms + q);
    }
  }
}

/** target[to] += factor · a[i] · b[j]. */
function addProduct(
  target: Float64Array,
  to: number,
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  factor: number,
  terms: number,
): void {
  for (let q = 0; q < terms; q += 1) {
    let sum = 0;
    for (let s = 0; s <= q; s += 1) sum += at(a, i * terms + s) * at(b, j * terms + q - s);
    target[to * terms + q] = at(target, to * terms + q) + factor * sum;
  }
}

/** Turns logits into ∂(−log softmax_label)/∂logit, in place. */
function toSlopes(logits: Float64Array, label: number, classes: number, terms: number): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < classes; c += 1) largest = Math.max(largest, at(logits, c * terms));
  const total = new Float64Array(terms);
  for (let c = 0; c < classes; c += 1) {
    const own = logits.subarray(c * terms, (c + 1) * terms);
    own[0] = at(own, 0) - largest;
    own.set(elementarySeries('exp', own));
    for (let q = 0; q < terms; q += 1) total[q] = at(total, q) + at(own, q);
  }
  for (let c = 0; c < classes; c += 1) {
    const own = logits.subarray(c * terms, (c + 1) * terms);
    // total · y = own, one coefficient after the other, in place.
    for (let q = 0; q < terms; q += 1) {
      let sum = at(own, q);
      for (let s = 1; s <= q; s += 1) sum -= at(total, s) * at(own, q - s);
      own[q] = sum / at(total, 0);
    }
    if (c === label) own[0] = at(own, 0) - 1;
  }
}

function writeMean(target: Jet, sums: Float64Array, count: number, terms: number): void {
  const { data, width } = target;
  target.degree = terms - 1;
  for (let place = 0; place < width; place += 1)
    for (let q = 0; q < terms; q += 1) data[q * width + place] = at(sums, place * terms + q) / count;
}
