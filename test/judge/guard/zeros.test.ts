/** What the guard makes vanish: what is typed, what stands where a value may break, and numbers and scalars beside each other. */
import { describe, expect, it } from 'vitest';
import {
  absolute,
  add,
  call,
  divide,
  gradient,
  index,
  multiply,
  negate,
  number,
  parameter,
  power,
  root,
  subtract,
  sum,
  sumOverCoordinates,
} from '../../../src/formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../../src/formula/formula.ts';
import { oneLine } from '../../../src/formula/one-line.ts';
import { isScalar, zerosOf } from '../../../src/judge/guard/zeros.ts';
import { Rational } from '../../../src/number/rational.ts';
import type { Declaration } from '../../../src/optimizer/model.ts';

const scalar = (name: string, text: string): Declaration => {
  const [lower = '', upper = ''] = text.slice(1, -1).split(',');
  const end = (value: string): Rational | null => (value === '' ? null : Rational.of(Number(value)));
  const domain = {
    lower: end(lower),
    lowerOpen: text.startsWith('('),
    upper: end(upper),
    upperOpen: text.endsWith(')'),
  };
  return { kind: 'scalar', name, domain, span: null };
};
const DECLARATIONS = [scalar('b', '(0,1)'), scalar('r', '[0,1)'), scalar('e', '(0,)'), scalar('x', '(,)')];
const [b, r, e, x] = ['b', 'r', 'e', 'x'].map(parameter) as [Formula, Formula, Formula, Formula];
const n = index(ITERATION);
const slope = gradient([index(COMPONENT)], null);
const late = gradient([index(COMPONENT)], n);
const one = number(1);

const zeros = (formula: Formula, isOrdered = false, declarations = DECLARATIONS) =>
  zerosOf([formula], [], declarations, isOrdered);
/** With what is said of each: `!` always needed, `~` along a sequence, `|` at an end. */
const shown = (formula: Formula, isOrdered = false, declarations = DECLARATIONS): string[] =>
  zeros(formula, isOrdered, declarations).map(
    ({ formula: zero, needed, atEnd }) =>
      `${{ never: '', along: '~', always: '!' }[needed]}${atEnd ? '|' : ''}${oneLine(zero)}`,
  );
const text = (formula: Formula): string => oneLine(formula);

