/** Terms that others outweigh: what is shown holds at all numbers, and the neighbours with one condition dropped are not shown. */
import { describe, expect, it } from 'vitest';
import type { Expression } from '../../src/expression/core/expression.ts';
import { isPositiveByDominance } from '../../src/prove/sign/dominated-terms.ts';
import { Bases } from '../../src/rewrite/rules/bases.ts';
import { Random } from '../rewrite/random.ts';
import { ample, FACTS, typed } from '../rewrite/typed.ts';

/** Fewer would meet too few of what is shown. */
const RUNS = Math.max(200, Number(process.env.MODEQ_RULE_RUNS ?? 400));
const read = (text: string): Expression => new Bases(FACTS, ample()).canonical(typed(text));
const shows = (text: string, strictly: boolean): boolean => isPositiveByDominance(read(text), strictly, FACTS, ample());

describe('terms that others outweigh', () => {
  it.each([
    '\\|\\nabla E\\|-|\\nabla_jE|',
    '\\|\\nabla E\\|-\\nabla_jE',
    '\\|\\nabla E\\|+\\nabla_jE',
    '\\sum_i|\\nabla_iE|-|\\sum_i\\nabla_iE|',
    '\\sum_i|\\nabla_iE|-\\sum_i\\nabla_iE',
    '\\sum_i|\\nabla_iE|+\\sum_i\\nabla_iE',
    '\\sum_i(\\nabla_iE)^2-(\\nabla_jE)^2',
    '2\\sum_i(\\nabla_iE)^2-2(\\nabla_jE)^2',
    '\\sum_i|\\nabla_iE|-|\\nabla_jE|',
    '\\sum_{k=0}^{n}|\\eta_k|-|\\sum_{k=0}^{n}\\eta_k|',
    '\\sqrt{x^2+e}-|x|',
    '\\sum_i(\\nabla_iE)^2\\sum_k\\theta_k^2-(\\sum_i\\nabla_iE\\theta_i)^2',
    '\\|\\nabla E\\|\\|\\theta\\|-\\sum_i\\nabla_iE\\theta_i',
    '\\sum_i|\\nabla_iE|-\\|\\nabla E\\|',
    '\\sqrt p\\|\\nabla E\\|-\\sum_i|\\nabla_iE|',
    'p\\sum_i(\\nabla_iE)^2-(\\sum_i\\nabla_iE)^2',
    '(\\sum_i|\\nabla_iE|)^2-\\sum_i(\\nabla_iE)^2',
    '|x|+|y|-|x+y|',
    '|x|+|y|+x-y',
    'x^2+|y|-y',
    'x^2y^4+|y|-y',
    '\\sqrt{x^2y^2+x^4}+|y|+y',
    '\\sum_i\\sum_{k=0}^{n}|\\nabla_iE||\\eta_k|-\\sum_i\\sum_{k=0}^{n}\\nabla_iE\\eta_k',
  ])('%s is not negative, and is zero somewhere', text => {
    expect(shows(text, false)).toBe(true);
    expect(shows(text, true)).toBe(false);
  });
  it.each(['\\sqrt{x^2+q}-|x|', '\\sqrt{x^2+q}-x', '|x|+q-x', '\\sum_i(\\nabla_iE)^2-(\\nabla_jE)^2+q'])(
    '%s is positive',
    text => expect(shows(text, true)).toBe(true),
  );
  it.each([
    // The smaller side larger, another square, another range, a factor that has a sign, a sum that may leave the term out.
    '\\|\\nabla E\\|-2|\\nabla_jE|',
    '\\frac12\\sum_i(\\nabla_iE)^2-(\\nabla_jE)^2',
    '\\sum_i\\nabla_iE-\\nabla_jE',
    '\\sum_i(\\nabla_iE)^3-(\\nabla_jE)^3',
    '\\sum_i|\\nabla_iE|-\\sum_i(\\nabla_iE)^2',
    '\\sum_{k=0}^{n}|\\eta_k|-\\sum_{k=0}^{n+1}\\eta_k',
    '\\sum_{k=0}^{n}|\\eta_k|-2\\sum_{k=0}^{n}\\eta_k',
    '\\sum_{k=1}^{n}|\\eta_k|-|\\eta_0|',
    '\\sum_{k=0}^{n}\\eta_k-|\\sum_{k=0}^{n}\\eta_k|',
    'x-\\sqrt{x^2-q}',
    '\\sqrt{x^2+y}-|x|',
    '|x+y|-|x|-|y|',
    '(\\sum_i\\nabla_iE\\theta_i)^2-\\sum_i(\\nabla_iE)^2\\sum_k\\theta_k^2',
    '\\sum_i(\\nabla_iE)^2\\sum_k\\theta_k^2-2(\\sum_i\\nabla_iE\\theta_i)^2',
    '\\sum_i(\\nabla_iE)^2\\sum_k\\theta_k-(\\sum_i\\nabla_iE\\theta_i)^2',
    '\\sum_i(\\nabla_iE)^2\\sum_k\\theta_k^2-\\sum_i\\nabla_iE\\theta_i',
    '\\sum_i(\\nabla_iE)^2\\sum_k\\theta_k^2-\\sum_i(\\nabla_iE)^2',
    '\\sum_i(\\nabla_iE)^2-(\\sum_i\\nabla_iE)^2',
    '(\\sum_i\\nabla_iE)^2-\\sum_i(\\nabla_iE)^2',
    '\\sum_{i=2}^{p}(\\nabla_iE)^2\\sum_k\\theta_k^2-(\\sum_i\\nabla_iE\\theta_i)^2',
    '\\|\\nabla E\\|-\\sum_i|\\nabla_iE|',
    '\\sqrt p\\|\\nabla E\\|-2\\sum_i|\\nabla_iE|',
    '(p-1)\\sum_i(\\nabla_iE)^2-(\\sum_i\\nabla_iE)^2',
    'n\\sum_i(\\nabla_iE)^2-(\\sum_i\\nabla_iE)^2',
    'x\\sum_i(\\nabla_iE)^2-(\\sum_i\\nabla_iE)^2',
    '\\frac1p\\sum_i(\\nabla_iE)^2-(\\sum_i\\nabla_iE)^2',
    '\\sqrt p\\sum_i(\\nabla_iE)^2-(\\sum_i\\nabla_iE)^2',
    '|j|\\sum_i(\\nabla_iE)^2-(\\sum_i\\nabla_iE)^2',
    // Conditions of a term alike, other things in it.
    '\\sum_i(\\nabla_iE)^2-\\sum_{i=1}^{j}\\nabla_iE',
    '\\sum_{i=1}^{j}|\\nabla_iE|-\\sum_i\\nabla_iE',
    '\\sum_i|\\nabla_iE|-\\theta_j',
    '\\sum_i|\\nabla_iE|-\\sum_i\\theta_i',
    '\\sum_i\\sum_k|\\nabla_iE\\theta_k|-|\\nabla_jE|',
    '\\sum_{k=0}^{n}|\\eta_k|-|\\eta_n|',
    '\\sum_{i=1}^{j}|\\nabla_iE|-|\\nabla_{j}E|-|\\nabla_1E|',
    '|x|-y',
    'x^3+|y|-y',
    'x y^2+|y|-y',
    'x+|y|-y',
    '(x-y)^3+|x|+x',
    '\\theta_j+|y|-y',
    '\\sum_i|\\nabla_iE|-|\\nabla_jE|-|\\nabla_1E|',
  ])('nothing is shown of %s', text => expect(shows(text, false)).toBe(false));
});

