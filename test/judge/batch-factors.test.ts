/** How many derivatives of single batches a term has: two for a covariance, four for its square, which at noise of size 1/h are of size 1 with h^2. */
import { describe, expect, test } from 'vitest';
import { libraryOf } from '../../src/document/library.ts';
import { readDocuments } from '../../src/document/read/read-documents.ts';
import { batchFactors } from '../../src/judge/stated/batch-factors.ts';

function factorsOf(drift: string, noise = '\\sqrt h\\,\\Sigma^{1/2}'): number[] {
  const text = [
    '% !modeq optimizer descent',
    '\\[ \\theta^{(n+1)} = \\theta^{(n)} - h\\nabla E_n(\\theta^{(n)}) \\]',
    '% !modeq claim c about=descent setting=iid weak-order=1 noise-scale=0',
    `\\[ d\\theta = (${drift})\\,dt + ${noise}\\,dW \\]`,
  ];
  const [document] = readDocuments([{ name: 'paper.tex', text: text.join('\n') }], () => libraryOf([]));
  const [claim] = document?.claims ?? [];
  if (!claim) throw new Error(document?.unreadable[0]?.problems[0]?.message ?? 'nothing is read');
  return claim.statements.map(({ right }) => batchFactors(right, claim.definitions));
}

describe('factors of single batches', () => {
  test.each([
    ['-\\nabla E', 0],
    ['-\\nabla E - \\frac h4\\nabla\\mathrm{tr}\\,\\Sigma', 2],
    ['-\\nabla E + h^2(\\mathrm{tr}\\,\\Sigma)^2\\nabla E', 4],
    ['-\\nabla E + h^2\\mathbb E_k[\\|\\nabla E_k-\\nabla E\\|^4]\\nabla E', 4],
    ['-\\nabla E + h\\sqrt{1+\\mathrm{tr}\\,\\Sigma}\\,\\nabla E', Number.POSITIVE_INFINITY],
    ['-\\frac{1}{1+\\mathrm{tr}\\,\\Sigma}\\nabla E', Number.POSITIVE_INFINITY],
  ])('%s has %s', (drift, count) => {
    expect(factorsOf(drift)[0]).toBe(count);
  });

  test('of the noise, by its square', () => {
    expect(factorsOf('-\\nabla E')[1]).toBe(2);
    expect(factorsOf('-\\nabla E', '\\sqrt h(\\Sigma + h\\Sigma^2)^{1/2}')[1]).toBe(4);
  });
});
