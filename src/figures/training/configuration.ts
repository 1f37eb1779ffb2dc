/** One training run: what is fixed before it, and what comes out of it. Both are plain data, written to files as they are. */
import type { Activation } from '../../simulate/loss/activation.ts';
import type { TrainingRegime } from './regime.ts';

export interface Configuration {
  readonly data: 'digits' | 'iris';
  /** Rows to train with; all others that are there, up to 500, are for the test. */
  readonly rows: number;
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly optimizer: 'adam' | 'rmsprop';
  /** Null where the optimizer has none. */
  readonly beta: number | null;
  readonly rho: number;
  readonly epsilon: number;
  readonly h: number;
  readonly steps: number;
  /** What is compared is taken at the first step after which the loss is below this. */
  readonly threshold: number;
  readonly seed: number;
}

/** The loss, ‖∇E‖_{1,ε} and the share of the test data that is classified rightly, at θ^{(n)}. */
export interface RunPoint {
  readonly n: number;
  readonly loss: number;
  readonly norm: number;
  readonly accuracy: number;
}

/** The solution of the modified equation at nh, beside the run. */
export interface EquationPoint {
  readonly n: number;
  /** ‖θ̃(nh) − θ^{(n)}‖. */
  readonly distance: number;
  readonly loss: number;
  readonly norm: number;
}

export interface EquationCourse {
  readonly order: number;
  readonly points: readonly EquationPoint[];
  /** Where its own loss falls below the threshold first. */
  readonly crossing: { readonly n: number; readonly norm: number } | null;
  /** The last n that was reached, and why it ended there; null where the run ended too. */
  readonly last: number;
  readonly ended: 'stiff' | 'blow-up' | null;
}

export interface RunResult {
  readonly configuration: Configuration;
  readonly parameters: number;
  readonly points: readonly RunPoint[];
  readonly crossing: RunPoint | null;
  readonly regime: TrainingRegime;
  readonly equations: readonly EquationCourse[];
  /** h‖f_2‖/‖f_1‖ at some θ^{(n)}; null where it has no value. */
  readonly ratios: readonly { readonly n: number; readonly ratio: number | null }[];
}

/** A short name that tells everything: the run's file. */
export function nameOfRun(c: Configuration): string {
  const widths = c.hidden.join('x');
  const beta = c.beta === null ? '' : `-b${c.beta}`;
  return `${c.optimizer}-${c.data}${c.rows}-${c.activation}${widths}${beta}-r${c.rho}-e${c.epsilon}-h${c.h}-n${c.steps}-t${c.threshold}-s${c.seed}`;
}

/** The files beside the figures. */
export const TRAINING_FILES = ['training.md', 'training.json', 'training-runs.csv', 'training-points.csv'] as const;
