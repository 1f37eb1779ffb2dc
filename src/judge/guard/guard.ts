/**
 * The guard: one for every route to a proof. It evaluates both sides as they were typed at points that are chosen, not drawn:
 * three cheap ones before anything else, then n, p and free labels at and around every constant, and the edges of the rules
 * that a proof used. Limits and regimes are looked at along their sequences.
 *
 * It shares nothing with the prover. A difference refutes; agreement proves nothing, but nothing is proved without it.
 */
import type { Budget } from '../../base/budget.ts';
import { atMost } from '../../base/work.ts';
import { SeededNumbers } from '../../base/seeded-numbers.ts';
import { PolynomialLoss } from '../../numeric/polynomial-loss.ts';
import type { Claim } from '../../document/model.ts';
import { compareSides } from '../compare-sides.ts';
import { Draw, drawSample } from '../draw-sample.ts';
import type { Comparison, Question } from '../question.ts';
import type { Sample } from '../sample.ts';
import { madeZero } from '../satisfy/make-zero.ts';
import type { Satisfier } from '../satisfy/satisfy.ts';
import type { GuardReport } from '../verdict.ts';
import type { Edge } from './edge.ts';
import { placesOfEdge } from './edge-places.ts';
import { integerFormOf } from './integer-form.ts';
import type { Place } from './place.ts';

export interface GuardTask {
  readonly question: Question;
  readonly claim: Claim;
  readonly places: readonly Place[];
  readonly satisfier: Satisfier | null;
  readonly holds: (sample: Sample) => boolean;
  readonly digits: number;
  readonly seed: number;
  readonly budget: Budget;
  /** Whether samples are looked at besides: they have found most of what is wrong already, and time is of less concern. */
  readonly isBesideSamples: boolean;
}

export type GuardFinding = {
  readonly sample: Sample;
  readonly difference: Extract<Comparison, { readonly kind: 'differ' }>;
} | null;

/** Points before anything else, and along sequences altogether. */
const FIRST = 3;
const MOST_ALONG = 6;
/** Units of work for one of the first points, for one of the others, and for all others together. */
const FIRST_STEPS = 2_000_000;
const POINT_STEPS = 15_000;
const EDGE_STEPS = 10_000;
/** Places at edges, and those of them along sequences. */
const MOST_EDGES = 40;
const MOST_EDGES_ALONG = 2;
/** Work that a step takes at most on the average: a function of a long number takes more. */
const WORK_A_STEP = 16;
const WHOLE_STEPS = { alone: 4_000, besideSamples: 40_000 } as const;
/** With fewer points than this nothing is proved; a sequence is many points. */
const FEWEST_POINTS = 3;
const FEWEST_SEQUENCES = 1;
/** Places that may take as much as a first one while there are fewer points than that. */
const MOST_FIRST = 12;
const MOST_LISTED = 6;

export class Guard {
  readonly #task: GuardTask;
  readonly #numbers: SeededNumbers;
  #points = 0;
  #least: number | null = null;
  #most: number | null = null;
  #work = 0;
  #reached = 0;
  readonly #known: (Place & { readonly work: number })[] = [];
  readonly #skipped = new Map<string, string[]>();

  constructor(task: GuardTask) {
    this.#task = task;
    this.#numbers = new SeededNumbers(task.seed);
  }

