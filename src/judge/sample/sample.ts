/**
 * A sample: everything a claim talks about, chosen as small exact numbers, so that both sides become numbers.
 *
 * It is richer than an instance of the file format: losses E_0 … E_{n+2} (a claim may read ahead of n by mistake), vectors,
 * free scalars and index letters. Immutable.
 */
import type { BeforeFirst } from '../../notation/before-first.ts';
import type { MeanSetting, StepSetting } from '../../notation/settings.ts';
import type { IndexSort } from '../../formula/formula.ts';
import type { Rational } from '../../number/rational.ts';
import type { PolynomialLoss } from '../../evaluate/loss/polynomial-loss.ts';
import type { Declaration } from '../../optimizer/model.ts';

/** φ(x) = saturating · tanh x + linear · x + quadratic · x² + constant; an odd function has only the first two. */
export interface SampleFunction {
  readonly saturating: Rational;
  readonly linear: Rational;
  readonly quadratic: Rational;
  readonly constant: Rational;
}

/** What a sample has to provide. */
export interface SampleSpace {
  readonly setting: StepSetting | MeanSetting;
  readonly declarations: readonly Declaration[];
  /** Index letters that stay free in the claim, other than n and j: a history letter is 0…n, a coordinate 1…p. */
  readonly letters: ReadonlyMap<string, IndexSort>;
  /** Beyond the usual sizes: n up to 40, p up to 8. For claims that only the normal forms can tell apart. */
  readonly large?: boolean;
  /**
   * For limits n → ∞: hyperparameters with two ends stay away from the upper one, so that their n-th powers vanish: at most
   * 2/3 of the way (slow) or 1/4 (fast); or from 1/2 to 9/10 of the way (wide), where what grows is seen to grow.
   */
  readonly decay?: 'slow' | 'fast' | 'wide';
  /** Also values in thousandths of a domain with two ends: for what holds in a narrow range only. */
  readonly fine?: boolean;
  /** No sample has a larger n. */
  readonly largestN?: number;
  /** Every sample has so many components. */
  readonly components?: number;
  /** What E_k is for k < 0; left out, a function of its own. */
  readonly beforeFirst?: BeforeFirst;
  /** The highest derivative of losses and functions of vectors that is not to vanish throughout; 4 where it is less. */
  readonly derivatives?: number;
}

export interface Sample {
  readonly setting: StepSetting | MeanSetting;
  readonly n: number;
  readonly theta: readonly Rational[];
  /** p, where it is larger than the point has coordinates; then nothing reads the point or a loss. */
  readonly dimension?: number;
  readonly scalars: ReadonlyMap<string, Rational>;
  /** In the mini-batch setting E_0 … E_{n+LOSSES_AHEAD}, in the full batch one; the whole population where batches are drawn from one. */
  readonly losses: readonly PolynomialLoss[];
  /**
   * E_{−1}, E_{−2}, … in the mini-batch setting, where they are functions of their own. Most optimizers do not read them, but a claim
   * may by mistake.
   */
  readonly earlierLosses: readonly PolynomialLoss[];
  readonly beforeFirst?: BeforeFirst;
  readonly functions: ReadonlyMap<string, SampleFunction>;
  /** One polynomial in v1 … vp for K, p of them for Φ. */
  readonly vectorFunctions: ReadonlyMap<string, readonly PolynomialLoss[]>;
  /** η_0 … η_{n+LOSSES_AHEAD}. */
  readonly schedules: ReadonlyMap<string, readonly Rational[]>;
  readonly vectors: ReadonlyMap<string, readonly Rational[]>;
  readonly letters: ReadonlyMap<string, number>;
}

/** The name under which a sample holds h, for identities that contain it. */
export const STEP_SCALAR = '#h';
/** How many losses and schedule values after n a sample knows, and how many losses before E_0. */
export const LOSSES_AHEAD = 2;
export const LOSSES_BEHIND = 2;
/** How many, where the optimizer itself reads them. */
export const MOST_LOSSES_BEHIND = 8;
/** Losses and schedule values are made for so many steps; far beyond them only what reads neither has a value. */
export const MOST_LOSSES = 300;
export const LARGEST_N = 12;
export const LARGEST_DIMENSION = 5;
export const EXTREME_N = 40;
export const EXTREME_DIMENSION = 8;

export const sampleDimension = ({ dimension, theta }: Pick<Sample, 'dimension' | 'theta'>): number =>
  dimension ?? theta.length;

/** φ as text in x. */
export function functionText({ saturating, linear, quadratic, constant }: SampleFunction): string {
  const terms = [
    { value: saturating, text: 'tanh(x)' },
    { value: linear, text: 'x' },
    { value: quadratic, text: 'x^2' },
    { value: constant, text: '' },
  ].filter(({ value }) => !value.isZero());
  const scaled = (value: Rational, text: string): string =>
    text === ''
      ? `${value}`
      : value.isOne()
        ? text
        : value.isInteger() && value.sign() > 0
          ? `${value}*${text}`
          : `(${value})*${text}`;
  return terms.length === 0 ? '0' : terms.map(({ value, text }) => scaled(value, text)).join(' + ');
}
