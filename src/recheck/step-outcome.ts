/** What can be said of one step at one point, and the values that it is said from. */
import type { Expression } from '../expression/core/expression.ts';
import type { Rational } from '../number/rational.ts';
import { type Ball, PrecisionLoss } from '../evaluate/ring/ball.ts';
import type { BallRing } from '../evaluate/ring/ball-ring.ts';
import type { RegimeOf } from '../prove/trace.ts';

/** `unknown`: too much work, or too few digits. */
export type PointValue =
  | { readonly kind: 'value'; readonly value: Ball }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

/** Values of expressions at one point. */
export interface StepPoint {
  readonly ring: BallRing;
  /** Every hyperparameter lies inside its domain, so that what is exactly zero is so because of the integers. */
  readonly inside: boolean;
  value(expression: Expression): PointValue;
  /** With another n. */
  later(expression: Expression, n: number): PointValue;
  /** At the next n. */
  next(expression: Expression): PointValue;
  /** In a regime, at σ. */
  scaled(expression: Expression, regime: RegimeOf, sigma: Rational): PointValue;
}

export type StepOutcome =
  | { readonly kind: 'kept' }
  /** A value before the step and none after it. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'unknown' }
  /** The step says nothing here: no value before it. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'broken'; readonly reason: string };

export const KEPT: StepOutcome = { kind: 'kept' };
export const LOST: StepOutcome = { kind: 'lost' };
export const UNKNOWN: StepOutcome = { kind: 'unknown' };
export const NOTHING: StepOutcome = { kind: 'nothing' };
export const broken = (reason: string): StepOutcome => ({ kind: 'broken', reason });

export const noValueFrom = (value: Exclude<PointValue, { readonly kind: 'value' }>, none: StepOutcome): StepOutcome =>
  value.kind === 'none' ? none : UNKNOWN;

/** What the digits do not tell is unknown. */
export function decided(find: () => StepOutcome): StepOutcome {
  try {
    return find();
  } catch (error) {
    if (error instanceof PrecisionLoss) return UNKNOWN;
    throw error;
  }
}
