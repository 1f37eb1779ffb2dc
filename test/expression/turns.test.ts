/** Sine and cosine beside multiples of π/2: each value at drawn angles against balls, which know nothing of π but its digits. */
import { describe, expect, it } from 'vitest';
import { type Assumptions, withDomain } from '../../src/expression/arithmetic/assumptions.ts';
import { atTurns } from '../../src/expression/arithmetic/turns.ts';
import { type Expression, expressionKey, freeIndicesOf } from '../../src/expression/core/expression.ts';
import { ITERATION_INDEX } from '../../src/expression/core/indices.ts';
import { mayBeZero } from '../../src/evaluate/ring/ball.ts';
import { Rational } from '../../src/number/rational.ts';
import { Interpreter } from '../../src/recheck/interpreter.ts';
import { ring, worldAt } from '../rewrite/law.ts';
import { Random } from '../rewrite/random.ts';
import { FACTS, typed } from '../rewrite/typed.ts';

const RUNS = Math.max(200, Number(process.env.MODEQ_RULE_RUNS ?? 300));
const PI_DECLARED = withDomain(FACTS, '\\pi', {
  lower: Rational.zero,
  lowerOpen: true,
  upper: Rational.one,
  upperOpen: true,
});

const turned = (name: string, order: number, angle: string, facts: Assumptions = FACTS): string | null => {
  const value = atTurns(name, order, typed(angle), facts);
  return value === null ? null : expressionKey(value);
};

describe('sine and cosine', () => {
  it.each([
    ['sin', 'n\\pi', '0'],
    ['cos', 'n\\pi', '(-1)^n'],
    ['cos', '2n\\pi', '1'],
    ['cos', '(n+1)\\pi', '-(-1)^n'],
    ['cos', '-n\\pi', '(-1)^n'],
    ['cos', '(3n-2)\\pi', '(-1)^n'],
    ['cos', 'j\\pi', '(-1)^j'],
    ['cos', 'n\\pi+p\\pi', '(-1)^n(-1)^p'],
    ['sin', '\\pi', '0'],
    ['cos', '\\pi', '-1'],
    ['sin', '\\frac{\\pi}{2}', '1'],
    ['sin', '-\\frac{\\pi}{2}', '-1'],
    ['sin', '\\frac{3\\pi}{2}', '-1'],
    ['cos', '\\frac{\\pi}{2}', '0'],
    ['sin', '\\frac{\\pi}{6}', '\\frac12'],
    ['sin', '-\\frac{\\pi}{6}', '-\\frac12'],
    ['sin', '\\frac{5\\pi}{6}', '\\frac12'],
    ['cos', '\\frac{\\pi}{6}', '\\frac{\\sqrt3}{2}'],
    ['cos', '\\frac{2\\pi}{3}', '-\\frac12'],
    ['sin', '\\frac{\\pi}{4}', '\\frac{\\sqrt2}{2}'],
    ['cos', '\\frac{5\\pi}{4}', '-\\frac{\\sqrt2}{2}'],
    ['sin', '\\frac{5\\pi}{4}', '-\\frac{\\sqrt2}{2}'],
    ['sin', 'n\\pi+\\frac{\\pi}{2}', '(-1)^n'],
    ['sin', 'x+\\pi', '-\\sin(x)'],
    ['cos', 'x+\\pi', '-\\cos(x)'],
    ['sin', 'x+\\frac{\\pi}{2}', '\\cos(x)'],
    ['cos', 'x+\\frac{\\pi}{2}', '-\\sin(x)'],
    ['cos', '\\frac{\\pi}{2}-x', '\\sin(x)'],
    ['sin', 'x+n\\pi', '(-1)^n\\sin(x)'],
    ['cos', 'x y+2n\\pi-\\pi', '-\\cos(x y)'],
    ['cos', '\\frac{4\\pi}{5}', '-\\cos(\\frac{\\pi}{5})'],
    ['sin', '\\frac{2\\pi}{5}', '\\cos(\\frac{\\pi}{10})'],
    ['sin', '\\frac{(2n+3)\\pi}{2}', '-(-1)^n'],
    ['sin', '\\frac{5n\\pi}{2}', '\\sin(\\frac{n\\pi}{2})'],
  ])('%s(%s) = %s', (name, angle, wanted) => {
    expect(turned(name, 0, angle)).toBe(expressionKey(typed(wanted)));
  });
  it.each([
    ['sin', 'x'],
    ['cos', 'x'],
    ['sin', '1'],
    ['sin', '\\pi x'],
    ['cos', '\\pi^2'],
    ['cos', '\\frac{1}{\\pi}'],
    ['cos', 'n^2\\pi'],
    ['cos', 'n p\\pi'],
    ['sin', '\\frac{n\\pi}{2}'],
    ['sin', '\\frac{n\\pi}{3}'],
    ['cos', '\\frac{\\pi}{5}'],
    ['cos', '\\frac{n\\pi}{p}'],
    ['exp', '\\pi'],
    ['tanh', 'n\\pi'],
    ['cos', '\\sum_{k=1}^{n}\\pi'],
  ])('%s(%s) stays', (name, angle) => {
    expect(turned(name, 0, angle)).toBeNull();
  });
  it('stay where π is a declared letter', () => {
    for (const angle of ['n\\pi', '\\pi', 'x+\\frac{\\pi}{2}', '\\frac{\\pi}{6}'])
      expect(turned('sin', 0, angle, PI_DECLARED)).toBeNull();
  });
});

