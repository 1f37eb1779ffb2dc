import { describe, expect, it } from 'vitest';
import { add, divide, multiply, negate, number, parameter, power, root, step } from '../../src/formula/build.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { oneLine } from '../../src/formula/one-line.ts';
import { truncateStep } from '../../src/judge/question/truncate-step.ts';

const [a, b, c] = [parameter('a'), parameter('b'), parameter('c')];
const cut = (formula: Formula, terms: number): string => oneLine(truncateStep(formula, terms));

describe('truncateStep', () => {
  it('drops summands above the order, also inside products', () => {
    const formula = add(a, multiply(step, add(b, multiply(step, c))));
    expect(cut(formula, 1)).toBe(oneLine(a));
    expect(cut(formula, 2)).toBe(oneLine(add(a, multiply(step, b))));
    expect(cut(formula, 3)).toBe(oneLine(formula));
  });
  it('knows powers of h, signs and numerators', () => {
    const formula = add(
      negate(a),
      negate(divide(multiply(power(step, number(2)), b), c)),
      divide(multiply(step, a), number(2)),
    );
    expect(cut(formula, 1)).toBe(oneLine(negate(a)));
    expect(cut(formula, 2)).toBe(oneLine(add(negate(a), divide(multiply(step, a), number(2)))));
  });
  it('keeps what h may be hidden in', () => {
    const formula = divide(multiply(step, a), add(step, multiply(step, b)));
    expect(cut(formula, 1)).toBe(oneLine(formula));
    const inside = root(add(a, multiply(step, b)));
    expect(cut(inside, 1)).toBe(oneLine(inside));
  });
  it('gives zero for what is of higher order altogether', () => {
    expect(cut(multiply(power(step, number(3)), a), 3)).toBe('0');
    expect(cut(add(multiply(step, a), multiply(step, b)), 1)).toBe('0');
  });
});
