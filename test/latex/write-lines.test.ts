import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addition, multiplication, parameter, toPower } from '../../src/formula/build.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { inkFor, writeFormula } from '../../src/latex/write/write-formula.ts';
import type { Format } from '../../src/latex/write/write-formula.ts';
import { writeLines } from '../../src/latex/write/write-lines.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';
import { arbitraryFormula } from '../support/arbitrary-formula.ts';

const letters = (names: string): Formula[] => [...names].map(parameter);
const lines = (formula: Formula, width: number, format: Format = 'text'): string[] =>
  writeLines(formula, inkFor([formula], DEFAULT_NOTATION, format), { width, first: 0, indent: 2 }).map(
    line => '  '.repeat(line.indent) + line.text,
  );

describe('breaking long formulas', () => {
  it('leaves what fits on one line', () => {
    expect(lines(addition(...letters('abc')), 9)).toEqual(['a + b + c']);
  });

  it('breaks before a sign', () => {
    expect(lines(addition(...letters('abcde')), 12)).toEqual(['a + b + c', '  + d + e']);
  });

  it('breaks inside parentheses where a term alone is too long', () => {
    expect(lines(multiplication(parameter('x'), addition(...letters('abcdef'))), 14)).toEqual([
      'x (a + b + c',
      '    + d + e',
      '    + f)',
    ]);
  });

  it('breaks a product where nothing else helps', () => {
    expect(lines(multiplication(...letters('abcdefgh')), 10)).toEqual(['a b c d e', '    · f g', '    · h']);
  });

  it('keeps the exponent with the closing parenthesis', () => {
    const square = toPower(addition(...letters('abcdef')), parameter('q'));
    expect(lines(square, 18, 'latex').join('\n')).toBe('\\biggl(a + b + c + d + e\n    + f\\biggr)^{q}');
  });

  it.each(['latex', 'text'] as const)('changes nothing but sizes, signs of multiplication and blanks in %s', format => {
    const bare = (text: string): string => text.replace(/\\left|\\right|\\biggl|\\biggr|\\times|\\cdot|·|\s/g, '');
    fc.assert(
      fc.property(arbitraryFormula(4), fc.integer({ min: 10, max: 90 }), (formula, width) => {
        expect(bare(lines(formula, width, format).join(' '))).toBe(
          bare(writeFormula(formula, DEFAULT_NOTATION, format)),
        );
      }),
      { numRuns: 300 },
    );
  });
});
