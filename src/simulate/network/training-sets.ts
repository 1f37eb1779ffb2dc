/** What networks are trained on and tested with: the digits and the iris data, split once and for all. */
import type { LabelledData } from '../loss/iris.ts';
import { SeededNumbers } from '../../base/seeded-numbers.ts';
import type { TrainingData } from './dense-network.ts';

export interface TrainingSets {
  readonly train: TrainingData;
  readonly test: TrainingData;
}

const KINDS = 10;
/** A digit in the file: its kind, then 14 × 14 grey values. */
const SIDE = 14;
/** Averaged over squares of 2 × 2 once more. */
const SMALL = SIDE / 2;

/** The first digits of the file to train with, those behind them to test with: 7 × 7 grey values from 0 to 1. */
export function digitSets(bytes: Uint8Array, train: number, test: number): TrainingSets {
  const there = Math.floor(bytes.length / (1 + SIDE * SIDE));
  if (train + test > there) throw new Error(`there are ${there} digits, not ${train + test}`);
  return { train: digitsOf(bytes, 0, train), test: digitsOf(bytes, train, test) };
}

function digitsOf(bytes: Uint8Array, first: number, count: number): TrainingData {
  const width = SMALL * SMALL;
  const inputs = new Float64Array(count * width);
  const labels = new Uint8Array(count);
  for (let row = 0; row < count; row += 1) {
    const from = (first + row) * (1 + SIDE * SIDE);
    labels[row] = bytes[from] ?? 0;
    for (let place = 0; place < SIDE * SIDE; place += 1) {
      const [line, column] = [Math.floor(place / SIDE) >> 1, (place % SIDE) >> 1];
      const to = row * width + line * SMALL + column;
      inputs[to] = (inputs[to] ?? 0) + (bytes[from + 1 + place] ?? 0) / (4 * 255);
    }
  }
  return { inputs, labels, width, classes: KINDS };
}

/** In an order that is always the same, the first `train` flowers to train with and all others to test with. */
export function irisSets(data: LabelledData, train: number): TrainingSets {
  const order = new SeededNumbers(1).order(data.labels.length);
  return { train: flowersOf(data, order.slice(0, train)), test: flowersOf(data, order.slice(train)) };
}

const flowersOf = ({ features, labels, classes }: LabelledData, rows: readonly number[]): TrainingData => ({
  inputs: Float64Array.from(rows.flatMap(row => features[row] ?? [])),
  labels: Uint8Array.from(rows.map(row => labels[row] ?? 0)),
  width: features[0]?.length ?? 0,
  classes,
});

/** θ^{(0)}: weights uniform in ±√(6/(inputs + units)), constants 0 (Glorot and Bengio, 2010). */
export function networkStart(widths: readonly number[], seed: number): Float64Array {
  const numbers = new SeededNumbers(seed);
  const values: number[] = [];
  for (const [at, units] of widths.slice(1).entries()) {
    const inputs = widths[at] ?? 0;
    const bound = Math.sqrt(6 / (inputs + units));
    for (let unit = 0; unit < units; unit += 1) {
      for (let i = 0; i < inputs; i += 1) values.push(bound * (2 * numbers.next() - 1));
      values.push(0);
    }
  }
  return Float64Array.from(values);
}
