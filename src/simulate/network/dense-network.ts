/**
 * Classifiers with hidden layers of smooth units and a cross-entropy loss, the mean over all data, in Float64: the loss, its gradient and its
 * Hessian times a vector, exact but for rounding. Reverse accumulation, and for the product its derivative along the vector (Pearlmutter,
 * Fast exact multiplication by the Hessian, 1994). All room is taken at the start; nothing is allocated later.
 */
import type { FloatLoss } from '../loss/float-loss.ts';
import { type Activation, activate } from '../loss/activation.ts';
import { addOuterProducts, backwards, forwards } from './matrix-loops.ts';

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

/** One layer's room. θ holds, unit after unit, the weights of what comes in and the constant; "moved" is a derivative along a direction. */
interface Layer {
  readonly inputs: number;
  readonly units: number;
  /** Where the layer's weights begin in θ. */
  readonly first: number;
  /** φ, φ′ and φ″ of the weighted sums; the last layer has the sums as its output and, as its slope, the likelihoods. */
  readonly output: Float64Array;
  readonly slope: Float64Array;
  readonly curvature: Float64Array;
  readonly movedSum: Float64Array;
  readonly moved: Float64Array;
  /** ∂E by the output, and by the weighted sum. */
  readonly pulled: Float64Array;
  readonly delta: Float64Array;
  readonly movedPulled: Float64Array;
  readonly movedDelta: Float64Array;
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
  readonly #data: TrainingData;
  readonly #activation: Activation;
  readonly #layers: readonly Layer[];
  readonly #last: Layer;
  readonly #theta: Float64Array;

