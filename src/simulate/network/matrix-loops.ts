/**
 * The three products of a dense layer, in plain loops over typed arrays: rows of data times weights, weights times what comes back, and the
 * sum of outer products. Four at a time, so that a loaded number is used four times. Weights stand unit after unit, `inputs` of them and the
 * constant, from `first` on.
 */

/** target[row, unit] = Σ_i input[row, i]·weight[unit, i] + constant[unit]; with `add`, added to it and without the constant. */
export function forwards(
  target: Float64Array,
  input: Float64Array,
  weights: Float64Array,
  first: number,
  rows: number,
  units: number,
  inputs: number,
  add: boolean,
): void {
  const stride = inputs + 1;
  const four = units - (units % 4);
  for (let row = 0; row < rows; row += 1) {
    const from = row * inputs;
    const to = row * units;
    for (let unit = 0; unit < four; unit += 4) {
      const a = first + unit * stride;
      const [b, c, d] = [a + stride, a + 2 * stride, a + 3 * stride];
      let [s, t, u, v] = [0, 0, 0, 0];
      for (let i = 0; i < inputs; i += 1) {
        const x = input[from + i] ?? 0;
        s += x * (weights[a + i] ?? 0);
        t += x * (weights[b + i] ?? 0);
        u += x * (weights[c + i] ?? 0);
        v += x * (weights[d + i] ?? 0);
      }
      const place = to + unit;
      target[place] = s + ((add ? target[place] : weights[a + inputs]) ?? 0);
      target[place + 1] = t + ((add ? target[place + 1] : weights[b + inputs]) ?? 0);
      target[place + 2] = u + ((add ? target[place + 2] : weights[c + inputs]) ?? 0);
      target[place + 3] = v + ((add ? target[place + 3] : weights[d + inputs]) ?? 0);
    }
    for (let unit = four; unit < units; unit += 1) {
      const a = first + unit * stride;
      let s = 0;
      for (let i = 0; i < inputs; i += 1) s += (input[from + i] ?? 0) * (weights[a + i] ?? 0);
      target[to + unit] = s + ((add ? target[to + unit] : weights[a + inputs]) ?? 0);
    }
  }
}

/** target[row, i] = Σ_unit delta[row, unit]·weight[unit, i]; with `add`, added to it. */
export function backwards(
  target: Float64Array,
  delta: Float64Array,
  weights: Float64Array,
  first: number,
  rows: number,
  units: number,
  inputs: number,
  add: boolean,
): void {
  const stride = inputs + 1;
  if (!add) target.fill(0);
  for (let row = 0; row < rows; row += 1) {
    const to = row * inputs;
    for (let unit = 0; unit < units; unit += 1) {
      const factor = delta[row * units + unit] ?? 0;
      const from = first + unit * stride;
      for (let i = 0; i < inputs; i += 1) target[to + i] = (target[to + i] ?? 0) + factor * (weights[from + i] ?? 0);
    }
  }
}

/** target[unit, i] += Σ_row delta[row, unit]·input[row, i], and for the constant Σ_row delta[row, unit] where `withConstant`. */
export function addOuterProducts(
  target: Float64Array,
  first: number,
  delta: Float64Array,
  input: Float64Array,
  rows: number,
  units: number,
  inputs: number,
  withConstant: boolean,
): void {
  const stride = inputs + 1;
  const four = rows - (rows % 4);
  for (let row = 0; row < rows; row += 1) {
    const block = row < four ? 4 : 1;
    const a = row * inputs;
    const [b, c, d] = [a + inputs, a + 2 * inputs, a + 3 * inputs];
    for (let unit = 0; unit < units; unit += 1) {
      const to = first + unit * stride;
      const s = delta[row * units + unit] ?? 0;
      if (block === 1) {
        for (let i = 0; i < inputs; i += 1) target[to + i] = (target[to + i] ?? 0) + s * (input[a + i] ?? 0);
        if (withConstant) target[to + inputs] = (target[to + inputs] ?? 0) + s;
        continue;
      }
      const t = delta[(row + 1) * units + unit] ?? 0;
      const u = delta[(row + 2) * units + unit] ?? 0;
      const v = delta[(row + 3) * units + unit] ?? 0;
      for (let i = 0; i < inputs; i += 1)
        target[to + i] =
          (target[to + i] ?? 0) +
          s * (input[a + i] ?? 0) +
          t * (input[b + i] ?? 0) +
          u * (input[c + i] ?? 0) +
          v * (input[d + i] ?? 0);
      if (withConstant) target[to + inputs] = (target[to + inputs] ?? 0) + s + t + u + v;
    }
    if (block === 4) row += 3;
  }
}
