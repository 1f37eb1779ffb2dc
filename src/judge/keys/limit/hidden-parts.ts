/**
 * Parts of what is typed that a sequence towards large n does not see: beside others too small to change a digit, and yet seen later,
 * as 1 in 1 + β^n e^{400}, nρ^{120} in 1 + nρ^{120} and n(β^{200}) in (1 − β^{200})^n. They are judged by their values: what is
 * without sums at n up to 10^{300}, the rest by whether it still comes nearer at the end of the sequence.
 */
import { Budget } from '../../../base/budget.ts';
import { logarithmOfSize } from '../../../number/big-float.ts';
import { Rational } from '../../../number/rational.ts';
import { number, subtraction } from '../../../formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../../formula/formula.ts';
import { type Ball, isExactZero, mayBeZero } from '../../../evaluate/ring/ball.ts';
import { enclose } from '../../../evaluate/ring/enclose.ts';
import { Evaluator } from '../../../evaluate/evaluator.ts';
import { Program } from '../../../evaluate/program/program.ts';
import type { QuestionTask } from '../../question-task.ts';
import { environmentOf } from '../../sample/sample-environment.ts';
import type { Sample } from '../../sample/sample.ts';
import { type Beside, besidesOf, definitionsOf, fixedFactorsOf } from './besides-of.ts';

/** So many powers of ten below what it stands beside, a part is not seen. */
const UNSEEN = -8;
/** Digits that tell numbers next to each other apart, and keep short ones exact. */
const DIGITS = 130;
/** Far beyond every sequence; where powers r^n are too small for any number, the smaller n tell. */
const FAR = [1e3, 3e4, 1e6, 1e9, 1e12, 1e18, 1e30, 1e60, 1e100, 1e200, 1e300] as const;
/** What is not seen falls at least by this part of its last fall, both as powers of n, where it goes on to vanish. */
const GOES_ON = 0.9;
/** log10 of a change that is none. */
const STILL = 1e-6;
/** Evaluated nodes for the parts of one sequence. */
const MOST_WORK = 200_000;
const STEP = Rational.of(1, 10);

type Asked = Pick<QuestionTask, 'claim' | 'statement' | 'optimizer' | 'other' | 'declarations'>;

/** log10 of the sizes of the parts: null for one that is zero, 'lost' for one of which no digits tell whether it is. */
type Magnitude = number | null | 'lost';
type Magnitudes = readonly Magnitude[];
/** Which of the parts is small beside which. */
type Pair = readonly [small: number, large: number];

export class HiddenParts {
  readonly #besides: readonly Beside[];
  readonly #fixed: readonly Formula[];
  readonly #program: Program;
  /** What has no value outside of a run, as a state. */
  readonly #without = new Set<Formula>();
  readonly #known = new WeakMap<Sample, boolean>();

  constructor(asked: Asked) {
    this.#besides = besidesOf(asked);
    this.#fixed = fixedFactorsOf(asked);
    this.#program = new Program({ definitions: definitionsOf(asked), declarations: asked.declarations });
  }

