/** Means of rules that read the batch of an earlier step by itself are judged, and not printed: the first step has none. */
import { expect, test } from 'vitest';
import { libraryOf } from '../../src/document/library.ts';
import { readDocuments } from '../../src/document/read/read-documents.ts';
import { deriveTheorem } from '../../src/report/theorem/derive-theorem.ts';

test.each([
  '- 2h\\nabla E_n(\\theta^{(n)}) + h\\nabla E_{n-1}(\\theta^{(n-1)})',
  '- \\frac h2(\\nabla E_n(\\theta^{(n)}) + \\nabla E_{n-1}(\\theta^{(n-1)}))',
  '- h(\\nabla E_n(\\theta^{(n)}) - 2\\nabla E_{n-1}(\\theta^{(n)}))',
])('%s', step => {
  const text = `% !modeq optimizer r\n\\[ \\theta^{(n+1)} = \\theta^{(n)} ${step} \\]`;
  const [document] = readDocuments([{ name: 'rule.tex', text }], () => libraryOf([]));
  const [optimizer] = document?.optimizers ?? [];
  if (!optimizer) throw new Error('it is read');
  for (const setting of ['iid', 'permuted'] as const)
    for (const mean of ['map', 'equation'] as const) {
      const result = deriveTheorem(optimizer, { order: 1, setting, mean, limit: null });
      expect(result.ok ? [] : result.problems.map(({ code }) => code)).toEqual(['mean-before-first']);
    }
});
