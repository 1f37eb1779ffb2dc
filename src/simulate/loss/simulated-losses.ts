/** The losses of a simulation: typed expressions, or one of the named ones. */
import { refuse } from '../../base/problem.ts';
import { SeededNumbers } from '../../base/seeded-numbers.ts';
import type { Source, Span } from '../../base/span.ts';
import { LossReader } from '../../evaluate/loss/expression-loss.ts';
import { loadMathjs } from '../../evaluate/loss/mathjs.ts';
import { expressionLoss } from './expression-gradient.ts';
import type { FloatLoss, LossSequence } from './float-loss.ts';
import { type LabelledData, loadIris } from './iris.ts';
import { logisticDimension, logisticLoss, networkDimension, networkLoss } from './softmax-losses.ts';

export const DATA_LOSSES = ['logistic-iris', 'network-iris'] as const;
export const NAMED_LOSSES = ['bilinear', 'polynomial', ...DATA_LOSSES] as const;
const HIDDEN_UNITS = [4];
const MOST_BATCHES = 150;

export interface LossRequest {
  /** Expressions in x1 … xp or names, in turn. */
  readonly losses: readonly string[];
  /** How many batches a data loss (or random polynomials) is cut into; null: one. */
  readonly batches: number | null;
  /** θ^{(0)} as given; null: a seeded point, for data losses. */
  readonly theta: readonly number[] | null;
  readonly seed: number;
  /** The most terms of series that will be asked for. */
  readonly terms: number;
}

export interface SimulatedLosses {
  readonly sequence: LossSequence;
  readonly start: readonly number[];
  /** The losses as expressions, in the order of `sequence.losses`; null for losses on data. */
  readonly texts: readonly string[] | null;
}

const isDataLoss = (name: string): name is (typeof DATA_LOSSES)[number] => DATA_LOSSES.some(known => known === name);

/** Reads the losses; refuses, with its place, what is not a loss of θ's dimension. */
export async function simulatedLosses(request: LossRequest): Promise<SimulatedLosses> {
  const { losses, batches, theta, seed, terms } = request;
  const [first] = losses;
  if (first === undefined) return refuse('simulate-loss', 'at least one loss is needed');
  const data = losses.find(isDataLoss);
  if (data !== undefined) {
    if (losses.length > 1)
      refuse('simulate-loss', `${data} stands alone`, null, 'cut it into mini-batches with --batches');
    return dataLosses(data, await loadIris(), request);
  }
  if (theta === null) return refuse('simulate-theta', 'a start is needed: --theta A,B,…');
  const polynomials = losses.length === 1 && first === 'polynomial' && batches !== null ? batches : null;
  if (batches !== null && polynomials === null)
    refuse(
      'simulate-batches',
      `--batches cuts up a loss on data (${DATA_LOSSES.join(', ')}) or counts random polynomials`,
    );
  const named = polynomials === null ? losses : Array<string>(polynomials).fill('polynomial');
  const texts = named.map((text, at) => textOf(text, theta.length, seed + at));
  const reader = new LossReader(await loadMathjs());
  const read = new Map<string, FloatLoss>();
  const sequence = texts.map(text => {
    const loss = read.get(text) ?? expressionLoss(reader, text, theta.length, terms, placeOf(text, theta.length));
    read.set(text, loss);
    return loss;
  });
  const order = sequence.map((_, at) => at);
  return { sequence: { losses: sequence, dimension: theta.length, order }, start: theta, texts };
}

function placeOf(text: string, dimension: number): Span {
  const source: Source = { name: dimension === 0 ? '--theta' : '--loss', text };
  return { source, start: 0, end: text.length };
}

function textOf(text: string, dimension: number, seed: number): string {
  if (text === 'polynomial') return randomPolynomial(dimension, new SeededNumbers(seed));
  if (text !== 'bilinear') return text;
  if (dimension !== 2) refuse('simulate-theta', `the bilinear loss has two parameters, but --theta has ${dimension}`);
  return '(3/2 - 2*x1*x2)^2/2';
}

/** Σ of squares, couplings of neighbours, cubes and linear terms with small fractions: its gradient is not zero near the origin. */
export function randomPolynomial(dimension: number, numbers: SeededNumbers): string {
  const fraction = (lowest: number, highest: number): string => `${numbers.integer(lowest, highest)}/10`;
  const terms = Array.from({ length: dimension }, (_, at) => {
    const x = `x${at + 1}`;
    const next = `x${((at + 1) % dimension) + 1}`;
    return `${fraction(5, 15)}*${x}^2/2 + (${fraction(-5, 5)})*${x}*${next} + (${fraction(-4, 4)})*${x}^2*${next}/2 + ${x}^4/24 + (${fraction(5, 15)})*${x}`;
  });
  return terms.join(' + ');
}

function dataLosses(
  name: (typeof DATA_LOSSES)[number],
  data: LabelledData,
  { batches, theta, seed }: LossRequest,
): SimulatedLosses {
  const dimension = name === 'logistic-iris' ? logisticDimension(data) : networkDimension(data, HIDDEN_UNITS);
  if (theta !== null && theta.length !== dimension)
    refuse('simulate-theta', `${name} has ${dimension} parameters, but --theta has ${theta.length}`);
  const count = batches ?? 1;
  if (count > MOST_BATCHES)
    refuse('simulate-batches', `the iris data have ${MOST_BATCHES} rows: at most so many batches`);
  const numbers = new SeededNumbers(seed);
  const shuffled = count === 1 ? data.labels.map((_, row) => row) : numbers.order(data.labels.length);
  const make = (rows: readonly number[], label: string): FloatLoss =>
    name === 'logistic-iris' ? logisticLoss(label, data, rows) : networkLoss(label, data, rows, HIDDEN_UNITS);
  const losses = Array.from({ length: count }, (_, batch) =>
    make(
      shuffled.filter((_row, place) => place % count === batch),
      count === 1 ? name : `${name}, batch ${batch + 1} of ${count}`,
    ),
  );
  const start = theta ?? Array.from({ length: dimension }, () => Math.round((numbers.next() - 0.5) * 1000) / 1000);
  return { sequence: { losses, dimension, order: losses.map((_, at) => at) }, start, texts: null };
}
