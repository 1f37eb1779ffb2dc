/**
 * The refuter: evaluates both sides of a question on random samples and, where they differ, shrinks the sample.
 *
 * It knows formulas by their values only. Agreement is evidence and never a proof; a sample on which a side has no value,
 * or on which both are zero, is no evidence at all and is counted apart.
 */
import { type Budget, BudgetSpent } from '../../base/budget.ts';
import { atMost } from '../../base/work.ts';
import { type SamplePool, samplesOf } from '../sample/arbitrary-sample.ts';
import { compareSides } from '../numeric/compare-sides.ts';
import type { Comparison, Question } from '../question.ts';
import type { Sample } from '../sample/sample.ts';
import { cutsFrom } from '../sample/shrink-sample.ts';

export interface SamplingOptions {
  readonly seed: number;
  readonly instances: number;
  readonly digits: number;
  /** From how many points an equation is followed beside the optimizer; 10 unless said otherwise. */
  readonly runs?: number;
  /** Shrink the first difference to small numbers; on unless said otherwise. */
  readonly shrink?: boolean;
}

export interface Counts {
  /** Along sequences, the number of sequences. */
  readonly instances: number;
  readonly skipped: number;
  readonly degenerate: number;
  /** The least exponent of s (or 1/s) that was measured along sequences. */
  readonly exponent?: number;
}

export type Difference = Extract<Comparison, { readonly kind: 'differ' }>;

export type Refutation =
  | { readonly kind: 'differ'; readonly sample: Sample; readonly difference: Difference; readonly counts: Counts }
  /** `stopped` says why not all samples were looked at; `reason` is the commonest reason for skipping one. */
  | {
      readonly kind: 'agree';
      readonly counts: Counts;
      readonly stopped: string | null;
      readonly reason: string | null;
    };

/** Shrinking stops after so many comparisons: by then the numbers are small, and its end must not depend on the clock. */
const MOST_SHRINKS = 1_500;
/** A comparison along a sequence costs many times as much. */
const MOST_SEQUENCE_SHRINKS = 150;
/** Where no samples are asked for, a part of that has to do. */
const WITHOUT_SAMPLES = 10;
/** Sequences for so many instances asked for; but never fewer than this. */
const INSTANCES_A_SEQUENCE = 8;
const FEWEST_SEQUENCES = 25;

const TOO_FAR = 'the sides come closer, but not close enough to tell';

const size = (sample: Sample): number => (sample.n + 1) * sample.theta.length;

/** Work for all samples of a statement, and for making a difference smaller (base/work.ts); usual ones need a small part. */
const SAMPLES_WORK = 5_000_000;
const SHRINKING_WORK = 2_000_000;

/** Samples are made in portions, so that any number of them needs little memory. */
const PORTION = 500;
/** Between the seeds of portions. */
const SEED_STRIDE = 104_729;

class Tally {
  instances = 0;
  skipped = 0;
  degenerate = 0;
  exponent: number | null = null;
  readonly #reasons = new Map<string, number>();

  skip(reason: string): void {
    this.skipped += 1;
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
  }
  get counts(): Counts {
    const { instances, skipped, degenerate, exponent } = this;
    return { instances, skipped, degenerate, ...(exponent === null ? {} : { exponent }) };
  }
  agree(stopped: string | null): Refutation {
    const [reason] = [...this.#reasons].reduce<[string | null, number]>(
      (best, next) => (next[1] > best[1] ? next : best),
      [null, 0],
    );
    return { kind: 'agree', counts: this.counts, stopped, reason };
  }
}

