/** Squares completed: what is positive is found to be, what is not is not, and forms drawn at random agree with their least values. */
import { describe, expect, it } from 'vitest';
import { isPositiveBySquares } from '../../src/prove/sign/sum-of-squares.ts';
import { unfold } from '../../src/rewrite/unfold.ts';
import { Random } from '../rewrite/random.ts';
import { ample, FACTS, typed } from '../rewrite/typed.ts';

const above = (text: string, strictly: boolean): boolean =>
  isPositiveBySquares(unfold(typed(text), ample()), strictly, FACTS, ample());

describe('by squares', () => {
  it.each([
    ['x^2+x y+y^2', false],
    ['x^2+y^2-2x y', false],
    ['x^4+y^4-2x^2y^2', false],
    ['x^2-2x+1', false],
    ['x^2-2x+2', true],
    ['x^2+x y+y^2+1', true],
    ['(\\nabla_jE)^2+x\\nabla_jE+x^2', false],
    ['a+b-2\\sqrt{a}\\sqrt{b}', false],
    ['q x^2+2x y q+2q y^2', false],
  ])('%s is not negative', (text, strict) => {
    expect(above(text, false)).toBe(true);
    expect(above(text, true)).toBe(strict);
  });
  it.each([
    'x^2+3x y+y^2',
    'x^2+y',
    'x^2-2x',
    'x^3+x^2+1',
    '-x^2-y^2',
    'x y',
    'x^2+2x y+y^2-1',
    '\\sqrt{x}',
    'x',
    'x+1',
    'y x^2+x+1',
  ])('nothing is said of %s', text => {
    expect(above(text, false)).toBe(false);
    expect(above(text, true)).toBe(false);
  });
});

describe('a quadratic form in two letters drawn at random', () => {
  const drawn = Array.from({ length: 200 }, (_, seed) => {
    const random = new Random(seed);
    const [a, b, c, d, e, f] = Array.from({ length: 6 }, () => random.int(-3, 4)) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const text = `${a}x^2+(${b})x y+(${c})y^2+(${d})x+(${e})y+(${f})`;
    const value = (x: number, y: number): number => a * x * x + b * x * y + c * y * y + d * x + e * y + f;
    const grid = Array.from({ length: 41 }, (_, at) => (at - 20) / 2);
    return {
      least: Math.min(...grid.flatMap(x => grid.map(y => value(x, y)))),
      weak: above(text, false),
      strict: above(text, true),
    };
  });
  it('is found to be positive only where it is', () => {
    expect(drawn.filter(each => (each.weak && each.least < 0) || (each.strict && each.least <= 0))).toEqual([]);
    expect(drawn.filter(each => each.weak).length).toBeGreaterThan(drawn.length / 20);
  });
  it('is found to be positive mostly where it is', () => {
    const positive = drawn.filter(each => each.least > 0.3);
    expect(positive.filter(each => each.weak).length).toBeGreaterThan(positive.length / 2);
  });
});
