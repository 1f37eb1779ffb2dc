/**
 * Places at which the two sides of a strict inequality meet: inside of the domains, at closed ends of them, at integers. Where no digits
 * tell the order of the sides and both are far apart beside the place, they are taken to be equal there, which a strict inequality
 * does not allow; nothing is refuted by that.
 */
import { Rational } from '../../../number/rational.ts';
import type { Sample } from '../../sample/sample.ts';
import type { Adjustable } from '../../satisfy/adjustable.ts';
import { directionsFor, type Ground, moved, type Reached } from '../descend.ts';
import { atIteration, withValue } from '../variables.ts';

/** So many powers of ten below the gap beside it, a gap is taken for zero. */
const CLOSED = 9;
const BESIDE = Rational.of(1, 64);
/** This near to a closed end a number is at it. */
const AT_END = Rational.of(1, 2n ** 30n);
/** log10 of a gap that digits show well. */
const WELL_SEEN = -60;

/**
 * Whether the gap is next to nothing beside what it is on both sides of the sample, along some direction; on one side, where a closed
 * end of a domain is reached.
 */
export function isTouch({ sample, height }: Reached, variables: readonly Adjustable[], { heights }: Ground): boolean {
  return directionsFor(variables.length).some(direction => {
    const beside = [BESIDE, BESIDE.negate()].map(step => moved(sample, variables, direction, step));
    const seen = beside.filter(each => each !== null);
    if (seen.length === 0 || (seen.length < beside.length && !isAtEnd(sample, variables, direction))) return false;
    return seen.every(each => {
      const other = heights(each);
      return other && other.sign < 0 && other.size - height.size > CLOSED;
    });
  });
}

const isAtEnd = (sample: Sample, variables: readonly Adjustable[], direction: readonly number[]): boolean =>
  variables.some(
    (variable, at) => direction[at] !== 0 && closedEndsOf(variable).some(end => isNear(sample, variable, end)),
  );

const closedEndsOf = ({ domain: { lower, lowerOpen, upper, upperOpen } }: Adjustable): Rational[] => [
  ...(lower && !lowerOpen ? [lower] : []),
  ...(upper && !upperOpen ? [upper] : []),
];

const isNear = (sample: Sample, variable: Adjustable, end: Rational): boolean => {
  const value = variable.value(sample);
  return value !== null && value.subtract(end).abs().compare(AT_END) <= 0;
};

/** The sample with each number at a closed end of its domain, and with all of them there. */
export function* atClosedEnds(sample: Sample, variables: readonly Adjustable[]): Generator<Sample> {
  const set = (from: Sample, variable: Adjustable, end: Rational | undefined): Sample =>
    (end && withValue(from, variable, end)) ?? from;
  for (const variable of variables) for (const end of closedEndsOf(variable)) yield set(sample, variable, end);
  for (const which of [0, -1])
    yield variables.reduce((from, variable) => set(from, variable, closedEndsOf(variable).at(which)), sample);
}

/** Whether no digits tell the order of the sides there, and few do beside it. */
export function seemsToMeet(
  sample: Sample,
  variables: readonly Adjustable[],
  { heights, holds, space }: Ground,
): boolean {
  const height = holds(sample) ? heights(sample) : null;
  if (height === null || height.sign !== 0) return false;
  const besides = [
    ...directionsFor(variables.length).map(direction => moved(sample, variables, direction, BESIDE)),
    atIteration(sample, sample.n + 1, space),
    atIteration(sample, sample.n - 1, space),
  ];
  return besides.some(each => {
    const other = each && heights(each);
    return other && other.sign < 0 && other.size > WELL_SEEN;
  });
}
