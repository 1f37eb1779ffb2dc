/** Coefficients of powers of h at samples, and what a key of a claim makes of them. Numbers only; the prover has its own way for each key. */
import type { Budget } from '../../base/budget.ts';
import type { Claim } from '../../document/model.ts';
import type { Declaration } from '../../optimizer/model.ts';
import type { Outcome } from '../question.ts';
import type { Sample } from '../sample/sample.ts';

/** Row q holds the coefficient of h^q for the components 1…p. */
export interface RowSource {
  at(sample: Sample, digits: number, budget: Budget): Outcome;
}

/** What a key is applied with. */
export interface RowKeyTask {
  readonly claim: Claim;
  readonly declarations: readonly Declaration[];
  /** The rows of the memoryless map to the same order. */
  readonly map: () => RowSource;
}

/** The rows under a key; the same where the claim does not have it. */
export type RowKey = (source: RowSource, task: RowKeyTask) => RowSource;
