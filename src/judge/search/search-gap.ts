/**
 * Searches for a violation of an inequality that no sample refuted and nobody proved: descents on the gap between the sides
 * from several samples, inside of the domains and towards their ends, and straight ways to the ends. A violation counts only
 * where the exact comparison confirms it. What ends at a gap that closes where it may not, or that still shrinks, is open.
 */
import { DIMENSION, type Formula, ITERATION } from '../../formula/formula.ts';
import { subtraction } from '../../formula/build.ts';
import { nodes } from '../../optimizer/replace.ts';
import { compareSides } from '../numeric/compare-sides.ts';
import { Draw } from '../sample/draw-sample.ts';
import { extremeDigits } from '../sample/extreme-numbers.ts';
import { SeededNumbers } from '../../base/seeded-numbers.ts';
import type { Sample } from '../sample/sample.ts';
import type { Adjustable } from '../satisfy/adjustable.ts';
import { madeZero } from '../satisfy/make-zero.ts';
import { type Ground, descend } from './descend.ts';
import { searchFar } from './far.ts';
import { gapOf, isHigher, ratioOf } from './height.ts';
import { atClosedEnds, isTouch, seemsToMeet } from './meet/meeting.ts';
import { farAlong, follow, raysFor } from './rays.ts';
import type { Noted, Searched, SearchTask } from './search-task.ts';
import { simplified } from './simple-values.ts';
import { linearised, settableNumbers, withoutAnything } from './variables.ts';

const NOTHING: Searched = { found: null, open: null };
/** Samples that are measured, and descents: from the nearest ones and from the first ones. */
const MEASURED = 24;
const NEAREST = 3;
const FIRST = 3;
/** Of these samples ways to the ends begin. */
const RAYS = 2;
/** So many powers of ten nearer than at the start, a gap has closed. */
const SHRUNK = 6;
/** So many powers of ten below what is typed, a gap that closes has closed. */
const FEW_DIGITS = 6;

export function searchGap(task: SearchTask, noted: Noted): Searched {
  const { question, holds, samples, formulas } = task;
  const isStrict = question.relation === '<' || question.relation === '>';
  const heights = gapOf(question);
  const ground: Ground = {
    space: question.space,
    heights,
    holds,
    isFound: ({ sign }) => sign > 0 || (isStrict && sign === 0),
  };
  const isViolated = (sample: Sample): boolean =>
    holds(sample) && compareSides(question, sample, task.digits).kind === 'differ';
  const starts = startsFrom(samples, ground);
  for (const sample of starts.slice(0, 2))
    for (const bare of withoutAnything(sample)) if (isViolated(bare)) return { ...NOTHING, found: bare };
  for (const sample of starts.slice(0, RAYS)) {
    const far = searchFar(task, sample, { ...ground, isViolated });
    if (far.found) return far;
    noted.open ??= far.open;
  }
  const met = isStrict
    ? metAt([...starts.slice(0, NEAREST), ...samples.filter(holds)], task, { ...ground, isViolated })
    : NOTHING;
  if (met.found) return met;
  noted.open ??= met.open;
  const hasIteration = mentions(formulas, ITERATION);
  const extreme = extremeDigits({ ...task, optimizer: null });
  const mayBeCrossed = (size: number): boolean => extreme > 0 && size > -extreme - FEW_DIGITS;
  const ratio = ratioOf(question);
  const stillRises = (last: readonly Sample[]): boolean => extreme > 0 && rises(last.map(ratio));
  const rays = (sample: Sample, variables: readonly Adjustable[]): Sample | null =>
    alongRays(sample, variables, { ground, hasIteration, mayBeCrossed, stillRises, isViolated, noted });
  for (const [at, start] of starts.entries()) {
    const variables = settableNumbers(formulas, question.space, start, 1);
    const far = at < RAYS ? rays(start, variables) : null;
    if (far) return { ...NOTHING, found: far };
    for (const isInside of [true, false]) {
      const reached = descend(start, ground, { variables, isInside });
      if (reached === null) continue;
      if (reached.isFound && isViolated(reached.sample)) return { ...NOTHING, found: reached.sample };
      const touched = isInside && isTouch(reached, variables, ground);
      if (touched && (isStrict || mayBeCrossed(reached.height.size))) {
        const exact = [...simplified(reached.sample, variables), ...zeroOf(task, reached.sample)].find(isViolated);
        if (exact) return { ...NOTHING, found: exact };
        noted.open ??= `${NOT_MET}${nearText(reached.sample, variables)}`;
      }
      // Where the gap has closed already, ways to the ends begin with nothing but rounding.
      const first = heights(start);
      if (isInside || at >= RAYS || !first || first.size - reached.height.size > SHRUNK) continue;
      const farther = rays(reached.sample, variables);
      if (farther) return { ...NOTHING, found: farther };
    }
  }
  return { found: null, open: noted.open };
}