describe('what is made zero', () => {
  it('is a sum of scalars that is typed', () => {
    expect(shown(multiply(x, subtract(b, r)))).toContain(text(subtract(b, r)));
    expect(shown(add(b, n))).toContain(text(add(b, n)));
    expect(shown(add(b, slope))).not.toContain(text(add(b, slope)));
    expect(shown(add(one, n), false, [])).toEqual([]);
  });
  it('is what stands under a bar or a sign, needed where it is the same at every n', () => {
    expect(shown(absolute(slope))).toContain(`!${text(slope)}`);
    expect(shown(call('sign', slope))).toContain(`!${text(slope)}`);
    expect(shown(absolute(late))).toContain(text(late));
    expect(shown(call('sinh', slope))).toContain(`~${text(slope)}`);
    expect(shown(root(add(slope, x)))).toContain(`~${text(add(slope, x))}`);
    const larger: Formula = {
      kind: 'extremum',
      span: null,
      name: 'max',
      arguments: [slope, x, e],
    } as unknown as Formula;
    expect(shown(larger)).toContain(`!${text(subtract(slope, x))}`);
    expect(shown(larger)).toContain(`!${text(subtract(slope, e))}`);
  });
  it('is what is divided by, and what of it stays for large n', () => {
    expect(shown(divide(b, x))).toContain(`~${text(x)}`);
    expect(shown(divide(x, slope))).toContain(`~${text(slope)}`);
    expect(shown(divide(slope, add(slope, x)))).toContain(`~${text(add(slope, x))}`);
    const growing = add(x, slope, power(b, n));
    expect(shown(divide(one, growing))).toContain(`~${text(add(x, slope))}`);
    expect(shown(divide(one, add(x, power(b, n))))).toContain(`~${text(x)}`);
    // Above a fraction nothing is needed.
    expect(shown(divide(multiply(x, slope), e)).filter(each => each.includes(text(slope)))).toEqual([]);
    expect(shown(divide(one, sumOverCoordinates('i', multiply(gradient([index('i')], null), slope))))[0]).toMatch(/^~/);
    expect(shown(divide(one, sum('k', number(0), n, gradient([index(COMPONENT)], index('k')))))[0]).not.toMatch(/^~/);
  });
  it('is a base that is 1 or −1 where it is raised to n', () => {
    expect(shown(power(x, n))).toEqual(
      expect.arrayContaining([`~${text(subtract(x, one))}`, `~${text(subtract(x, number(-1)))}`]),
    );
    expect(shown(power(x, number(3))).filter(each => each.startsWith('~'))).toEqual([]);
    expect(shown(power(number(2), n))).toEqual([]);
    expect(shown(power(x, number(-1)))).toContain(`~${text(x)}`);
    expect(shown(power(x, number(2)))).not.toContain(text(x));
  });
  it('is no loss within a gradient, and no scalar that cannot be zero', () => {
    expect(shown(slope)).toEqual([]);
    expect(shown(divide(one, b)).filter(each => each.endsWith(text(b)))).toEqual([]);
    expect(shown(divide(one, r))).toContain(`~${text(r)}`);
    expect(shown(divide(one, e)).filter(each => each.endsWith(text(e)))).toEqual([]);
  });
  it('are two scalars that are equal, or one the square of the other, where their domains begin alike', () => {
    const pairs = [subtract(b, r), subtract(multiply(b, b), r), subtract(b, multiply(r, r))].map(text);
    expect(shown(multiply(b, r))).toEqual(expect.arrayContaining(pairs));
    expect(shown(multiply(b, x))).not.toContain(text(subtract(b, x)));
    expect(shown(b)).not.toContain(pairs[0]);
  });
  it('are scalars at typed numbers, at one half, and at closed ends', () => {
    const at = (name: Formula, value: Rational): string => text(subtract(name, number(value)));
    expect(shown(b)).toEqual([at(b, Rational.of(1, 2))]);
    expect(shown(r)).toEqual([`|${at(r, Rational.zero)}`, at(r, Rational.of(1, 2))]);
    expect(shown(multiply(divide(one, number(3)), b))).toContain(at(b, Rational.of(1, 3)));
    expect(shown(multiply(number(3), b))).not.toContain(at(b, Rational.of(3)));
    expect(shown(multiply(number(3), x))).toEqual(
      expect.arrayContaining([at(x, Rational.of(3)), at(x, Rational.of(-3))]),
    );
  });
  it('are numbers between those, where an order or a bar may tell', () => {
    const middle = text(subtract(x, number(Rational.of(3, 2))));
    expect(shown(multiply(number(3), x))).not.toContain(middle);
    expect(shown(multiply(number(3), x), true)).toContain(`|${middle}`);
    expect(shown(absolute(subtract(x, number(3))))).toContain(middle);
    expect(shown(add(absolute(subtract(r, b)), number(3), x))).not.toContain(middle);
  });
  it('are the sides of conditions, first of all', () => {
    const [first] = zerosOf([x], [{ left: x, relation: '<', right: e } as never], DECLARATIONS, false);
    expect(first && oneLine(first.formula)).toBe(text(subtract(x, e)));
    expect(first?.needed).toBe('never');
  });
  it('stand there once, with the greatest need', () => {
    const twice = shown(add(divide(one, slope), absolute(slope)));
    expect(twice.filter(each => each.endsWith(text(slope)))).toEqual([`!${text(slope)}`]);
    const other = shown(add(absolute(slope), divide(one, slope)));
    expect(other.filter(each => each.endsWith(text(slope)))).toEqual([`!${text(slope)}`]);
  });
});

it('scalars, numbers and integers alone are a sum of scalars', () => {
  for (const each of [b, subtract(b, r), power(b, n), divide(b, n), negate(multiply(b, n))])
    expect(isScalar(each)).toBe(true);
  for (const each of [n, one, slope, add(b, slope), absolute(b), root(b)]) expect(isScalar(each)).toBe(false);
});
