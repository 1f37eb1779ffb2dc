/** `modeq report`: what it writes, what it prints, how it ends. The page itself is tested in a browser. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunCheck } from '../../src/cli/context.ts';
import { executable } from '../support/executable.ts';
import { modeq } from '../support/memory-terminal.ts';

const mixed = fileURLToPath(new URL('../report/documents/mixed.tex', import.meta.url));
const hostile = fileURLToPath(new URL('../report/documents/hostile.md', import.meta.url));
const pdflatex = executable('pdflatex');

let root = '';
let out = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'modeq-test-'));
});
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => {
  out = mkdtempSync(join(root, 'case-'));
});

const read = (name: string): string => readFileSync(join(out, name), 'utf8');
const visible = (path: string): string[] => readdirSync(path).filter(name => name !== 'report.pdf');
const withoutTimes = (text: string): string => text.replace(/ +\d+(\.\d+)? (ms|s)$/gm, '');

describe('what is written', () => {
  test('the page, the data and the LaTeX; the table as check prints it, and where the report is', async () => {
    const checked = await modeq(['check', mixed, '--instances', '20']);
    const { code, out: printed, err } = await modeq(['report', mixed, '--instances', '20', '--out', out]);
    expect(code).toBe(checked.code);
    expect(code).toBe(2);
    expect(err).toBe(checked.err);
    expect(withoutTimes(printed)).toContain(withoutTimes(checked.out));
    expect(printed).toMatch(/^report: .*index\.html, report\.json, report\.tex/m);
    expect(visible(out)).toEqual(['index.html', 'report.json', 'report.tex']);
  });

  test('the data is that of check with the text, the formula as understood, the derived form and the steps', async () => {
    await modeq(['report', mixed, '--instances', '20', '--out', out]);
    const report = JSON.parse(read('report.json'));
    expect(report).toMatchObject({ schema: 1, seed: 1, coverage: { unannotated: 1 }, interrupted: false });
    expect(report.unannotated).toMatchObject([{ line: 36, lastLine: 36 }]);
    const [right, twice, limit, several, unread] = report.claims;
    expect(right.page.typed).toMatchObject({ line: 13, lastLine: 15 });
    expect(right.page.statements[0].latex).toContain('\\frac{h}{2} \\sum_{i=1}^{p}');
    expect(right.trace.counterpart).toMatchObject({
      kind: 'derived',
      caption: 'descent, mini-batch, order 1',
      before: null,
    });
    expect(right.trace.counterpart.equations[0]).toContain('\\frac{h}{2} \\sum_{i=1}^{p}');
    expect(right.trace.statements[0].steps.length).toBeGreaterThan(0);
    expect(right.trace.evidence).toMatchObject({ seed: 1, instances: 20 });
    expect(twice.trace.counterpart.equations).toEqual(right.trace.counterpart.equations);
    expect(twice.trace.statements[0].worked).toMatchObject({
      power: 'h^{1}',
      sides: [
        { name: 'claimed', terms: [{ value: '-2', isShared: false }], total: '-2' },
        { name: 'derived', terms: [{ value: '-1', isShared: false }], total: '-1' },
      ],
    });
    expect(right.trace.statements[0].worked).toBeNull();
    expect(limit.figure).toMatch(/^<\?xml/);
    expect(twice.figure).toBeNull();
    expect(limit.trace.counterpart).toMatchObject({ caption: 'momentum, full-batch, order 0, n → ∞', before: null });
    expect(limit.trace.counterpart.equations).toEqual([
      expect.stringMatching(/= -\\frac\{\\nabla_\{j\} E.*\}\{1 - \\beta\}$/),
    ]);
    expect(limit.page.facts).toEqual([
      { label: 'limit', latex: 'n \\to \\infty', text: null },
      { label: 'read as', latex: null, text: expect.stringContaining('about the modified equation, up to order 0') },
    ]);
    expect(several.page.statements).toHaveLength(2);
    expect(several.page.statements[0].condition).toContain('\\text{if } 0 < \\beta');
    expect(unread.page.typed.text.slice(unread.page.typed.mistake)).toMatch(/^\\left/);
  });

  test('the same seed gives the same page and the same LaTeX', async () => {
    const again = join(out, 'again');
    for (const folder of [out, again]) await modeq(['report', mixed, '--instances', '10', '--out', folder]);
    for (const name of ['index.html', 'report.tex']) expect(readFileSync(join(again, name), 'utf8')).toBe(read(name));
  });

  test('the page stands alone: no address but anchors and data, one script, a policy for both', async () => {
    await modeq(['report', hostile, '--instances', '10', '--out', out]);
    const page = read('index.html');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/<(?:img|iframe|link|base|object|embed)\b/i);
    expect([...page.matchAll(/\b(?:href|src|action)="([^"]*)"/g)].filter(([, to]) => !to?.startsWith('#'))).toEqual([]);
    expect(page.match(/url\((?!data:font\/woff2)/g)).toBeNull();
    expect(page).toContain(`default-src &#39;none&#39;`);
    expect(page).toContain('&quot;&gt;&lt;img src=x onerror=alert(1)&gt;');
  });
});

describe.skipIf(pdflatex === null)('pdflatex', () => {
  test.each([mixed, hostile])(
    'compiles the LaTeX of %s without an error, a warning or an overfull line',
    async path => {
      const { err, out: printed } = await modeq(['report', path, '--instances', '10', '--out', out]);
      expect(err).not.toContain('pdflatex');
      expect(printed).toContain('report.pdf');
      expect(read('report.pdf').startsWith('%PDF-')).toBe(true);
      const { stdout } = spawnSync('pdflatex', ['-interaction=nonstopmode', 'report.tex'], {
        cwd: out,
        encoding: 'utf8',
      });
      expect(stdout.match(/^!.*|.*Warning.*|Overfull.*/gm)).toBeNull();
      expect(stdout).toContain('Output written');
    },
  );
});

