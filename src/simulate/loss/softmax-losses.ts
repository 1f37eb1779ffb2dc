/**
 * Cross-entropy losses of classifiers on data, the mean over a batch: logistic regression and networks with hidden layers of tanh or softplus.
 * Gradients along series of points by forward and reverse loops in Float64: every quantity is a truncated series in h, and series number
 * i of a list stands at [i·terms, (i+1)·terms).
 */
import type { FloatLoss } from './float-loss.ts';
import type { LabelledData } from './iris.ts';
import type { Activation } from './activation.ts';
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

export const networkDimension = (data: LabelledData, hidden: readonly number[]): number => {
  const widths = [data.features[0]?.length ?? 0, ...hidden, data.classes];
  return widths.slice(1).reduce((sum, units, at) => sum + units * ((widths[at] ?? 0) + 1), 0);
};

/** The signals of a layer and the constant 1 behind them, φ′ of its units, and ∂E by their weighted sums. */
interface SeriesLayer {
  readonly inputs: number;
  readonly units: number;
  readonly first: number;
  readonly signals: Float64Array;
  readonly slopes: Float64Array;
  readonly back: Float64Array;
}

/** θ holds layer after layer the units, each with its weights and the constant; the last layer is the classes. */
export function networkLoss(
  name: string,
  data: LabelledData,
  rows: readonly number[],
  hidden: readonly number[],
  activation: Activation = 'tanh',
): FloatLoss {
  const { classes } = data;
  const samples = samplesOf(data, rows);
  const widths = [data.features[0]?.length ?? 0, ...hidden, classes];
  return {
    name,
    gradient: (target, point, terms) => {
      const theta = seriesOf(point, terms);
      const sums = new Float64Array(theta.length);
      let first = 0;
      const layers = widths.slice(1).map((units, place): SeriesLayer => {
        const inputs = widths[place] ?? 0;
        const room = (): Float64Array => new Float64Array((units + 1) * terms);
        const layer = { inputs, units, first, signals: room(), slopes: room(), back: room() };
        layer.signals[units * terms] = 1;
        first += units * (inputs + 1);
        return layer;
      });
      const last = layers[layers.length - 1];
      const [lowest] = layers;
      if (last === undefined || lowest === undefined) return;
      for (const { inputs, label } of samples) {
        for (const [place, layer] of layers.entries()) {
          const { units, signals, slopes } = layer;
          const below = layers[place - 1];
          for (let unit = 0; unit < units; unit += 1) {
            const weights = layer.first + unit * (layer.inputs + 1);
            if (below === undefined) combine(signals, unit, theta, weights, inputs, terms);
            else {
              signals.fill(0, unit * terms, (unit + 1) * terms);
              for (let s = 0; s <= layer.inputs; s += 1)
                addProduct(signals, unit, theta, weights + s, below.signals, s, 1, terms);
            }
            if (layer !== last) activateSeries(activation, signals, slopes, unit, terms);
          }
        }
        last.back.set(last.signals);
        toSlopes(last.back, label, classes, terms);
        for (const [place, layer] of [...layers.entries()].reverse()) {
          const below = layers[place - 1];
          for (let unit = 0; unit < layer.units; unit += 1) {
            const weights = layer.first + unit * (layer.inputs + 1);
            if (below === undefined) spread(sums, weights, layer.back, unit, inputs, terms);
            else
              for (let s = 0; s <= layer.inputs; s += 1)
                addProduct(sums, weights + s, layer.back, unit, below.signals, s, 1, terms);
          }
          if (below === undefined) continue;
          const pulled = new Float64Array(terms);
          for (let s = 0; s < below.units; s += 1) {
            pulled.fill(0);
            for (let unit = 0; unit < layer.units; unit += 1)
              addProduct(pulled, 0, layer.back, unit, theta, layer.first + unit * (layer.inputs + 1) + s, 1, terms);
            below.back.fill(0, s * terms, (s + 1) * terms);
            addProduct(below.back, s, pulled, 0, below.slopes, s, 1, terms);
          }
        }
      }
      writeMean(target, sums, samples.length, terms);
    },
  };
}

/** φ and φ′ of one weighted sum as series, in place of it and in `slopes`. */
function activateSeries(
  activation: Activation,
  signals: Float64Array,
  slopes: Float64Array,
  unit: number,
  terms: number,
): void {
  const own = signals.subarray(unit * terms, (unit + 1) * terms);
  const slope = slopes.subarray(unit * terms, (unit + 1) * terms);
  slope.fill(0);
  slope[0] = 1;
  if (activation === 'tanh') {
    own.set(elementarySeries('tanh', own));
    // tanh′ = 1 − tanh².
    addProduct(slopes, unit, signals, unit, signals, unit, -1, terms);
    return;
  }
  // log(1 + e^z) = max(z, 0) + log(1 + e^{−|z|}), whose derivative is 1 − e^{−softplus}.
  const sign = at(own, 0) > 0 ? -1 : 1;
  const small = elementarySeries(
    'exp',
    own.map(value => sign * value),
  );
  small[0] = 1 + at(small, 0);
  const rest = elementarySeries('log', small);
  for (let q = 0; q < terms; q += 1) own[q] = (sign < 0 ? at(own, q) : 0) + at(rest, q);
  const gone = elementarySeries(
    'exp',
    own.map(value => -value),
  );
  for (let q = 0; q < terms; q += 1) slope[q] = at(slope, q) - at(gone, q);
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
