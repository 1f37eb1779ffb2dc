/** What the reader may know about names: their roles, the letters in use, and the index letters fixed on the left. */
import type { Problem } from '../../base/problem.ts';
import type { Formula, IndexSort } from '../../formula/formula.ts';
import type { Notation } from '../../optimizer/model.ts';

export type NameRole =
  | { readonly kind: 'scalar' }
  | { readonly kind: 'schedule' }
  | { readonly kind: 'function' }
  | { readonly kind: 'vector-function'; readonly result: 'scalar' | 'vector' }
  | { readonly kind: 'vector' }
  /** In an optimizer's rows a parenthesis after a state is a factor (`isFactorBehind`); a claim may give it a point. */
  | { readonly kind: 'state'; readonly componentwise: boolean; readonly isFactorBehind?: boolean }
  /** `indices` subscripts and `labels` iteration labels; a quantity with one coordinate index can stand as a vector. */
  | {
      readonly kind: 'quantity';
      readonly indices: number;
      readonly labels: number;
      readonly indexSorts?: readonly IndexSort[];
      /** Whether its row was typed with an argument, as F(\theta) := …. */
      readonly hasArgument?: boolean;
    };

/** An index letter as typed, the name it is stored under, and what it counts; null until its first use decides. */
export interface FormalLetter {
  readonly name: string;
  readonly sort: IndexSort | null;
}

export interface NameScope {
  readonly notation: Notation;
  /** Roles by canonical name (canonical-name.ts). */
  readonly names: ReadonlyMap<string, NameRole>;
  readonly where: 'optimizer' | 'claim';
  /** `vector=componentwise`: products, quotients and powers of vectors are elementwise. Always so in optimizers. */
  readonly componentwiseVectors: boolean;
  /** The side is that of the parameters, and so a vector whatever stands in it. */
  readonly ofParameters?: true;
  /** The side is a first value, in which labels are numbers. */
  readonly ofStart?: true;
  /** Warnings are added here. */
  readonly warnings: Problem[];
  /**
   * Index letters that the left side fixes, by the letter as typed. They are known on the right and cannot be bound
   * there. Where it is given, the component letter is known only if it is among them (no unsummed index); where it is
   * left out, the component letter is free.
   */
  readonly fixed?: ReadonlyMap<string, FormalLetter>;
  /** The schedule σ of a step with a label, η_t = η σ_t; without it such a step is refused. */
  readonly stepSchedule?: string;
  /** Losses with an accent that are the loss of a batch, by their canonical names, as the document writes \widehat E_k somewhere. */
  readonly batchLosses?: ReadonlySet<string>;
  /** The letters of the samples that losses are of: f_{i_t}, f(x; \xi_t), L_B. Each is added here; two of them are two samples. */
  readonly samples?: Set<string>;
  /** c where a time t_{n+c} is that of the current point, by how the document counts; 0 where it is left out. */
  readonly currentOffset?: number;
  /** The right side of the equation of motion that the claim states, for \dot\theta in its other statements. */
  readonly motion?: Formula;
  /** The left side is one component by its number, \dot x_1: a number alone under the parameters is a component, also where labels are subscripts. */
  readonly numbered?: true;
  /** Vectors that are no points, by which `\nabla^2E(g)` has two readings. */
  readonly fields?: ReadonlySet<string>;
  /** Canonical names that stand for the current point besides the parameters: the formal argument of a definition. */
  readonly points?: ReadonlySet<string>;
}
