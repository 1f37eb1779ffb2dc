import { describe, expect, it } from 'vitest';
import { GD, problemsOf, read } from './reading.ts';

const filled = (piece: string): string => piece.repeat(Math.ceil(500_000 / piece.length));
const claim = (formula: string, keys = ''): string => `${GD}% !modeq claim c ${keys}\n\\[ ${formula} \\]`;

describe('hostile texts', () => {
  it.each([
    ...[
      '$',
      '$$ ',
      '\\[',
      '\\[a\\]',
      '\\begin{align}',
      '\\begin{align}a\\end{gather}',
      '%',
      '% !modeq claim c\n',
      '% !modeq claim c\n\\[1=1\\]\n',
    ],
    ...[
      '<!-- !modeq claim\n',
      '<!-- !modeq -->',
      '`',
      '`a``b',
      '```\n',
      '\\verb|',
      '\\label{',
      '\\newcommand{\\x}{',
      '{',
      '\\[',
    ],
  ])('of nothing but %j end soon', piece => {
    for (const name of ['a.tex', 'a.md']) {
      const started = performance.now();
      const { problems } = read(filled(piece), name);
      expect(performance.now() - started).toBeLessThan(10_000);
      expect(problems.length).toBeLessThanOrEqual(201);
    }
  });

  it.each([
    ['formula-too-long', claim(`\\dot\\theta_j = ${filled('1+')}1`)],
    ['too-deep', claim(`\\dot\\theta_j = ${'('.repeat(10_000)}1${')'.repeat(10_000)}`)],
    ['comment-too-long', claim('1 = 1', `given={${filled('a,')}}`)],
    ['comment-too-long', `${GD}% !modeq claim c: $${filled('1+')}1$`],
    ['comment-too-long', `${GD}% !modeq claim c\n% !modeq where ${filled('x,')}\n\\[ 1 = 1 \\]`],
    ['macro-recursive', `\\newcommand{\\a}{\\a\\a}\n${claim('\\dot\\theta_j = \\a')}`],
    ['unbalanced-braces', claim('1 = 1', `assume={${'{'.repeat(1000)}`)],
  ])('%s', (code, text) => {
    const started = performance.now();
    expect(problemsOf(text).join('\n')).toMatch(new RegExp(`^c: ${code} \\d+:\\d+$`, 'm'));
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('of too many annotations are read in part', () => {
    const text = Array.from({ length: 2_100 }, (_, at) => `% !modeq claim c${at}\n\\[ 1 = 1 \\]\n`).join('');
    const document = read(GD + text);
    expect(document.claims.length).toBe(1_999);
    expect(document.problems.map(({ code }) => code)).toEqual(['too-many-annotations']);
  });

  it('say once what is wrong with a claim, and read the others', () => {
    const text = `${claim('x = 1')}\n% !modeq claim d\n\\[ 1 = 1 \\]`;
    expect(problemsOf(text)).toEqual(['c: undefined-name 4:4']);
    expect(read(text).claims.map(({ id }) => id)).toEqual(['d']);
  });
});
