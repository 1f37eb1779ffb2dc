/** Write-ups of ordinary rules that are not built in: every step is printed, read back and judged, and what cannot be shown is left out with a reason. */
import { expect, test, vi } from 'vitest';
import { readDocument } from '../../src/document/read/read-document.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { multiplication, number } from '../../src/formula/build.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { buildWriteUp } from '../../src/report/write-up/build-write-up.ts';
import { checkWriteUp } from '../../src/report/write-up/check-write-up.ts';
import type { Step, WriteUp } from '../../src/report/write-up/model/write-up.ts';
import { writeUpLatex } from '../../src/report/write-up/print/write-up-latex.ts';
import { modeq } from '../support/memory-terminal.ts';

const ADADELTA = new URL('../../derivations/optimizers/adadelta.tex', import.meta.url).pathname;
const RMSPROP = new URL('../../derivations/optimizers/torch-rmsprop.tex', import.meta.url).pathname;
const FILE = new URL('write-up-rules.tex', import.meta.url).pathname;
vi.setConfig({ testTimeout: 120_000 });

async function write(id: string, setting: string, file = FILE): Promise<string> {
  const options = ['--from', file, '--format', 'document', '--setting', setting, '--instances', '4'];
  const { code, out, err } = await modeq(['derive', id, ...options]);
  expect(err).toBe('');
  expect(code).toBe(0);
  return out;
}

const SETTINGS = ['mini-batch', 'full-batch'] as const;

const LABELS = new URL('write-up-labels.tex', import.meta.url).pathname;
test.each([
  ['decayed', 'mini-batch', 'g_{t,j} &:= '],
  ['decayed-momentum', 'mini-batch', 'g_{t,j} &:= '],
  ['half', 'mini-batch', 'Here stands $\\bar{x}$ for $x_{1/2}$'],
  ['primed', 'mini-batch', "Here stands $\\bar{m}$ for $m'$"],
  ['differences', 'mini-batch', 'Here stands $\\bar{g}$ for $\\Delta g$'],
  ['leap', 'full-batch', 'v_{t+1,j} &= '],
  ['numbered', 'full-batch', 'Here stands $\\bar{m}$ for $m_1$ and $\\hat{m}$ for $m_2$'],
])('names and labels of %s are read back as they are meant, %s', async (id, setting, part) => {
  const latex = await write(id, setting, id === 'numbered' ? FILE : LABELS);
  expect(latex).toContain(part);
});

test.each(SETTINGS)('a row for h_n leaves h its powers, %s', async setting => {
  const latex = await write('step-row', setting);
  expect(latex).toContain('h^{2}');
  expect(latex).toContain('h^{(n)} &:= \\frac{h}{\\sqrt{n + 1}}');
});

test('a loss that is nothing before the first is so in the full batch of a write-up of mini-batches too', async () => {
  const latex = await write('optimistic', 'mini-batch');
  expect(latex).toContain('% !modeq claim optimistic-full-batch about=optimistic setting=full-batch order=1\n');
});

test('the convention for losses before the first stands in the write-up', async () => {
  const latex = await write('optimistic-first', 'mini-batch');
  expect(latex).toMatch(/% !modeq optimizer \S+ before-first=first/);
});

const catalogue = (id: string): string => new URL(`../../derivations/optimizers/${id}.tex`, import.meta.url).pathname;

test.each(SETTINGS)('a point that no line can show as a vector has a row of its own, %s', async setting => {
  const latex = await write('asam', setting, catalogue('asam'));
  expect(latex).toContain('y_{j}^{(n)} &:= \\theta_{j}^{(n)} + h r');
  expect(latex).toContain('\\nabla_{j} E_{n}(y^{(n)})');
});

test('the constant of a bound has a letter that no quantity has', () => {
  const [optimizer] = loadDocuments([catalogue('novograd')]).documents.flatMap(document => [...document.optimizers]);
  const built = optimizer && buildWriteUp(optimizer, { setting: 'mini-batch', order: 1, detail: 'brief' });
  if (!built?.ok) throw new Error('not built');
  const options = { prefix: 'a', fragment: false, width: 77, command: '', findings: null };
  const text = writeUpLatex(built.value, options);
  expect(text).toContain('C_{j}^{(n)} &:=');
  expect(text).toContain('&\\le K h^{2}');
  expect(readDocument({ name: 'a.tex', text }).problems).toEqual([]);
});

