import { describe, expect, it } from 'vitest';
import { splitCondition, splitDisplay } from '../../src/latex/display/display.ts';
import type { Token } from '../../src/latex/notation/token.ts';
import { tokenize } from '../../src/latex/notation/tokenize.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';
import { refusalOf } from './read-text.ts';

const text = (tokens: readonly Token[]): string =>
  tokens
    .map(token => token.text)
    .join('')
    .trim()
    .replace(/\s+/g, ' ');

/** `left relation right [if condition] [O r]` of every statement. */
function split(latex: string, step = 'h'): string[] {
  return splitDisplay(tokenize({ name: 'display', text: latex }), { ...DEFAULT_NOTATION, step }).map(piece => {
    const condition = piece.condition === null ? '' : ` ${piece.equivalence ? 'iff' : 'if'} ${text(piece.condition)}`;
    const remainder = piece.remainder === null ? '' : ` O${piece.remainder}`;
    return `${text(piece.left)} ${piece.relation ?? '?'} ${text(piece.right)}${condition}${remainder}`;
  });
}

describe('a display is split into statements', () => {
  it.each<[string, string[]]>([
    ['a = b.', ['a = b']],
    ['a &= b, \\\\ c &= d.', ['a = b', 'c = d']],
    ['a = b, \\quad c = d', ['a = b', 'c = d']],
    ['a = b, c = d; e := f', ['a = b', 'c = d', 'e := f']],
    ['a = \\max(b, c)', ['a = \\max(b, c)']],
    ['a = \\nabla^3E[u,v], b = c', ['a = \\nabla^3E[u,v]', 'b = c']],
    ['R &= a, & M &= b, \\\\ L &= c, & N &= d', ['R = a', 'M = b', 'L = c', 'N = d']],
    ['R_j & = a & M_j & = b', ['R_j = a', 'M_j = b']],
    // continuation and chains
    ['a &= b \\\\ &\\quad + c', ['a = b + c']],
    ['a &= b \\\\ & - c \\\\ & \\cdot d', ['a = b - c \\cdot d']],
    ['a &= b \\\\ &{}+ c \\\\ {}&{} - d', ['a = b {}+ c {} - d']],
    ['a &{}= b \\\\ {}&{}= c', ['a = b', 'b = c']],
    ['a = b = c', ['a = b', 'b = c']],
    ['A \\approx B = C', ['A \\approx B', 'B = C']],
    ['a &= b \\\\ &= c \\\\ &\\approx d', ['a = b', 'b = c', 'c \\approx d']],
    ['a \\\\ = b', ['a = b']],
    ['a &= b \\\\ &+ c = d', ['a = b + c', 'b + c = d']],
    ['R := a = b', ['R := a', 'a = b']],
    ['a = \\left( b \\right. \\\\ & \\left. + c \\right)', ['a = ( b + c )']],
    ['a = \\left[ b \\right. \\\\ \\left. + c \\right. \\\\ \\left. + d \\right] e', ['a = [ b + c + d ] e']],
    ['a = \\Bigl( b \\\\ & + c \\Bigr)', ['a = \\Bigl( b + c \\Bigr)']],
    ['a = \\left.b\\right|_{x=y}', ['a = \\left.b\\right|_{x=y}']],
    // relations of several tokens
    ['a := b', ['a := b']],
    ['a \\coloneqq b', ['a := b']],
    ['a \\overset{\\text{def}}{=} b', ['a := b']],
    ['a \\stackrel{(4)}{=} b', ['a = b']],
    ['a \\leftarrow b', ['a = b']],
    ['a \\leq b', ['a \\le b']],
    ['a \\equiv b \\sim c', ['a \\equiv b', 'b \\sim c']],
    // environments, labels, tags
    ['\\begin{split} a &= b \\\\ c &= d \\end{split} \\tag{4}', ['a = b', 'c = d']],
    ['\\begin{aligned}[t] a &= b, \\label{x} \\\\[2pt] c &= d \\end{aligned}', ['a = b', 'c = d']],
    ['\\begin{alignat}{2} a &= b, &\\quad c &= d \\nonumber \\end{alignat}', ['a = b', 'c = d']],
    ['\\left\\{\\begin{array}{l} a = b \\\\ c = d \\end{array}\\right.', ['a = b', 'c = d']],
    ['\\begin{cases} a = b \\\\ c = d \\end{cases}', ['a = b', 'c = d']],
    // conditions
    [
      'a \\approx b & \\text{if } c \\gg d, \\\\ a \\approx e & \\text{if } c \\ll d.',
      ['a \\approx b if c \\gg d', 'a \\approx e if c \\ll d'],
    ],
    ['a = b \\quad \\text{for } n \\ge 1', ['a = b if n \\ge 1']],
    ['a = b, \\quad n \\ge 1', ['a = b if n \\ge 1']],
    ['a = b, \\quad t \\in [nh,(n+1)h]', ['a = b if t \\in [nh,(n+1)h]']],
    ['a = b \\quad (n \\ge 1)', ['a = b if n \\ge 1']],
    [
      'a \\le C h^2, \\quad n = 0, 1, \\dots, \\lfloor T/h \\rfloor.',
      ['a \\le C h^2 if n = 0, 1, \\dots, \\lfloor T/h \\rfloor'],
    ],
    ['a = b. \\quad (4)', ['a = b']],
    ['c > 0 \\iff \\beta > \\rho', ['c > 0 iff \\beta > \\rho']],
    ['c > 0 \\text{ if and only if } \\beta > \\rho', ['c > 0 iff \\beta > \\rho']],
    ['c > 0 \\text{ exactly when } \\beta > \\rho', ['c > 0 iff \\beta > \\rho']],
    ['a = b \\text{ where } c = d', ['a = b', 'c = d']],
    ['a = b \\text{ for all } n', ['a = b']],
    ['a = b \\text{ if } c < d, e', ['a = b if c < d, e']],
    // what a comma separates stays apart
    ['1,5 a = b', ['1, 5 a = b']],
    ['a; a = b', ['a; a = b']],
    ['a, - c = b', ['a, - c = b']],
    ['a = b, + c', ['a = b, + c']],
    ['a = 1,5', ['a = 1, 5']],
    ['a = b, & c', ['a = b, c']],
    ['a\\text{,} b = c', ['a, b = c']],
    ['a, \\\\ b = c', ['a, b = c']],
    ['a = b, \\\\ + c', ['a = b + c']],
    ['1 & 5 = a', ['1 5 = a']],
    ['a = 1&5', ['a = 1 5']],
    ['a = b \\text{ and } c = d', ['a = b', 'c = d']],
    ['a = \\text{sign}(b)', ['a = \\text{sign}(b)']],
    // remainders
    ['a = b + O(h^2)', ['a = b O2']],
    ['a = b + h c + \\mathcal{O}\\left(h^{2}\\right)', ['a = b + h c O2']],
    ['a = b + o(h)', ['a = b O2']],
    ['a = b + O(h^3) + c', ['a = b + c O3']],
    ['a = O(h)', ['a = 0 O1']],
    ['a = b + O(h^2) = c', ['a = b O2', 'b = c O2']],
    // nothing
    ['', []],
    ['\\label{x}', []],
  ])('%s', (latex, statements) => {
    expect(split(latex)).toEqual(statements);
  });

  it('reads the remainder in the step letter of the notation', () => {
    expect(split('a = b + O(\\eta^2)', '\\eta')).toEqual(['a = b O2']);
  });

  it('keeps the place of every statement', () => {
    const [, second] = splitDisplay(tokenize({ name: 'display', text: 'a = b,\nc = d' }));
    expect([second?.span.start, second?.span.end]).toEqual([7, 12]);
  });

  it.each([
    ['= a', 'left-side-expected at 1:1'],
    ['a =', 'operand-expected at 1:1'],
    ['\\text{if } a > b', 'condition at 1:12'],
    ['a \\gg b', 'relation at 1:3'],
    ['a = b + O(x^2)', 'remainder at 1:10'],
    ['a = b + O(h^{q})', 'remainder at 1:10'],
    ['a = b + O(h) c', 'remainder at 1:10'],
    ['\\begin{align} a = b', 'environment at 1:19'],
    ['a = b \\end{align}', 'environment at 1:7'],
    ['\\begin{align} a = b \\end{gather}', 'environment at 1:21'],
    ['\\begin{figure} a = b \\end{figure}', 'unknown-environment at 1:1'],
    ['a = \\begin{cases} b & c > 0 \\\\ d \\end{cases}', 'cases-value at 1:5'],
    ['a \\text{ and } b = c', 'words-not-understood at 1:3'],
    ['a = b \\text{ and } c', 'words-not-understood at 1:7'],
    ['a = b \\text{ if } c > 0 \\text{ and } d', 'words-not-understood at 1:25'],
    ['a = b \\text{ if } .', 'condition at 1:19'],
    ['(4) \\quad a = b', 'numbering-or-factor at 1:1'],
    ['a = b \\label{c', 'unbalanced-brace at 1:13'],
  ])('%s is refused: %s', (latex, refusal) => {
    expect(refusalOf(() => split(latex))).toBe(refusal);
  });
});

