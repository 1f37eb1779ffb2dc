/** A question that samples can answer: two sides with values, and how the claim says they relate. */
import type { BigFloat } from '../number/big-float.ts';
import type { Ball } from '../evaluate/ring/ball.ts';
import type { Sample, SampleSpace } from './sample/sample.ts';
import type { Order } from './stated/sure-order.ts';

/**
 * The values of a side: rows (powers of h) of components, each as a float with a rigorous bound of its error; or why it has
 * none at this sample.
 */
export type Outcome =
  /** `missing`: why later rows, or what is above them, have no value: then the rows can differ and show nothing else. */
  | { readonly kind: 'values'; readonly rows: readonly (readonly Ball[])[]; readonly missing?: string }
  | { readonly kind: 'unusable'; readonly reason: string };

/** What the two sides say at a sample. */
export type Comparison =
  /** `exponent`: along a sequence in s, the power of s (or 1/s) by which the rest is smaller than what is shown. */
  /** `weak`: along a sequence the sides come closer, but not close enough to be evidence. */
  | { readonly kind: 'agree'; readonly exponent?: number; readonly weak?: true }
  /** Both sides are zero throughout: no evidence. */
  | { readonly kind: 'degenerate' }
  /** `grows`: along a sequence a side grows ever faster, so that it has no limit. */
  | { readonly kind: 'unusable'; readonly reason: string; readonly grows?: true }
  | {
      readonly kind: 'differ';
      readonly row: number;
      readonly component: number;
      readonly claimed: BigFloat;
      readonly derived: BigFloat;
    };

export type QuestionRelation = '=' | '<' | '>' | '\\le' | '\\ge';

/** One member of a sequence of samples, with both values there. */
export interface SequencePoint {
  readonly sample: Sample;
  readonly claimed: BigFloat;
  readonly derived: BigFloat;
  /** How the sequence runs: `s = 1/1000`; null where the sample says it all. */
  readonly text: string | null;
}

export interface AskedAlong {
  /** For choosing among candidates, never for a verdict: a shorter sequence, without a second look. */
  readonly screening?: boolean;
  /** The components (from 1) that the claim speaks of at the sample; all of them unless said otherwise. */
  readonly speaksOf?: (component: number) => boolean;
}

export interface Question {
  readonly space: SampleSpace;
  /** How the derived (left) side relates to the claimed (right) side. */
  readonly relation: QuestionRelation;
  /** For an equivalence: the relation that must hold for a component at a sample; null where nothing is said there. */
  readonly relationAt?: (sample: Sample, component: number) => QuestionRelation | '\\ne' | null;
  /**
   * The side as the claim states it, and the side to compare with, with at least `digits` digits unless a sum cancels. The
   * claimed side may give fewer rows than asked where the later ones have no value.
   */
  claimed(sample: Sample, digits: number): Outcome;
  derived(sample: Sample, digits: number): Outcome;
  /** What row number `row` holds: `coefficient of h^1 in \dot{\tilde\theta}_j`. */
  quantity(row: number): string;
  /** Whether the entries of a row are components 1…p; else a row has one entry. */
  readonly componentwise: boolean;
  /** Whether the claim speaks of a component (from 1) at a sample; of every one unless said otherwise. */
  readonly speaksOf?: (sample: Sample, component: number) => boolean;
  /** The exact signs of derived − claimed, component by component; null where a value is not rational. */
  readonly order?: (sample: Sample) => readonly Order[] | null;
  /** Whether a sample costs so much that a part of those asked for suffices. */
  readonly costly?: boolean;
  /** For the reshuffled setting: how many of the sample's losses make the epoch. */
  readonly epoch?: (sample: Sample) => number;
  /**
   * For questions about limits: the comparison along a sequence that starts from the sample, in place of one at the sample
   * itself, and the sequence for the entry that differs.
   */
  readonly along?: {
    compare(sample: Sample, digits: number, asked?: AskedAlong): Comparison;
    points(sample: Sample, row: number, component: number, digits: number): readonly SequencePoint[];
  };
}
