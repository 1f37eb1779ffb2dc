/**
 * Whether the smaller side of an inequality grows faster than the larger one, as far as they were followed. What is positive
 * and what is negative in their difference is compared: each time a size is doubled (or squared, where it can be), their ratio
 * shrinks by as much as the time before, so that it has no limit that is seen. Evidence of nothing; a reason to support nothing.
 */
import type { Sample } from '../sample/sample.ts';
import type { Heights } from './height.ts';

/** Doublings before the end that are looked at. */
const DOUBLINGS = [4, 3, 2, 1, 0] as const;
/** Where the end is this power of two and more, each look squares the size. */
const SQUARED = [16, 32, 64, 128, 256, 512] as const;
/** The natural logarithm by which the ratio shrinks: less is no growth; and by how much less than before it may. */
const SHRINKS = 0.02;
const STEADY = 0.8;

/** `terms` add up to the smaller side less the larger one; `at` gives the sample at a power of two, up to `end`. */
export function grows(terms: readonly Heights[], at: (power: number) => Sample | null, end: number): boolean {
  const squared = SQUARED.filter(power => power <= end);
  const looks = squared.length === SQUARED.length ? squared : DOUBLINGS.map(before => end - before);
  const ratios = looks.flatMap(power => {
    const sample = power < 0 ? null : at(power);
    const ratio = sample && ratioAt(terms, sample);
    return ratio === null ? [] : [ratio];
  });
  if (ratios.length < looks.length) return false;
  const falls = ratios.slice(1).map((ratio, place) => (ratios[place] ?? ratio) - ratio);
  return falls.every((fall, place) => fall > SHRINKS && (place === 0 || fall >= STEADY * (falls[place - 1] ?? fall)));
}

/** The natural logarithm of the ratio of what is negative to what is positive; null where one of them is nothing. */
function ratioAt(terms: readonly Heights[], sample: Sample): number | null {
  const heights = terms.map(heightsOf => heightsOf(sample));
  const sizes = (sign: 1 | -1): number[] =>
    heights.flatMap(height => (height?.sign === sign ? [height.size * Math.LN10] : []));
  if (heights.includes(null)) return null;
  const [above, below] = [sizes(-1), sizes(1)];
  return above.length === 0 || below.length === 0 ? null : logarithmOfSum(above) - logarithmOfSum(below);
}

function logarithmOfSum(logarithms: readonly number[]): number {
  const largest = Math.max(...logarithms);
  return largest + Math.log(logarithms.reduce((sum, each) => sum + Math.exp(each - largest), 0));
}