interface Drawn {
  readonly name: 'sin' | 'cos';
  readonly order: number;
  readonly angle: Expression;
}

/** A few multiples of π, with and without indices, and what may stand beside them. */
function draw(random: Random): Drawn {
  const pieces = Array.from({ length: random.int(1, 3) }, () => {
    const number = `\\frac{${random.int(-9, 9)}}{${random.pick([1, 1, 1, 2, 2, 3, 4, 5, 6])}}`;
    const form = random.pick(['', '', 'n', '(n+1)', '(2n-1)', 'j', 'p', '(n-p)', 'x', 'n p']);
    return `${number}${form}\\pi`;
  });
  if (random.chance(40)) pieces.push(random.pick(['x', 'y', '1', 'n', 'x\\pi']));
  return { name: random.pick(['sin', 'cos']), order: random.int(0, 3), angle: typed(pieces.join('+')) };
}

type Turn = typeof atTurns;
/** How many were rewritten, and how many of these have another value somewhere. */
function lookAt(turn: Turn): { readonly made: number; readonly wrong: readonly string[] } {
  let made = 0;
  const wrong: string[] = [];
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const random = new Random(seed);
    const { name, order, angle } = draw(random);
    const value = turn(name, order, angle, FACTS);
    if (value === null) continue;
    made += 1;
    const p = random.int(1, 3);
    const letters = [...freeIndicesOf(angle), ...freeIndicesOf(value)];
    const indices = new Map(letters.map(letter => [letter, letter === ITERATION_INDEX ? random.int(0, 7) : p]));
    const interpreter = new Interpreter(worldAt(p, seed, FACTS, null));
    const at = interpreter.value(angle, indices);
    const quarter = (order + (name === 'cos' ? 1 : 0)) % 4;
    const size = quarter % 2 === 0 ? ring.sin(at) : ring.cos(at);
    const wanted = quarter >= 2 ? ring.negate(size) : size;
    if (!mayBeZero(ring.subtract(interpreter.value(value, indices), wanted)))
      wrong.push(`${name}, ${order} times derived, at ${expressionKey(angle)}`);
  }
  return { made, wrong };
}

describe('drawn at random', () => {
  it('every value is kept', () => {
    const { made, wrong } = lookAt(atTurns);
    expect(wrong).toEqual([]);
    expect(made).toBeGreaterThan(RUNS / 3);
  });
  it.each<readonly [string, Turn]>([
    ['a half turn changes no sign', (name, order, angle) => atTurns(name, order % 2, angle, FACTS)],
    ['a derivative is no turn', (name, _, angle) => atTurns(name, 0, angle, FACTS)],
    ['cosine is sine', (_, order, angle) => atTurns('sin', order, angle, FACTS)],
  ])('a broken twin is caught: %s', (_, twin) => {
    expect(lookAt(twin).wrong.length).toBeGreaterThan(0);
  });
});
