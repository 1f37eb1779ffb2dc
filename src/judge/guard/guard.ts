/**
 * The guard: one for every route to a proof. It evaluates both sides as they were typed at points that are chosen, not drawn:
 * three cheap ones before anything else, then n, p and free labels at and around every constant, and the edges of the rules
 * that a proof used. Limits and regimes are looked at along their sequences.
 *
 * It shares nothing with the prover. A difference refutes; agreement proves nothing, but nothing is proved without it.
 */
import { atMost } from '../../base/work.ts';
import { SeededNumbers } from '../../base/seeded-numbers.ts';
import type { Formula } from '../../formula/formula.ts';
import { writeFormula } from '../../latex/write/write-formula.ts';
import { compareSides } from '../numeric/compare-sides.ts';
import { Draw } from '../sample/draw-sample.ts';
import type { Comparison, Question } from '../question.ts';
import type { Sample } from '../sample/sample.ts';
import type { GuardReport } from '../verdict.ts';
import type { Edge } from '../symbolic/edge.ts';
import { placesOfEdge } from './edge-places.ts';
import { integerFormOf } from '../stated/integer-form.ts';
import type { Place } from '../stated/place.ts';
import type { GuardTask } from './guard-task.ts';
import { mayVanish, sampleAt, samplesBeside } from './sample-at.ts';
import { unseen } from './unseen.ts';
import { isOfScalars } from './zeros.ts';

export type GuardFinding = {
  readonly sample: Sample;
  readonly difference: Extract<Comparison, { readonly kind: 'differ' }>;
} | null;

