/**
 * What Section 6 of "Backward Error Analysis of Adaptive Gradient Algorithms" (Cattaneo, Klusowski, Shigida, 2023) says it saw, as signs to be
 * held against what is computed. Nothing here is a result.
 */
import { isStable, type TrainingRegime } from './regime.ts';
import type { MeasureName, SweepResult } from './sweep-result.ts';
import type { Correlation } from './statistics.ts';

export interface Observation {
  readonly id: string;
  readonly varied: 'beta' | 'rho' | 'h';
  readonly measure: MeasureName | 'along';
  /** The sign of the correlation with the value that the paper saw. */
  sign(fixed: SweepResult['fixed']): 1 | -1;
  readonly says: string;
  readonly where: string;
}

export const OBSERVATIONS: readonly Observation[] = [
  {
    id: 'rho-norm',
    varied: 'rho',
    measure: 'norm',
    sign: () => 1,
    says: 'the norm at the threshold rises with ρ',
    where: 'Figure 3',
  },
  {
    id: 'rho-accuracy',
    varied: 'rho',
    measure: 'accuracy',
    sign: () => -1,
    says: 'the test accuracy at the threshold falls with ρ',
    where: 'Figure 4',
  },
  {
    id: 'beta-norm',
    varied: 'beta',
    measure: 'norm',
    sign: () => -1,
    says: 'the norm at the threshold falls with β',
    where: 'Figure 5',
  },
  {
    id: 'beta-accuracy',
    varied: 'beta',
    measure: 'accuracy',
    sign: () => 1,
    says: 'the test accuracy at the threshold rises with β',
    where: 'Figure 6',
  },
  {
    id: 'beta-steps',
    varied: 'beta',
    measure: 'steps',
    sign: () => -1,
    says: 'the loss falls faster with larger β',
    where: 'Figure 7',
  },
  {
    id: 'beta-along',
    varied: 'beta',
    measure: 'along',
    sign: () => -1,
    says: 'at equal n, through most of the run, the norm is smaller with larger β',
    where: 'Figure 7',
  },
  {
    id: 'beta-hill',
    varied: 'beta',
    measure: 'hill',
    sign: () => -1,
    says: 'the hills of the norm are lower with larger β',
    where: 'Figure 7',
  },
  {
    id: 'rho-hill',
    varied: 'rho',
    measure: 'hill',
    sign: () => 1,
    says: 'the hills of the norm are higher with larger ρ',
    where: 'Figure 8',
  },
  {
    id: 'h-norm',
    varied: 'h',
    measure: 'norm',
    sign: ({ beta, rho }) => ((beta ?? 0) > rho ? -1 : 1),
    says: 'the norm at the threshold moves down with h where β > ρ and up where ρ > β',
    where: 'Figure 2, on the bilinear model',
  },
];

export type SeenOutcome = 'seen' | 'opposite' | 'mixed' | 'no data';

/** Of the mean rank correlation, to be seen at all; and the share of the seeds that must have its sign. */
export const [LEAST, AGREEING] = [0.5, 0.8];

export interface JudgedObservation {
  readonly observation: Observation;
  readonly sweep: SweepResult;
  /** The paper speaks about stable runs; all others are judged alike and told apart. */
  readonly among: 'stable' | 'unstable';
  readonly regimes: readonly TrainingRegime[];
  readonly outcome: SeenOutcome;
  /** Null where it is about the course of the run, or there is none. */
  readonly correlation: Correlation | null;
  /** The sign of the same correlation among solutions of the first-order equation; null where too few reach the threshold. */
  readonly predicted: Correlation | null;
}

export function judged(sweep: SweepResult): JudgedObservation[] {
  const own = OBSERVATIONS.filter(({ varied }) => varied === sweep.sweep.varied);
  return (['stable', 'unstable'] as const).flatMap(among => {
    const regimes = sweep.values
      .flatMap(value => value.regimes)
      .filter(each => isStable(each) === (among === 'stable'));
    return own.flatMap((observation): JudgedObservation[] => {
      const { measure } = observation;
      const sign = observation.sign(sweep.fixed);
      const correlation = measure === 'along' ? null : sweep[among][measure];
      if (among === 'unstable' && correlation === null) return [];
      const outcome =
        measure === 'along'
          ? outcomeAlong(sweep, sign)
          : outcomeOf(correlation, sign, sweep.sweep.runs[0]?.length ?? 0);
      const predicted = measure === 'norm' ? sweep[among].order1 : null;
      return [{ observation, sweep, among, regimes, outcome, correlation, predicted }];
    });
  });
}

/** Half of the seeds must have three values or more. */
function outcomeOf(correlation: Correlation | null, sign: 1 | -1, seeds: number): SeenOutcome {
  if (correlation === null || 2 * correlation.of < seeds) return 'no data';
  const { mean, agreeing, of } = correlation;
  if (Math.abs(mean) < LEAST || agreeing < AGREEING * of) return 'mixed';
  return Math.sign(mean) === sign ? 'seen' : 'opposite';
}

function outcomeAlong({ along }: SweepResult, sign: 1 | -1): SeenOutcome {
  if (along === null) return 'no data';
  const [like, unlike] = sign < 0 ? [along.falling, along.rising] : [along.rising, along.falling];
  if (2 * like > along.of) return 'seen';
  return 2 * unlike > along.of ? 'opposite' : 'mixed';
}
