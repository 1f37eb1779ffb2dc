import { describe, expect, it } from 'vitest';
import { canonicalName } from '../../src/latex/layout/canonical-name.ts';
import { expandMacros } from '../../src/latex/notation/expand-macros.ts';
import { gatherMacros, gatheringOf } from '../../src/latex/notation/gather-macros.ts';
import { MacroTable } from '../../src/latex/notation/macros.ts';
import { tokenize } from '../../src/latex/notation/tokenize.ts';
import { refusalOf } from './read-text.ts';

function expand(definitions: string, use: string): string {
  const table = new MacroTable();
  gatherMacros(gatheringOf({ name: 'preamble', text: definitions }), table);
  return expandMacros(tokenize({ name: 'use', text: use }), table)
    .map(token => token.text)
    .join('');
}

describe('tokens', () => {
  it('have places, drop comments and know commands', () => {
    const tokens = tokenize({ name: 'text', text: 'a_1 % x\n\\beta\\{' });
    expect(tokens.map(({ kind, text, span }) => [kind, text, span.start])).toEqual([
      ['letter', 'a', 0],
      ['subscript', '_', 1],
      ['digit', '1', 2],
      ['space', ' ', 3],
      ['space', ' ', 7],
      ['command', '\\beta', 8],
      ['command', '\\{', 13],
    ]);
  });

  it('read characters that stand for commands', () => {
    expect(tokenize({ name: 'text', text: 'θ≤−∇' }).map(token => token.text)).toEqual([
      '\\theta',
      '\\le',
      '-',
      '\\nabla',
    ]);
  });

  it('can be cut out of a longer text', () => {
    expect(tokenize({ name: 'text', text: 'xxabyy' }, 2, 4).map(token => [token.text, token.span.start])).toEqual([
      ['a', 2],
      ['b', 3],
    ]);
  });

  it('are refused beyond the longest formula', () => {
    expect(refusalOf(() => tokenize({ name: 'text', text: 'x'.repeat(10_000_000) }))).toBe('formula-too-long at 1:1');
  });
});

