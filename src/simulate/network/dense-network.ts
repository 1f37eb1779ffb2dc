/**
 * Classifiers with hidden layers of smooth units and a cross-entropy loss, the mean over all data, in Float64: the loss, its gradient, its
 * Hessian times a vector and its third derivative along a vector twice, exact but for rounding. Reverse accumulation, and for the others its
 * coefficients of t and t² at θ + t·v (Pearlmutter, Fast exact multiplication by the Hessian, 1994). All room is taken at the start; nothing is
 * allocated later.
 */
import type { FloatLoss } from '../loss/float-loss.ts';
import { type Activation, activate } from '../loss/activation.ts';
import { addInnerProducts, addWeighted, padded } from './matrix-loops.ts';
import { type Layer, layerOf, readWeights, writeWeights } from './network-layer.ts';
import { softmax, softmaxAlong } from './softmax-loops.ts';

/** Rows of inputs one behind the other, and the class of each row. */
export interface TrainingData {
  readonly inputs: Float64Array;
  readonly labels: Uint8Array;
  /** Inputs a row. */
  readonly width: number;
  readonly classes: number;
}

export interface NetworkShape {
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  readonly activation: Activation;
}

export function parametersOf(inputs: number, hidden: readonly number[], classes: number): number {
  const widths = [inputs, ...hidden, classes];
  return widths.slice(1).reduce((sum, units, at) => sum + units * ((widths[at] ?? 0) + 1), 0);
}

export class DenseNetwork {
  readonly dimension: number;
  readonly rows: number;
  /** ∇E at the point of the last {@link moveTo}; overwritten by the next. */
  readonly gradient: Float64Array;
  readonly #labels: Uint8Array;
  readonly #activation: Activation;
  readonly #layers: readonly Layer[];
  readonly #last: Layer;
  /** The data, an input after the other. */
  readonly #inputs: Float64Array;

