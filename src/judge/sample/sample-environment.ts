/** What the names of a formula stand for at a sample, over any ring. Nothing here knows what the formula should be. */
import { hasOneLoss, isMean } from '../../notation/settings.ts';
import { refuse } from '../../base/problem.ts';
import type { Environment } from '../../evaluate/environment.ts';
import { WITHOUT_HISTORY } from '../../evaluate/environment.ts';
import { lossBeforeFirst } from '../../evaluate/loss/earlier-loss.ts';
import type { Loss } from '../../evaluate/loss/loss.ts';
import { MeanLoss } from '../../evaluate/loss/mean-loss.ts';
import type { Ring } from '../../evaluate/ring/ring.ts';
import { PI } from '../../formula/formula.ts';
import { ConcreteFunction } from './sample-function.ts';
import { STEP_SCALAR, type Sample } from './sample.ts';

export interface EnvironmentOptions<T> {
  /** h, if not the number that the sample has for it. */
  readonly step?: T;
}

const functionsOf = new WeakMap<Sample, Map<string, Loss>>();

/** The stand-in for φ; made once a sample, since its derivatives are. */
function abstractFunction(sample: Sample, name: string): Loss | null {
  const table = functionsOf.get(sample) ?? new Map<string, Loss>();
  functionsOf.set(sample, table);
  const known = table.get(name);
  if (known) return known;
  const chosen = sample.functions.get(name);
  if (!chosen) return null;
  const made = new ConcreteFunction(chosen);
  table.set(name, made);
  return made;
}

const means = new WeakMap<readonly Loss[], Loss>();

/** Made once, since its parts remember their derivatives. */
function meanOf(losses: readonly Loss[]): Loss {
  const known = means.get(losses) ?? new MeanLoss(losses);
  means.set(losses, known);
  return known;
}

/** 2^k beyond this is no number here. */
const LARGEST_POWER = 1000;

/** m: without repetition more than there are steps, each loss standing for equally many; then it grows faster than every power of n. */
function batchesOf({ setting, n, losses }: Sample): number {
  if (setting !== 'permuted' || losses.length > n) return losses.length;
  if (n > LARGEST_POWER) return refuse('index-out-of-range', 'too many steps without repetition');
  return losses.length * 2 ** n;
}

/** θ^{(n)} is the current point; other iterates, and states, have no value in a formula about the current point. */
export function environmentOf<T>(sample: Sample, ring: Ring<T>, options: EnvironmentOptions<T> = {}): Environment<T> {
  const point = sample.theta.map(value => ring.fromRational(value));
  const scalar = (name: string): T => {
    const value = sample.scalars.get(name);
    if (value === undefined && name === PI) return ring.pi();
    return value ? ring.fromRational(value) : refuse('undefined-name', `${name} has no value`);
  };
  const population = sample.losses.length;
  return {
    ring,
    point,
    ...(isMean(sample.setting) ? { population, batches: batchesOf(sample) } : {}),
    ...(sample.dimension === undefined ? {} : { dimension: sample.dimension }),
    ...WITHOUT_HISTORY,
    iterate: label => (label === sample.n ? point : WITHOUT_HISTORY.iterate(label)),
    step: () => options.step ?? scalar(STEP_SCALAR),
    scalar,
    loss: batch => {
      const [single] = sample.losses;
      const hasOne = hasOneLoss(sample.setting);
      if (batch !== null && batch < 0)
        return lossBeforeFirst(batch, sample.beforeFirst, {
          single: hasOne ? (single ?? null) : null,
          first: single,
          earlier: sample.earlierLosses,
        });
      if (hasOne) return single ?? refuse('index-out-of-range', 'there is no loss');
      if (batch === null && isMean(sample.setting)) return meanOf(sample.losses);
      if (batch === null) return refuse('unindexed-loss', 'an unindexed loss has no meaning in the mini-batch setting');
      return (
        sample.losses[batch] ??
        refuse('index-out-of-range', `the loss of batch ${batch} at iteration ${sample.n} is not known`)
      );
    },
    vector: name =>
      sample.vectors.get(name)?.map(value => ring.fromRational(value)) ??
      refuse('undefined-name', `${name} has no value`),
    function: (name, component) => {
      const components = sample.vectorFunctions.get(name);
      const found = components ? components[(component ?? 1) - 1] : abstractFunction(sample, name);
      return found ?? refuse('undefined-name', `${name} has no value`);
    },
    schedule: (name, at) => {
      const value = sample.schedules.get(name)?.[at];
      return value ? ring.fromRational(value) : refuse('index-out-of-range', `${name} at ${at} is not known`);
    },
  };
}