/** Where the sides of a strict inequality meet: at these samples, and for the first of them at closed ends. */
function metAt(
  starts: readonly Sample[],
  { question, formulas }: SearchTask,
  ground: Ground & Pick<RayTask, 'isViolated'>,
): Searched {
  for (const [at, start] of starts.entries()) {
    const variables = settableNumbers(formulas, question.space, start, 1);
    const places = at < NEAREST ? [start, ...atClosedEnds(start, variables)] : [start];
    for (const place of places) {
      if (!seemsToMeet(place, variables, ground)) continue;
      if (ground.isViolated(place)) return { ...NOTHING, found: place };
      return { ...NOTHING, open: `${NOT_MET}${nearText(place, variables)}` };
    }
  }
  return NOTHING;
}

const NOT_MET = 'it was not looked at where the two sides seem to meet';

interface RayTask {
  readonly ground: Ground;
  readonly hasIteration: boolean;
  /** Whether an extreme number that is typed may lie beyond a gap of this size. */
  readonly mayBeCrossed: (size: number) => boolean;
  /** Whether, beside an extreme number, the smaller side still grows against the larger one at these places. */
  readonly stillRises: (last: readonly Sample[]) => boolean;
  readonly isViolated: (sample: Sample) => boolean;
  readonly noted: Noted;
}

/** A violation along a straight way to an end; where the gap still shrinks there, far along it, and a note where it goes on so. */
function alongRays(
  sample: Sample,
  variables: readonly Adjustable[],
  { ground, hasIteration, mayBeCrossed, stillRises, isViolated, noted }: RayTask,
): Sample | null {
  let shrinks: string | null = null;
  for (const ray of raysFor(variables, hasIteration, ground)) {
    const { trend, found, size, last } = follow(sample, ray, ground);
    if (found && isViolated(found)) return found;
    const mayCross = trend === 'closes' && ray.isJoint !== true && mayBeCrossed(size);
    if (trend === 'open' || mayCross || stillRises(last))
      shrinks ??= `the two sides still come nearer to each other ${ray.text}`;
  }
  if (shrinks === null) return null;
  for (const variable of variables)
    for (const far of farAlong(sample, variable)) {
      const height = ground.heights(far);
      if (height && ground.isFound(height) && isViolated(far)) return far;
    }
  noted.open ??= shrinks;
  return null;
}

/** log10 of a change from one place to the next that is none. */
const STILL = 1e-6;

/** Whether ratios grow to the last. */
function rises(ratios: readonly (number | null)[]): boolean {
  const steps = ratios.slice(1).map((ratio, at) => {
    const before = ratios[at] ?? null;
    return ratio === null || before === null ? 0 : ratio - before;
  });
  return steps.length > 1 && steps.every(step => step > STILL);
}

/** The nearest samples to a violation, and the first ones. */
function startsFrom(samples: readonly Sample[], { heights, holds }: Ground): Sample[] {
  const measured = samples
    .filter(holds)
    .slice(0, MEASURED)
    .flatMap(sample => {
      const height = heights(sample);
      return height === null ? [] : [{ sample, height }];
    });
  const nearest = measured.toSorted((a, b) =>
    isHigher(a.height, b.height) ? -1 : isHigher(b.height, a.height) ? 1 : 0,
  );
  const chosen = new Set([...measured.slice(0, FIRST), ...nearest.slice(0, NEAREST)]);
  return [...chosen].map(({ sample, height }) => {
    const linear = linearised(sample);
    const same = holds(linear) ? heights(linear) : null;
    return same?.sign === height.sign && same.size === height.size ? linear : sample;
  });
}

const mentions = (formulas: readonly Formula[], name: string): boolean =>
  formulas.some(formula => [...nodes(formula)].some(node => node.kind === 'index' && node.name === name)) &&
  name !== DIMENSION;

/** The sample with the two sides made equal by one number or two. */
function zeroOf({ claim, statement, question, seed }: SearchTask, sample: Sample): Sample[] {
  const numbers = new SeededNumbers(seed);
  const draw = new Draw({ nextInt: (from, to) => numbers.integer(from, to) });
  const gap = subtraction(statement.left, statement.right);
  const zero = madeZero([gap], { claim, space: question.space }, sample, 1, draw);
  return zero ? [zero] : [];
}

const nearText = (sample: Sample, variables: readonly Adjustable[]): string => {
  const values = variables.flatMap(variable => {
    const value = variable.value(sample);
    return value === null ? [] : [`${variable.name} = ${value.toNumber().toPrecision(8)}`];
  });
  return values.length === 0 ? '' : `, near ${values.join(', ')}`;
};
