import type { BeforeFirst } from '../../notation/before-first.ts';
import type { Declaration } from '../../formula/declaration.ts';
import type { Definition, QuantityNode } from '../../formula/formula.ts';
import type { Constraint } from '../core/domain.ts';
import type { LinearForm } from '../../number/linear-form.ts';
import type { Series } from '../calculus/series.ts';

/** What the names in a formula mean. */
export interface Meaning {
  readonly declarations: readonly Declaration[];
  readonly definitions: readonly Definition[];
  /** Factors of products count as numbers of their own (assumptions.ts): for what a derivation has written itself. */
  readonly genericProducts?: boolean;
  /** What is known of free letters besides n ≥ 0. */
  readonly facts?: readonly Constraint[];
  /** Powers of h above this are dropped. */
  readonly order: number;
  /** A quantity that is no definition (a state) through h^order; null when it is unknown. */
  readonly quantity?: (
    node: QuantityNode,
    labels: readonly LinearForm[],
    indices: readonly LinearForm[],
    order: number,
  ) => Series | null;
  /** θ_c^{(label)} through h^order where labels are known; by default the factor with that label, or the current θ without one. */
  readonly iterate?: (coordinate: LinearForm, label: LinearForm | null, order: number) => Series;
  /** Whether definitions stay together as templates (default) or are multiplied out. */
  readonly wrapDefinitions?: boolean;
  /** Keep the factors of products and quotients together as templates, so that a derivation can name them. */
  readonly groupFactors?: boolean;
  /** Sequences that are defined by their recursions are written by their values at n, where they are taken at n + 1, n + 2, …. */
  readonly stepsOfRecursions?: boolean;
  /** Every E_k is the same function E: batches are dropped. */
  readonly fullBatch?: boolean;
  /** What E_k is for k < 0; left out, a function of its own. */
  readonly beforeFirst?: BeforeFirst;
  /** The statement is about one epoch: m is the number of its batches, E the mean of their losses, and n has no meaning. */
  readonly epoch?: boolean;
  /** Batches are drawn from a population: m is how many losses it has, E their mean, and a mean over them is read. */
  readonly population?: boolean;
  /** Sums and products may end at forms such as 2n − 3 and n + p; products that are no ratio of cumulative ones keep their ranges. */
  readonly endsAtForms?: boolean;
  /** h is a number like any other, not the variable of a series: for identities that hold at every h. */
  readonly stepIsSymbol?: boolean;
  /**
   * Definitions are read anew for every label that they are used with, so that θ^{(n−1)} in ŷ^{(n+1)} is θ^{(n)}: for
   * optimizers, whose points have labels. Otherwise a definition is read once.
   */
  readonly readAtLabels?: boolean;
  /** The rows of an optimizer: a sign and what max and min compare are expanded where they do not vanish (switches.ts). */
  readonly pieces?: boolean;
  /** Told of every definition that is read at a label, with its value there. */
  readonly onDefinition?: (definition: Definition, labels: readonly LinearForm[], value: Series) => void;
}
