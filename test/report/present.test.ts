import { describe, expect, it } from 'vitest';
import { addition, divide, index, multiplication, number, parameter, toPower, sum } from '../../src/formula/build.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { oneLine } from '../../src/formula/one-line.ts';
import { present } from '../../src/report/theorem/present.ts';

const [a, b, c, d] = [parameter('a'), parameter('b'), parameter('c'), parameter('d')];
const series = sum('k', number(0), index('#n'), toPower(parameter('r'), index('k')));
const never = (): boolean => false;
const always = (): boolean => true;
const text = (formula: Formula): string => oneLine(formula).replaceAll('(sum(k=0..n) r^k)', '(S)');

describe('formulas as written by hand', () => {
  it.each([
    ['a sum comes out of a fraction', divide(series, c), never, '(1/c)*(S)'],
    ['with its coefficient left inside', divide(multiplication(a, series), c), never, '(a/c)*(S)'],
    ['and other factors too', divide(multiplication(a, series, b), c), never, '((a*b)/c)*(S)'],
    ['two sums', divide(multiplication(series, series), c), never, '(1/c)*(S)*(S)'],
    ['bars are joined', divide(divide(multiplication(a, series), c), d), never, '(a/(c*d))*(S)'],
    ['bars without numerator are joined', divide(divide(series, c), d), never, '(1/(c*d))*(S)'],
    ['a bar over a bar', divide(multiplication(divide(a, b), c), number(2)), never, '(a*c)/(2*b)'],
    ['a narrow fraction stays', divide(addition(a, b), c), never, '(a + b)/c'],
    ['a wide fraction is opened', divide(addition(a, b), c), always, '(1/c)*(a + b)'],
    ['a wide fraction keeps its other factors', divide(multiplication(d, addition(a, b)), c), always, '(d/c)*(a + b)'],
    ['a wide product stays', divide(multiplication(a, b), c), always, '(a*b)/c'],
    ['a sum in a sum of the numerator stays', divide(addition(a, series), c), never, '(a + (S))/c'],
    ['inside other nodes', toPower(divide(series, c), number(2)), never, '((1/c)*(S))^2'],
  ])('%s', (_, formula, isWide, shown) => {
    expect(text(present(formula, isWide))).toBe(shown);
  });

  it('leaves shared nodes shared', () => {
    const twice = present(addition(divide(series, c), divide(series, c)), never);
    expect(twice.kind === 'add' && twice.terms.length).toBe(2);
    const once = divide(series, c);
    const shared = present(addition(once, once), never);
    expect(shared.kind === 'add' && shared.terms[0] === shared.terms[1]).toBe(true);
  });
});
