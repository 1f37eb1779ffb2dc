/** What the commands take where documents are expected: folders, standard input; `modeq list`; `--strict`. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modeq } from '../support/memory-terminal.ts';

const GD = String.raw`% !modeq optimizer descent
\[ \theta_j^{(n+1)} = \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)}) \]
`;
const FLOW = String.raw`\[ \dot{\tilde\theta}_j(t) = -\nabla_j E_n(\tilde\theta(t)) + O(h) \]
`;
const claim = (id: string): string => `% !modeq claim ${id} about=descent\n${FLOW}`;

let folder = '';
const at = (...parts: string[]): string => join(folder, ...parts);
function write(path: string, text: string): string {
  mkdirSync(join(at(path), '..'), { recursive: true });
  writeFileSync(at(path), text);
  return at(path);
}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-inputs-'));
  write('paper/main.tex', `${GD}\\input{sections/one}\n${claim('main')}`);
  write('paper/sections/one.tex', claim('one'));
  write('paper/sections/notes.md', `<!-- !modeq claim two about=descent -->\n$$ ${FLOW.slice(2, -3)} $$\n`);
  write('paper/.git/hidden.tex', claim('hidden'));
  write('paper/figure.svg', claim('figure'));
  symlinkSync(at('paper'), at('paper', 'sections', 'again'));
  write('empty/readme.txt', 'nothing');
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Report {
  readonly claims: readonly { readonly id: string; readonly file: string; readonly verdict: string }[];
}
async function check(args: readonly string[], input = '') {
  const { code, out, err } = await modeq(['check', '--json', '--instances', '5', ...args], { input });
  const { claims }: Report = JSON.parse(out);
  return {
    code,
    err,
    claims: claims.map(({ id, file, verdict }) => `${file.replace(`${folder}/`, '')} ${id} ${verdict}`),
  };
}

describe('a folder', () => {
  test('means its .tex and .md files with subfolders, a file that is brought in once and in its place', async () => {
    const { code, err, claims } = await check([at('paper')]);
    expect(err).toBe('');
    expect(claims).toEqual([
      'paper/sections/one.tex one proved',
      'paper/main.tex main proved',
      'paper/sections/notes.md two proved',
    ]);
    expect(code).toBe(0);
  });
  test('and a file in it are read once', async () => {
    expect((await check([at('paper'), at('paper', 'main.tex')])).claims.length).toBe(3);
  });
  test('without documents is a problem', async () => {
    const { code, err } = await check([at('empty')]);
    expect(err).toContain('there is no .tex or .md file in');
    expect(code).toBe(2);
  });
});

describe('standard input', () => {
  test('is named <stdin>', async () => {
    const { code, claims } = await check(['-'], GD + claim('a'));
    expect(claims).toEqual(['<stdin> a proved']);
    expect(code).toBe(0);
  });
  test('may be Markdown', async () => {
    const markdown = `<!-- !modeq claim m about=gd -->\n$$ ${FLOW.slice(2, -3)} $$\n`;
    expect((await check(['-'], markdown)).claims).toEqual(['<stdin> m proved']);
  });
  test('stands beside files, whose optimizers it may be about', async () => {
    const { claims } = await check(['-', write('gd.tex', GD)], claim('a'));
    expect(claims).toEqual(['<stdin> a proved']);
  });
  test('shows its mistakes with their places, carriage returns and a byte order mark counted out', async () => {
    const { code, err } = await check(
      ['-'],
      `\ufeff${GD}${claim('a').replace('-\\nabla', '-\\nalba')}`.replaceAll('\n', '\r\n'),
    );
    expect(err).toContain('<stdin>:4:31: unknown command \\nalba');
    expect(code).toBe(2);
  });
  test('that is empty makes no claim', async () => {
    expect((await check(['-'])).code).toBe(2);
  });
});

describe('modeq list', () => {
  test('shows kinds, ids and places', async () => {
    const { code, out } = await modeq(['list', at('paper', 'main.tex')]);
    expect(out.split('\n').map(line => line.trim().replace(/ +/g, ' '))).toEqual([
      at('paper', 'main.tex'),
      'optimizer descent line 2',
      'claim main line 5 about descent, mini-batch, order 0',
      '',
      at('paper', 'sections', 'one.tex'),
      'claim one line 2 about descent, mini-batch, order 0',
      '',
    ]);
    expect(code).toBe(0);
  });
  test('as JSON, with what cannot be read and why', async () => {
    const path = write('broken.tex', `${GD}% !modeq claim a about=descent\n\\[ \\foo \\]\n${claim('b')}`);
    const { code, out } = await modeq(['list', path, '--json']);
    const { schema, problems, entries } = JSON.parse(out);
    expect(schema).toBe(1);
    expect(problems).toMatchObject([{ code: 'unknown-command', file: path, line: 4, column: 4 }]);
    expect(entries).toMatchObject([
      { kind: 'optimizer', id: 'descent', line: 2, column: 1, readable: true },
      { kind: 'claim', id: 'a', line: 4, column: 1, readable: false },
      { kind: 'claim', id: 'b', line: 6, about: 'descent', setting: 'mini-batch', order: 0, expect: 'proved' },
    ]);
    expect(code).toBe(2);
  });
  test('without a file lists the built-in documents', async () => {
    const { code, out } = await modeq(['list']);
    expect(out).toMatch(/^ {2}optimizer +adam /m);
    expect(out).toMatch(/^ {2}claim +thm-3\.6 /m);
    expect(code).toBe(0);
  });
});

describe('--strict', () => {
  const strict = async (text: string) => {
    const path = write('strict.tex', text);
    const [lax, strictly] = [await check([path]), await check([path, '--strict'])];
    expect(lax.code).toBe(0);
    return strictly;
  };
  test('changes nothing for a paper without such mistakes', async () => {
    const { code, err } = await strict(`${GD}${claim('a')}\\[ x = y + 1, \\quad E(\\theta) = 0 \\]\n`);
    expect(err).toBe('');
    expect(code).toBe(0);
  });
  test('a mistyped comment is a mistake', async () => {
    const { code, err } = await strict(`${GD}${claim('a')}% !mdoeq claim b\n\\[ x = y \\]\n`);
    expect(err).toMatch(/strict\.tex:5:3: this comment is not read/);
    expect(code).toBe(2);
  });
  test.each([
    ['an equation of motion', '\\dot{\\theta} = -\\nabla E(\\theta)'],
    ['one with d/dt', '\\frac{\\mathrm{d}\\tilde{\\theta}}{\\mathrm{d}t} = -\\nabla E(\\theta)'],
    ['an update', '\\theta_{t+1} = \\theta_t - h g_t'],
    ['an update with superscripts', 'w^{(k+1)} &= w^{(k)} - h \\nabla f(w^{(k)})'],
    ['an assignment', 'w \\leftarrow w - \\eta g'],
  ])('%s that nothing is said of is a mistake', async (_, display) => {
    const { code, err } = await strict(`${GD}${claim('a')}\\[ ${display} \\]\n`);
    expect(err).toMatch(/strict\.tex:5:1: nothing says what this display is/);
    expect(code).toBe(2);
  });
  test.each(['% !modeq ignore', '% !modeq claim b expect=unreadable'])('but not behind %s', async comment => {
    const display = comment.includes('claim') ? '\\dot\\theta = \\foo' : '\\dot{\\theta} = -\\nabla E(\\theta)';
    expect((await strict(`${GD}${claim('a')}${comment}\n\\[ ${display} \\]\n`)).code).toBe(0);
  });
  test('a file without claims is a mistake', async () => {
    const path = write('optimizers-only.tex', GD);
    const claims = write('claims.tex', claim('a'));
    expect((await check([path, claims])).code).toBe(0);
    const { code, err } = await check([path, claims, '--strict']);
    expect(err).toContain('optimizers-only.tex:1:1: this file makes no claim [no-claim]');
    expect(code).toBe(2);
  });
});
