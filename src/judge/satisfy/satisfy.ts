/**
 * Makes conditions hold at a sample: sizes that the conditions on integers allow, then one number after the other, at a root
 * of what is compared or beside it. It only proposes samples; whether a condition holds at one is asked of the condition.
 */
import { liesIn } from '../../formula/domain.ts';
import { Budget } from '../../base/budget.ts';
import { atMost, workDone } from '../../base/work.ts';
import type { Claim, Condition } from '../../document/model.ts';
import { subtraction } from '../../formula/build.ts';
import type { Formula } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';
import { Program } from '../../evaluate/program/program.ts';
import { Comparisons } from '../sample/conditions.ts';
import { type Draw, drawSample, scalarIn } from '../sample/draw-sample.ts';
import { integersAllowed } from '../stated/integer-conditions.ts';
import { withDefinitions } from '../stated/stated-formulas.ts';
import type { Place } from '../stated/place.ts';
import type { Sample, SampleSpace } from '../sample/sample.ts';
import { type Adjustable, adjustablesOf, lettersAt } from './adjustable.ts';
import { rootsIn } from './vanish.ts';

type Comparison = Condition['comparisons'][number];

export interface SatisfyTask {
  readonly conditions: readonly Condition[];
  readonly claim: Claim;
  readonly space: SampleSpace;
  readonly digits: number;
  /** Sizes that the conditions on integers allow, for samples whose own are not. */
  readonly places: readonly Place[];
}

/** Changes of one number before a sample is given up. */
const ROUNDS = 8;
/** Samples that could not be changed beyond those that could, and work for them, before no more are tried. */
const MOST_MISSES = 12;
const MOST_WORK = 200_000;
const WORK_A_HIT = 10_000;

export class Satisfier {
  readonly #task: SatisfyTask;
  readonly #comparisons: readonly Comparison[];
  readonly #gaps: ReadonlyMap<Comparison, Formula>;
  readonly #values: Comparisons;
  readonly #program: Program;
  readonly #budget = Budget.unlimited();
  #work = 0;
  #hits = 0;
  #misses = 0;
  readonly #allows: (letters: ReadonlyMap<string, number>) => boolean;

  constructor(task: SatisfyTask) {
    const { conditions, claim, space, digits } = task;
    this.#task = task;
    this.#comparisons = conditions.flatMap(({ comparisons }) => comparisons);
    this.#gaps = new Map(this.#comparisons.map(each => [each, subtraction(each.left, each.right)]));
    this.#values = new Comparisons(claim, space.declarations, digits, this.#budget);
    this.#program = new Program({ definitions: claim.definitions, declarations: space.declarations });
    this.#allows = integersAllowed(this.#comparisons);
  }

  /** A sample like this one at which the conditions hold for some component; null where none was found. */
  satisfied(sample: Sample, draw: Draw): Sample | null {
    if (this.#isHopeless) return null;
    const start = workDone();
    const found = atMost(
      this.#left,
      () => {
        const sized = this.#sized(sample, draw);
        return sized && this.#adjusted(sized, draw.integer(1, sized.theta.length), draw);
      },
      () => null,
    );
    this.#work += workDone() - start;
    if (found) this.#hits += 1;
    else this.#misses += 1;
    return found;
  }

  get #left(): number {
    return MOST_WORK + WORK_A_HIT * this.#hits - this.#work;
  }

  /** Whether so many samples could not be changed that no more are tried, and none could. */
  get hasGivenUp(): boolean {
    return this.#hits === 0 && this.#isHopeless;
  }

  get #isHopeless(): boolean {
    const hits = this.#hits;
    return this.#misses > MOST_MISSES + hits || this.#left <= 0;
  }

  #sized(sample: Sample, draw: Draw): Sample | null {
    if (this.#allows(lettersAt(sample, 1))) return sample;
    const { places, space } = this.#task;
    for (let round = 0; round < ROUNDS && places.length > 0; round += 1) {
      // The first are the smallest and the cheapest.
      const upTo = draw.chance(70) ? Math.min(places.length, 8) : places.length;
      const place = places[draw.integer(0, upTo - 1)];
      const drawn = drawSample(space, draw, place);
      if (this.#allows(lettersAt(drawn, 1))) return drawn;
    }
    return null;
  }

  #adjusted(start: Sample, component: number, draw: Draw): Sample | null {
    let sample = start;
    let failing = this.#failing(sample, component);
    for (let round = 0; round < ROUNDS; round += 1) {
      const [first] = failing;
      if (!first) return sample;
      const { claim, space } = this.#task;
      const read = withDefinitions([first.left, first.right], claim.definitions);
      const adjustables = adjustablesOf(read, space, component);
      const [adjustable] = adjustables.length === 0 ? [] : [adjustables[draw.integer(0, adjustables.length - 1)]];
      const proposed = adjustable ? this.#proposals(sample, component, adjustable, draw) : [negated(sample)];
      // What leaves fewer conditions open, else anything that makes the first one hold.
      const tried = proposed.map(each => ({ each, open: this.#failing(each, component) }));
      const better =
        tried.find(({ open }) => open.length < failing.length) ?? tried.find(({ open }) => !open.includes(first));
      if (!better) continue;
      sample = better.each;
      failing = better.open;
    }
    return failing.length === 0 ? sample : null;
  }

  #failing(sample: Sample, component: number): Comparison[] {
    return this.#comparisons.filter(each => this.#values.holds(each, sample, component) !== true);
  }

  /** The number at the roots of all that it is compared in, between them, and anywhere. */
  #proposals(sample: Sample, component: number, adjustable: Adjustable, draw: Draw): Sample[] {
    const { domain } = adjustable;
    const roots = [...this.#gaps.values()]
      .flatMap(gap => rootsIn(this.#program, gap, sample, component, adjustable, this.#budget))
      .sort((a, b) => a.compare(b));
    const ends = [domain.lower, ...roots, domain.upper];
    const inside = ends.slice(1).flatMap((upper, at) => between(ends[at] ?? null, upper, draw));
    const values = [...shuffled(inside, draw), ...roots, scalarIn(domain, this.#task.space, draw)];
    return values.filter(value => liesIn(value, domain)).map(value => adjustable.set(sample, value));
  }
}

const PARTS = 16;

/** A value between two ends; beside the one that is there where the other is not. */
function between(lower: Rational | null, upper: Rational | null, draw: Draw): Rational[] {
  if (lower && upper) {
    if (lower.compare(upper) >= 0) return [];
    return [lower.add(upper.subtract(lower).multiply(Rational.of(draw.integer(1, PARTS - 1), PARTS)))];
  }
  const step = draw.nonzero().abs();
  if (lower) return [lower.add(step)];
  return upper ? [upper.subtract(step)] : [draw.nonzero()];
}

function shuffled<T>(values: readonly T[], draw: Draw): T[] {
  const left = [...values];
  const found: T[] = [];
  while (left.length > 0) found.push(...left.splice(draw.integer(0, left.length - 1), 1));
  return found;
}

/** All losses the other way round: what depends on gradients through a definition can change its sign only so. */
const negated = (sample: Sample): Sample => ({
  ...sample,
  losses: sample.losses.map(loss => loss.scaled(Rational.minusOne)),
});
