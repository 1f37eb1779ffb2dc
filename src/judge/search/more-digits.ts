/**
 * Two sides that agree to the digits asked for may still differ far behind: tanh x and 1 at x = 200. Some samples are looked at with
 * as many digits as are taken at all. A sample tells nothing there where something was too small to be seen even so, as e^{−2000} in
 * 1 + e^{−2000}.
 */
import { swallowedAt } from '../../evaluate/ring/enclose.ts';
import { isAboutOrder } from '../numeric/compare-order.ts';
import { compareSides, workingDigits } from '../numeric/compare-sides.ts';
import type { Question } from '../question.ts';
import type { Sample } from '../sample/sample.ts';

/** Digits, the fewest first: those in which a difference shows are printed. */
const STEPS = [100, 200, 350] as const;
/** Sine and cosine have at most half of the digits of π that are known. */
const MANY = [600, 90] as const;
/** Samples that are looked at, from all sizes; so many of those with a value must agree in all that is computed. */
const LOOKED_AT = 8;
const ENOUGH = 1 / 2;

export interface Deeper {
  readonly found: Sample | null;
  /** The digits in which the sides differ there. */
  readonly digits: number;
  readonly open: string | null;
}

export interface DeeperTask {
  readonly question: Question;
  readonly samples: readonly Sample[];
  readonly holds: (sample: Sample) => boolean;
  readonly digits: number;
}

const SWALLOWED = 'no digits show parts that are very small beside others';

export function lookDeeper({ question, samples, holds, digits }: DeeperTask): Deeper {
  if (question.along || question.epoch || question.costly === true || isAboutOrder(question))
    return { found: null, digits, open: null };
  const usable = samples.filter(holds);
  const step = Math.max(1, Math.floor(usable.length / LOOKED_AT));
  let agreed = 0;
  let lost = 0;
  for (const sample of usable.filter((_, at) => at % step === 0).slice(0, LOOKED_AT)) {
    for (const many of MANY.filter(each => each > digits)) {
      const before = swallowedAt(workingDigits(many));
      const { kind } = compareSides(question, sample, many);
      if (kind === 'unusable') continue;
      if (kind === 'differ') return { found: sample, digits: fewestDigits(question, sample, digits, many), open: null };
      if (kind === 'agree' && swallowedAt(workingDigits(many)) > before) lost += 1;
      else if (kind === 'agree') agreed += 1;
      break;
    }
  }
  return { found: null, digits, open: lost > 0 && agreed < ENOUGH * (agreed + lost) ? SWALLOWED : null };
}

const fewestDigits = (question: Question, sample: Sample, from: number, many: number): number =>
  STEPS.find(each => each > from && each < many && compareSides(question, sample, each).kind === 'differ') ?? many;
