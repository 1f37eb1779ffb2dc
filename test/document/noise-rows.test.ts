/** What stochastic equations say of dW and of \\sigma twice, or otherwise than it is read, is refused. */
import { describe, expect, test } from 'vitest';
import { libraryOf } from '../../src/document/library.ts';
import { readDocuments } from '../../src/document/read/read-documents.ts';

const DRIFT = '-\\nabla\\Bigl(E+\\frac h4\\|\\nabla E\\|^2\\Bigr)dt';

function problemsOf(noise: string, where = ''): string[] {
  const text = [
    '% !modeq optimizer descent',
    '\\[ \\theta^{(n+1)} = \\theta^{(n)} - h\\nabla E_n(\\theta^{(n)}) \\]',
    '% !modeq claim c about=descent setting=iid weak-order=2',
    ...(where === '' ? [] : [`% !modeq where ${where}`]),
    `\\[ d\\theta = ${DRIFT} + ${noise} \\]`,
  ].join('\n');
  const [document] = readDocuments([{ name: 'paper.tex', text }], () => libraryOf([]));
  return document?.unreadable[0]?.problems.map(({ code }) => code) ?? [];
}

describe('the process below dW', () => {
  test.each(['dW', 'dW_t', 'dW(t)', 'd\\mathbf B_t', 'dW_{t}'])('%s is read', process => {
    expect(problemsOf(`\\sqrt h\\,\\Sigma^{1/2}${process}`)).toEqual([]);
  });
  test.each(['dW_{2t}', 'dW_{t/h}', 'dW_{ht}', 'dW_{t^2}', 'dW_{-t}', 'dW^2', 'dW(2t)', 'dW(t/h)'])(
    '%s is another one',
    process => {
      expect(problemsOf(`\\sqrt h\\,\\Sigma^{1/2}${process}`)).toContain('noise-not-understood');
    },
  );
});

describe('rows about what stands before dW', () => {
  test.each([
    '\\sigma\\,dW, \\quad \\sigma\\sigma^\\top = h\\Sigma, \\quad \\sigma\\sigma^\\top = 2h\\Sigma',
    '\\sigma\\,dW, \\quad \\sigma := (h\\Sigma)^{1/2}, \\quad \\sigma := (2h\\Sigma)^{1/2}',
  ])('two of them: %s', noise => {
    expect(problemsOf(noise)).toContain('noise-not-understood');
  });
  test.each([
    '\\sigma\\,dW, \\quad \\sigma := (h\\Sigma)^{1/2}, \\quad \\sigma\\sigma^\\top = 2h\\Sigma',
    '\\sqrt h\\,\\Sigma^{1/2}dW, \\quad \\sigma\\sigma^\\top = 2h\\Sigma',
  ])('what none stands before: %s', noise => {
    expect(problemsOf(noise)).not.toEqual([]);
  });
  test('a covariance by its where line and by a row', () => {
    const row = 'S := 2\\mathbb E_k[(\\nabla E_k-\\nabla E)(\\nabla E_k-\\nabla E)^\\top]';
    expect(problemsOf(`\\sqrt h\\,S^{1/2}dW, \\quad ${row}`, 'S covariance')).toEqual(['declared-and-defined']);
    expect(problemsOf('\\sqrt h\\,S^{1/2}dW', 'S covariance')).toEqual([]);
  });
});
