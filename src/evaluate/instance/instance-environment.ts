/** The environment of an instance: its exact numbers as elements of a ring. */
import { hasOneLoss, isEpoch } from '../../notation/settings.ts';
import { refuse } from '../../base/problem.ts';
import { PI } from '../../formula/formula.ts';
import type { Rational } from '../../number/rational.ts';
import { type Environment, WITHOUT_HISTORY } from '../environment.ts';
import type { Instance } from './instance.ts';
import { lossBeforeFirst } from '../loss/earlier-loss.ts';
import type { Loss } from '../loss/loss.ts';
import { MeanLoss } from '../loss/mean-loss.ts';
import type { Ring } from '../ring/ring.ts';

/** `step` is the value of h, null where formulas may not contain it. Batches, schedules and names refuse what is not given. */
export function instanceEnvironment<T>(instance: Instance, ring: Ring<T>, step: T | null): Environment<T> {
  const scalars = new Map<string, T>();
  const numbers = new Map<Rational, T>();
  const convert = (value: Rational): T => {
    const known = numbers.get(value) ?? ring.fromRational(value);
    numbers.set(value, known);
    return known;
  };
  const vectors = new Map<string, readonly T[]>();
  return {
    ...WITHOUT_HISTORY,
    ring,
    point: instance.theta.map(convert),
    step: () => step ?? refuse('step-in-coefficient', 'h has no value in a coefficient'),
    loss: batch => lossOf(instance, batch),
    scalar: name => {
      const known = scalars.get(name);
      if (known !== undefined) return known;
      const given = instance.hyperparameters.get(name);
      if (given === undefined && name === PI) return ring.pi();
      const value = convert(given ?? refuse('undefined-name', `${name} has no value in the instance`));
      scalars.set(name, value);
      return value;
    },
    vector: name => {
      const known =
        vectors.get(name) ??
        (
          instance.vectors?.get(name) ?? refuse('undefined-name', `the vector ${name} has no value in the instance`)
        ).map(convert);
      vectors.set(name, known);
      return known;
    },
    function: (name, component) => {
      const components =
        instance.functions.get(name) ?? refuse('undefined-name', `the function ${name} is not given in the instance`);
      return (
        components[(component ?? 1) - 1] ??
        refuse('index-out-of-range', `component ${component} of ${name}, which has ${components.length}`)
      );
    },
    schedule: (name, at) => {
      const values =
        instance.schedules.get(name) ?? refuse('undefined-name', `the schedule ${name} has no values in the instance`);
      return convert(
        values[at] ?? refuse('index-out-of-range', `the schedule ${name} has ${values.length} values, none at ${at}`),
      );
    },
  };
}

const means = new WeakMap<readonly Loss[], MeanLoss>();

/** Made once, since its parts remember their derivatives. */
function meanOf(losses: readonly Loss[]): MeanLoss {
  const known = means.get(losses) ?? new MeanLoss(losses);
  means.set(losses, known);
  return known;
}

function lossOf({ setting, losses, earlier = [], beforeFirst }: Instance, batch: number | null): Loss {
  const [first] = losses;
  if (batch !== null && batch < 0)
    return lossBeforeFirst(batch, beforeFirst, {
      single: hasOneLoss(setting) ? (first ?? null) : null,
      first,
      earlier,
    });
  if (hasOneLoss(setting)) return first ?? refuse('instance-losses', 'the instance has no loss');
  if (batch === null && isEpoch(setting)) return meanOf(losses);
  if (batch === null)
    return refuse('unindexed-loss', 'the loss without an index has no meaning in the mini-batch setting');
  return (
    losses[batch] ??
    refuse('index-out-of-range', `the loss of batch ${batch}: the instance has batches 0 to ${losses.length - 1}`)
  );
}