/** Points before anything else, and along sequences altogether. */
const FIRST = 3;
const MOST_ALONG = 6;
/** Zeros that have to be looked at are no part of these: so many of them, so often, with so many units of work in all. */
const MOST_NEEDED = 16;
const TRIES = 4;
const NEEDED_STEPS = 200_000;
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
  /** The places at which both sides had a value. */
  readonly #seen: Place[] = [];
  readonly #open: string[] = [];
  #neededWork = 0;
  /** Why the last point showed nothing. */
  #reason = '';
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
    const others = places.slice(this.#first);
    if (!question.along) return this.#lookAt(others, POINT_STEPS);
    // A sequence goes to large n by itself: what vanishes tells more than another size.
    const telling = others.filter(place => vanishes(place) && !isNeeded(place, question));
    const usual = [...telling, ...others.filter(place => !vanishes(place))].slice(0, MOST_ALONG - this.#first);
    const needed = others.filter(place => isNeeded(place, question));
    for (const { zeros } of needed.slice(MOST_NEEDED)) this.#leaveOpen(zeros);
    return this.#lookAt([...needed.slice(0, MOST_NEEDED), ...usual], POINT_STEPS);
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

  /** What the statement names and was not looked at, so that samples that agree support nothing; null where there is nothing. */
  get open(): string | null {
    const { constants, allows, question } = this.#task;
    const [zero] = this.#open;
    if (zero !== undefined) return `it was not looked at where ${zero} = 0`;
    const left = unseen({ constants, allows, question, seen: this.#seen });
    return left === null ? null : `it was not looked at ${left}`;
  }

  get report(): GuardReport {
    const skipped = [...this.#skipped].map(([reason, where]) => `${listed(where)}: ${reason}`);
    return { points: this.#points, least: this.#least, most: this.#most, skipped };
  }

  #lookAt(places: readonly Place[], most: number): GuardFinding {
    for (const place of places) {
      // What holds nowhere is asked of no more places.
      if (this.#task.satisfier?.hasGivenUp) return null;
      const found = isNeeded(place, this.#task.question)
        ? this.#lookAtNeeded(place, most)
        : this.#lookOnce(place, most, this.#draw);
      if (found && found !== 'left out') return found;
    }
    return null;
  }

  get #draw(): Draw {
    return new Draw({ nextInt: (from, to) => this.#numbers.integer(from, to) });
  }

  #lookOnce(place: Place, most: number, draw: Draw): GuardFinding | 'left out' {
    if (this.#left(most, place) < this.#expected(place)) {
      this.#skip(TOO_MUCH, textOf(place));
      return 'left out';
    }
    const sample = sampleAt(this.#task, place, draw);
    if (!sample) return null;
    const difference = this.#look(sample, place, most);
    if (difference) return { sample, difference };
    return place.needed === 'always' && place.zeros ? this.#lookBeside(place.zeros, sample, place, most) : null;
  }

  /** What has another form on either side of a zero is looked at there too. */
  #lookBeside(zeros: readonly Formula[], at: Sample, { zeros: _, ...place }: Place, most: number): GuardFinding {
    for (const sample of samplesBeside(this.#task, zeros, at)) {
      if (this.#left(most, place) < this.#expected(place)) return null;
      const difference = this.#look(sample, place, most);
      if (difference) return { sample, difference };
    }
    return null;
  }

  /** A zero that has to be looked at: several samples, and where none had a value for both sides, whether there is such a zero at all. */
  #lookAtNeeded(place: Place, most: number): GuardFinding {
    const { question } = this.#task;
    const [before, reached] = [this.#points, this.#reached];
    for (let round = 0; round < TRIES && this.#points === before; round += 1) {
      const found = this.#lookOnce(place, most, this.#draw);
      if (found === 'left out') break;
      if (found) return found;
      // A sample that was not found once is found no more easily the next time, but for other sizes.
      if (this.#reached === reached && round > 0) break;
    }
    if (this.#points > before) return null;
    // Constant losses are a place of their own, so that gradients that vanish were looked at; equations of motion cost much.
    if (this.#reason === TOO_MUCH && place.zeros?.every(isOfScalars) !== true) return null;
    const hasNoValue = this.#reached > reached && NO_VALUE.test(this.#reason);
    if (this.#reached > reached ? question.along && !hasNoValue : mayVanish(this.#task, place, this.#draw))
      this.#leaveOpen(place.zeros);
    return null;
  }

  #leaveOpen(zeros: readonly Formula[] | undefined): void {
    const { notation } = this.#task.claim;
    for (const zero of zeros ?? []) this.#open.push(writeFormula(zero, notation, 'latex'));
  }

  #look(sample: Sample, place: Place, most: number): NonNullable<GuardFinding>['difference'] | null {
    const { question, digits, budget } = this.#task;
    const where = textOf(place);
    this.#reached += 1;
    const left = this.#left(most, place);
    const before = budget.spent;
    const compared = (): Comparison | null =>
      budget.within(left, () => {
        const said = compareSides(vanishes(place) ? exactly(question, sample) : question, sample, digits);
        // β^n − β^{31} at n = 31 is zero by itself.
        return said.kind === 'unusable' && !vanishes(place)
          ? compareSides(exactly(question, sample), sample, digits)
          : said;
      });
    const comparison = atMost(WORK_A_STEP * left, compared, () => null);
    const work = budget.spent - before;
    if (isNeeded(place, question)) this.#neededWork += work;
    else if (most !== FIRST_STEPS) this.#work += work;
    this.#known.push({
      ...place,
      work: comparison === null ? Number.POSITIVE_INFINITY : work,
    });
    if (comparison === null) return this.#skip(TOO_MUCH, where);
    if (comparison.kind === 'differ') return comparison;
    if (comparison.kind === 'unusable') return this.#skip(comparison.reason, where);
    this.#points += 1;
    this.#seen.push(place);
    this.#least = Math.min(this.#least ?? sample.n, sample.n);
    this.#most = Math.max(this.#most ?? sample.n, sample.n);
    return null;
  }

  /** What one point may still take. */
  #left(most: number, place: Place): number {
    if (isNeeded(place, this.#task.question) && this.#task.isBesideSamples) return NEEDED_STEPS - this.#neededWork;
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
    this.#reason = reason;
    this.#skipped.set(reason, [...(this.#skipped.get(reason) ?? []), where]);
    return null;
  }
}

const TOO_MUCH = 'too much work';
/** A side without a value at a zero, as a fraction has none: nothing is said there. */
const NO_VALUE = /^(left|right|claimed|derived) side: /;

/** In a regime gradients and ε move along the sequence, and with them what vanishes. */
const isNeeded = ({ needed = 'never' }: Place, { along, space }: Question): boolean =>
  along ? needed !== 'never' && space.decay === 'slow' : needed === 'always';

const isExact = (question: Question, sample: Sample): boolean => (question.order?.(sample) ?? null) !== null;
const vanishes = ({ zeros, flat }: Place): boolean => zeros !== undefined || flat === true;

/** Where something is made to vanish, rounding may be all that is left of it: exact values are compared where there are any. */
function exactly(question: Question, sample: Sample): Question {
  if (question.relationAt || !isExact(question, sample)) return question;
  return { ...question, relationAt: () => question.relation };
}

const textOf = ({ n, dimension, letters }: Place): string =>
  [`n = ${n}`, `p = ${dimension}`, ...[...letters].map(([name, value]) => `${name} = ${value}`)].join(', ');

const listed = (where: readonly string[]): string =>
  where.length <= MOST_LISTED
    ? where.join('; ')
    : `${where.slice(0, MOST_LISTED).join('; ')} and ${where.length - MOST_LISTED} more`;
