/** Cases of signs and absolute values: which cases are asked, what is put in, and where an argument may be put to zero. */
import { describe, expect, it } from 'vitest';
import {
  type Expression,
  expressionKey,
  formExpression,
  restrict,
  subtract,
} from '../../src/expression/core/expression.ts';
import { ITERATION_INDEX, ZERO } from '../../src/expression/core/indices.ts';
import { holdsInCases, isZeroInCases, whereSignIs } from '../../src/prove/sign/cases-of-signs.ts';
import { whereZero } from '../../src/prove/sign/sign-cases.ts';
import { testZero } from '../../src/prove/zero/zero-test.ts';
import { underContext } from '../../src/rewrite/context.ts';
import { unfold } from '../../src/rewrite/unfold.ts';
import { ample, FACTS, typed } from '../rewrite/typed.ts';

const sign = (of: string): string => `\\operatorname{sign}(${of})`;
const plain = (value: Expression): string => expressionKey(unfold(value, ample(), FACTS));
const key = (text: string): string => plain(typed(text));

describe('the cases of an expression', () => {
  /** The values that are asked, each with what is positive there. */
  const casesOf = (value: Expression, answer = (_: string): boolean => true): [string, string[]][] => {
    const asked: [string, string[]][] = [];
    holdsInCases(
      value,
      (there, positive) => {
        asked.push([plain(there), positive.map(plain)]);
        return answer(plain(there));
      },
      FACTS,
      ample(),
    );
    return asked;
  };
  const rows = (...list: readonly (readonly [string, ...string[]])[]): [string, string[]][] =>
    list.map(([value, ...positive]) => [key(value), positive.map(key)]);

  it.each([
    [`${sign('x')}+y`, rows(['1+y', 'x'], ['-1+y', '-x'], ['y'])],
    [`|x|+x`, rows(['2x', 'x'], ['0', '-x'], ['x'])],
    [`${sign('x-y')}|x-y|`, rows(['x-y', 'x-y'], ['x-y', 'y-x'], ['0'])],
    [`${sign('x')}^2+|x|^3`, rows(['1+x^3', 'x'], ['1-x^3', '-x'], ['0'])],
    // e is never negative, b is positive, b − 1 negative.
    [`${sign('e')}+y`, rows(['1+y', 'e'], ['y'])],
    [`${sign('b')}+y`, rows(['1+y', 'b'])],
    [`${sign('b-1')}+y`, rows(['-1+y', '1-b'])],
    [`${sign('v')}+y`, rows(['-1+y', '-v'])],
    // One argument, whichever way it is written.
    [`${sign('x-y')}+|y-x|`, rows(['1+x-y', 'x-y'], ['-1+y-x', 'y-x'], ['0'])],
    [
      `${sign('x')}+2${sign('y')}`,
      rows(
        ['3', 'x', 'y'],
        ['-1', 'x', '-y'],
        ['1', 'x'],
        ['1', '-x', 'y'],
        ['-3', '-x', '-y'],
        ['-1', '-x'],
        ['2', 'y'],
        ['-2', '-y'],
        ['0'],
      ),
    ],
    // Inside a root too.
    [`\\sqrt{${sign('x')}+2}`, rows(['\\sqrt{3}', 'x'], ['1', '-x'], ['\\sqrt{2}'])],
    // Those of a summed component are not split.
    [
      `${sign('x')}+\\sum_{i=1}^{p}|\\nabla_iE|`,
      rows(
        ['1+\\sum_{i=1}^{p}|\\nabla_iE|', 'x'],
        ['-1+\\sum_{i=1}^{p}|\\nabla_iE|', '-x'],
        ['\\sum_{i=1}^{p}|\\nabla_iE|'],
      ),
    ],
  ])('%s', (text, wanted) => {
    expect(casesOf(typed(text))).toEqual(wanted);
  });
  it.each([
    [`\\frac{${sign('x')}}{|x|}+y`, 2],
    [`\\frac{${sign('x')}}{x}+y`, 2],
    [`\\frac{${sign('x-y')}}{|x-y|}`, 2],
    [`\\frac{${sign('x-y')}}{y-x}`, 2],
    [`\\frac{${sign('x-y')}}{(x-y)^3}`, 2],
    [`\\sum_{i=1}^{p}\\frac{\\nabla_iE}{|x|}`, 2],
    [`${sign('x')}|x|`, 3],
    [`\\frac{${sign('x')}}{y}`, 3],
    [`x${sign('x')}`, 3],
  ])('%s has %i: none at zero where there is no value', (text, count) => {
    expect(casesOf(typed(text))).toHaveLength(count);
  });
  it('is asked at zero where only a part of the range has no value', () => {
    // The term that has the pole is there from n = 2 on only: put in, 1/0 stands there, and nothing is shown.
    const part = restrict(typed(`\\frac{${sign('x')}}{|x|}`), [{ left: ZERO, right: ITERATION_INDEX, bound: -2 }]);
    const shown = (value: Expression): boolean => holdsInCases(value, () => true, FACTS, ample());
    expect(shown(part)).toBe(false);
    expect(shown(typed(`\\sum_{k=3}^{n}\\frac{\\eta_k}{|x|}`))).toBe(false);
    expect(shown(typed(`\\sum_{i=1}^{p}\\frac{\\nabla_iE}{|x|}`))).toBe(true);
  });
  it('puts in what the zero fixes where nothing else shows it', () => {
    // The argument is kept as 3 − x.
    const at = casesOf(typed(`${sign('x-3')}+x`), value => value !== key('x'));
    expect(at.map(([value]) => value)).toEqual(['-1+x', '1+x', 'x', '3'].map(key));
  });
  it('are all asked, and each must hold', () => {
    for (const failing of ['1', '-1', '0']) {
      const value = typed(sign('x'));
      expect(
        holdsInCases(value, there => plain(there) !== key(failing), FACTS, ample()),
        failing,
      ).toBe(false);
    }
    expect(holdsInCases(typed(sign('x')), () => true, FACTS, ample())).toBe(true);
  });
  it('are none without a sign, and none where there are more than four', () => {
    const never = (): boolean => {
      throw new Error('nothing is asked');
    };
    expect(holdsInCases(typed('x+y'), never, FACTS, ample())).toBe(false);
    expect(holdsInCases(typed('\\sum_{i=1}^{p}|\\nabla_iE|'), never, FACTS, ample())).toBe(false);
    const letters = ['x', 'y', 'x-y', 'x+y', 'x+2y'];
    expect(holdsInCases(typed(letters.map(sign).join('+')), never, FACTS, ample())).toBe(false);
    expect(isZeroInCases(typed(letters.map(sign).join('+')), never, FACTS, ample())).toBe(false);
    expect(holdsInCases(typed(letters.slice(1).map(sign).join('+')), () => true, FACTS, ample())).toBe(true);
    expect(isZeroInCases(typed('x'), never, FACTS, ample())).toBe(false);
  });
});

