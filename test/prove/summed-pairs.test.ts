/** Sums over pairs of coordinates: what is shown of random ones holds at vectors, zero and one coordinate among them, and broken twins are caught. */
import { expect, it } from 'vitest';
import { isPositiveByDominance } from '../../src/prove/sign/dominated-terms.ts';
import { Bases } from '../../src/rewrite/rules/bases.ts';
import { Random } from '../rewrite/random.ts';
import { ample, FACTS, typed } from '../rewrite/typed.ts';

/** Fewer would meet too few of what is shown. */
const RUNS = Math.max(400, Number(process.env.MODEQ_RULE_RUNS ?? 400));

type At = (g: number, t: number) => number;
/** Of one coordinate; `$` is its letter. */
const FACTORS: readonly (readonly [string, At])[] = [
  ['(\\nabla_$E)^2', g => g * g],
  ['\\theta_$^2', (_, t) => t * t],
  ['|\\nabla_$E|', g => Math.abs(g)],
  ['|\\theta_$|', (_, t) => Math.abs(t)],
  ['\\nabla_$E', g => g],
  ['\\nabla_$E\\theta_$', (g, t) => g * t],
  ['|\\nabla_$E\\theta_$|', (g, t) => Math.abs(g * t)],
];
type Vectors = readonly (readonly [number, number])[];
interface Drawn {
  readonly text: string;
  readonly at: (vectors: Vectors) => number;
}

/** A multiple of Σ_iΣ_k a_i b_k, of p Σ_i a_i or of Σ_i a_i b_i. */
function sumOf(random: Random, factors: readonly (readonly [string, At])[]): Drawn {
  const [one, other] = [random.pick(factors), random.pick(factors)];
  const multiple = random.pick([1, 1, 1, 2]);
  const [first, second] = [one[0].replaceAll('$', 'i'), other[0]];
  const sum = (vectors: Vectors, of: At): number => vectors.reduce((all, [g, t]) => all + of(g, t), 0);
  switch (random.int(0, 3)) {
    case 0:
      return { text: `${multiple}p\\sum_i${first}`, at: v => multiple * v.length * sum(v, one[1]) };
    case 1: {
      const text = `${multiple}\\sum_i${first} \\cdot ${second.replaceAll('$', 'i')}`;
      return { text, at: v => multiple * sum(v, (g, t) => one[1](g, t) * other[1](g, t)) };
    }
    default: {
      const text = `${multiple}\\sum_i${first}\\sum_k${second.replaceAll('$', 'k')}`;
      return { text, at: v => multiple * sum(v, one[1]) * sum(v, other[1]) };
    }
  }
}

/** A multiple of (Σ_i a_i)². */
function squareOf(random: Random): Drawn {
  const [text, at] = random.pick(FACTORS);
  const multiple = random.pick([1, 1, 2]);
  return {
    text: `${multiple}\\sum_i${text.replaceAll('$', 'i')}\\sum_k${text.replaceAll('$', 'k')}`,
    at: vectors => multiple * vectors.reduce((all, [g, t]) => all + at(g, t), 0) ** 2,
  };
}

const VECTORS: readonly Vectors[] = [
  [[2, -3]],
  [[0, 1]],
  [
    [1, 1],
    [1, -1],
  ],
  [
    [1, 0],
    [0, 1],
  ],
  [
    [-2, 1],
    [1, 3],
  ],
  [
    [1, 2],
    [2, 1],
    [-1, 0.5],
  ],
  [
    [1, 1],
    [1, 1],
    [1, 1],
  ],
  [
    [0.1, 3],
    [2, -0.2],
    [0, 0],
    [-1, -1],
  ],
];
type Shown = (positive: string, negative: string) => boolean;
const shows: Shown = (positive, negative) => {
  const value = new Bases(FACTS, ample()).canonical(typed(`${positive}-${negative}`));
  return isPositiveByDominance(value, false, FACTS, ample());
};

function watched(shown: Shown): { readonly count: number; readonly wrong: readonly string[] } {
  const random = new Random(4);
  const wrong: string[] = [];
  let count = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const positive = sumOf(random, FACTORS.slice(0, 4));
    const negative = random.chance(40) ? sumOf(random, FACTORS) : squareOf(random);
    if (!shown(positive.text, negative.text)) continue;
    count += 1;
    if (VECTORS.some(v => positive.at(v) - negative.at(v) < -1e-9)) wrong.push(`${positive.text}-${negative.text}`);
  }
  return { count, wrong };
}

it('what is shown holds at vectors', () => {
  const { count, wrong } = watched(shows);
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(RUNS / 20);
});
it.each<readonly [string, Shown]>([
  ['twice the smaller sum', (positive, negative) => shows(positive, negative.replace(/^1/, '0.5').replace(/^2/, '1'))],
  ['p times as much', (positive, negative) => shows(positive.replace('\\sum_i', 'p\\sum_i'), negative)],
  ['the sides exchanged', (positive, negative) => shows(negative, positive)],
])('a broken twin is caught: %s', (_, twin) => {
  expect(watched(twin).wrong.length).toBeGreaterThan(0);
});
