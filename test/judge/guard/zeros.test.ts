/** What the guard makes vanish: what is typed, what stands where a value may break, and numbers and scalars beside each other. */
import { describe, expect, it } from 'vitest';
import {
  modulus,
  addition,
  call,
  divide,
  gradient,
  index,
  multiplication,
  negation,
  number,
  parameter,
  toPower,
  root,
  subtraction,
  sum,
  sumOverCoordinates,
} from '../../../src/formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../../src/formula/formula.ts';
import { oneLine } from '../../../src/formula/one-line.ts';
import { isOfScalars, zeroCandidates } from '../../../src/judge/guard/zeros.ts';
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
  zeroCandidates([formula], [], declarations, isOrdered);
/** With what is said of each: `!` always needed, `~` along a sequence, `|` at an end. */
const shown = (formula: Formula, isOrdered = false, declarations = DECLARATIONS): string[] =>
  zeros(formula, isOrdered, declarations).map(
    ({ formula: zero, needed, atEnd }) =>
      `${{ never: '', along: '~', always: '!' }[needed]}${atEnd ? '|' : ''}${oneLine(zero)}`,
  );
const text = (formula: Formula): string => oneLine(formula);

describe('what is made zero', () => {
  it('is a sum of scalars that is typed', () => {
    expect(shown(multiplication(x, subtraction(b, r)))).toContain(text(subtraction(b, r)));
    expect(shown(addition(b, n))).toContain(text(addition(b, n)));
    expect(shown(addition(b, slope))).not.toContain(text(addition(b, slope)));
    expect(shown(addition(one, n), false, [])).toEqual([]);
  });
  it('is what stands under a bar or a sign, needed where it is the same at every n', () => {
    expect(shown(modulus(slope))).toContain(`!${text(slope)}`);
    expect(shown(call('sign', slope))).toContain(`!${text(slope)}`);
    expect(shown(modulus(late))).toContain(text(late));
    expect(shown(call('sinh', slope))).toContain(`~${text(slope)}`);
    expect(shown(root(addition(slope, x)))).toContain(`~${text(addition(slope, x))}`);
    const larger: Formula = {
      kind: 'extremum',
      span: null,
      name: 'max',
      arguments: [slope, x, e],
    } as unknown as Formula;
    expect(shown(larger)).toContain(`!${text(subtraction(slope, x))}`);
    expect(shown(larger)).toContain(`!${text(subtraction(slope, e))}`);
  });
  it('is what is divided by, and what of it stays for large n', () => {
    expect(shown(divide(b, x))).toContain(`~${text(x)}`);
    expect(shown(divide(x, slope))).toContain(`~${text(slope)}`);
    expect(shown(divide(slope, addition(slope, x)))).toContain(`~${text(addition(slope, x))}`);
    const growing = addition(x, slope, toPower(b, n));
    expect(shown(divide(one, growing))).toContain(`~${text(addition(x, slope))}`);
    expect(shown(divide(one, addition(x, toPower(b, n))))).toContain(`~${text(x)}`);
    // Above a fraction nothing is needed.
    expect(shown(divide(multiplication(x, slope), e)).filter(each => each.includes(text(slope)))).toEqual([]);
    expect(shown(divide(one, sumOverCoordinates('i', multiplication(gradient([index('i')], null), slope))))[0]).toMatch(
      /^~/,
    );
    expect(shown(divide(one, sum('k', number(0), n, gradient([index(COMPONENT)], index('k')))))[0]).not.toMatch(/^~/);
  });
  it('is a base that is 1 or −1 where it is raised to n', () => {
    expect(shown(toPower(x, n))).toEqual(
      expect.arrayContaining([`~${text(subtraction(x, one))}`, `~${text(subtraction(x, number(-1)))}`]),
    );
    expect(shown(toPower(x, number(3))).filter(each => each.startsWith('~'))).toEqual([]);
    expect(shown(toPower(number(2), n))).toEqual([]);
    expect(shown(toPower(x, number(-1)))).toContain(`~${text(x)}`);
    expect(shown(toPower(x, number(2)))).not.toContain(text(x));
  });
  it('is no loss within a gradient, and no scalar that cannot be zero', () => {
    expect(shown(slope)).toEqual([]);
    expect(shown(divide(one, b)).filter(each => each.endsWith(text(b)))).toEqual([]);
    expect(shown(divide(one, r))).toContain(`~${text(r)}`);
    expect(shown(divide(one, e)).filter(each => each.endsWith(text(e)))).toEqual([]);
  });
  it('are two scalars that are equal, or one the square of the other, where their domains begin alike', () => {
    const pairs = [subtraction(b, r), subtraction(multiplication(b, b), r), subtraction(b, multiplication(r, r))].map(
      text,
    );
    expect(shown(multiplication(b, r))).toEqual(expect.arrayContaining(pairs));
    expect(shown(multiplication(b, x))).not.toContain(text(subtraction(b, x)));
    expect(shown(b)).not.toContain(pairs[0]);
  });
  it('are scalars at typed numbers, at one half, and at closed ends', () => {
    const at = (name: Formula, value: Rational): string => text(subtraction(name, number(value)));
    expect(shown(b)).toEqual([at(b, Rational.of(1, 2))]);
    expect(shown(r)).toEqual([`|${at(r, Rational.zero)}`, at(r, Rational.of(1, 2))]);
    expect(shown(multiplication(divide(one, number(3)), b))).toContain(at(b, Rational.of(1, 3)));
    expect(shown(multiplication(number(3), b))).not.toContain(at(b, Rational.of(3)));
    expect(shown(multiplication(number(3), x))).toEqual(
      expect.arrayContaining([at(x, Rational.of(3)), at(x, Rational.of(-3))]),
    );
  });
  it('are numbers between those, where an order or a bar may tell', () => {
    const middle = text(subtraction(x, number(Rational.of(3, 2))));
    expect(shown(multiplication(number(3), x))).not.toContain(middle);
    expect(shown(multiplication(number(3), x), true)).toContain(`|${middle}`);
    expect(shown(modulus(subtraction(x, number(3))))).toContain(middle);
    expect(shown(addition(modulus(subtraction(r, b)), number(3), x))).not.toContain(middle);
  });
  it('are the sides of conditions, first of all', () => {
    const [first] = zeroCandidates([x], [{ left: x, relation: '<', right: e } as never], DECLARATIONS, false);
    expect(first && oneLine(first.formula)).toBe(text(subtraction(x, e)));
    expect(first?.needed).toBe('never');
  });
  it('stand there once, with the greatest need', () => {
    const twice = shown(addition(divide(one, slope), modulus(slope)));
    expect(twice.filter(each => each.endsWith(text(slope)))).toEqual([`!${text(slope)}`]);
    const other = shown(addition(modulus(slope), divide(one, slope)));
    expect(other.filter(each => each.endsWith(text(slope)))).toEqual([`!${text(slope)}`]);
  });
});

it('scalars, numbers and integers alone are a sum of scalars', () => {
  for (const each of [b, subtraction(b, r), toPower(b, n), divide(b, n), negation(multiplication(b, n))])
    expect(isOfScalars(each)).toBe(true);
  for (const each of [n, one, slope, addition(b, slope), modulus(b), root(b)]) expect(isOfScalars(each)).toBe(false);
});