  constructor(data: TrainingData, { hidden, activation }: NetworkShape) {
    const { width, classes, labels, inputs } = data;
    this.#labels = labels;
    this.#activation = activation;
    this.rows = labels.length;
    this.dimension = parametersOf(width, hidden, classes);
    this.gradient = new Float64Array(this.dimension);
    this.#inputs = new Float64Array(padded(width) * this.rows);
    for (let row = 0; row < this.rows; row += 1)
      for (let i = 0; i < width; i += 1) this.#inputs[i * this.rows + row] = inputs[row * width + i] ?? Number.NaN;
    const widths = [width, ...hidden, classes];
    let first = 0;
    this.#layers = widths.slice(1).map((units, at) => {
      const layer = layerOf(this.rows, widths[at] ?? 0, units, first);
      first += units * (layer.inputs + 1);
      return layer;
    });
    this.#last = this.#layers[this.#layers.length - 1] ?? layerOf(0, 0, 0, 0);
  }

  /** E(θ); the gradient is in {@link gradient}. NaN where a sum overflows. */
  moveTo(theta: ArrayLike<number>): number {
    for (const layer of this.#layers) readWeights(layer, 0, theta);
    this.#forwards(0);
    const { units, sum, slope, delta } = this.#last;
    const loss = softmax(sum[0], slope[0], delta[0], this.#labels, units);
    this.#backwards(0, this.gradient);
    return loss;
  }

  /** How many rows have their own class as the likeliest, at the point of the last {@link moveTo}. */
  countRight(): number {
    const { sum, units } = this.#last;
    const logits = sum[0];
    const { rows } = this;
    let right = 0;
    for (let row = 0; row < rows; row += 1) {
      let best = 0;
      for (let c = 1; c < units; c += 1) if ((logits[c * rows + row] ?? 0) > (logits[best * rows + row] ?? 0)) best = c;
      if (best === this.#labels[row]) right += 1;
    }
    return right;
  }

  /** ∇²E·direction at the point of the last {@link moveTo}. */
  product(direction: ArrayLike<number>, target: Float64Array): void {
    for (const layer of this.#layers) readWeights(layer, 1, direction);
    this.#along(1, target);
  }

  /** ∇³E[direction, direction] at that point. */
  thirdAlong(direction: ArrayLike<number>, target: Float64Array): void {
    this.product(direction, target);
    this.#along(2, target);
    for (let i = 0; i < target.length; i += 1) target[i] = 2 * (target[i] ?? 0);
  }

  /** The coefficient of t^order of ∇E(θ + t·direction); those below are there. */
  #along(order: 1 | 2, target: Float64Array): void {
    this.#forwards(order);
    const { units, sum, slope, delta } = this.#last;
    softmaxAlong(order, sum, slope[0], delta[order], units, this.rows);
    this.#backwards(order, target);
  }

  #forwards(order: 0 | 1 | 2): void {
    const { rows } = this;
    for (let at = 0; at < this.#layers.length; at += 1) {
      const layer = this.#layers[at];
      if (layer === undefined) continue;
      const { units, unitRoom, inputRoom, weights, constants } = layer;
      const below = this.#layers[at - 1];
      const sum = layer.sum[order];
      if (order === 2) sum.fill(0);
      else
        for (let unit = 0; unit < units; unit += 1)
          sum.fill(constants[order][unit] ?? Number.NaN, unit * rows, (unit + 1) * rows);
      const same = below === undefined ? (order === 0 ? this.#inputs : null) : below.output[order];
      if (same !== null) addWeighted(sum, unitRoom, same, inputRoom, weights[0], inputRoom, 1, rows);
      if (order > 0) {
        const before = order === 1 ? (below?.output[0] ?? this.#inputs) : (below?.output[1] ?? null);
        if (before !== null) addWeighted(sum, unitRoom, before, inputRoom, weights[1], inputRoom, 1, rows);
      }
      if (layer !== this.#last) this.#activate(layer, order);
    }
  }

  /** φ and φ′ of the sums, to the coefficient of t^order. */
  #activate({ units, sum, output, slope, curvature, third }: Layer, order: 0 | 1 | 2): void {
    const count = units * this.rows;
    const [[, z1, z2], [, y1, y2], [s0, s1, s2]] = [sum, output, slope];
    if (order === 0) activate(this.#activation, count, sum[0], output[0], s0, curvature, third);
    else if (order === 1)
      for (let k = 0; k < count; k += 1) {
        const z = z1[k] ?? Number.NaN;
        y1[k] = (s0[k] ?? 0) * z;
        s1[k] = (curvature[k] ?? 0) * z;
      }
    else
      for (let k = 0; k < count; k += 1) {
        const [half, z] = [(z1[k] ?? Number.NaN) ** 2 / 2, z2[k] ?? Number.NaN];
        y2[k] = (s0[k] ?? 0) * z + (curvature[k] ?? 0) * half;
        s2[k] = (curvature[k] ?? 0) * z + (third[k] ?? 0) * half;
      }
  }

  /** From ∂E by the logits to the coefficient of t^order of ∇E. */
  #backwards(order: 0 | 1 | 2, target: Float64Array): void {
    const { rows } = this;
    for (let at = this.#layers.length - 1; at >= 0; at -= 1) {
      const layer = this.#layers[at];
      if (layer === undefined) continue;
      const { unitRoom, inputRoom, weights, delta, collected } = layer;
      const below = this.#layers[at - 1];
      collected.fill(0);
      if (below === undefined) addInnerProducts(collected, delta[order], unitRoom, this.#inputs, inputRoom, rows);
      else
        for (let s = 0; s <= order; s += 1)
          addInnerProducts(collected, at3(delta, s), unitRoom, at3(below.output, order - s), inputRoom, rows);
      writeWeights(layer, delta[order], target, rows);
      if (below === undefined) continue;
      const pulled = below.pulled[order];
      pulled.fill(0);
      addWeighted(pulled, inputRoom, delta[order], unitRoom, weights[0], 1, inputRoom, rows);
      if (order > 0) addWeighted(pulled, inputRoom, at3(delta, order - 1), unitRoom, weights[1], 1, inputRoom, rows);
      const own = below.delta[order];
      const count = below.units * rows;
      for (let s = 0; s <= order; s += 1) {
        const [pull, slope] = [at3(below.pulled, s), at3(below.slope, order - s)];
        if (s === 0) for (let k = 0; k < count; k += 1) own[k] = (pull[k] ?? 0) * (slope[k] ?? 0);
        else for (let k = 0; k < count; k += 1) own[k] = (own[k] ?? 0) + (pull[k] ?? 0) * (slope[k] ?? 0);
      }
    }
  }
}

const at3 = (series: Layer['sum'], at: number): Float64Array => series[at === 0 ? 0 : at === 1 ? 1 : 2];

/** The network as a loss of a simulation: gradients along series of at most three terms. */
export function networkAsLoss(name: string, network: DenseNetwork): FloatLoss {
  const { dimension } = network;
  const [point, direction, bend] = [0, 1, 2].map(() => new Float64Array(dimension)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const product = new Float64Array(dimension);
  const read = (target: Float64Array, data: ArrayLike<number>, q: number): void => {
    for (let i = 0; i < dimension; i += 1) target[i] = data[q * dimension + i] ?? Number.NaN;
  };
  let isThere = false;
  return {
    name,
    gradient: (target, { data, degree }, terms) => {
      if (terms > 3 && degree > 0) throw new Error('a trained network has no fourth derivatives here');
      isThere = isThere && point.every((value, i) => value === data[i]);
      if (!isThere) {
        read(point, data, 0);
        network.moveTo(point);
        isThere = true;
      }
      target.data.set(network.gradient);
      target.degree = 0;
      if (terms < 2 || degree < 1) return;
      read(direction, data, 1);
      if (terms > 2) {
        // ∇³E[v, v]/2 + ∇²E w at t², where the curve is θ + tv + t²w.
        network.thirdAlong(direction, product);
        for (let i = 0; i < dimension; i += 1) target.data[2 * dimension + i] = (product[i] ?? Number.NaN) / 2;
        if (degree > 1) {
          read(bend, data, 2);
          network.product(bend, product);
          for (let i = 0; i < dimension; i += 1) {
            const at = 2 * dimension + i;
            target.data[at] = (target.data[at] ?? Number.NaN) + (product[i] ?? Number.NaN);
          }
        }
      }
      network.product(direction, product);
      target.data.set(product, dimension);
      target.degree = Math.min(terms, 3) - 1;
    },
  };
}
