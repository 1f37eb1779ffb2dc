/** What a key of a claim makes of derived coefficients. Normal forms only; samples have their own way for each key. */
import type { ModifiedEquation } from '../../derivation/derive.ts';
import type { Claim } from '../../document/model.ts';
import type { Expression } from '../../expression/core/expression.ts';
import type { Declaration } from '../../optimizer/model.ts';

/** What a key is applied with. */
export interface CoefficientKeyTask {
  readonly claim: Claim;
  readonly declarations: readonly Declaration[];
  readonly equation: ModifiedEquation;
}

/** The coefficients of h^0, h^1, … under a key; the same where the claim does not have it. */
export type CoefficientKey = (values: readonly Expression[], task: CoefficientKeyTask) => readonly Expression[];