describe('a condition is split into comparisons', () => {
  it.each<[string, string[]]>([
    ['a \\gg b', ['a \\gg b']],
    ['0 < \\beta < 1', ['0 < \\beta', '\\beta < 1']],
    ['\\beta \\ne \\rho, \\nabla_jE > 0', ['\\beta \\ne \\rho', '\\nabla_jE > 0']],
    ['a > b \\text{ and } c < d', ['a > b', 'c < d']],
    ['\\beta \\not= \\rho', ['\\beta \\ne \\rho']],
    ['n = 0, 1, \\ldots', ['n = 0 and 1 and \\ldots']],
    ['a < 1,5', ['a < 1 and 5']],
    ['a < b, c, d < e', ['a < b and c', 'd < e']],
    ['a', []],
  ])('%s', (latex, comparisons) => {
    const found = splitCondition(tokenize({ name: 'condition', text: latex }));
    const shown = found.map(({ left, relation, right, more }) =>
      [`${text(left)} ${relation} ${text(right)}`, ...more.map(text)].join(' and '),
    );
    expect(shown).toEqual(comparisons);
  });

  it('is refused where its first part compares nothing', () => {
    const condition = tokenize({ name: 'condition', text: 'b, a > 1' });
    expect(refusalOf(() => splitCondition(condition))).toBe('condition at 1:1');
  });
});
