/** Are two optimizers one? Both are run in power series of h from random points, and the iterates compared. */
import { beforeFirstOf } from '../../notation/before-first.ts';
import type { StepSetting } from '../../notation/settings.ts';
import { Budget } from '../../base/budget.ts';
import { type Ball, isApart } from '../../evaluate/ring/ball.ts';
import { ballRing, enclose } from '../../evaluate/ring/enclose.ts';
import { runOptimizer } from '../../evaluate/series/run-optimizer.ts';
import { LaurentRing, withEnoughTerms } from '../../evaluate/ring/laurent-ring.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { samplesOf } from '../sample/arbitrary-sample.ts';
import { environmentOf } from '../sample/sample-environment.ts';
import type { Sample } from '../sample/sample.ts';

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
  { setting, seed, runs, digits }: { setting: StepSetting; seed: number; runs: number; digits: number },
): SameRuns {
  const space = { setting, declarations: left.declarations, letters: new Map(), ...beforeFirstOf(left) };
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
function runFrom(optimizer: Optimizer, sample: Sample, digits: number): Ball[] | null {
  const coefficients = withEnoughTerms(TERMS, terms =>
    enclose(digits, base => {
      const ring = new LaurentRing(base, terms);
      const environment = environmentOf(sample, ring, { step: ring.monomial(base.one, 1) });
      const iterates = runOptimizer(optimizer, environment, STEPS, new Budget(2_000_000));
      const powers = [...Array(TERMS).keys()];
      return iterates.flatMap(point =>
        point.flatMap(series => powers.map(power => base.ball(ring.coefficient(series, power)))),
      );
    }),
  );
  return coefficients.ok ? coefficients.value : null;
}

/** Whether no coefficient surely differs. */
function agree(a: readonly Ball[], b: readonly Ball[], digits: number): boolean {
  const ring = ballRing(digits);
  return (
    a.length === b.length &&
    a.every((value, at) => {
      const other = b[at];
      if (other === undefined) return false;
      const difference = ring.subtract(value, other);
      return ring.isZero(difference) || !isApart(difference);
    })
  );
}
