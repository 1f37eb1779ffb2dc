/** Write-ups of ordinary rules that are not built in: every step is printed, read back and judged, and what cannot be shown is left out with a reason. */
import { expect, test, vi } from 'vitest';
import { modeq } from '../support/memory-terminal.ts';

const FILE = new URL('write-up-rules.tex', import.meta.url).pathname;
vi.setConfig({ testTimeout: 60_000 });

async function write(id: string, setting: string): Promise<string> {
  const options = ['--from', FILE, '--format', 'document', '--setting', setting, '--instances', '4'];
  const { code, out, err } = await modeq(['derive', id, ...options]);
  expect(err).toBe('');
  expect(code).toBe(0);
  return out;
}

const SETTINGS = ['mini-batch', 'full-batch'] as const;

test.each(SETTINGS)('a row for h_n leaves h its powers, %s', async setting => {
  const latex = await write('step-row', setting);
  expect(latex).toContain('h^{2}');
  expect(latex).toContain('h^{(n+1)} &:= \\frac{h}{\\sqrt{n + 2}}');
});

test('a loss that is nothing before the first is so in the full batch of a write-up of mini-batches too', async () => {
  const latex = await write('optimistic', 'mini-batch');
  expect(latex).toContain('% !modeq claim optimistic-full-batch about=optimistic setting=full-batch order=1\n');
});

test('the convention for losses before the first stands in the write-up', async () => {
  const latex = await write('optimistic-first', 'mini-batch');
  expect(latex).toMatch(/% !modeq optimizer \S+ before-first=first/);
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