interface Drawn {
  readonly text: string;
  readonly at: (x: number, y: number, q: number) => number;
}

/** Sums of multiples of monomials, their sizes and roots of sums of squares. */
function drawn(random: Random): Drawn {
  const parts = Array.from({ length: random.int(2, 4) }, (): Drawn => {
    const number = random.pick([1, 1, 2, -1, -1, 3]);
    const [a, b] = [random.int(0, 2), random.int(0, 1)];
    const kind = random.pick(['plain', 'size', 'size', 'root', 'both'] as const);
    const monomial = `x^{${a}}y^{${b}}`;
    const of = (x: number, y: number): number => x ** a * y ** b;
    if (kind === 'plain') return { text: `${number}${monomial}`, at: (x, y) => number * of(x, y) };
    if (kind === 'size') return { text: `${number}|${monomial}|`, at: (x, y) => number * Math.abs(of(x, y)) };
    if (kind === 'both') return { text: `${number}|x+y|`, at: (x, y) => number * Math.abs(x + y) };
    return { text: `${number}\\sqrt{x^2y^2+x^2+q}`, at: (x, y, q) => number * Math.sqrt(x * x * y * y + x * x + q) };
  });
  return {
    text: parts
      .map(({ text }) => text)
      .join('+')
      .replaceAll('+-', '-'),
    at: (x, y, q) => parts.reduce((sum, part) => sum + part.at(x, y, q), 0),
  };
}

const VALUES = [-3, -1, -0.4, 0, 0.2, 1, 5] as const;
type Shown = (text: string, strictly: boolean) => boolean;

function watched(shown: Shown): { readonly count: number; readonly wrong: readonly string[] } {
  const random = new Random(9);
  const wrong: string[] = [];
  let count = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const { text, at } = drawn(random);
    for (const strictly of [true, false]) {
      if (!shown(text, strictly)) continue;
      count += 1;
      const values = VALUES.flatMap(x => VALUES.flatMap(y => [0.01, 2].map(q => at(x, y, q))));
      if (values.some(value => (strictly ? value <= 0 : value < -1e-9))) wrong.push(text);
    }
  }
  return { count, wrong };
}

it('what is shown holds at numbers', () => {
  const { count, wrong } = watched(shows);
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(RUNS / 40);
});
it.each<readonly [string, Shown]>([
  ['a size more than there is', (text, strictly) => shows(`${text}+|x y|`, strictly)],
  ['zero taken for positive', text => shows(text, false)],
  [
    'numbers left out',
    (text, strictly) =>
      shows(
        text.replaceAll(/[23]/g, digit => (digit === '2' ? '2' : '1')),
        strictly,
      ),
  ],
])('a broken twin is caught: %s', (_, twin) => {
  expect(watched(twin).wrong.length).toBeGreaterThan(0);
});
