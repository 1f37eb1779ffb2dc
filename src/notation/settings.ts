/**
 * The settings: which losses the steps use. A setting is entered here; what else depends on it asks these facts. A new one
 * needs its derivation (`derivation/derive.ts`), its losses in instances and samples, and its words in the theorem.
 */

/** What each setting means: the losses that a run of steps n = 0, 1, … uses, and what a derived equation is about. */
const FACTS = {
  /** E_n is a loss of its own for each step. */
  'mini-batch': { losses: 'each-step', unit: 'step' },
  /** One loss E for all steps. */
  'full-batch': { losses: 'one', unit: 'step' },
  /** One epoch over m batches in random order, the mean over all orders. */
  reshuffled: { losses: 'each-step', unit: 'epoch' },
  /** Batches drawn independently of each other, uniformly from a population of m losses with the mean E: what is derived is a mean over all draws. */
  iid: { losses: 'each-step', unit: 'mean' },
  /** Batches drawn without repetition from a population of m \ge n + 1 losses with the mean E: a mean over all sequences. */
  permuted: { losses: 'each-step', unit: 'mean' },
} as const;

export type Setting = keyof typeof FACTS;
type With<K extends string, V> = {
  [S in Setting]: (typeof FACTS)[S] extends Readonly<Record<K, V>> ? S : never;
}[Setting];
/** The settings in which an equation is about one step. */
export type StepSetting = With<'unit', 'step'>;
/** The settings in which an equation is a mean over the batches that the steps so far may have had. */
export type MeanSetting = With<'unit', 'mean'>;

export const SETTINGS = Object.keys(FACTS) as readonly Setting[];
/** The settings in which an equation is about one step, in the order of the table. */
export const STEP_SETTINGS: readonly StepSetting[] = SETTINGS.filter(
  (setting): setting is StepSetting => FACTS[setting].unit === 'step',
);
export const DEFAULT_SETTING = 'mini-batch' satisfies Setting;

/** Whether all steps use one loss, so that labels of losses say nothing. */
export const hasOneLoss = (setting: Setting): setting is With<'losses', 'one'> => FACTS[setting].losses === 'one';
/** Whether an equation is about a whole epoch, with the number of its batches in place of n. */
export const isEpoch = (setting: Setting): setting is With<'unit', 'epoch'> => FACTS[setting].unit === 'epoch';
/** Whether what is derived is a mean over the batches of the steps so far, drawn from a population. */
export const isMean = (setting: Setting): setting is MeanSetting => FACTS[setting].unit === 'mean';
/** How formulas of a setting are read: with one loss, or with means over a population. */
export const readingOf = (setting: Setting): { readonly fullBatch: boolean; readonly population: boolean } => ({
  fullBatch: hasOneLoss(setting),
  population: isMean(setting),
});
/** How many losses the steps 0, 1, …, n use. */
export const lossesFor = (setting: Setting, n: number): number => (hasOneLoss(setting) ? 1 : n + 1);
/** The setting of the single steps: an epoch's own, and those that a mean is taken over, are steps with a loss each. */
export const stepSetting = (setting: Setting): StepSetting =>
  isEpoch(setting) || isMean(setting) ? DEFAULT_SETTING : setting;

/**
 * What a mean over the batches is taken of: the one-step map, whose logarithm is the flow \dot{\bar\theta} (`map`), or the right side of
 * the equation of each sequence of batches (`equation`).
 */
export const MEANS = ['map', 'equation'] as const;
export type MeanOf = (typeof MEANS)[number];

/**
 * How a stochastic equation is to approximate a rule: its moments over one step agree with those of the step up to O(h^{order+1}). `noise` is
 * the power of h that \sigma\sigma^\top begins with: 1 for batches that are given; 0 where their covariance is declared to be of size 1/h.
 */
export interface WeakApproximation {
  readonly order: 1 | 2;
  readonly noise: 0 | 1;
}