describe('where it cannot be written', () => {
  /** Nobody should wait for verdicts that cannot be written down. */
  const neverAsked: RunCheck = () => {
    throw new Error('judged in vain');
  };

  test('exit 2 before anything is judged', async () => {
    writeFileSync(join(out, 'file'), '');
    const {
      code,
      err,
      out: printed,
    } = await modeq(['report', mixed, '--out', join(out, 'file')], {
      runCheck: neverAsked,
    });
    expect(code).toBe(2);
    expect(err).toContain('[unwritable-folder]');
    expect(printed).toBe('');
  });

  test("files that modeq did not write are left alone: a paper's own report.tex", async () => {
    writeFileSync(join(out, 'report.tex'), 'my paper');
    const { code, err } = await modeq(['report', mixed, '--out', out], { runCheck: neverAsked });
    expect(code).toBe(2);
    expect(err).toContain('[foreign-output]');
    expect(read('report.tex')).toBe('my paper');
    expect(readdirSync(out)).toEqual(['report.tex']);
  });

  test('a failure in between leaves an older report as it was', async () => {
    await modeq(['report', mixed, '--instances', '10', '--out', out]);
    const before = read('index.html');
    const { code } = await modeq(['report', mixed, '--out', out], { runCheck: neverAsked });
    expect(code).toBe(4);
    expect(read('index.html')).toBe(before);
    expect(readdirSync(out).filter(name => name.startsWith('.'))).toEqual([]);
  });

  test('without --out it says what is missing', async () => {
    const { code, err } = await modeq(['report', mixed], { runCheck: neverAsked });
    expect(code).toBe(2);
    expect(err).toContain("required option '--out <dir>'");
  });
});

test('an unreadable file is exit 2, and a report of nothing', async () => {
  const { code } = await modeq(['report', join(root, 'nowhere.tex'), '--out', join(out, 'new')]);
  expect(code).toBe(2);
  expect(readFileSync(join(out, 'new/index.html'), 'utf8')).toContain('there is no file');
});

test('claims that got no verdict have their text all the same', async () => {
  const interrupted: RunCheck = async (request, collection, onEvent, stop) => {
    const { runCheck } = await import('../../src/session/check-session.ts');
    const events: Parameters<typeof collection.take>[0][] = [];
    await runCheck({ ...request, instances: 5 }, event => void events.push(event), stop);
    for (const event of events.slice(0, 3)) collection.take(event);
    onEvent();
  };
  const { code } = await modeq(['report', mixed, '--out', out], { runCheck: interrupted });
  expect(code).toBe(3);
  const report = JSON.parse(read('report.json'));
  expect(report.claims.map(({ verdict }: { verdict: string }) => verdict).slice(0, 3)).toEqual([
    'proved',
    'undecided',
    'undecided',
  ]);
  expect(report.claims[1]).toMatchObject({ message: 'not judged', trace: null });
  expect(report.claims[1].page.typed.text).toContain('\\nabla_{ij}');
  expect(read('index.html')).toContain('not judged');
});

test('the folder of an older report keeps what else is in it', async () => {
  mkdirSync(join(out, 'figures'));
  writeFileSync(join(out, 'notes.txt'), 'mine');
  await modeq(['report', hostile, '--instances', '5', '--out', out]);
  await modeq(['report', hostile, '--instances', '5', '--out', out]);
  expect(existsSync(join(out, 'figures'))).toBe(true);
  expect(read('notes.txt')).toBe('mine');
});