  /** Whether the sequence of `first`, that ends with these samples, may not see what happens at large n. */
  hides(first: Sample, last: readonly Sample[]): boolean {
    const known = this.#known.get(first);
    if (known !== undefined) return known;
    const budget = new Budget(2 * MOST_WORK);
    const found = budget.within(MOST_WORK, () => this.#hides(last, budget)) ?? true;
    this.#known.set(first, found);
    return found;
  }

  #hides(samples: readonly Sample[], budget: Budget): boolean {
    const all = samples.map(sample => ({ n: sample.n, magnitudesOf: this.#magnitudesAt(sample, budget) }));
    const last = all.at(-1);
    const [sample] = samples.slice(-1);
    if (last === undefined || sample === undefined) return false;
    if (this.#fixed.some(formula => isExtreme(last.magnitudesOf([formula, subtraction(formula, number(1))]))))
      return true;
    return this.#besides.some(beside => {
      const end = last.magnitudesOf(beside.parts);
      if (end === null) return false;
      if (end.includes('lost')) return true;
      const pairs = unseenIn(besideOne(end, beside), beside);
      if (pairs.length === 0) return false;
      if (beside.isClosed) return pairs.some(pair => this.#isSeenFar(beside, pair, sample, budget));
      return comesNearer(
        pairs,
        all.map(({ n, magnitudesOf }) => ({ n, magnitudes: besideOne(magnitudesOf(beside.parts) ?? [], beside) })),
      );
    });
  }

  /** Whether what is not seen at the end of the sequence is seen at some n far beyond. */
  #isSeenFar(beside: Beside, [small, large]: Pair, sample: Sample, budget: Budget): boolean {
    return FAR.filter(n => n > sample.n).some(n => {
      const magnitudes = this.#magnitudesAt({ ...sample, n }, budget)(beside.parts);
      const [a, b] = [small, large].map(at => besideOne(magnitudes ?? [], beside)[at]);
      return a === 'lost' || b === 'lost' || (isNumber(a) && isNumber(b) && a - b >= unseenFor(beside));
    });
  }

  /** The magnitudes of formulas at a sample; null where one has no value. */
  #magnitudesAt(sample: Sample, budget: Budget): (formulas: readonly Formula[]) => Magnitudes | null {
    const letters = new Map([...sample.letters, [ITERATION, sample.n], [COMPONENT, 1]]);
    return formulas => {
      if (formulas.some(formula => this.#without.has(formula))) return null;
      const found: Magnitude[] = [];
      for (const formula of formulas) {
        const value = enclose(DIGITS, ring => {
          const environment = environmentOf(sample, ring, { step: ring.fromRational(STEP) });
          return ring.ball(new Evaluator(this.#program, environment, budget).value(formula, letters));
        });
        if (!value.ok) {
          if (value.problems.some(({ code }) => code === 'undefined-name')) this.#without.add(formula);
          return null;
        }
        found.push(magnitudeOf(value.value));
      }
      return found;
    };
  }
}

const magnitudeOf = (value: Ball): Magnitude => {
  if (isExactZero(value)) return null;
  return mayBeZero(value) ? 'lost' : logarithmOfSize(value);
};
const isNumber = (magnitude: Magnitude | undefined): magnitude is number => typeof magnitude === 'number';

/** Of a number and what it has more than 1: whether it is beyond the usual sizes, or so near to 1 that its powers are seen late. */
function isExtreme(magnitudes: Magnitudes | null): boolean {
  const [size, distance] = magnitudes ?? [];
  if (size === 'lost' || distance === 'lost') return true;
  return (isNumber(size) && Math.abs(size) > -UNSEEN) || (isNumber(distance) && distance < UNSEEN);
}

/** Magnitudes as they stand beside each other: for the argument of tanh, 1 and e^{−2|x|}. */
function besideOne(magnitudes: Magnitudes, { isExponent }: Beside): Magnitudes {
  const [exponent] = magnitudes;
  return isExponent && isNumber(exponent) ? [0, -2 * Math.LOG10E * 10 ** exponent] : magnitudes;
}

/** Where what is squared is not seen, half as many powers of ten below. */
const unseenFor = ({ isSquared }: Beside): number => (isSquared ? UNSEEN / 2 : UNSEEN);

/** Which parts are not seen, each with the largest one. */
function unseenIn(magnitudes: Magnitudes, beside: Beside): Pair[] {
  const largest = magnitudes.reduce<number | null>((best, magnitude, at) => {
    const most = best === null ? null : magnitudes[best];
    return isNumber(magnitude) && (!isNumber(most) || magnitude > most) ? at : best;
  }, null);
  if (largest === null) return [];
  const top = magnitudes[largest];
  return magnitudes.flatMap((magnitude, at): Pair[] =>
    isNumber(magnitude) && isNumber(top) && magnitude - top < unseenFor(beside) ? [[at, largest]] : [],
  );
}

/** Whether one of them comes nearer, or goes away ever more slowly as a power of n. */
function comesNearer(
  pairs: readonly Pair[],
  along: readonly { readonly n: number; readonly magnitudes: Magnitudes }[],
): boolean {
  return pairs.some(([small, large]) => {
    const gaps = along.slice(-3).flatMap(({ n, magnitudes }) => {
      const [a, b] = [magnitudes[small], magnitudes[large]];
      return isNumber(a) && isNumber(b) ? [{ at: Math.log(n + 1), gap: a - b }] : [];
    });
    const [first, second, third] = gaps;
    if (first === undefined || second === undefined || third === undefined) return true;
    const before = (second.gap - first.gap) / (second.at - first.at);
    const after = (third.gap - second.gap) / (third.at - second.at);
    return after > STILL || (before < -STILL && after > GOES_ON * before);
  });
}
