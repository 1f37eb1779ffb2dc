import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/base/problem.ts';
import { splitDisplay } from '../../src/latex/display/display.ts';
import { expandMacros } from '../../src/latex/notation/expand-macros.ts';
import { gatherMacros, gatheringOf } from '../../src/latex/notation/gather-macros.ts';
import { MacroTable } from '../../src/latex/notation/macros.ts';
import { readFormula } from '../../src/latex/read/read-formula.ts';
import { readLeftSide } from '../../src/latex/read/definition/read-left-side.ts';
import { tokenize } from '../../src/latex/notation/tokenize.ts';
import { scopeOf } from './read-text.ts';

/** Whether the text is read or refused; every other error passes on. */
function outcome(action: () => unknown): 'read' | 'refused' {
  try {
    action();
    return 'read';
  } catch (error) {
    if (error instanceof Refusal) return 'refused';
    throw error;
  }
}

const PIECES = [
  'a',
  'b',
  '2',
  '0.5',
  '\\beta',
  'h',
  'n',
  'j',
  'k',
  'E',
  '\\theta',
  'm',
  'R',
  'v',
  'K',
  '\\phi',
  '\\eta',
  '\\gamma',
  '\\nabla',
  '\\partial',
  '\\sum',
  '\\prod',
  '\\frac',
  '\\sqrt',
  '\\bar',
  '\\boldsymbol',
  '\\dot',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '\\{',
  '\\}',
  '|',
  '\\|',
  '\\left',
  '\\right',
  '\\left(',
  '\\right)',
  '\\left.',
  '\\right|',
  '\\bigl',
  '\\bigr',
  '\\big',
  '.',
  ',',
  '^',
  '_',
  '^{(n)}',
  '_j',
  '_{q=0}',
  '^{n}',
  '+',
  '-',
  '/',
  '=',
  ':=',
  '\\cdot',
  '\\odot',
  '\\top',
  '&',
  '\\\\',
  '\\quad',
  '\\text{if }',
  '\\le',
  '\\ne',
  "'",
  '\\max',
  '\\tanh',
  '\\underbrace',
  '\\substack',
  '\\begin{aligned}',
  '\\end{aligned}',
  '\\begin',
  '\\iff',
  'O(h)',
  '(\\theta)',
  ' ',
  '%',
  '#1',
  '\\foo',
  '\\mathrm',
  '\\operatorname',
  'd',
  '\\partial\\theta_j',
  '∑',
  '\u{1F600}',
  '\\',
  '$',
];
const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map(pieces => pieces.join(''));
const anything = fc.oneof(
  { weight: 6, arbitrary: soup },
  { weight: 1, arbitrary: fc.string({ maxLength: 60, unit: 'binary' }) },
);

function readAll(text: string): ('read' | 'refused')[] {
  const tokens = tokenize({ name: 'fuzz', text });
  return [
    outcome(() => readFormula(tokens, scopeOf({}))),
    outcome(() =>
      readFormula(tokens, scopeOf({ where: 'optimizer', fixed: new Map(), notation: { index: 'subscript' } })),
    ),
    outcome(() => readLeftSide(tokens, scopeOf({}))),
    outcome(() => splitDisplay(tokens)),
  ];
}

describe('whatever is typed is read or refused', () => {
  it('never ends in another error', () => {
    fc.assert(
      fc.property(anything, text => readAll(text).length === 4),
      { numRuns: 3000, seed: 1 },
    );
    expect(readAll('a+b')).toEqual(['read', 'read', 'read', 'read']);
  });

  it('with the macros of the same text', () => {
    const definition = fc
      .tuple(
        fc.constantFrom(
          '\\newcommand{\\a}',
          '\\def\\a',
          '\\newcommand{\\b}[1]',
          '\\def\\b#1',
          '\\newcommand{\\b}[2][x]',
        ),
        soup,
      )
      .map(([head, body]) => `${head}{${body.replaceAll('\\', Math.abs(body.length % 3) === 0 ? '\\a\\b\\' : '\\')}}`);
    fc.assert(
      fc.property(fc.array(definition, { maxLength: 3 }), soup, (definitions, use) => {
        const table = new MacroTable();
        gatherMacros(gatheringOf({ name: 'preamble', text: definitions.join('\n') }), table);
        const result = outcome(() => expandMacros(tokenize({ name: 'use', text: `\\a${use}\\b` }), table));
        return result === 'read' || result === 'refused';
      }),
      { numRuns: 500, seed: 1 },
    );
    expect(outcome(() => expandMacros(tokenize({ name: 'use', text: 'a' }), new MacroTable()))).toBe('read');
  });
});

/** Inputs that are deep or long; each must end within seconds, without overflowing the stack. */
const HOSTILE: readonly (readonly [name: string, text: string])[] = [
  ['braces', `${'{'.repeat(10_000)}a${'}'.repeat(10_000)}`],
  ['parentheses', `${'('.repeat(10_000)}a${')'.repeat(10_000)}`],
  ['left and right', `${'\\left('.repeat(10_000)}a${'\\right)'.repeat(10_000)}`],
  ['fractions', `${'\\frac{1}{'.repeat(10_000)}a${'}'.repeat(10_000)}`],
  ['unfinished fractions', '\\frac'.repeat(10_000)],
  ['roots', `${'\\sqrt'.repeat(10_000)} a`],
  ['root degrees', `${'\\sqrt['.repeat(8_000)}a${']{a}'.repeat(8_000)}`],
  ['superscripts', `a${'^{a'.repeat(10_000)}${'}'.repeat(10_000)}`],
  ['accents', `${'\\bar'.repeat(10_000)} a`],
  ['signs', `${'-'.repeat(10_000)}a`],
  ['divisions', `a${'/a'.repeat(10_000)}`],
  ['derivatives', `${'\\nabla_j '.repeat(10_000)}E`],
  ['sums', `${Array.from({ length: 4_000 }, (_, at) => `\\sum_{q_{${at}}}`).join('')}a`],
  ['bars', `${'|'.repeat(10_000)}a${'|'.repeat(10_000)}`],
  ['bars and letters', '|a'.repeat(10_001)],
  ['functions', `${'\\tanh'.repeat(10_000)} a`],
  ['arguments', `${'E('.repeat(10_000)}v${')'.repeat(10_000)}`],
  ['substacks', `${'\\substack{'.repeat(10_000)}a${'}'.repeat(10_000)}`],
  ['conditions', `a${'|_{a='.repeat(3_000)}`],
  ['environments', '\\begin{aligned}'.repeat(10_000)],
  ['texts', '\\text{'.repeat(10_000)],
  ['rows', 'a=a\\\\'.repeat(10_000)],
  ['a chain', 'a='.repeat(10_000)],
  ['half delimiters', '\\left(a\\right.'.repeat(3_000) + '\\left.a\\right)'.repeat(3_000)],
  ['many terms', `a${'+a'.repeat(25_000)}`],
  ['many digits', '1'.repeat(50_000)],
  ['primes', `a${"'".repeat(50_000)}`],
  ['closing braces', '}'.repeat(10_000)],
];

describe('hostile input ends in time', () => {
  it.each(HOSTILE)('%s', (_name, text) => {
    const before = performance.now();
    expect(readAll(text)).toHaveLength(4);
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});
