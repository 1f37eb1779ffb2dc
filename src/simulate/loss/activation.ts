/** Smooth units of hidden layers: φ, φ′ and φ″. */

export const ACTIVATIONS = ['tanh', 'softplus'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** Writes φ(z), φ′(z), φ″(z) for every entry of `sums`, which may be the same array as `output`. */
export function activate(
  activation: Activation,
  sums: Float64Array,
  output: Float64Array,
  slope: Float64Array,
  curvature: Float64Array,
): void {
  for (let k = 0; k < sums.length; k += 1) {
    const z = sums[k] ?? Number.NaN;
    if (activation === 'tanh') {
      const value = Math.tanh(z);
      const rest = 1 - value * value;
      output[k] = value;
      slope[k] = rest;
      curvature[k] = -2 * value * rest;
    } else {
      // log(1 + e^z) without overflow.
      const small = Math.exp(-Math.abs(z));
      const sigmoid = z >= 0 ? 1 / (1 + small) : small / (1 + small);
      output[k] = Math.max(z, 0) + Math.log1p(small);
      slope[k] = sigmoid;
      curvature[k] = sigmoid * (1 - sigmoid);
    }
  }
}
