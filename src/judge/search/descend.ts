/**
 * A pattern search (Hooke and Jeeves 1961) from one sample towards a violation: numbers are changed alone and together by
 * steps that become smaller, n by one and by doubling, and numbers towards the ends of their domains. Deterministic; every
 * change that is kept comes nearer to the violation.
 */
import { Rational } from '../../number/rational.ts';
import type { Sample, SampleSpace } from '../sample/sample.ts';
import type { Adjustable } from '../satisfy/adjustable.ts';
import { type Height, type Heights, isHigher } from './height.ts';
import { atIteration, withValue } from './variables.ts';

export interface Ground {
  readonly space: SampleSpace;
  readonly heights: Heights;
  readonly holds: (sample: Sample) => boolean;
  /** Whether this is what is searched for; asked of the highest one only. */
  readonly isFound: (height: Height) => boolean;
}

export interface Reached {
  readonly sample: Sample;
  readonly height: Height;
  readonly isFound: boolean;
  /** Where the last change that was kept came from. */
  readonly before: Sample | null;
}

export interface Descent {
  readonly variables: readonly Adjustable[];
  /** Kept away from the ends of the domains, n small: what is near there is near a zero, not near an end. */
  readonly isInside: boolean;
}

const FIRST_STEP = 2;
const LAST_STEP = -48;
const MOST_VALUES = 700;
/** Doublings of a step that helps, one after the other. */
const MOST_AGAIN = 60;
/** Inside: this far from the ends, and no larger than this. */
const MARGIN = Rational.of(1, 512);
const LARGEST_INSIDE = Rational.of(1_024);
const LARGEST_N_INSIDE = 24;
const TWO = Rational.of(2);

const powerOfTwo = (exponent: number): Rational => TWO.power(exponent);

/** One for numbers of an unbounded domain, so that they stay together when they are moved together. */
export const widthOf = ({ domain: { lower, upper } }: Adjustable): Rational =>
  lower && upper ? upper.subtract(lower) : Rational.one;

/** All numbers by −1, 0, 1 where there are few; else one by one, and all together. */
export function directionsFor(count: number): (readonly number[])[] {
  if (count === 0) return [];
  const unit = (at: number, by: number): number[] => Array.from({ length: count }, (_, each) => (each === at ? by : 0));
  const alone = Array.from({ length: count }, (_, at) => [unit(at, 1), unit(at, -1)]).flat();
  if (count > 3) {
    const all = (by: number): number[] => Array.from({ length: count }, () => by);
    return [...alone, all(1), all(-1)];
  }
  const every = Array.from({ length: 3 ** count }, (_, code) =>
    Array.from({ length: count }, (__, at) => (Math.floor(code / 3 ** at) % 3) - 1),
  );
  return [...alone, ...every.filter(direction => direction.filter(each => each !== 0).length > 1)];
}

/** The sample moved along a direction; null where that leaves a domain. */
export function moved(
  sample: Sample,
  variables: readonly Adjustable[],
  direction: readonly number[],
  step: Rational,
): Sample | null {
  let result: Sample | null = sample;
  for (const [at, variable] of variables.entries()) {
    const by = direction[at] ?? 0;
    if (by === 0 || result === null) continue;
    const value = variable.value(result);
    if (value === null) return null;
    result = withValue(result, variable, value.add(widthOf(variable).multiply(step).multiply(Rational.of(by))));
  }
  return result;
}

/** Half the way to each end, or twice as far from the one there is. */
export function towardsEnds(sample: Sample, variable: Adjustable): Sample[] {
  const value = variable.value(sample);
  if (value === null) return [];
  const { lower, upper } = variable.domain;
  const half = (end: Rational): Rational => value.add(end).divide(TWO);
  const values = [
    lower ? half(lower) : null,
    upper ? half(upper) : null,
    !lower && !upper ? value.multiply(TWO) : null,
    lower && !upper ? lower.add(value.subtract(lower).multiply(TWO)) : null,
    !lower && upper ? upper.subtract(upper.subtract(value).multiply(TWO)) : null,
    !lower && !upper ? value.divide(TWO) : null,
  ];
  return values.map(each => each && withValue(sample, variable, each)).filter(each => each !== null);
}

function isWithin(sample: Sample, variables: readonly Adjustable[]): boolean {
  return variables.every(variable => {
    const value = variable.value(sample);
    if (value === null) return true;
    const { lower, upper } = variable.domain;
    const margin = widthOf(variable).multiply(MARGIN);
    return (
      value.abs().compare(LARGEST_INSIDE) <= 0 &&
      (lower === null || !variable.domain.lowerOpen || value.subtract(lower).compare(margin) >= 0) &&
      (upper === null || !variable.domain.upperOpen || upper.subtract(value).compare(margin) >= 0)
    );
  });
}

export function descend(
  start: Sample,
  { space, heights, holds, isFound }: Ground,
  { variables, isInside }: Descent,
): Reached | null {
  const first = heights(start);
  if (first === null || !holds(start)) return null;
  let best: Reached = { sample: start, height: first, isFound: isFound(first), before: null };
  let left = MOST_VALUES;
  const isAllowed = (sample: Sample): boolean =>
    holds(sample) && (!isInside || (sample.n <= Math.max(LARGEST_N_INSIDE, start.n) && isWithin(sample, variables)));
  const tried = (sample: Sample | null): boolean => {
    if (sample === null || left <= 0 || best.isFound || !isAllowed(sample)) return false;
    left -= 1;
    const height = heights(sample);
    if (height === null || !isHigher(height, best.height)) return false;
    best = { sample, height, isFound: isFound(height), before: best.sample };
    return true;
  };
  const again = (next: (sample: Sample) => Sample | null): boolean => {
    let count = 0;
    while (count < MOST_AGAIN && tried(next(best.sample))) count += 1;
    return count > 0;
  };
  const sizes = (): boolean => {
    const steps = [1, -1].map(by => again(sample => atIteration(sample, sample.n + by, space)));
    const doubled = (sample: Sample): Sample | null => atIteration(sample, 2 * sample.n + 1, space);
    const jumps = [again(doubled), again(sample => atIteration(sample, Math.floor(sample.n / 2), space))];
    // n(1 − β) may have to stay what it is.
    const joint = isInside
      ? []
      : variables.flatMap(variable =>
          [0, 1].map(end =>
            again(sample => {
              const larger = doubled(sample);
              return larger && (towardsEnds(larger, variable)[end] ?? null);
            }),
          ),
        );
    return [...steps, ...jumps, ...joint].includes(true);
  };
  const directions = directionsFor(variables.length);
  let exponent = FIRST_STEP;
  while (exponent >= LAST_STEP && left > 0 && !best.isFound) {
    let helps = false;
    for (const direction of directions) {
      if (!tried(moved(best.sample, variables, direction, powerOfTwo(exponent)))) continue;
      helps = true;
      again(sample => moved(sample, variables, direction, powerOfTwo(exponent)));
    }
    if (!isInside && exponent > -4)
      for (const variable of variables)
        for (const end of [0, 1]) helps = again(sample => towardsEnds(sample, variable)[end] ?? null) || helps;
    if (exponent > -8) helps = sizes() || helps;
    if (!helps) exponent -= 2;
  }
  return best;
}
