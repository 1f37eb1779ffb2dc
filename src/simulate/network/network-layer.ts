/** The room of one layer of a network, for its signals along θ + t·v to second order in t, and how θ is laid out in it. */
import { padded } from './matrix-loops.ts';

/** A quantity's coefficients of t⁰, t¹, t²; each unit after unit, all rows of a unit together. */
export type SignalSeries = readonly [Float64Array, Float64Array, Float64Array];

export interface Layer {
  readonly inputs: number;
  readonly units: number;
  /** Of both, padded with zeros for the loops. */
  readonly inputRoom: number;
  readonly unitRoom: number;
  /** Where the layer's weights begin in θ: unit after unit the weights of what comes in and the constant. */
  readonly first: number;
  /** θ and the direction: weights [unit, input], and constants. */
  readonly weights: readonly [Float64Array, Float64Array];
  readonly constants: readonly [Float64Array, Float64Array];
  /** The weighted sums, φ and φ′ of them; in the last layer the slope holds the likelihoods. */
  readonly sum: SignalSeries;
  readonly output: SignalSeries;
  readonly slope: SignalSeries;
  /** φ″ and φ‴ at t = 0. */
  readonly curvature: Float64Array;
  readonly third: Float64Array;
  /** ∂E by the output, and by the weighted sum. */
  readonly pulled: SignalSeries;
  readonly delta: SignalSeries;
  /** ∂E by the weights. */
  readonly collected: Float64Array;
}

export function layerOf(rows: number, inputs: number, units: number, first: number): Layer {
  const [inputRoom, unitRoom] = [padded(inputs), padded(units)];
  const room = (): Float64Array => new Float64Array(rows * unitRoom);
  const series = (): SignalSeries => [room(), room(), room()];
  const matrix = (): Float64Array => new Float64Array(unitRoom * inputRoom);
  return {
    ...{ inputs, units, inputRoom, unitRoom, first },
    weights: [matrix(), matrix()],
    constants: [new Float64Array(units), new Float64Array(units)],
    ...{ sum: series(), output: series(), slope: series(), curvature: room(), third: room() },
    ...{ pulled: series(), delta: series(), collected: matrix() },
  };
}

/** Takes the layer's part of θ, or of the direction. */
export function readWeights(layer: Layer, which: 0 | 1, theta: ArrayLike<number>): void {
  const { inputs, units, inputRoom, first } = layer;
  const weights = layer.weights[which];
  const constants = layer.constants[which];
  for (let unit = 0; unit < units; unit += 1) {
    const from = first + unit * (inputs + 1);
    for (let i = 0; i < inputs; i += 1) weights[unit * inputRoom + i] = theta[from + i] ?? Number.NaN;
    constants[unit] = theta[from + inputs] ?? Number.NaN;
  }
}

/** Writes ∂E by the layer's part of θ: what was collected for the weights, and for the constants the sum of `delta` over the rows. */
export function writeWeights(
  { inputs, units, inputRoom, first, collected }: Layer,
  delta: Float64Array,
  target: Float64Array,
  rows: number,
): void {
  for (let unit = 0; unit < units; unit += 1) {
    const to = first + unit * (inputs + 1);
    for (let i = 0; i < inputs; i += 1) target[to + i] = collected[unit * inputRoom + i] ?? Number.NaN;
    let sum = 0;
    for (let row = 0; row < rows; row += 1) sum += delta[unit * rows + row] ?? Number.NaN;
    target[to + inputs] = sum;
  }
}
