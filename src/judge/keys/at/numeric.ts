/** at=: fixed values of hyperparameters in numbers. */
import { attempt, type Result } from '../../../base/problem.ts';
import type { Claim } from '../../../document/model.ts';
import type { Rational } from '../../../number/rational.ts';
import type { RowKey, RowSource } from '../../numeric/row-source.ts';
import { exactValue } from '../../sample/exact-value.ts';
import type { Sample } from '../../sample/sample.ts';

type Values = Claim['at'];

export const rowsAtValues: RowKey = (source, { claim }) => sourceAtValues(source, claim.at);

/** The sample with the values of `at=`, which may lie outside their domains; a value may use other hyperparameters. */
export function withValues(sample: Sample, values: Values): Result<Sample> {
  if (values.length === 0) return { ok: true, value: sample };
  return attempt(() => {
    const fixed = values.map(({ name, value }): [string, Rational] => [name, exactValue(value, sample.scalars)]);
    return { ...sample, scalars: new Map([...sample.scalars, ...fixed]) };
  });
}

/** The source at the values of `at=`. Equal samples are made once, so that what the source remembers is used. */
function sourceAtValues(source: RowSource, values: Values): RowSource {
  if (values.length === 0) return source;
  const known = new WeakMap<Sample, Result<Sample>>();
  return {
    at: (sample, digits, budget) => {
      const fixed = known.get(sample) ?? withValues(sample, values);
      known.set(sample, fixed);
      return fixed.ok
        ? source.at(fixed.value, digits, budget)
        : { kind: 'unusable', reason: fixed.problems[0]?.message ?? 'a value of at= is not a number' };
    },
  };
}
