/** Smooth units of hidden layers: φ and its derivatives. */

export const ACTIVATIONS = ['tanh', 'softplus'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** Writes φ(z), φ′(z), φ″(z), φ‴(z) for the first `count` sums z. */
export function activate(
  activation: Activation,
  count: number,
  sums: Float64Array,
  value: Float64Array,
  slope: Float64Array,
  curvature: Float64Array,
  third: Float64Array,
): void {
  if (activation === 'tanh') {
    for (let k = 0; k < count; k += 1) {
      const y = Math.tanh(sums[k] ?? Number.NaN);
      const rest = 1 - y * y;
      value[k] = y;
      slope[k] = rest;
      curvature[k] = -2 * y * rest;
      third[k] = rest * (4 - 6 * rest);
    }
    return;
  }
  for (let k = 0; k < count; k += 1) {
    const z = sums[k] ?? Number.NaN;
    // log(1 + e^z) without overflow.
    const small = Math.exp(-Math.abs(z));
    const sigmoid = z >= 0 ? 1 / (1 + small) : small / (1 + small);
    const bend = sigmoid * (1 - sigmoid);
    value[k] = Math.max(z, 0) + Math.log1p(small);
    slope[k] = sigmoid;
    curvature[k] = bend;
    third[k] = bend * (1 - 2 * sigmoid);
  }
}
