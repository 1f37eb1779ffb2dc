/**
 * The products of a dense layer, in plain loops over typed arrays. Signals stand unit after unit, each unit's values for all rows of the data
 * one behind the other: the innermost loop goes along the rows, so that it is long however narrow the layer is. Blocks of 4 × 4: a
 * number that is loaded is used four times. All counts of units are multiples of 4; {@link padded} says how many.
 */

/** The least multiple of 4 that is not smaller. */
export const padded = (count: number): number => 4 * Math.ceil(count / 4);

/** target[j, row] += Σ_k weights[j·targetStride + k·sourceStride]·source[k, row]. */
export function addWeighted(
  target: Float64Array,
  targets: number,
  source: Float64Array,
  sources: number,
  weights: Float64Array,
  targetStride: number,
  sourceStride: number,
  rows: number,
): void {
  for (let j = 0; j < targets; j += 4) {
    const a = j * rows;
    const b = a + rows;
    const c = b + rows;
    const d = c + rows;
    for (let k = 0; k < sources; k += 4) {
      let at = j * targetStride + k * sourceStride;
      const a0 = weights[at] ?? 0;
      const a1 = weights[at + sourceStride] ?? 0;
      const a2 = weights[at + 2 * sourceStride] ?? 0;
      const a3 = weights[at + 3 * sourceStride] ?? 0;
      at += targetStride;
      const b0 = weights[at] ?? 0;
      const b1 = weights[at + sourceStride] ?? 0;
      const b2 = weights[at + 2 * sourceStride] ?? 0;
      const b3 = weights[at + 3 * sourceStride] ?? 0;
      at += targetStride;
      const c0 = weights[at] ?? 0;
      const c1 = weights[at + sourceStride] ?? 0;
      const c2 = weights[at + 2 * sourceStride] ?? 0;
      const c3 = weights[at + 3 * sourceStride] ?? 0;
      at += targetStride;
      const d0 = weights[at] ?? 0;
      const d1 = weights[at + sourceStride] ?? 0;
      const d2 = weights[at + 2 * sourceStride] ?? 0;
      const d3 = weights[at + 3 * sourceStride] ?? 0;
      const s = k * rows;
      const t = s + rows;
      const u = t + rows;
      const v = u + rows;
      for (let row = 0; row < rows; row += 1) {
        const w = source[s + row] ?? 0;
        const x = source[t + row] ?? 0;
        const y = source[u + row] ?? 0;
        const z = source[v + row] ?? 0;
        target[a + row] = (target[a + row] ?? 0) + (a0 * w + a1 * x + (a2 * y + a3 * z));
        target[b + row] = (target[b + row] ?? 0) + (b0 * w + b1 * x + (b2 * y + b3 * z));
        target[c + row] = (target[c + row] ?? 0) + (c0 * w + c1 * x + (c2 * y + c3 * z));
        target[d + row] = (target[d + row] ?? 0) + (d0 * w + d1 * x + (d2 * y + d3 * z));
      }
    }
  }
}

/** target[unit·inputs + i] += Σ_row delta[unit, row]·input[i, row]. */
export function addInnerProducts(
  target: Float64Array,
  delta: Float64Array,
  units: number,
  input: Float64Array,
  inputs: number,
  rows: number,
): void {
  for (let unit = 0; unit < units; unit += 4) {
    const a = unit * rows;
    const b = a + rows;
    const c = b + rows;
    const d = c + rows;
    for (let i = 0; i < inputs; i += 4) {
      const s = i * rows;
      const t = s + rows;
      const u = t + rows;
      const v = u + rows;
      let [a0, a1, a2, a3] = [0, 0, 0, 0];
      let [b0, b1, b2, b3] = [0, 0, 0, 0];
      let [c0, c1, c2, c3] = [0, 0, 0, 0];
      let [d0, d1, d2, d3] = [0, 0, 0, 0];
      for (let row = 0; row < rows; row += 1) {
        const w = input[s + row] ?? 0;
        const x = input[t + row] ?? 0;
        const y = input[u + row] ?? 0;
        const z = input[v + row] ?? 0;
        const p = delta[a + row] ?? 0;
        a0 += p * w;
        a1 += p * x;
        a2 += p * y;
        a3 += p * z;
        const q = delta[b + row] ?? 0;
        b0 += q * w;
        b1 += q * x;
        b2 += q * y;
        b3 += q * z;
        const r = delta[c + row] ?? 0;
        c0 += r * w;
        c1 += r * x;
        c2 += r * y;
        c3 += r * z;
        const o = delta[d + row] ?? 0;
        d0 += o * w;
        d1 += o * x;
        d2 += o * y;
        d3 += o * z;
      }
      addFour(target, unit * inputs + i, a0, a1, a2, a3);
      addFour(target, (unit + 1) * inputs + i, b0, b1, b2, b3);
      addFour(target, (unit + 2) * inputs + i, c0, c1, c2, c3);
      addFour(target, (unit + 3) * inputs + i, d0, d1, d2, d3);
    }
  }
}

function addFour(target: Float64Array, at: number, a: number, b: number, c: number, d: number): void {
  target[at] = (target[at] ?? 0) + a;
  target[at + 1] = (target[at + 1] ?? 0) + b;
  target[at + 2] = (target[at + 2] ?? 0) + c;
  target[at + 3] = (target[at + 3] ?? 0) + d;
}
