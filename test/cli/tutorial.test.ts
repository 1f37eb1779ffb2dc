/** docs/tutorial.md, step by step in an empty folder: its files are written, its changes made, its commands run and their outputs compared. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { matchesPrinted } from '../support/printed-output.ts';
import { modeq } from '../support/memory-terminal.ts';

type Step =
  | { readonly kind: 'file'; readonly name: string; readonly append: boolean; readonly text: string }
  | { readonly kind: 'change'; readonly from: string; readonly to: string }
  | { readonly kind: 'command'; readonly args: readonly string[]; readonly printed: string };

/** The steps of a page in its order. */
function stepsOf(page: string): Step[] {
  const steps: Step[] = [];
  const pattern = /^```(\w+)([^\n]*)\n([\s\S]*?)^```$|[Cc]hange `([^`]+)` to `([^`]+)`/gm;
  for (const [, language, words = '', body = '', from, to] of page.matchAll(pattern)) {
    if (from !== undefined && to !== undefined) steps.push({ kind: 'change', from, to });
    else if (language === 'console') {
      const [, command = '', printed = ''] = /^\$ modeq (.*)\n([\s\S]*)$/.exec(body) ?? [];
      steps.push({ kind: 'command', args: command.split(' '), printed });
    } else if (language === 'tex') {
      const [name = '', append] = words.trim().split(' ');
      steps.push({ kind: 'file', name, append: append === 'append', text: body });
    }
  }
  return steps;
}

const steps = stepsOf(readFileSync(new URL('../../docs/tutorial.md', import.meta.url), 'utf8'));
const start = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'modeq-tutorial-'));
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true });
});

test('the page has files, changes and commands', () => {
  const count = (kind: Step['kind']): number => steps.filter(step => step.kind === kind).length;
  expect([count('file'), count('change'), count('command')]).toEqual([2, 3, 8]);
});

test('every step does what the page says', { timeout: 240_000 }, async () => {
  process.chdir(folder);
  let current = '';
  for (const step of steps) {
    if (step.kind === 'file') {
      current = step.name;
      writeFileSync(step.name, step.append ? readFileSync(step.name, 'utf8') + step.text : step.text);
    } else if (step.kind === 'change') {
      const text = readFileSync(current, 'utf8');
      expect(text.split(step.from), `${step.from} stands there once`).toHaveLength(2);
      writeFileSync(
        current,
        text.replace(step.from, () => step.to),
      );
    } else {
      const { code, out, err } = await modeq(step.args);
      expect(err, step.args.join(' ')).toBe('');
      expect(out, step.args.join(' ')).toSatisfy(matchesPrinted(step.printed));
      expect(code, step.args.join(' ')).toBe(/refuted;|recorded {2}-/.test(step.printed) ? 1 : 0);
    }
  }
});
