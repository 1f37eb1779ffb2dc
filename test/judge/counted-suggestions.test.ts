/** Repairs and counterexamples speak in the labels of rows that count from 1: what is suggested, pasted into the claim, is proved. */
import { expect, it } from 'vitest';
import { readDocument } from '../../src/document/read/read-document.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeDocuments } from '../../src/judge/judge-documents.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';

const HEAD = String.raw`<!-- !modeq notation loss=f parameters=x step=\eta iteration=t -->
<!-- !modeq optimizer rule -->
<!-- !modeq where \beta in (0,1), \epsilon > 0 -->
$$ m_t = \beta m_{t-1} + (1-\beta) \nabla f_t(x_{t-1}), \qquad x_t = x_{t-1} - \eta \frac{m_t}{\sqrt{m_t^2+\epsilon}} $$

<!-- !modeq claim c about=rule -->
`;

async function judged(text: string) {
  const document = readDocument({ name: 'paper.md', text });
  const [verdict] = await judgeDocuments([document], standardEngine, { ...DEFAULT_OPTIONS, instances: 8 });
  if (verdict === undefined) throw new Error('the claim is read');
  return verdict;
}

it.each([
  [String.raw`m_t - \beta m_{t-1} = (1-\beta)\nabla f_{t}(x_{t})`, 't-1'],
  [String.raw`m_t - \beta m_{t-1} = (1-\beta)\nabla f_{t-1}(x_{t-1})`, String.raw`f_{t}(x_{t-1})`],
  [String.raw`m_t = (1-\beta)\sum_{k=1}^{t}\beta^{t-k} \nabla f_{k-1}(x_{k-1})`, String.raw`f_{k}(x_{k-1})`],
  [String.raw`m_t = (1-\beta)\sum_{k=1}^{t-1}\beta^{t-k} \nabla f_{k}(x_{k-1})`, 't'],
])('%s', async (claim, by) => {
  const text = `${HEAD}$$ ${claim} $$\n`;
  const verdict = await judged(text);
  expect(verdict.verdict).toBe('refuted');
  const report = JSON.stringify(verdict.statements);
  expect(report).not.toContain('m_{t+1');
  const [first] = verdict.suggestions;
  expect(first?.replacements.map(each => each.text)).toEqual([by]);
  const lines = text.split('\n');
  for (const { line, column, endColumn, text: now } of first?.replacements ?? []) {
    const old = lines[line - 1] ?? '';
    lines[line - 1] = old.slice(0, column - 1) + now + old.slice(endColumn - 1);
  }
  expect((await judged(lines.join('\n'))).verdict).toBe('proved');
});