  constructor(data: TrainingData, { hidden, activation }: NetworkShape) {
    const { width, classes, labels } = data;
    this.#data = data;
    this.#activation = activation;
    this.rows = labels.length;
    this.dimension = parametersOf(width, hidden, classes);
    this.gradient = new Float64Array(this.dimension);
    this.#theta = new Float64Array(this.dimension);
    const widths = [width, ...hidden, classes];
    let first = 0;
    this.#layers = widths.slice(1).map((units, at) => {
      const inputs = widths[at] ?? 0;
      const layer = layerOf(this.rows, inputs, units, first);
      first += units * (inputs + 1);
      return layer;
    });
    this.#last = this.#layers[this.#layers.length - 1] ?? layerOf(0, 0, 0, 0);
  }

  /** E(θ); the gradient is in {@link gradient}. NaN where a sum overflows. */
  moveTo(theta: ArrayLike<number>): number {
    for (let i = 0; i < this.dimension; i += 1) this.#theta[i] = theta[i] ?? Number.NaN;
    const layers = this.#layers;
    const { rows } = this;
    for (let at = 0; at < layers.length; at += 1) {
      const layer = layers[at];
      if (layer === undefined) continue;
      const { inputs, units, first, output, slope, curvature } = layer;
      forwards(output, this.#inputOf(at), this.#theta, first, rows, units, inputs, false);
      if (layer !== this.#last) activate(this.#activation, output, output, slope, curvature);
    }
    const loss = this.#softmax();
    this.gradient.fill(0);
    for (let at = layers.length - 1; at >= 0; at -= 1) {
      const layer = layers[at];
      if (layer === undefined) continue;
      const { inputs, units, first, delta } = layer;
      addOuterProducts(this.gradient, first, delta, this.#inputOf(at), rows, units, inputs, true);
      const below = layers[at - 1];
      if (below === undefined) continue;
      backwards(below.pulled, delta, this.#theta, first, rows, units, inputs, false);
      for (let k = 0; k < below.delta.length; k += 1) below.delta[k] = (below.pulled[k] ?? 0) * (below.slope[k] ?? 0);
    }
    return loss;
  }

  /** How many rows have their own class as the likeliest, at the point of the last {@link moveTo}. */
  countRight(): number {
    const { classes, labels } = this.#data;
    const { output } = this.#last;
    let right = 0;
    for (let row = 0; row < this.rows; row += 1) {
      let best = 0;
      for (let c = 1; c < classes; c += 1)
        if ((output[row * classes + c] ?? 0) > (output[row * classes + best] ?? 0)) best = c;
      if (best === labels[row]) right += 1;
    }
    return right;
  }

  /** ∇²E·direction at the point of the last {@link moveTo}. */
  product(direction: Float64Array, target: Float64Array): void {
    const layers = this.#layers;
    const { rows } = this;
    for (let at = 0; at < layers.length; at += 1) {
      const layer = layers[at];
      if (layer === undefined) continue;
      const { inputs, units, first, moved, movedSum, slope } = layer;
      forwards(movedSum, this.#inputOf(at), direction, first, rows, units, inputs, false);
      const below = layers[at - 1];
      if (below !== undefined) forwards(movedSum, below.moved, this.#theta, first, rows, units, inputs, true);
      if (layer !== this.#last)
        for (let k = 0; k < moved.length; k += 1) moved[k] = (slope[k] ?? 0) * (movedSum[k] ?? 0);
    }
    this.#moveSoftmax();
    target.fill(0);
    for (let at = layers.length - 1; at >= 0; at -= 1) {
      const layer = layers[at];
      if (layer === undefined) continue;
      const { inputs, units, first, delta, movedDelta } = layer;
      addOuterProducts(target, first, movedDelta, this.#inputOf(at), rows, units, inputs, true);
      const below = layers[at - 1];
      if (below === undefined) continue;
      addOuterProducts(target, first, delta, below.moved, rows, units, inputs, false);
      backwards(below.movedPulled, movedDelta, this.#theta, first, rows, units, inputs, false);
      backwards(below.movedPulled, delta, direction, first, rows, units, inputs, true);
      for (let k = 0; k < below.movedDelta.length; k += 1)
        below.movedDelta[k] =
          (below.slope[k] ?? 0) * (below.movedPulled[k] ?? 0) +
          (below.curvature[k] ?? 0) * (below.movedSum[k] ?? 0) * (below.pulled[k] ?? 0);
    }
  }

  #inputOf(layer: number): Float64Array {
    return this.#layers[layer - 1]?.output ?? this.#data.inputs;
  }

  /** The mean of −log of the likelihood of the own class, with the likelihoods and ∂E/∂logit. */
  #softmax(): number {
    const { classes, labels } = this.#data;
    const { output, slope, delta } = this.#last;
    let loss = 0;
    for (let row = 0; row < this.rows; row += 1) {
      const from = row * classes;
      let largest = Number.NEGATIVE_INFINITY;
      for (let c = 0; c < classes; c += 1) largest = Math.max(largest, output[from + c] ?? Number.NaN);
      let total = 0;
      for (let c = 0; c < classes; c += 1) {
        const weight = Math.exp((output[from + c] ?? 0) - largest);
        slope[from + c] = weight;
        total += weight;
      }
      const own = labels[row] ?? 0;
      loss += Math.log(total) + largest - (output[from + own] ?? 0);
      for (let c = 0; c < classes; c += 1) {
        const likelihood = (slope[from + c] ?? 0) / total;
        slope[from + c] = likelihood;
        delta[from + c] = (likelihood - (c === own ? 1 : 0)) / this.rows;
      }
    }
    return loss / this.rows;
  }

  #moveSoftmax(): void {
    const { classes } = this.#data;
    const { slope, movedSum, movedDelta } = this.#last;
    for (let row = 0; row < this.rows; row += 1) {
      const from = row * classes;
      let mean = 0;
      for (let c = 0; c < classes; c += 1) mean += (slope[from + c] ?? 0) * (movedSum[from + c] ?? 0);
      for (let c = 0; c < classes; c += 1)
        movedDelta[from + c] = ((slope[from + c] ?? 0) * ((movedSum[from + c] ?? 0) - mean)) / this.rows;
    }
  }
}

function layerOf(rows: number, inputs: number, units: number, first: number): Layer {
  const room = (): Float64Array => new Float64Array(rows * units);
  return {
    ...{ inputs, units, first, output: room(), slope: room(), curvature: room() },
    ...{ movedSum: room(), moved: room(), pulled: room(), delta: room(), movedPulled: room(), movedDelta: room() },
  };
}

/** The network as a loss of a simulation: gradients along series of at most two terms. */
export function networkAsLoss(name: string, network: DenseNetwork): FloatLoss {
  const { dimension } = network;
  const point = new Float64Array(dimension);
  const direction = new Float64Array(dimension);
  const product = new Float64Array(dimension);
  return {
    name,
    gradient: (target, { data, degree }, terms) => {
      if (terms > 2 && degree > 0) throw new Error('a trained network has no third derivatives here');
      for (let i = 0; i < dimension; i += 1) point[i] = data[i] ?? Number.NaN;
      network.moveTo(point);
      target.data.set(network.gradient);
      target.degree = 0;
      if (terms < 2 || degree < 1) return;
      for (let i = 0; i < dimension; i += 1) direction[i] = data[dimension + i] ?? Number.NaN;
      network.product(direction, product);
      target.data.set(product, dimension);
      target.degree = 1;
    },
  };
}