describe('arguments that are proved equal', () => {
  const isZero = (value: Expression): boolean => testZero(value, FACTS, ample(), { probe: false }).kind === 'zero';
  const vanishes = (left: string, right: string): boolean =>
    isZeroInCases(subtract(typed(left), typed(right)), isZero, FACTS, ample());
  const [whole, parts] = ['\\sum_{k=0}^{n}\\eta_kx', '\\eta_nx+\\sum_{k=0}^{n-1}\\eta_kx'];
  it.each([
    [`|y-${whole}|`, `|${parts}-y|`],
    [`|${whole}-y|`, `|${parts}-y|`],
    [sign(`y-${whole}`), `-${sign(`${parts}-y`)}`],
    [sign(`${whole}-y`), sign(`${parts}-y`)],
    [sign(`y-(${whole})`), sign(`y-(${parts})`)],
    [`${sign(`y+${whole}`)}^3`, sign(`y+${parts}`)],
    // Equal but for the sign, as their leading terms are.
    ['|x+(1-b)\\sum_{k=0}^{n}b^k|', '|x+1-b^{n+1}|'],
    [sign('x+(1-b)\\sum_{k=0}^{n}b^k'), sign('x+1-b^{n+1}')],
    [`|y+${whole}|^3`, `|y+${parts}|(y+${whole})^2`],
    ['|(1-b)\\sum_{k=0}^{n}b^k-x|', '|x-1+b^{n+1}|'],
    ['|(b-1)\\sum_{k=0}^{n}b^k-x|', '|x+1-b^{n+1}|'],
    [sign('x-(1-b)\\sum_{k=0}^{n}b^k'), `-${sign('1-b^{n+1}-x')}`],
    ['|y(1-b)\\sum_{k=0}^{n}b^k-x|', '|x-y+yb^{n+1}|'],
    [sign('y(b-1)\\sum_{k=0}^{n}b^k-x'), `-${sign('y-yb^{n+1}+x')}`],
    [`|x(1-b)\\sum_{k=0}^{n}b^k-y|`, '|x-xb^{n+1}-y|'],
    [`${sign('1-x+b\\sum_{k=0}^{n}b^k')}`, sign('\\sum_{k=0}^{n+1}b^k-x')],
  ])('%s = %s', (left, right) => {
    expect(vanishes(left, right)).toBe(true);
    expect(vanishes(left, `2(${right})`)).toBe(false);
    expect(vanishes(left, `-(${right})`)).toBe(false);
  });
  it.each([
    [`|y-${whole}|`, `|${parts}+y|`],
    [sign(`y-(${whole})`), sign(`${parts}-y`)],
    [`${sign(`y+${whole}`)}^2`, '1'],
    [`${sign(`y+${whole}`)}^2`, sign(`y+${parts}`)],
    [`|y+${whole}|`, `y+${parts}`],
    // They differ at x = 0, where only one of the other sizes has no value.
    [`\\frac{${sign('x')}^2}{|y|}`, '\\frac{1}{|y|}'],
  ])('not %s = %s', (left, right) => {
    expect(vanishes(left, right)).toBe(false);
  });
});