test.each(SETTINGS)('a norm in the past is expanded at its own time, %s', async setting => {
  const latex = await write('normalised-momentum', setting);
  expect(latex).toContain('\\boldsymbol{\\theta}^{(k)}');
});

test.each(SETTINGS)('what has a component of its own is no modified loss, %s', async setting => {
  const latex = await write('cautious', setting);
  expect(latex).not.toContain('-modified-loss');
  expect(latex).not.toContain('-full-batch-loss');
});

test('regimes are shown where the value of the loss itself stands in the rule', async () => {
  const latex = await write('polyak-step', 'full-batch');
  expect(latex).toContain('polyak-step-small-gradient about=');
  expect(latex).not.toContain('\\min(0,p-2)');
  expect(latex).not.toContain('expect=refuted');
});

test.each(SETTINGS)(
  'a state that is defined by its recursion has a write-up that is run beside the optimizer, %s',
  async setting => {
    const { code, out, err } = await modeq(['derive', 'adadelta', '--format', 'document', '--setting', setting]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('u_{j}^{(n+1)}(\\boldsymbol{\\theta}) &:=');
    expect(out).toContain('u_{j}^{(0)}(\\boldsymbol{\\theta}) &:= 0');
    expect(out).toMatch(/not read back, \d+ runs/);
    expect(out).not.toMatch(/#\w/);
  },
);

test('an equation with recursions that does not follow the optimizer is not written up', async () => {
  const [optimizer] = loadDocuments([ADADELTA]).documents.flatMap(document => [...document.optimizers]);
  if (optimizer === undefined) throw new Error('not read');
  const built = buildWriteUp(optimizer, { setting: 'full-batch', order: 1, detail: 'full' });
  if (!built.ok || built.value.followed === undefined) throw new Error('not built');
  const { followed } = built.value;
  const wrong = followed.coefficients.map((each, q) => (q === 1 ? multiplication(number(2), each) : each));
  const latex = { prefix: 'a', fragment: false, width: 77, command: '' };
  const check = (coefficients: typeof wrong) =>
    checkWriteUp({ ...built.value, followed: { ...followed, coefficients } }, latex, {
      ...DEFAULT_OPTIONS,
      instances: 4,
    });
  expect((await check([...followed.coefficients])).followed).toBeGreaterThan(0);
  await expect(check(wrong)).rejects.toThrow(/does not follow the optimizer/);
});

test('leading terms that are refuted are left out, and nothing else is', async () => {
  const [optimizer] = loadDocuments([RMSPROP]).documents.flatMap(document => [...document.optimizers]);
  if (optimizer === undefined) throw new Error('not read');
  const built = buildWriteUp(optimizer, { setting: 'full-batch', order: 0, detail: 'brief' });
  if (!built.ok) throw new Error('not built');
  const options = { prefix: 'a', fragment: false, width: 77, command: '' };
  const wrongIn = (isWanted: (step: Step) => boolean): WriteUp => ({
    ...built.value,
    sections: built.value.sections.map(section => ({
      ...section,
      parts: section.parts.map(part =>
        part.kind === 'step' && part.role === 'claim' && isWanted(part)
          ? { ...part, rows: part.rows.map(row => ({ ...row, right: multiplication(number(2), row.right) })) }
          : part,
      ),
    })),
  });
  const judge = { ...DEFAULT_OPTIONS, instances: 10 };
  const wrong = wrongIn(({ keys }) => keys.regime !== undefined);
  const findings = await checkWriteUp(wrong, options, judge);
  expect(findings.leftOut.size).toBeGreaterThan(0);
  expect(writeUpLatex(wrong, { ...options, findings })).toContain('did not stand the check');
  const other = wrongIn(({ id }) => id === 'theorem');
  await expect(checkWriteUp(other, options, judge)).rejects.toThrow(/is refuted/);
});