/** Compares the two sides on `instances` samples; the first difference is shrunk. `holds` tells which samples the claim is about. */
export function refute(
  question: Question,
  options: SamplingOptions,
  budget: Budget,
  holds: (sample: Sample) => boolean,
  pool: SamplePool = samplesOf,
): Refutation {
  const tally = new Tally();
  const instances =
    question.along || question.costly
      ? Math.max(Math.min(options.instances, FEWEST_SEQUENCES), Math.ceil(options.instances / INSTANCES_A_SEQUENCE))
      : options.instances;
  const all = (): Found | null => {
    for (let from = 0; from < instances; from += PORTION) {
      const portion = {
        ...options,
        seed: options.seed + SEED_STRIDE * (from / PORTION),
        instances: Math.min(PORTION, instances - from),
      };
      const found = refuteOn(question, portion, budget, holds, tally, pool);
      if (found) return found;
    }
    return null;
  };
  try {
    // Where they are much work there are fewer of them, and so less evidence.
    const found = atMost(SAMPLES_WORK, all, () => null);
    return found
      ? { kind: 'differ', ...shrunk(question, options, found, holds), counts: tally.counts }
      : tally.agree(null);
  } catch (error) {
    if (error instanceof BudgetSpent) return tally.agree(error.reason);
    throw error;
  }
}

function refuteOn(
  question: Question,
  options: SamplingOptions,
  budget: Budget,
  holds: (sample: Sample) => boolean,
  tally: Tally,
  pool: SamplePool,
): Found | null {
  // Small samples first: they are quick, and a wrong claim mostly fails on them already.
  const bySize = pool(question.space, options.seed, options.instances).toSorted((a, b) => size(a) - size(b));
  for (const sample of bySize) {
    budget.spend();
    if (!holds(sample)) {
      tally.skip('the condition does not hold there');
      continue;
    }
    const comparison = compareSides(question, sample, options.digits);
    if (comparison.kind === 'differ') return { sample, difference: comparison };
    if (comparison.kind === 'agree' && comparison.weak) tally.skip(TOO_FAR);
    else if (comparison.kind === 'agree') {
      tally.instances += 1;
      const { exponent } = comparison;
      if (exponent !== undefined) tally.exponent = Math.min(tally.exponent ?? exponent, exponent);
    }
    if (comparison.kind === 'degenerate') tally.degenerate += 1;
    if (comparison.kind === 'unusable') tally.skip(comparison.reason);
  }
  return null;
}

/** A sample on which the sides differ. */
export interface Found {
  readonly sample: Sample;
  readonly difference: Difference;
}

/** How many of the two values are zero: shrinking may not make a wrong value look like a missing one. */
const vanishes = ({ claimed, derived }: Difference): number =>
  [claimed, derived].filter(({ mantissa }) => mantissa === 0n).length;

/** The difference at smaller numbers: the boldest cut that still tells the sides apart, again and again. */
export function shrunk(
  question: Question,
  { digits, instances, shrink = true }: Pick<SamplingOptions, 'digits' | 'instances' | 'shrink'>,
  found: Found,
  holds: (sample: Sample) => boolean,
): Found {
  if (!shrink) return found;
  const usual = question.along || question.costly ? MOST_SEQUENCE_SHRINKS : MOST_SHRINKS;
  const most = instances === 0 ? usual / WITHOUT_SAMPLES : usual;
  const zeros = vanishes(found.difference);
  const differs = (sample: Sample): Difference | null => {
    const comparison = holds(sample) ? compareSides(question, sample, digits) : null;
    return comparison?.kind === 'differ' && vanishes(comparison) <= zeros ? comparison : null;
  };
  let smallest = found;
  const shrinking = (): Found => {
    // The difference that is given has been looked at.
    let comparisons = 1;
    let place = 0;
    try {
      for (let isSmaller = true; isSmaller; ) {
        isSmaller = false;
        for (const cut of cutsFrom(smallest.sample, question.space, place)) {
          comparisons += 1;
          if (comparisons > most) return smallest;
          const difference = differs(cut.smaller);
          if (!difference) continue;
          smallest = { sample: cut.smaller, difference };
          place = cut.place;
          isSmaller = true;
          break;
        }
      }
    } catch (error) {
      // A spent budget only ends the shrinking.
      if (!(error instanceof BudgetSpent)) throw error;
    }
    return smallest;
  };
  return atMost(SHRINKING_WORK, shrinking, () => smallest);
}
