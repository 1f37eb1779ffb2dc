/**
 * The stochastic equation dθ = b dt + σ dW that has the moments of one step of a memoryless rule, each batch drawn by itself. With θ⁺ − θ = Δ,
 * Δ = h f_0 + h² f_1 + …, b = b_0 + h b_1 + …, σσ^⊤ = S_0 + h S_1 + …, Itô's formula gives over the time h
 * 𝔼Δ = h b_0 + h² (b_1 + ½ (b_0·∇)b_0 + ¼ S_0:∇²b_0) + …, 𝔼ΔΔ^⊤ = h S_0 + h² (S_1 + b_0b_0^⊤ + …) + …, so that S_0 = 0, b is to order h the field
 * whose flow is the mean of the map, and S_1 is the covariance of f_0 over the batches. Third moments are equal at h³ only where the third
 * central moments of the batches vanish: no diffusion is derived beyond weak order 2.
 *
 * Source: Li, Tai, E, Stochastic Modified Equations and Dynamics of Stochastic Gradient Algorithms I, JMLR 20 (2019), Section 4: moments over one
 * step, and weak orders from them by Milstein's theorem. They are local: the global order needs the bounds of that theorem.
 */
import { refuse } from '../../base/problem.ts';
import { assumptionsOf } from '../../expression/arithmetic/assumptions.ts';
import { bodyOf } from '../../expression/arithmetic/map-inside.ts';
import {
  type Expression,
  multiply,
  substituteIndices,
  subtract,
  ZERO_EXPRESSION,
} from '../../expression/core/expression.ts';
import { COMPONENT_INDEX, ITERATION_INDEX, OTHER_COMPONENT_INDEX } from '../../expression/core/indices.ts';
import type { Factor } from '../../expression/core/factors.ts';
import { formKey, variableForm } from '../../number/linear-form.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { unfold } from '../../rewrite/unfold.ts';
import type { Stages } from '../stages.ts';
import type { MeanOptions } from './derive-mean.ts';
import { meanOverBatches } from './mean-over-batches.ts';
import { ofSizeOne, requireSizeOne } from './moment-size.ts';
import type { WeakApproximation } from '../../notation/settings.ts';
import { collectScalars } from '../../rewrite/rules/collect-scalars.ts';

/** Refuses a rule whose step depends on more than the parameters and the step's own batch. */
export function requireMemoryless({ map, sequences }: Stages, optimizer: Optimizer, { budget }: MeanOptions): void {
  const hasOthers = map.coefficients.some(value =>
    unfold(value, budget).terms.some(({ factors }) => factors.some(({ factor }) => readsOthers(factor))),
  );
  if (sequences.length > 0 || hasOthers)
    refuse(
      'rule-with-memory',
      'a stochastic equation is derived of rules without memory, whose step depends on the parameters and its own batch alone',
      optimizer.span,
      'The moments of a step that reads earlier batches are those of the parameters and the states together.',
    );
}

const OWN = formKey(variableForm(ITERATION_INDEX), String);

/** Whether another batch than that of the step stands in the factor. */
const readsOthers = (factor: Factor): boolean =>
  (factor.kind === 'loss' && factor.batch !== null && formKey(factor.batch, String) !== OWN) ||
  (bodyOf(factor)?.body.terms ?? []).some(({ factors }) => factors.some(own => readsOthers(own.factor)));

export interface NoiseOptions extends MeanOptions {
  /** The power of h that σσ^⊤ begins with. */
  readonly noise: WeakApproximation['noise'];
}

/**
 * The coefficients of h^0, h^1 in the drift where the covariance of one batch is declared to be of size 1/h: S_0 is no longer zero, and of the
 * mean map what is of size h is left, f_0 and the terms of f_1 with a covariance.
 */
export const driftAtDeclaredSize = (map: readonly Expression[]): Expression[] =>
  map.slice(0, 2).map((value, q) => ofSizeOne(requireSizeOne(value, q), q));

/** Coefficient q of h^q in (σσ^⊤)_{ji}, for q ≤ order ≤ 1. */
export function noiseOf({ map }: Stages, order: number, optimizer: Optimizer, options: NoiseOptions): Expression[] {
  const { budget, noise } = options;
  const assumptions = assumptionsOf(optimizer.declarations);
  const first = unfold(map.coefficients[0] ?? ZERO_EXPRESSION, budget);
  const other = substituteIndices(first, new Map([[COMPONENT_INDEX, variableForm(OTHER_COMPONENT_INDEX)]]));
  const mean = (value: Expression): Expression => meanOverBatches(value, 'iid', { assumptions, budget });
  const covariance = (): Expression => subtract(mean(multiply(first, other)), multiply(mean(first), mean(other)));
  if (order === 0) return [ZERO_EXPRESSION];
  const value = collectScalars(covariance(), assumptions, budget);
  return [ZERO_EXPRESSION, noise === 0 ? ofSizeOne(requireSizeOne(value, 1), 1) : value];
}
