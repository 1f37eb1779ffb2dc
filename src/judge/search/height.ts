/**
 * How far a sample is from a violation: the sign and the size of a difference, by enclosures of a few digits. For searching
 * only: what is found is compared exactly, and nothing is refuted by a height.
 */
import type { Budget } from '../../base/budget.ts';
import { atMost } from '../../base/work.ts';
import { DIMENSION, type Formula } from '../../formula/formula.ts';
import { logarithmOfSize } from '../../number/big-float.ts';
import { type Ball, isApart } from '../../evaluate/ring/ball.ts';
import { ballRing, enclose } from '../../evaluate/ring/enclose.ts';
import { Evaluator } from '../../evaluate/evaluator.ts';
import type { Program } from '../../evaluate/program/program.ts';
import type { Outcome, Question } from '../question.ts';
import type { Sample } from '../sample/sample.ts';
import { environmentOf } from '../sample/sample-environment.ts';
import { lettersAt } from '../satisfy/adjustable.ts';

/** `size` is log10 of the absolute value, −∞ where it is zero or no digits tell it from zero. */
export interface Height {
  readonly sign: -1 | 0 | 1;
  readonly size: number;
  /** Whether it is no more than that no digits tell it from zero. */
  readonly isUntold?: true;
}

/** A height at a sample; null where there is none, or it is too much work. */
export type Heights = (sample: Sample) => Height | null;

const DIGITS = [25, 120] as const;
/** Work for one value: a sum over some ten thousand steps. */
const VALUE_WORK = 80_000;

export const isHigher = (one: Height, other: Height): boolean =>
  one.sign === other.sign ? one.sign * one.size > other.sign * other.size : one.sign > other.sign;

export const negated = ({ sign, size }: Height): Height => ({ sign: sign === 0 ? 0 : sign > 0 ? -1 : 1, size });

/** As a number; beyond what numbers hold, 0 or infinite. */
export const heightAsNumber = ({ sign, size }: Height): number => (sign === 0 ? 0 : sign * 10 ** size);

const heightOf = (value: Ball): Height | null => {
  if (!isApart(value)) return null;
  return value.mantissa === 0n
    ? { sign: 0, size: Number.NEGATIVE_INFINITY }
    : { sign: value.mantissa < 0n ? -1 : 1, size: logarithmOfSize(value) };
};
const NOT_TOLD: Height = { sign: 0, size: Number.NEGATIVE_INFINITY, isUntold: true };

/** The smaller side of an inequality less its larger one, where that is largest among the components: above 0 it is violated. */
export function gapOf(question: Question): Heights {
  const isUpper = question.relation === '<' || question.relation === '\\le';
  return sample =>
    atMost<Height | null>(
      VALUE_WORK,
      () => {
        for (const digits of DIGITS) {
          const sides = bothSides(question, sample, digits);
          if (sides === null) return null;
          const ring = ballRing(digits);
          const all = sides.derived.flatMap((derived, at) => {
            const claimed = sides.claimed[at];
            if (!claimed || question.speaksOf?.(sample, at + 1) === false) return [];
            return [heightOf(isUpper ? ring.subtract(derived, claimed) : ring.subtract(claimed, derived))];
          });
          if (all.length === 0) return null;
          const known = all.flatMap(height => (height === null ? [] : [height]));
          if (known.length === all.length) return known.reduce((best, next) => (isHigher(next, best) ? next : best));
        }
        return NOT_TOLD;
      },
      () => null,
    );
}

/** log10 of the smaller side beside the larger one, where both have one sign: above 0 it is violated. Null where nothing is told. */
export function ratioOf(question: Question): (sample: Sample) => number | null {
  const isUpper = question.relation === '<' || question.relation === '\\le';
  return sample =>
    atMost<number | null>(
      VALUE_WORK,
      () => {
        const sides = bothSides(question, sample, DIGITS[0]);
        const [derived, claimed] = [sides?.derived[0], sides?.claimed[0]].map(side => (side ? heightOf(side) : null));
        if (!derived || !claimed || derived.sign !== claimed.sign || derived.sign === 0) return null;
        return (isUpper ? 1 : -1) * derived.sign * (derived.size - claimed.size);
      },
      () => null,
    );
}

function bothSides(
  question: Question,
  sample: Sample,
  digits: number,
): { readonly claimed: readonly Ball[]; readonly derived: readonly Ball[] } | null {
  const row = (outcome: Outcome): readonly Ball[] | null =>
    outcome.kind === 'values' ? (outcome.rows[0] ?? null) : null;
  const derived = row(question.derived(sample, digits));
  const claimed = derived && row(question.claimed(sample, digits));
  return derived && claimed && { claimed, derived };
}

/** A formula for one component. */
export function heightsOf(formula: Formula, program: Program, component: number, budget: Budget): Heights {
  return sample =>
    atMost<Height | null>(
      VALUE_WORK,
      () => {
        const letters = new Map(lettersAt(sample, Math.min(component, sample.theta.length)));
        letters.delete(DIMENSION);
        for (const digits of DIGITS) {
          const value = enclose(digits, ring => {
            const evaluator = new Evaluator(program, environmentOf(sample, ring), budget);
            return ring.ball(evaluator.value(formula, letters));
          });
          if (!value.ok) return null;
          const height = heightOf(value.value);
          if (height !== null) return height;
        }
        return NOT_TOLD;
      },
      () => null,
    );
}
