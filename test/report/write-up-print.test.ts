/** How a write-up prints products and long lines, what it is called, and which right sides it prints once. Without a derivation. */
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/document/read/read-document.ts';
import { addition, divide, modulus, multiplication, number, root, toPower } from '../../src/formula/build.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { writeFormula } from '../../src/latex/write/write-formula.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';
import { citedIn, withCitations } from '../../src/report/write-up/model/references.ts';
import { sourceOf, titleOf } from '../../src/report/write-up/model/title.ts';
import { fitLine } from '../../src/report/write-up/print/fit-line.ts';
import { scalarsFirst } from '../../src/report/write-up/print/scalars-first.ts';
import { natureOf } from '../../src/report/write-up/sections/nature.ts';

const letter = (name: string): Formula => ({ kind: 'parameter', span: null, name });
const h: Formula = { kind: 'step', span: null };
const [b, c] = [letter('b'), letter('c')];
const latex = (formula: Formula): string => writeFormula(formula, DEFAULT_NOTATION, 'latex');
const x: Formula = {
  kind: 'quantity',
  span: null,
  name: 'X',
  indices: [],
  labels: [],
  at: null,
};

describe('products', () => {
  test.each([
    ['numbers and letters stand in front', multiplication(x, h, number(2)), '2 h X'],
    [
      'one fraction for a factor and its denominator',
      multiplication(h, divide(number(1), multiplication(number(2), x)), b),
      '\\frac{h b}{2 X}',
    ],
    ['a minus in the middle goes in front', multiplication(x, { kind: 'negate', span: null, argument: b }), '-b X'],
    [
      'numbers below are multiplied',
      multiplication(divide(h, multiplication(number(2), b)), divide(c, multiplication(number(3), b))),
      '\\frac{h c}{6 b^{2}}',
    ],
    [
      'no bar over a bar where one denominator holds the others',
      divide(addition(divide(x, multiplication(b, c)), divide(number(1), b)), x),
      '\\frac{X + c}{b c X}',
    ],
    [
      'and else the sum beside the bar',
      divide(addition(divide(x, b), divide(number(1), c)), x),
      '\\frac{1}{X} \\left(\\frac{X}{b} + \\frac{1}{c}\\right)',
    ],
  ])('%s', (_, formula, expected) => {
    expect(latex(scalarsFirst(formula))).toBe(expected);
  });
});

test('what is wider than a line becomes a power that can be broken', () => {
  const wide = addition(x, b, c);
  const isWide = (part: Formula): boolean => latex(part).length > 5;
  expect(latex(fitLine(divide(h, root(wide)), isWide))).toBe('h (X + b + c)^{-1/2}');
  expect(latex(fitLine(root(wide), isWide))).toBe('(X + b + c)^{1/2}');
  expect(latex(fitLine(divide(h, toPower(wide, number(2))), isWide))).toBe('h (X + b + c)^{-2}');
  expect(fitLine(x, isWide)).toBe(x);
});

test.each([
  [multiplication(b, x), 'linear'],
  [multiplication(x, x), 'polynomial'],
  [toPower(x, number(2)), 'polynomial'],
  [divide(b, root(x)), 'power'],
  [modulus(x), 'function'],
  [root(b), 'free'],
] as const)('a reason fits what is expanded: %#', (formula, nature) => {
  expect(natureOf(formula)).toBe(nature);
});

const RULE = String.raw`
% !modeq optimizer sgd-two
\begin{align}
  \theta_j^{(n+1)} &= \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)})
\end{align}
`;
const optimizerIn = (text: string) => {
  const [optimizer] = readDocument({ name: 'a.tex', text }).optimizers;
  if (!optimizer) throw new Error('not read');
  return optimizer;
};

test('the name is the heading, a word of the text, or the id', () => {
  expect(titleOf(optimizerIn(`\\section{SGD, twice}\n${RULE}`))).toBe('SGD, twice');
  const other = RULE.replace('sgd-two', 'other');
  expect(titleOf(optimizerIn(`\\section{SGDTwo and others}\n${RULE}${other}`))).toBe('SGDTwo');
  expect(titleOf(optimizerIn(RULE))).toBe('Sgd two');
});

test('the source is printed with its signs escaped, and formulas left alone', () => {
  expect(sourceOf(optimizerIn(`Source: A & B, lr_scheduler, rate $O(1/k_2)$ (1983).\n${RULE}`))).toBe(
    'A \\& B, lr\\_scheduler, rate $O(1/k_2)$ (1983)',
  );
  expect(sourceOf(optimizerIn(RULE))).toBeNull();
});

test('references are numbered in their order, and words in a fragment', () => {
  const text = 'as in <<cite:convergence>> and <<cite:backward>>';
  const keys = citedIn([text]);
  expect(keys).toEqual(['backward', 'convergence']);
  expect(withCitations(text, keys, null, false)).toBe('as in [2] and [1]');
  expect(withCitations(text, keys, null, true)).toContain('(Hairer, Lubich and Wanner');
});
