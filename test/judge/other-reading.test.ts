/** A refuted equation that holds for n → ∞ is told so, and no slip is looked for; one that does not is not. */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/document/read/read-document.ts';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeDocuments } from '../../src/judge/judge-documents.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { claimReport } from '../../src/report/verdicts/claim-report.ts';
import type { ClaimReport } from '../../src/report/verdicts/check-report.ts';

const R = String.raw;
const available = builtInDocuments().documents;
const optimizers = new Map(available.flatMap(document => document.optimizers.map(each => [each.id, each] as const)));

async function judged(keys: string, formula: string): Promise<ClaimReport> {
  const text = `% !modeq claim c about=momentum ${keys}\n\\[ ${formula} \\]\n`;
  const document = readDocument({ name: 'paper.tex', text }, { optimizers });
  const options = { ...DEFAULT_OPTIONS, instances: 20 };
  const [verdict] = await judgeDocuments([document], standardEngine, options, {}, available);
  if (!verdict) throw new Error('there is no claim');
  return claimReport(verdict);
}

const HINT = /say limit=large-n/;
const LATE = R`\dot\theta = -\frac{\nabla E(\theta)}{1-\beta} - \frac{h(1+\beta)}{4(1-\beta)^3}\nabla\|\nabla E(\theta)\|^2`;

describe('an equation in the full batch that is wrong at finite n', () => {
  it('is said to hold for large n where it does', async () => {
    const report = await judged('order=1', LATE);
    expect(report.verdict).toBe('refuted');
    expect(report.notes.filter(note => HINT.test(note))).toHaveLength(1);
    expect(report.suggestions).toEqual([]);
    expect((await judged('order=1 limit=large-n', LATE)).verdict).toBe('proved');
  });

  it('is not where it is wrong there as well', async () => {
    const report = await judged('order=1', LATE.replace('1+\\beta', '1-\\beta'));
    expect(report.verdict).toBe('refuted');
    expect(report.notes.filter(note => HINT.test(note))).toEqual([]);
  });

  it('is not where it has n in it, or a loss for each step', async () => {
    const withN = R`\dot\theta = -\frac{1-\beta^n}{1-\beta}\nabla E(\theta)`;
    expect((await judged('order=0', withN)).notes.filter(note => HINT.test(note))).toEqual([]);
    const batches = R`\dot\theta = -\frac{1}{1-\beta}\nabla E_n(\theta)`;
    expect((await judged('order=0', batches)).notes.filter(note => HINT.test(note))).toEqual([]);
  });
});
