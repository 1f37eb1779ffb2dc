/** Straight ways to the ends: n doubled, a number halved towards an end of its domain or doubled, and both at once. */
import { Rational } from '../../number/rational.ts';
import type { Sample } from '../sample/sample.ts';
import type { Adjustable } from '../satisfy/adjustable.ts';
import { type Ground, towardsEnds } from './descend.ts';
import { heightAsNumber } from './height.ts';
import { type Trend, trendOf } from './trend.ts';
import { atIteration, withValue } from './variables.ts';

export interface Ray {
  /** `as n grows`, for a reader. */
  readonly text: string;
  /** Two numbers at once: how small a gap becomes along it is told by each of them alone. */
  readonly isJoint?: boolean;
  readonly next: (sample: Sample, step: number) => Sample | null;
}

/** Steps along one ray, and, where the gap still shrinks, the powers of two that are tried beyond. */
const MOST_STEPS = 50;
const FAR = [100, 200, 400, 800, 1_600, 3_200] as const;

const doubledN = (sample: Sample, { space }: Ground): Sample | null => atIteration(sample, 2 * sample.n + 2, space);

export function raysFor(variables: readonly Adjustable[], hasIteration: boolean, ground: Ground): Ray[] {
  const rays: Ray[] = hasIteration ? [{ text: 'as n grows', next: sample => doubledN(sample, ground) }] : [];
  for (const variable of variables) {
    const text = `${variable.name} runs to an end of its domain`;
    for (const end of [0, 1] as const) {
      rays.push({ text: `as ${text}`, next: sample => towardsEnds(sample, variable)[end] ?? null });
      if (!hasIteration) continue;
      rays.push({
        text: `as n grows and ${text}`,
        isJoint: true,
        next: sample => {
          const larger = doubledN(sample, ground);
          return larger && (towardsEnds(larger, variable)[end] ?? null);
        },
      });
    }
  }
  return rays;
}

export interface RayOutcome {
  readonly trend: Trend;
  readonly found: Sample | null;
  /** log10 of the last gap. */
  readonly size: number;
  /** The last places, in their order. */
  readonly last: readonly Sample[];
}

/** So many of the last places tell whether something still grows. */
const LAST = 3;

/** Follows the gap along a ray while it has values and the conditions hold. */
export function follow(start: Sample, ray: Ray, { heights, holds, isFound }: Ground): RayOutcome {
  const gaps: number[] = [];
  const seen: Sample[] = [];
  let size = Number.POSITIVE_INFINITY;
  let sample: Sample | null = start;
  for (let step = 0; step <= MOST_STEPS && sample !== null && holds(sample); step += 1) {
    const height = heights(sample);
    if (height === null) break;
    // Where no digits tell the sides apart they may have come together, or be as good as that.
    size = height.size;
    seen.push(sample);
    if (isFound(height))
      return { trend: height.sign === 0 ? trendOf(gaps) : 'open', found: sample, size, last: seen.slice(-LAST) };
    gaps.push(-heightAsNumber(height));
    sample = ray.next(sample, step);
  }
  return { trend: trendOf(gaps), found: null, size, last: seen.slice(-LAST) };
}

/** Much farther along one number than doubling goes. */
export function* farAlong(start: Sample, variable: Adjustable): Generator<Sample> {
  const value = variable.value(start);
  if (value === null) return;
  const { lower, upper } = variable.domain;
  for (const exponent of FAR) {
    const large = Rational.of(2).power(exponent);
    const width = lower && upper ? upper.subtract(lower) : Rational.one;
    const values = [
      lower?.add(width.divide(large)),
      upper?.subtract(width.divide(large)),
      upper ? null : (lower ?? Rational.zero).add(large),
      lower ? null : (upper ?? Rational.zero).subtract(large),
      ...(lower || upper ? [] : [large.inverse(), large.inverse().negate()]),
    ];
    for (const each of values) {
      const far = each ? withValue(start, variable, each) : null;
      if (far) yield far;
    }
  }
}
