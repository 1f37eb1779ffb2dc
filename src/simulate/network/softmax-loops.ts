/** The cross-entropy of a softmax over classes, the mean over the rows; logits stand class after class. */
import type { SignalSeries } from './network-layer.ts';

/** The loss; writes the likelihoods, and ∂E/∂logit into `delta`. */
export function softmax(
  logits: Float64Array,
  likelihoods: Float64Array,
  delta: Float64Array,
  labels: Uint8Array,
  classes: number,
): number {
  const rows = labels.length;
  let loss = 0;
  for (let row = 0; row < rows; row += 1) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c += 1) largest = Math.max(largest, logits[c * rows + row] ?? Number.NaN);
    let total = 0;
    for (let c = 0; c < classes; c += 1) {
      const weight = Math.exp((logits[c * rows + row] ?? 0) - largest);
      likelihoods[c * rows + row] = weight;
      total += weight;
    }
    const own = labels[row] ?? 0;
    loss += Math.log(total) + largest - (logits[own * rows + row] ?? 0);
    for (let c = 0; c < classes; c += 1) {
      const place = c * rows + row;
      const likelihood = (likelihoods[place] ?? 0) / total;
      likelihoods[place] = likelihood;
      delta[place] = (likelihood - (c === own ? 1 : 0)) / rows;
    }
  }
  return loss / rows;
}

/** The coefficient of t^order of ∂E/∂logit where the logits are `sums`, from the likelihoods at t = 0. */
export function softmaxAlong(
  order: 1 | 2,
  sums: SignalSeries,
  likelihoods: Float64Array,
  delta: Float64Array,
  classes: number,
  rows: number,
): void {
  const [, first, second] = sums;
  for (let row = 0; row < rows; row += 1) {
    let mean = 0;
    for (let at = row; at < classes * rows; at += rows) mean += (likelihoods[at] ?? 0) * (first[at] ?? 0);
    if (order === 1) {
      for (let at = row; at < classes * rows; at += rows)
        delta[at] = ((likelihoods[at] ?? 0) * ((first[at] ?? 0) - mean)) / rows;
      continue;
    }
    // log of the likelihood is z − log Σ e^z; its coefficient of t² is that of z and half of a square, less their mean.
    let bend = 0;
    for (let at = row; at < classes * rows; at += rows)
      bend += (likelihoods[at] ?? 0) * ((second[at] ?? 0) + ((first[at] ?? 0) - mean) ** 2 / 2);
    for (let at = row; at < classes * rows; at += rows)
      delta[at] = ((likelihoods[at] ?? 0) * ((second[at] ?? 0) + ((first[at] ?? 0) - mean) ** 2 / 2 - bend)) / rows;
  }
}
