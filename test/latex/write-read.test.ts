import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/base/problem.ts';
import { COMPONENT, ITERATION } from '../../src/formula/formula.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { readFormula } from '../../src/latex/read/read-formula.ts';
import type { NameScope } from '../../src/latex/read/scope.ts';
import { tokenizeText } from '../../src/latex/notation/tokenize.ts';
import { writeFormula } from '../../src/latex/write/write-formula.ts';
import type { Notation } from '../../src/optimizer/model.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';
import { arbitraryFormula, NAMES } from '../support/arbitrary-formula.ts';
import { trivialShape } from '../support/trivial-shape.ts';

const OTHER_LETTERS: Notation = {
  loss: '\\mathcal{L}',
  parameters: 'w',
  step: '\\alpha',
  iteration: 't',
  component: 'o',
  dimension: 'd',
  batches: 'B',
  time: '\\tau',
  index: 'superscript',
};
const SUBSCRIPTS: Notation = { ...OTHER_LETTERS, index: 'subscript' };

function read(latex: string, notation: Notation): { formula: Formula; warnings: Problem[] } {
  const warnings: Problem[] = [];
  const scope: NameScope = {
    notation,
    names: NAMES,
    where: 'claim',
    componentwiseVectors: false,
    warnings,
    fixed: new Map([
      [notation.component, { name: COMPONENT, sort: 'coordinate' }],
      [notation.iteration, { name: ITERATION, sort: 'history' }],
    ]),
  };
  return { formula: readFormula(tokenizeText(latex), scope), warnings };
}

describe('what is written is read back as the same formula', () => {
  it.each([
    ['in the usual letters', DEFAULT_NOTATION],
    ['in other letters', OTHER_LETTERS],
    ['with labels in the subscript', SUBSCRIPTS],
  ])('%s', (_, notation) => {
    fc.assert(
      fc.property(arbitraryFormula(4), formula => {
        const latex = writeFormula(formula, notation, 'latex');
        const back = read(latex, notation);
        expect(trivialShape(back.formula), latex).toEqual(trivialShape(formula));
        expect(back.warnings).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the round trip notices', () => {
  const sabotages: readonly (readonly [string, (latex: string) => string])[] = [
    ['missing parentheses', latex => latex.replaceAll(/\\left\(|\\right\)/g, '')],
    ['another sign', latex => latex.replace(' + ', ' - ')],
    ['another index', latex => latex.replace('_{j}', '_{i}')],
    ['a missing label', latex => latex.replace(/\^\{\([^()]*\)\}/, '')],
    ['a lost power', latex => latex.replace(/\^\{3\/2\}/, '')],
  ];
  it.each(sabotages)('%s', (_, sabotage) => {
    const outcome = fc.check(
      fc.property(arbitraryFormula(4), formula => {
        const back = read(sabotage(writeFormula(formula, DEFAULT_NOTATION, 'latex')), DEFAULT_NOTATION).formula;
        return JSON.stringify(trivialShape(back)) === JSON.stringify(trivialShape(formula));
      }),
      { numRuns: 500 },
    );
    expect(outcome.failed).toBe(true);
  });
});
