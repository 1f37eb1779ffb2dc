/** Fractions, coefficients and powers as formula trees, by the text that they are written as. */
import { describe, expect, it } from 'vitest';
import { fractionFormula, raise, squareRootOf, withCoefficient } from '../../src/expression/write/fraction.ts';
import { inLetterOrder, inReadingOrder } from '../../src/expression/write/reading-order.ts';
import * as build from '../../src/formula/build.ts';
import { COMPONENT } from '../../src/formula/formula.ts';
import { oneLine } from '../../src/formula/one-line.ts';
import { Rational } from '../../src/number/rational.ts';
import { typed } from '../rewrite/typed.ts';

const [a, b] = [build.parameter('a'), build.parameter('b')];
const half = Rational.of(1, 2);

describe('a fraction', () => {
  it('has no line where nothing is below, and no 1 above where something is', () => {
    expect(oneLine(fractionFormula({ above: [a, b], below: [] }))).toBe(oneLine(build.multiplication(a, b)));
    expect(oneLine(fractionFormula({ above: [], below: [b] }))).toBe(oneLine(build.divide(build.number(1), b)));
  });
  it('has its coefficient above and below the line, its sign before it', () => {
    const value = withCoefficient(Rational.of(-2, 3), { above: [a], below: [b] });
    const [above, below] = [build.multiplication(build.number(2), a), build.multiplication(build.number(3), b)];
    expect(oneLine(value)).toBe(oneLine(build.negation(build.divide(above, below))));
    expect(oneLine(withCoefficient(Rational.one, { above: [a], below: [] }))).toBe('a');
  });
});

describe('a power', () => {
  const square = build.toPower(a, build.number(2));
  it('is a root at one half, of a square the absolute value', () => {
    expect(raise(a, half)).toEqual(build.root(a));
    expect(raise(square, half)).toEqual(build.modulus(a));
    expect(raise(square, Rational.of(3, 2))).toEqual(build.toPower(build.modulus(a), build.number(3)));
    expect(squareRootOf(square)).toBe(a);
    expect(squareRootOf(a)).toBeNull();
  });
  it('of a power is one of the base only where both exponents are whole', () => {
    expect(raise(square, Rational.of(3))).toEqual(build.toPower(a, build.number(6)));
    const root = build.toPower(a, build.number(half));
    expect(raise(root, Rational.of(2))).toEqual(build.toPower(root, build.number(2)));
  });
});

describe('the order of reading', () => {
  it('has sums first, negative terms last', () => {
    const { terms } = typed('-a+1+\\sum_{k=0}^{n}\\nabla_jE_k');
    const order = inReadingOrder(terms);
    expect(order.map(({ sorts, coefficient }) => `${sorts.length} ${coefficient.sign()}`)).toEqual([
      '1 1',
      '0 1',
      '0 -1',
    ]);
    expect(new Set(order)).toEqual(new Set(terms));
  });
  it('has the letter of the component last', () => {
    const [i, j] = [build.index('i'), build.index(COMPONENT)];
    expect(inLetterOrder([j, i, i])).toEqual([i, i, j]);
  });
});
