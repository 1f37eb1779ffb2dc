/**
 * Inequalities for large n, p and labels: far beyond every sample where they cost no more there than elsewhere (closed forms),
 * up to 2^1000; and, where sums end that earlier, whether the smaller side grew faster for as long as it was followed.
 */
import { subtraction } from '../../formula/build.ts';
import type { Formula } from '../../formula/formula.ts';
import { workDone } from '../../base/work.ts';
import { Program } from '../../evaluate/program/program.ts';
import type { Sample } from '../sample/sample.ts';
import { withDefinitions } from '../stated/stated-formulas.ts';
import { conditionsOf } from '../unsupported.ts';
import { type Way, waysFor } from './far-ways.ts';
import { type Height, type Heights, heightsOf, isHigher } from './height.ts';
import { grows } from './growth.ts';
import type { Searched, SearchTask } from './search-task.ts';

/** Powers of two: in eighths as far as integers have all their digits, then ever larger steps. */
const FINE = 8;
const LARGEST_FINE = 52;
const FARTHER = 1.2;
const LARGEST = 1_000;
/** So many sizes without a value, one after the other, end a way. */
const MOST_MISSING = 2 * FINE;
/** Units of work for one place, beyond which only every doubling is looked at. */
const CHEAP = 3_000;
/** From the highest places so far one climbs, by so many steps. */
const PEAKS = 2;
const MOST_STEPS = 200;

export interface FarGround {
  readonly heights: Heights;
  readonly isFound: (height: Height) => boolean;
  readonly isViolated: (sample: Sample) => boolean;
  readonly holds: (sample: Sample) => boolean;
}

interface Seen {
  readonly size: number;
  readonly sample: Sample;
  readonly height: Height;
}

/** A violation for large integers; else why there may be one. */
export function searchFar(task: SearchTask, start: Sample, ground: FarGround): Searched {
  const { claim, statement, question, formulas, budget } = task;
  const typed = conditionsOf(claim, statement).flatMap(condition => condition.comparisons);
  const read = [
    ...formulas,
    ...withDefinitions(
      typed.flatMap(({ left, right }) => [left, right]),
      claim.definitions,
    ),
  ];
  const program = new Program({ definitions: claim.definitions, declarations: question.space.declarations });
  const isUpper = question.relation === '<' || question.relation === '\\le';
  const { left, right } = statement;
  const terms = termsOf(isUpper ? subtraction(left, right) : subtraction(right, left)).map(term =>
    heightsOf(term, program, 1, budget),
  );
  let open: string | null = null;
  for (const way of waysFor(read, question.space)) {
    const { seen, wasForbidden } = goneAlong(way, start, ground);
    const last = seen.at(-1);
    if (last === undefined) continue;
    const found = ground.isFound(last.height) ? smallest(way, start, seen, ground) : climbed(way, start, seen, ground);
    if (found) return { found, open: null };
    const at = (power: number): Sample | null => {
      const sample = way.at(start, sizeAt(power));
      return sample && ground.holds(sample) ? sample : null;
    };
    // Where the conditions end it there is nothing beyond.
    if (!wasForbidden && grows(terms, at, Math.log2(last.size))) open ??= `the smaller side grows faster ${way.text}`;
  }
  return { found: null, open };
}

export function* powers(): Generator<number> {
  for (let eighth = FINE; eighth <= FINE * LARGEST_FINE; eighth += 1) yield eighth / FINE;
  for (let power = LARGEST_FINE * FARTHER; power < LARGEST; power *= FARTHER) yield Math.round(power);
  yield LARGEST;
}

export const sizeAt = (power: number): number => Math.round(2 ** power);

interface Gone {
  /** Where both sides have a value, up to the first violation. */
  readonly seen: readonly Seen[];
  /** Whether no larger size is allowed. */
  readonly wasForbidden: boolean;
}

function goneAlong(way: Way, start: Sample, { heights, holds, isFound, isViolated }: FarGround): Gone {
  let wasForbidden = false;
  const seen: Seen[] = [];
  let missing = 0;
  let last = 0;
  let isCheap = true;
  for (const power of powers()) {
    const size = sizeAt(power);
    if (size === last || (!isCheap && !Number.isInteger(power))) continue;
    last = size;
    const before = workDone();
    const sample = way.at(start, size);
    wasForbidden = sample !== null && !holds(sample);
    const height = sample && !wasForbidden ? heights(sample) : null;
    isCheap = workDone() - before < CHEAP;
    if (sample && height) {
      missing = 0;
      seen.push({ size, sample, height });
      if (isFound(height) && isViolated(sample)) break;
    } else if (seen.length > 0) {
      missing += 1;
      if (missing >= MOST_MISSING) break;
    }
  }
  return { seen, wasForbidden };
}

/** The last place is a violation, as far as digits tell: the smallest size from which on there is one. */
function smallest(way: Way, start: Sample, seen: readonly Seen[], { isViolated }: FarGround): Sample | null {
  const [before, last] = [seen.at(-2), seen.at(-1)];
  if (!last || !isViolated(last.sample)) return null;
  let best = last.sample;
  halve(before?.size ?? 0, last.size, size => {
    const sample = way.at(start, size);
    if (!sample || !isViolated(sample)) return false;
    best = sample;
    return true;
  });
  return best;
}

/** Halves the way between two integers until they are neighbours; `isBeyond` holds at `high`. The last integers at both ends. */
export function halve(low: number, high: number, isBeyond: (size: number) => boolean): readonly [number, number] {
  let [below, above] = [low, high];
  while (above - below > 1) {
    const middle = Math.floor(below + (above - below) / 2);
    if (middle <= below || middle >= above) break;
    if (isBeyond(middle)) above = middle;
    else below = middle;
  }
  return [below, above];
}

/** Steps that become smaller from the highest places: a hump may be narrower than the sizes that were looked at. */
function climbed(way: Way, start: Sample, seen: readonly Seen[], ground: FarGround): Sample | null {
  const { heights, holds, isFound, isViolated } = ground;
  const isPeak = ({ height }: Seen, at: number): boolean =>
    [seen[at - 1], seen[at + 1]].every(other => other !== undefined && isHigher(height, other.height));
  const peaks = seen.filter(isPeak).toSorted((a, b) => (isHigher(a.height, b.height) ? -1 : 1));
  for (const peak of peaks.slice(0, PEAKS)) {
    let { size, height } = peak;
    let step = Math.floor(size / FINE);
    for (let count = 0; step >= 1 && count < MOST_STEPS; count += 1) {
      const next = [size + step, size - step].flatMap(each => {
        const sample = each > 0 ? way.at(start, each) : null;
        const there = sample && holds(sample) ? heights(sample) : null;
        return sample && there && isHigher(there, height) ? [{ size: each, sample, height: there }] : [];
      })[0];
      if (next === undefined) step = Math.floor(step / 2);
      else {
        ({ size, height } = next);
        if (isFound(height) && isViolated(next.sample)) return next.sample;
      }
    }
  }
  return null;
}

/** The terms of a sum. */
export function termsOf(formula: Formula): Formula[] {
  if (formula.kind === 'add') return formula.terms.flatMap(termsOf);
  if (formula.kind !== 'negate') return [formula];
  return termsOf(formula.argument).map(argument => ({ kind: 'negate', span: null, argument }));
}
