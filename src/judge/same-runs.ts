/** Are two optimizers one? Both are run in power series of h from random points, and the iterates compared. */
import { Budget } from '../base/budget.ts';
import { attempt } from '../base/problem.ts';
import { type BigFloat, logarithmOfSize } from '../number/big-float.ts';
import { FloatRing } from '../numeric/float-ring.ts';
import { runOptimizer } from '../numeric/run-optimizer.ts';
import { type Series, SeriesRing } from '../numeric/series-ring.ts';
import type { Optimizer, Setting } from '../optimizer/model.ts';
import { samplesOf } from './arbitrary-sample.ts';
import { environmentOf } from './sample-environment.ts';
import type { Sample } from './sample.ts';

export type SameRuns =
  /** How many runs were compared; with none nothing was found out. */
  { readonly kind: 'same'; readonly runs: number } | { readonly kind: 'different' };

/** No run may need more losses than a sample of n = 0 has. */
const STEPS = 3;
const TERMS = 4;
const LARGEST_DIMENSION = 3;

/**
 * Runs `runs` times, three steps each, up to h³. The optimizers must have the same names; samples where one has no value are
 * passed over.
 */
export function sameRuns(
  left: Optimizer,
  right: Optimizer,
  {
    setting,
    seed,
    runs,
    digits,
  }: { setting: Exclude<Setting, 'reshuffled'>; seed: number; runs: number; digits: number },
): SameRuns {
  const space = { setting, declarations: left.declarations, letters: new Map() };
  const samples = samplesOf(space, seed, 4 * runs).filter(({ theta }) => theta.length <= LARGEST_DIMENSION);
  let count = 0;
  for (const sample of samples) {
    if (count >= runs) break;
    const [a, b] = [runFrom(left, sample, digits), runFrom(right, sample, digits)];
    if (!a || !b) continue;
    count += 1;
    if (!agree(a, b, digits)) return { kind: 'different' };
  }
  return { kind: 'same', runs: count };
}

/** Every coefficient of every component of every iterate; null where one has no value. */
function runFrom(optimizer: Optimizer, sample: Sample, digits: number): BigFloat[] | null {
  const ring = new SeriesRing(new FloatRing(digits), TERMS);
  const environment = environmentOf<Series<BigFloat>>(sample, ring, { step: ring.monomial(ring.base.one, 1) });
  const iterates = attempt(() => runOptimizer(optimizer, environment, STEPS, new Budget(2_000_000)));
  if (!iterates.ok) return null;
  const powers = Array.from({ length: TERMS }, (_, power) => power);
  return iterates.value.flatMap(point => point.flatMap(series => powers.map(power => ring.coefficient(series, power))));
}

function agree(a: readonly BigFloat[], b: readonly BigFloat[], digits: number): boolean {
  const ring = new FloatRing(digits);
  const largest = Math.max(...[...a, ...b].map(logarithmOfSize));
  return (
    a.length === b.length &&
    a.every((value, at) => {
      const other = b[at];
      return other !== undefined && logarithmOfSize(ring.subtract(value, other)) < largest - digits / 2;
    })
  );
}
