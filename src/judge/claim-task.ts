/** What judging a claim is given: how, with which engine, and the claim with what its names mean. */
import type { Budget } from '../base/budget.ts';
import type { Clock } from '../base/work.ts';
import type { Declaration } from '../optimizer/model.ts';
import type { DocumentIndex, ResolvedClaim } from './claim-context.ts';
import type { Engine, Equations } from './prove/engine.ts';
import type { DerivedEquation } from './symbolic/prover.ts';
import type { SamplingOptions } from './refute/refute.ts';

export interface JudgeOptions extends SamplingOptions {
  /** Seconds a claim; beyond them what is not decided yet is undecided. */
  readonly timeout: number;
  /** What the seconds are read from; the system's unless said otherwise. Nothing but that ending depends on it. */
  readonly clock?: Clock;
  readonly prover: 'on' | 'off';
  /** Check every proof again, step by step; off unless said otherwise. */
  readonly recheck?: boolean;
  /** Look for the slip of the pen in refuted claims; on unless said otherwise. */
  readonly suggestions?: boolean;
  /** Ask the prover of refuted statements as well, and throw where it proves one; off unless said otherwise. */
  readonly crossExamine?: boolean;
}

export const DEFAULT_OPTIONS: JudgeOptions = { seed: 1, instances: 200, digits: 50, timeout: 60, prover: 'on' };

/** What claims judged together share. */
export interface JudgeContext<Equation extends DerivedEquation = DerivedEquation> {
  readonly library: DocumentIndex;
  readonly engine: Engine<Equation>;
  readonly equations: Equations<Equation>;
}

/** A claim that is being judged. */
export interface ClaimTask<Equation extends DerivedEquation> {
  readonly resolved: ResolvedClaim;
  readonly declarations: readonly Declaration[];
  readonly context: JudgeContext<Equation>;
  readonly options: JudgeOptions;
  readonly budget: Budget;
}
