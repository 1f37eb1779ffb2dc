/** `modeq annotate`: a patch on stdout that makes what --write writes, statements on stderr, and `check` on the file at once. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modeq } from '../support/memory-terminal.ts';

const NOTE = String.raw`\section{Gradient descent}
With $f$ smooth
\begin{equation}\label{eq:gd} x_{k+1} = x_k - \eta \nabla f(x_k) \end{equation}
which follows
\begin{align}
  \dot x &= -\nabla f(x) - \frac{\eta}{4} \nabla \|\nabla f(x)\|^2 + O(\eta^2).
\end{align}
`;

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'modeq-annotate-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
};

/** A patch applied by its letter: every line of context and every line taken away must stand where it says. */
function applied(before: string, patch: string): string {
  const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const result: string[] = [];
  let at = 0;
  const rows = patch.match(/[^\n]*\n/g) ?? [];
  expect(rows[0]).toMatch(/^--- /);
  expect(rows[1]).toMatch(/^\+\+\+ b\//);
  for (const [place, row] of rows.entries()) {
    if (place < 2 || row.startsWith('\\ No newline')) continue;
    const header = /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@\n$/.exec(row);
    if (header) {
      const [start, , renewed] = header.slice(1).map(Number);
      while (at < (start ?? 1) - 1) result.push(lines[at++] ?? '');
      expect(renewed).toBe(result.length + 1);
      continue;
    }
    const text = rows[place + 1]?.startsWith('\\ No newline') === true ? row.slice(1, -1) : row.slice(1);
    if (row[0] !== '+') expect(lines[at++]).toBe(text);
    if (row[0] !== '-') result.push(text);
  }
  return [...result, ...lines.slice(at)].join('');
}

describe('modeq annotate', () => {
  test('the patch makes what --write writes, and check reads it at once', async () => {
    const path = join(folderWith({ 'note.tex': NOTE }), 'note.tex');
    const { code, out, err } = await modeq(['annotate', path]);
    expect([code, readFileSync(path, 'utf8')]).toEqual([0, NOTE]);
    expect(err).toContain('proposes 1 optimizer, 1 claim; modeq check judges what is accepted');
    expect((await modeq(['annotate', path, '--write'])).out).toBe('');
    const after = readFileSync(path, 'utf8');
    expect(applied(NOTE, out)).toBe(after);
    expect(
      after
        .split('\n')
        .filter(line => !line.startsWith('% !modeq'))
        .join('\n'),
    ).toBe(NOTE);
    expect(after).toContain('% !modeq optimizer gd\n\\begin{equation}');
    const checked = JSON.parse((await modeq(['check', path, '--json'])).out);
    expect(checked.claims.map((each: { verdict: string }) => each.verdict)).toEqual(['proved']);
    expect(checked.coverage).toMatchObject({ judged: 1, defined: 1, unannotated: 0 });
  });

  test.each([
    ['Windows line endings', NOTE.replaceAll('\n', '\r\n')],
    ['no line feed at the end', NOTE.trimEnd()],
    ['a byte order mark', `\uFEFF${NOTE}`],
    ['text before a display on its line', NOTE.replace('smooth\n', 'smooth ').replace('follows\n', 'follows ')],
    ['everything on the first line', String.raw`$$x_{k+1} = x_k - h\nabla f(x_k)$$`],
  ])('%s', async (_, text) => {
    const path = join(folderWith({ 'note.tex': text }), 'note.tex');
    const { out } = await modeq(['annotate', path]);
    await modeq(['annotate', path, '--write']);
    const after = readFileSync(path, 'utf8');
    expect(applied(text, out)).toBe(after);
    expect(after.includes('\r')).toBe(text.includes('\r'));
    expect(after.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'));
    expect((await modeq(['read', path])).code).toBe(0);
    // What LaTeX sees stays: only comments and ends of lines are new.
    const seen = (each: string): string =>
      each
        .replace(/^% .*$/gm, '')
        .replace(/\s+/g, ' ')
        .trim();
    expect(seen(after)).toBe(seen(text));
  });

  test('in Markdown a display in a line is copied into a comment before its paragraph', async () => {
    const text = 'A word.\n\nIn the text $$x_{k+1} = x_k - h\\nabla f(x_k)$$ and more.\n';
    const path = join(folderWith({ 'note.md': text }), 'note.md');
    await modeq(['annotate', path, '--write']);
    expect(readFileSync(path, 'utf8')).toBe(
      text.replace(
        'In the',
        () =>
          '<!-- !modeq notation loss=f parameters=x iteration=k index=subscript -->\n<!-- !modeq optimizer rule: $x_{k+1} = x_k - h\\nabla f(x_k)$ -->\nIn the',
      ),
    );
    expect((await modeq(['read', path])).code).toBe(0);
  });

  test('files that are brought in get their own comments, and rights stay', async () => {
    const [rule = '', flow = ''] = NOTE.split(/(?=which follows)/);
    const folder = folderWith({ 'main.tex': `\\input{parts/rule}\n${flow}`, 'parts/rule.tex': rule });
    chmodSync(join(folder, 'parts/rule.tex'), 0o640);
    expect((await modeq(['annotate', join(folder, 'main.tex'), '--write'])).code).toBe(0);
    expect(readFileSync(join(folder, 'parts/rule.tex'), 'utf8')).toContain('% !modeq optimizer gd\n');
    expect(readFileSync(join(folder, 'main.tex'), 'utf8')).toContain('% !modeq claim flow about=gd\n');
    expect(statSync(join(folder, 'parts/rule.tex')).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(['main.tex', 'parts']);
  });

  test('nothing to propose, a missing file, a second time', async () => {
    const folder = folderWith({ 'note.tex': NOTE, 'empty.tex': 'words\n' });
    const empty = await modeq(['annotate', join(folder, 'empty.tex')]);
    expect([empty.code, empty.out]).toEqual([2, '']);
    expect(empty.err).toContain('no update rule without a magic comment was found');
    expect((await modeq(['annotate', join(folder, 'none.tex')])).code).toBe(2);
    await modeq(['annotate', join(folder, 'note.tex'), '--write']);
    const again = await modeq(['annotate', join(folder, 'note.tex')]);
    expect([again.code, again.out]).toEqual([0, '']);
    expect(again.err).toContain('has all the comments');
  });
});