  /** A sequence is not cheap: alone one of them is looked at first. */
  get #first(): number {
    return this.#task.question.along && !this.#task.isBesideSamples ? 1 : FIRST;
  }

  /** Three cheap points. */
  first(): GuardFinding {
    return this.#lookAt(this.#task.places.slice(0, this.#first), FIRST_STEPS);
  }

  /** The other places. */
  rest(): GuardFinding {
    const { places, question } = this.#task;
    return this.#lookAt(places.slice(this.#first, question.along ? MOST_ALONG : undefined), POINT_STEPS);
  }

  /**
   * The edges of the rules that a proof used, but for places that were looked at before. Along a sequence n, p and labels have
   * no edges: it goes to large n whatever they are.
   */
  at(edges: readonly Edge[]): GuardFinding {
    const { question } = this.#task;
    const { letters, largestN = Number.POSITIVE_INFINITY } = question.space;
    const seen = new Set(this.#known.map(textOf));
    const places: Place[] = [];
    for (const edge of edges) {
      const isOfIntegers = edge.zeros.every(zero => integerFormOf(zero) !== null);
      if (isOfIntegers && question.along) continue;
      const own = placesOfEdge(edge, letters).filter(
        ({ n, letters: values }) => n <= largestN && [...values.values()].every(value => value <= largestN),
      );
      for (const place of isOfIntegers ? own : own.slice(1, 3)) {
        const text = isOfIntegers ? textOf(place) : `${textOf(place)}, ${edge.text}`;
        if (seen.has(text)) continue;
        seen.add(text);
        places.push(isOfIntegers ? place : { ...place, zeros: edge.zeros });
      }
    }
    this.#work = 0;
    return this.#lookAt(places.slice(0, question.along ? MOST_EDGES_ALONG : MOST_EDGES), EDGE_STEPS);
  }

  /** At how many points the conditions were made to hold, whatever the sides are there. */
  get reached(): number {
    return this.#reached;
  }

  /** With fewer points at which both sides have a value nothing is proved. */
  get fewest(): number {
    return this.#task.question.along ? FEWEST_SEQUENCES : FEWEST_POINTS;
  }

  get report(): GuardReport {
    const skipped = [...this.#skipped].map(([reason, where]) => `${listed(where)}: ${reason}`);
    return { points: this.#points, least: this.#least, most: this.#most, skipped };
  }

  #lookAt(places: readonly Place[], most: number): GuardFinding {
    const random = { nextInt: (from: number, to: number): number => this.#numbers.integer(from, to) };
    for (const place of places) {
      // What holds nowhere is asked of no more places.
      if (this.#task.satisfier?.hasGivenUp) return null;
      if (this.#left(most) < this.#expected(place)) {
        this.#skip('too much work', textOf(place));
        continue;
      }
      const sample = this.#sampleAt(place, new Draw(random));
      const difference = sample && this.#look(sample, place, most);
      if (sample && difference) return { sample, difference };
    }
    return null;
  }

  /** A sample at the place at which the conditions hold; null where none was found. */
  #sampleAt(place: Place, draw: Draw): Sample | null {
    const { question, satisfier, claim, holds } = this.#task;
    const { space } = question;
    const drawn = drawSample(space, draw, place);
    const flat = new PolynomialLoss([]);
    const usual = place.flat ? { ...drawn, losses: drawn.losses.map(() => flat) } : drawn;
    const first = holds(usual) ? usual : (satisfier?.satisfied(usual, draw) ?? null);
    if (!first || !place.zeros) return first;
    const zero = madeZero(place.zeros, { claim, space }, first, draw.integer(1, first.theta.length), draw);
    return zero && holds(zero) ? zero : null;
  }

  #look(sample: Sample, place: Place, most: number): NonNullable<GuardFinding>['difference'] | null {
    const { question, digits, budget } = this.#task;
    const where = textOf(place);
    this.#reached += 1;
    const left = this.#left(most);
    const before = budget.spent;
    const comparison = atMost(
      WORK_A_STEP * left,
      () => budget.within(left, () => compareSides(exactly(question, sample, place), sample, digits)),
      () => null,
    );
    const work = budget.spent - before;
    if (most !== FIRST_STEPS) this.#work += work;
    this.#known.push({
      ...place,
      work: comparison === null ? Number.POSITIVE_INFINITY : work,
    });
    if (comparison === null) return this.#skip('too much work', where);
    if (comparison.kind === 'differ') return comparison;
    if (comparison.kind === 'unusable') return this.#skip(comparison.reason, where);
    this.#points += 1;
    this.#least = Math.min(this.#least ?? sample.n, sample.n);
    this.#most = Math.max(this.#most ?? sample.n, sample.n);
    return null;
  }

  /** What one point may still take. */
  #left(most: number): number {
    const whole = WHOLE_STEPS[this.#task.isBesideSamples ? 'besideSamples' : 'alone'];
    const isFirst = this.#points < this.fewest && this.#known.length < MOST_FIRST;
    return most === FIRST_STEPS || isFirst ? FIRST_STEPS : Math.min(most, whole - this.#work);
  }

  /** At least what a smaller point has taken, in proportion to n where it is larger by much. */
  #expected({ n, dimension }: Place): number {
    const smaller = this.#known.filter(known => known.n <= n && known.dimension <= dimension);
    return Math.max(1, ...smaller.map(known => (known.work * (n + 4)) / (known.n + 4)));
  }

  #skip(reason: string, where: string): null {
    this.#skipped.set(reason, [...(this.#skipped.get(reason) ?? []), where]);
    return null;
  }
}

const isExact = (question: Question, sample: Sample): boolean => (question.order?.(sample) ?? null) !== null;
const vanishes = ({ zeros, flat }: Place): boolean => zeros !== undefined || flat === true;

/** Where something is made to vanish, rounding may be all that is left of it: exact values are compared where there are any. */
function exactly(question: Question, sample: Sample, place: Place): Question {
  if (!vanishes(place) || question.relationAt || !isExact(question, sample)) return question;
  return { ...question, relationAt: () => question.relation };
}

const textOf = ({ n, dimension, letters }: Place): string =>
  [`n = ${n}`, `p = ${dimension}`, ...[...letters].map(([name, value]) => `${name} = ${value}`)].join(', ');

const listed = (where: readonly string[]): string =>
  where.length <= MOST_LISTED
    ? where.join('; ')
    : `${where.slice(0, MOST_LISTED).join('; ')} and ${where.length - MOST_LISTED} more`;