describe('what is known to be positive, or zero, put in', () => {
  const put = (text: string, above: string, to: 'positive' | 'zero' | 'not negative'): string =>
    plain(whereSignIs(typed(text), typed(above), to, FACTS, ample()));
  it.each([
    [`|x|+${sign('x')}+y`, 'x', 'x+1+y', 'y'],
    [`|x|+${sign('x')}+y`, '-x', '-x-1+y', 'y'],
    [`${sign('x')}^2+|x|^3`, '-x', '1-x^3', '0'],
    ['|x-y|', '2x-2y', 'x-y', '0'],
    ['|x-y|', 'y-x', 'y-x', '0'],
    ['|y-x|', '3y-3x', 'y-x', '0'],
    ['|x|', '(1-b)x', 'x', '0'],
    ['|x|', '(b-1)x', '-x', '0'],
    ['|2x|+y', 'x', '2x+y', 'y'],
    ['|x y|', 'x', 'x|y|', '0'],
    ['\\sqrt{|x|+q}', 'x', '\\sqrt{x+q}', '\\sqrt{q}'],
  ])('%s for %s', (text, above, one, zero) => {
    expect(put(text, above, 'positive')).toBe(key(one));
    expect(put(text, above, 'zero')).toBe(key(zero));
    // |u| = u for u ≥ 0; the sign of 0 is not 1.
    const hasSign = text.includes('sign');
    expect(put(text, above, 'not negative')).toBe(key(hasSign ? text : one));
  });
  it.each([
    ['|x|', 'x y'],
    ['|x|', 'x^2'],
    ['|x|', 'b'],
    ['|x|', '-b'],
    ['|x|', 'y'],
    ['x+y', 'x'],
    ['|x|', 'x+y'],
    ['|b x|', 'y'],
  ])('%s is the same object for %s', (text, above) => {
    const value = typed(text);
    expect(whereSignIs(value, typed(above), 'positive', FACTS, ample())).toBe(value);
    expect(whereSignIs(value, typed(above), 'zero', FACTS, ample())).toBe(value);
  });
});

