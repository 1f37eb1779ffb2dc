/** Hyperparameters that a claim declares again: they have the values that the claim gives them, of which some are the optimizer's. */
import { describe, expect, test } from 'vitest';
import { libraryOf } from '../../src/document/library.ts';
import { readDocuments } from '../../src/document/read/read-documents.ts';

function domainsOf(optimizer: string, claim: string): string {
  const text = [
    '% !modeq optimizer a',
    `% !modeq where ${optimizer}`,
    '\\[ \\theta^{(n+1)} = \\theta^{(n)} - h\\beta\\nabla E_n(\\theta^{(n)}) \\]',
    '% !modeq claim c about=a order=0 setting=full-batch',
    `% !modeq where ${claim}`,
    '\\[ \\dot\\theta = -\\beta\\nabla E \\]',
  ].join('\n');
  const [document] = readDocuments([{ name: 'paper.tex', text }], () => libraryOf([]));
  const [unreadable] = document?.unreadable ?? [];
  if (unreadable) return unreadable.problems.map(({ code, message }) => `${code}: ${message}`).join();
  const [declared] = document?.claims[0]?.declarations ?? [];
  if (declared?.kind !== 'scalar') return 'none';
  const { lower, lowerOpen, upper, upperOpen } = declared.domain;
  return `${lowerOpen ? '(' : '['}${lower ?? '-oo'},${upper ?? 'oo'}${upperOpen ? ')' : ']'}`;
}

describe('a claim about an optimizer', () => {
  test.each([
    ['\\beta in (0,1)', '\\beta in (0,1/2]', '(0,1/2]'],
    ['\\beta in (0,1)', '\\beta in (1/2,2)', '(1/2,2)'],
    ['\\beta in (0,1)', '\\beta \\ge 0', '[0,oo)'],
    ['\\beta > 0', '\\beta in [0,1]', '[0,1]'],
    ['\\beta in [0,1)', '\\beta in (0,1)', '(0,1)'],
  ])('%s, then %s: %s', (optimizer, claim, both) => {
    expect(domainsOf(optimizer, claim)).toBe(both);
  });

  test('values of which none is one of the optimizer are refused', () => {
    expect(domainsOf('\\beta in (0,1)', '\\beta in (1,2)')).toBe(
      'empty-domain: no value of \\beta is one of the optimizer a and of this claim',
    );
    expect(domainsOf('\\beta in (0,1)', '\\beta \\ge 1')).toContain('empty-domain');
  });
});
