/** What stands typed beside n, p or m and was looked at by no sample and at no place of the guard. */
import { DIMENSION, ITERATION } from '../../formula/formula.ts';
import type { Question } from '../question.ts';
import { MOST_BATCHES } from '../kinds/motion/reshuffled.ts';
import { LARGEST_DIMENSION, LARGEST_N } from '../sample/sample.ts';
import type { Constants } from '../stated/constants.ts';
import type { Place } from '../stated/place.ts';

export interface Looked {
  readonly constants: Constants;
  /** Which n and p the conditions let through. */
  readonly allows: (letters: ReadonlyMap<string, number>) => boolean;
  readonly question: Question;
  /** Where both sides had a value. */
  readonly seen: readonly Place[];
}

/** The first size beside a constant that the usual samples do not reach, and no place did; null where there is none. */
export function unseen({ constants, allows, question, seen }: Looked): string | null {
  const { history, coordinates, aboutDimension, comparesCoordinates } = constants;
  const at = (n: number, p: number): boolean =>
    allows(
      new Map([
        [ITERATION, n],
        [DIMENSION, p],
      ]),
    );
  if (aboutDimension || comparesCoordinates) {
    const dimensions = new Set(seen.map(({ dimension }) => dimension));
    const someN = seen[0]?.n ?? 1;
    const p = beside(coordinates, LARGEST_DIMENSION).find(each => !dimensions.has(each) && at(someN, each));
    if (p !== undefined) return `at p = ${p}`;
  }
  if (question.along) return null;
  const iterations = new Set(seen.map(({ n }) => n));
  if (question.epoch) {
    const m = beside(history, MOST_BATCHES).find(each => !iterations.has(each - 1));
    return m === undefined ? null : `at m = ${m}`;
  }
  const someP = seen[0]?.dimension ?? 1;
  const { largestN = Number.POSITIVE_INFINITY } = question.space;
  const n = beside(history, LARGEST_N).find(each => each <= largestN && !iterations.has(each) && at(each, someP));
  return n === undefined ? null : `at n = ${n}`;
}

/** c and c + 1, where a range ends or begins, beyond what samples reach. */
const beside = (constants: readonly number[], reached: number): number[] =>
  constants.flatMap(c => [c, c + 1]).filter(size => size > reached);
