import { describe, expect, it } from 'vitest';
import {
  addition,
  divide,
  multiplication,
  negation,
  number,
  parameter,
  toPower,
  root,
  step,
} from '../../src/formula/build.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { oneLine } from '../../src/formula/one-line.ts';
import { truncateStep } from '../../src/judge/numeric/truncate-step.ts';

const [a, b, c] = [parameter('a'), parameter('b'), parameter('c')];
const cut = (formula: Formula, terms: number): string => oneLine(truncateStep(formula, terms));

describe('truncateStep', () => {
  it('drops summands above the order, also inside products', () => {
    const formula = addition(a, multiplication(step, addition(b, multiplication(step, c))));
    expect(cut(formula, 1)).toBe(oneLine(a));
    expect(cut(formula, 2)).toBe(oneLine(addition(a, multiplication(step, b))));
    expect(cut(formula, 3)).toBe(oneLine(formula));
  });
  it('knows powers of h, signs and numerators', () => {
    const formula = addition(
      negation(a),
      negation(divide(multiplication(toPower(step, number(2)), b), c)),
      divide(multiplication(step, a), number(2)),
    );
    expect(cut(formula, 1)).toBe(oneLine(negation(a)));
    expect(cut(formula, 2)).toBe(oneLine(addition(negation(a), divide(multiplication(step, a), number(2)))));
  });
  it('keeps what h may be hidden in', () => {
    const formula = divide(multiplication(step, a), addition(step, multiplication(step, b)));
    expect(cut(formula, 1)).toBe(oneLine(formula));
    const inside = root(addition(a, multiplication(step, b)));
    expect(cut(inside, 1)).toBe(oneLine(inside));
  });
  it('gives zero for what is of higher order altogether', () => {
    expect(cut(multiplication(toPower(step, number(3)), a), 3)).toBe('0');
    expect(cut(addition(multiplication(step, a), multiplication(step, b)), 1)).toBe('0');
  });
});
