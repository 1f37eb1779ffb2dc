/** loss=: the derived rows at samples whose loss is the typed one, at the sample's values of its hyperparameters. */
import { attempt, refuse, type Result } from '../../../base/problem.ts';
import { polynomialOfLoss } from '../../../evaluate/loss/typed-polynomial.ts';
import type { TypedLoss } from '../../../formula/typed-loss.ts';
import type { RowKey } from '../../numeric/row-source.ts';
import { type Sample, sampleDimension } from '../../sample/sample.ts';

export const rowsOfLoss: RowKey = (source, { claim }) => {
  const { loss } = claim;
  if (loss === null) return source;
  const known = new WeakMap<Sample, Result<Sample>>();
  return {
    at: (sample, digits, budget) => {
      const fixed = known.get(sample) ?? withLoss(sample, loss);
      known.set(sample, fixed);
      return fixed.ok
        ? source.at(fixed.value, digits, budget)
        : { kind: 'unusable', reason: fixed.problems[0]?.message ?? 'the loss has no value' };
    },
  };
};

/** The sample with the typed loss in place of its own; fails where it has another number of components. */
export const withLoss = (sample: Sample, loss: TypedLoss): Result<Sample> =>
  attempt(() => {
    if (sampleDimension(sample) !== loss.components || sample.theta.length !== loss.components)
      refuse('loss-components', `the loss has ${loss.components} components`);
    return { ...sample, losses: [polynomialOfLoss(loss, sample.scalars)] };
  });