describe('where an argument is zero', () => {
  const at = (value: Expression, n: number): string =>
    expressionKey(
      underContext(
        restrict(value, [
          { left: ITERATION_INDEX, right: ZERO, bound: n },
          { left: ZERO, right: ITERATION_INDEX, bound: -n },
        ]),
      ),
    );
  const ways = (text: string, argument: Expression): string[] =>
    whereZero(typed(text), argument, FACTS).map(expressionKey);
  it.each([
    ['x y+b', 'x', ['b', 'b']],
    ['x y+b', '3x', ['b', 'b']],
    ['x^2y+b', '-x', ['b', 'b']],
    ['\\nabla_jE y+b', '\\nabla_jE', ['b']],
    ['\\nabla_jE y+b', '2\\nabla_jE', ['b']],
    ['x y', 'x-3', ['3y']],
    ['x y', '2x-3', ['\\frac{3}{2}y']],
    ['x y', '1+2x', ['-\\frac{1}{2}y']],
    ['b^n y', '2n-3', ['b^n y', '0']],
    ['b^n y', '\\frac{n}{2}-\\frac{3}{4}', ['0']],
    ['b^n y', '\\frac{n}{2}+1', ['0']],
    ['b^n y', 'n+2', ['b^n y', '0']],
    ['b^n(n+2)+y', 'n+2', ['y', '0']],
    ['x y', 'x-y', []],
    ['x y', 'x y-3', []],
    ['x y', 'x^2-3', []],
    ['x y', 'x+n-3', []],
    ['x y', 'x y', []],
    ['x y', 'n p', []],
    ['x y', 'n-p', ['x y']],
    ['x y', '\\frac{n}{2}-\\frac{p}{2}+\\frac{1}{3}', []],
    ['x y', '\\frac{p}{2}-1', []],
    ['x y', '\\frac{n}{2}+\\frac{3-n}{2}', []],
    ['x y', 'n^2-4', []],
    ['x y', 'n b-4', []],
    ['x y', '0', []],
    ['x y', '\\sum_{i=1}^{p}\\nabla_iE', []],
    ['x y', '\\sum_{k=0}^{n}\\eta_k-2', []],
    ['b^n y', '1-2b^n', []],
    ['b^n y', '1+b^n', []],
    ['b^n y', '1-x^n', []],
    ['b^n y', '1-u^n', []],
    ['b^n y', '1-a^nb^n', []],
    ['b^n y', '1-b^3', []],
    ['b^n y', '1-b^n+x', []],
    ['b^n y', '1-b^n+b^{2n}', []],
    ['b^n y', 'a^n-b^n', []],
  ])('%s at %s = 0', (text, argument, wanted) => {
    expect(ways(text, typed(argument))).toEqual(wanted.map(each => expressionKey(typed(each))));
  });
  it.each([
    ['n-3', 3],
    ['2n-6', 2 + 1],
    ['6-2n', 3],
    ['\\frac{n}{2}-1', 2],
    ['1-b^{n-2}', 2],
    ['3-3b^{n-2}', 2],
    ['b^{n-2}-1', 2],
    ['1-b^{2n-4}', 2],
    ['1-w^n', 0],
  ])('b^n y at %s = 0: n is %i', (argument, n) => {
    expect(ways('b^ny', typed(argument)).at(-1)).toBe(at(n === 0 ? typed('y') : typed(`b^${n}y`), n));
  });
  it('is left out or put in where it is one index', () => {
    const n = formExpression({ constant: 0, terms: [[ITERATION_INDEX, 1]] });
    expect(ways('n x+y', n)).toEqual([expressionKey(typed('y')), at(typed('y'), 0)]);
    const later = formExpression({ constant: -3, terms: [[ITERATION_INDEX, 1]] });
    expect(ways('n x+y', later).at(-1)).toBe(at(typed('3x+y'), 3));
  });
  it('is not known where the argument is another one in a part of the range', () => {
    const late = (text: string): Expression =>
      restrict(typed(text), [{ left: ZERO, right: ITERATION_INDEX, bound: -1 }]);
    for (const [one, other] of [
      ['x', '3'],
      ['\\frac{n}{2}', '1'],
      ['b^n', '1'],
    ] as const) {
      expect(ways('b^nx y', subtract(typed(one), late(other))), one).toEqual([]);
      expect(ways('b^nx y', subtract(late(one), typed(other))), one).toEqual([]);
    }
  });
  it('leaves powers that may be none', () => {
    expect(ways('x^ny+b', typed('x'))[0]).toBe(expressionKey(typed('x^ny+b')));
    expect(ways('\\sqrt{x}y+b', typed('x'))[0]).toBe(expressionKey(typed('\\sqrt{x}y+b')));
    expect(ways('\\frac{y}{\\nabla_jE}+b', typed('\\nabla_jE'))).toEqual([
      expressionKey(typed('\\frac{y}{\\nabla_jE}+b')),
    ]);
  });
});
