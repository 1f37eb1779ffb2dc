/** Equations that fail only where a norm, or a sum of squares, of the point vanishes: a value that is never negative shows its zero by no change of sign. */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/document/read/read-document.ts';
import { DEFAULT_OPTIONS } from '../../../src/judge/claim-task.ts';
import { judgeDocuments } from '../../../src/judge/judge-documents.ts';
import { standardEngine } from '../../../src/judge/prove/standard-engine.ts';

const DESCENT = String.raw`% !modeq optimizer gd
\[ \theta^{(n+1)} = \theta^{(n)} - h\nabla E_n(\theta^{(n)}) \]
% !modeq optimizer hb
% !modeq where \beta in (0,1)
\[ m^{(n+1)} = \beta m^{(n)} + \nabla E_n(\theta^{(n)}), \quad \theta^{(n+1)} = \theta^{(n)} - hm^{(n+1)} \]
`;

async function verdictOn(keys: string, claim: string): Promise<string | undefined> {
  const document = readDocument({
    name: 'paper.tex',
    text: `${DESCENT}% !modeq claim c ${keys}\n\\[ ${claim} \\]\n`,
  });
  expect(document.unreadable).toEqual([]);
  const options = { ...DEFAULT_OPTIONS, instances: 20, suggestions: false };
  const [judged] = await judgeDocuments([document], standardEngine, options);
  return judged?.verdict;
}

it('what cannot be told from zero where it is least is left open', async () => {
  const claim = String.raw`\dot\theta_j = -\nabla_jE(\theta)+1-\mathrm{sign}(\sqrt{\|\theta\|^2+2}-\sqrt2)^2+O(h)`;
  expect(await verdictOn('about=gd setting=full-batch', claim)).toBe('undecided');
});

describe('what fails where it vanishes is refuted', () => {
  it.each([
    String.raw`\|\theta\|`,
    String.raw`\|\theta\|^2`,
    String.raw`\|\theta\|_1`,
    String.raw`\sum_{i=1}^p\theta_i^2`,
    String.raw`\sum_{i=1}^p|\theta_i|`,
    String.raw`\tanh(\|\theta\|)`,
    String.raw`\log(1+\|\theta\|)`,
    String.raw`(\exp(\|\theta\|^2)-1)`,
    String.raw`3\|\theta\|\sum_{i=1}^p\theta_i^2`,
    String.raw`(\theta_1^2+|\theta_j|)`,
    String.raw`\sqrt{\|\theta\|}`,
    String.raw`|\theta_j|^{1/2}`,
    String.raw`(|\theta_1|^{1/2}+\theta_2^2)`,
    String.raw`(\sqrt[3]{1+\|\theta\|^2}-1)`,
    String.raw`((1+\|\theta\|^2)^{3/2}-1)`,
    String.raw`(1-\frac{1}{1+\|\theta\|^2})`,
    String.raw`(\sqrt{\|\theta\|^2+4}-2)`,
    String.raw`(\exp(-\|\theta\|^2)-1)`,
    String.raw`\frac{\|\theta\|}{1+\|\theta\|}`,
  ])('sign of %s', async argument => {
    const claim = String.raw`\dot\theta_j = -\nabla_jE(\theta)+1-\mathrm{sign}(${argument})^2+O(h)`;
    expect(await verdictOn('about=gd setting=full-batch', claim)).toBe('refuted');
  });

  it.each([
    [
      'about=gd setting=full-batch',
      String.raw`\dot\theta_j = -\nabla_jE(\theta)+1-\mathrm{sign}(\|\theta-\nabla E\|)+O(h)`,
    ],
    ['about=hb', String.raw`\nabla_jE_n(\theta) = \nabla_jE_n(\theta)+1-\mathrm{sign}(\theta_j)^2 + O(h)`],
    [
      'about=hb',
      String.raw`\theta_j^{(n+1)} = \theta_j^{(n)} - h\sum_{k=0}^n\beta^{n-k}\nabla_jE_k(\theta) + h(1-\mathrm{sign}(\|\theta\|)) + O(h^2)`,
    ],
    ['about=hb', String.raw`\nabla_jE_n(\theta) = \nabla_jE_n(\theta)+1-\mathrm{sign}(\|\theta\|) + O(h)`],
    [
      'about=hb setting=full-batch limit=large-n',
      String.raw`\dot\theta_j = -\frac{1}{1-\beta}\nabla_jE+1-\mathrm{sign}(\|\theta\|)+O(h)`,
    ],
  ])('%s: %s', async (keys, claim) => {
    expect(await verdictOn(keys, claim)).not.toMatch(/proved|supported|conditional/);
  });
});

it.each([
  [String.raw`\|\theta\|^2+1`, 'proved'],
  [String.raw`\sqrt{\|\theta\|^2+4}-1`, 'proved'],
  [String.raw`2-\frac{1}{1+\|\theta\|^2}`, 'proved'],
])('what vanishes nowhere leaves nothing open: %s', async (argument, verdict) => {
  const claim = String.raw`\dot\theta_j = -\nabla_jE(\theta)+1-\mathrm{sign}(${argument})^2+O(h)`;
  expect(await verdictOn('about=gd setting=full-batch', claim)).toBe(verdict);
});