describe('macros', () => {
  it.each([
    ['\\newcommand{\\eps}{\\varepsilon}', '\\eps+\\eps', '\\varepsilon+\\varepsilon'],
    ['\\newcommand\\eps{\\varepsilon}', '\\eps', '\\varepsilon'],
    ['\\newcommand*{\\bx}[1]{\\boldsymbol{#1}}', '\\bx x\\bx{y}', '\\boldsymbol{x}\\boldsymbol{y}'],
    ['\\newcommand{\\grad}[2]{\\nabla_{#1} E_{#2}}', '\\grad{j}{n}', '\\nabla_{j} E_{n}'],
    ['\\newcommand{\\nrm}[2][2]{\\|#2\\|_{#1}}', '\\nrm{v}\\nrm[1]{v}', '\\|v\\|_{2}\\|v\\|_{1}'],
    ['\\def\\x{y}\\renewcommand{\\x}{z}', '\\x', 'z'],
    ['\\def\\pair#1#2{(#1,#2)}', '\\pair ab', '(a,b)'],
    ['\\newcommand{\\x}{y}\\providecommand{\\x}{z}\\providecommand{\\w}{u}', '\\x\\w', 'yu'],
    ['\\DeclareMathOperator{\\sgn}{sgn}', '\\sgn(x)', '\\operatorname{sgn}(x)'],
    ['\\DeclareMathOperator*{\\argmin}{arg\\,min}', '\\argmin', '\\operatorname{arg\\,min}'],
    [
      '\\DeclarePairedDelimiter{\\nrm}{\\lVert}{\\rVert}',
      '\\nrm*{v}\\nrm{v}',
      '\\left\\lVertv\\right\\rVert\\left\\lVertv\\right\\rVert',
    ],
    ['\\newcommand{\\a}{\\b\\b}\\newcommand{\\b}{c}', '\\a', 'cc'],
    ['% \\newcommand{\\x}{y}\n\\newcommand{\\x}{z} % }', '\\x', 'z'],
    ['\\newcommand{\\x}{a% comment }\nb}', '\\x', 'a b'],
    ['\\newcommand{\\x}{\\frac{1}{2}}', '\\x', '\\frac{1}{2}'],
    ['\\let\\y=z \\newcommand{\\x}{w}', '\\x', 'w'],
    ['', '\\x', '\\x'],
  ])('%s', (definitions, use, expected) => {
    expect(expand(definitions, use)).toBe(expected);
  });

  it.each([
    ['\\newcommand{\\a}{\\a}', '\\a', 'macro-recursive at 1:1'],
    ['\\newcommand{\\a}{x\\b}\\newcommand{\\b}{\\a}', 'y\\a', 'macro-recursive at 1:2'],
    ['\\newcommand{\\a}[1]{\\a{#1#1}}', '\\a x', 'macro-too-long at 1:1'],
    [
      Array.from(
        { length: 25 },
        (_, at) => `\\def\\m${'x'.repeat(at)}q{\\m${'x'.repeat(at + 1)}q\\m${'x'.repeat(at + 1)}q}`,
      ).join(''),
      '\\mq',
      'macro-too-long at 1:1',
    ],
    ['\\let\\a=b', '\\a', 'macro-definition at 1:1'],
    ['\\def\\a#1.{b}', '\\a', 'macro-definition at 1:1'],
    ['\\newcommand{\\a}[x]{b}', '\\a', 'macro-definition at 1:1'],
    ['\\newcommand{\\a}{b', '\\a', 'macro-definition at 1:1'],
    ['\\newcommand{\\a}[1]{#1}', '\\a', 'macro-argument at 1:1'],
    ['\\newcommand{\\a}[1]{#1}', '\\a{b', 'unbalanced-brace at 1:3'],
    ['\\newcommand{\\a}[1]{#2}', '\\a b', 'macro-argument at 1:1'],
  ])('%s is refused where it is used', (definitions, use, refusal) => {
    expect(refusalOf(() => expand(definitions, use))).toBe(refusal);
  });

  it('put what they make at the place of the call', () => {
    const table = new MacroTable();
    gatherMacros(gatheringOf({ name: 'preamble', text: '\\newcommand{\\g}[1]{\\nabla_{#1}}' }), table);
    const tokens = expandMacros(tokenize({ name: 'use', text: 'a\\g{j}' }), table);
    expect(tokens.map(({ text, span }) => `${text}@${span.source.name}:${span.start}`)).toEqual([
      'a@use:0',
      '\\nabla@use:1',
      '_@use:1',
      '{@use:1',
      'j@use:4',
      '}@use:1',
    ]);
  });

  it('are collected from a file of unclosed definitions in bounded time', () => {
    const before = performance.now();
    expect(refusalOf(() => expand('\\def\\x{'.repeat(100_000), '\\x'))).toBe('macro-definition at 1:1');
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

describe('canonical names', () => {
  it.each([
    ['x', 'x'],
    ['\\beta_{1}', '\\beta_1'],
    ['\\beta_1', '\\beta_1'],
    ['\\lambda_{ab}', '\\lambda_{ab}'],
    ['\\widetilde E', '\\tilde{E}'],
    ['\\overline{P}', '\\bar{P}'],
    ['\\mathbf m', '\\boldsymbol{m}'],
    ['\\bm{\\hat m}', '\\hat{\\boldsymbol{m}}'],
    ['\\hat{\\bm m}', '\\hat{\\boldsymbol{m}}'],
    ['\\mathcal L', '\\mathcal{L}'],
    ['\\mathcal{L}', '\\mathcal{L}'],
    ['{x}', 'x'],
    [' \\mathrm{lr} ', '\\mathrm{lr}'],
    ['x+y', null],
    ['2', null],
    ['x^2', null],
    ['\\frac', null],
    ['', null],
  ])('%s', (typed, canonical) => {
    expect(canonicalName(typed)).toBe(canonical);
  });
});
