/** The language server, driven over the protocol by a client of our own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LspClient } from '../support/lsp-client.ts';

const RULE = String.raw`% !modeq optimizer hb where \beta in (0,1)
\begin{align}
m_j^{(n+1)} &= \beta m_j^{(n)} + \nabla_j E(\theta^{(n)}), \\
\theta_j^{(n+1)} &= \theta_j^{(n)} - h m_j^{(n+1)}
\end{align}
`;
const claim = (sign: string): string => String.raw`
% !modeq claim steady about=hb setting=full-batch limit=large-n order=0
\[ \dot{\tilde\theta}_j(t) = ${sign}\frac{1}{1-\beta} \nabla_j E(\tilde\theta(t)) \]
`;
const TEXT = RULE + claim('');

let folder = '';
let client: LspClient;
let uri = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-lsp-'));
  const file = join(folder, 'paper.tex');
  writeFileSync(file, TEXT);
  uri = pathToFileURL(file).href;
  client = new LspClient(['--instances', '40']);
  const { capabilities } = await client.request('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  });
  expect(capabilities.hoverProvider).toBe(true);
  client.notify('initialized', {});
}, 120_000);
afterAll(() => {
  client.kill();
  rmSync(folder, { recursive: true });
});

const at = (text: string, piece: string, from = 0) => {
  const offset = text.indexOf(piece, from);
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: (before.at(-1) ?? '').length };
};
const textDocument = {
  get uri() {
    return uri;
  },
};

describe('a document that is open', { timeout: 120_000 }, () => {
  test('has verdicts at its claims', async () => {
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'latex', version: 1, text: TEXT } });
    const [first] = await client.diagnostics(uri, all => all.length > 0);
    expect(first.code).toBe('pending');
    const [told, ...more] = await client.diagnostics(uri, all => all.some(({ code }) => code === 'refuted'));
    expect(more).toEqual([]);
    expect([told.severity, told.range.start]).toEqual([1, at(TEXT, String.raw`\[ \dot`)]);
    expect(told.message).toContain('steady is refuted, expected proved');
  });

  test('shows the formula as understood and the derived one', async () => {
    const hover = await client.request('textDocument/hover', {
      textDocument,
      position: at(TEXT, String.raw`\frac{1}{1-\beta}`),
    });
    expect(hover.contents.value).toContain('as understood');
    expect(hover.contents.value).toContain('1 / (1 - β)');
    expect(hover.contents.value).toContain('derived (hb, full-batch, order 0');
    const rule = await client.request('textDocument/hover', { textDocument, position: at(TEXT, 'm_j^{(n+1)} &=') });
    expect(rule.contents.value).toContain('**hb**, as understood');
  });

  test('leads from a name to where it is made and used', async () => {
    const position = at(TEXT, 'm_j^{(n+1)}', TEXT.indexOf('- h m_j'));
    const made = await client.request('textDocument/definition', { textDocument, position });
    expect([made.uri, made.range.start.line]).toEqual([uri, 2]);
    const context = { includeDeclaration: false };
    const uses = await client.request('textDocument/references', { textDocument, position, context });
    expect(uses.map((each: { range: { start: { line: number } } }) => each.range.start.line).sort()).toEqual([2, 3]);
    const beta = await client.request('textDocument/definition', {
      textDocument,
      position: at(TEXT, String.raw`\beta} \nabla`),
    });
    expect(beta.range.start.line).toBe(0);
  });

  test('is repaired by a code action, and judged again as it is typed', async () => {
    const range = { start: at(TEXT, String.raw`\[ \dot`), end: at(TEXT, String.raw`\[ \dot`) };
    const actions = await client.request('textDocument/codeAction', {
      textDocument,
      range,
      context: { diagnostics: [] },
    });
    const repair = actions.find((each: { kind: string }) => each.kind === 'quickfix');
    expect(repair.title).toMatch(/^steady: flip the sign/);
    const text = applied(TEXT, repair.edit.changes[uri]);
    client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text }] });
    const [told] = await client.diagnostics(uri, all => all.some(({ code }) => code === 'proved'));
    expect([told.severity, told.message.startsWith('steady is proved')]).toEqual([3, true]);
  });

  test('what cannot be read is told at its place', async () => {
    const text = RULE + claim(String.raw`\foo `);
    client.notify('textDocument/didChange', { textDocument: { uri, version: 3 }, contentChanges: [{ text }] });
    const all = await client.diagnostics(uri, found => found.some(({ code }) => code === 'unreadable'));
    expect(
      all.some(
        ({ range }: { range: { start: object } }) =>
          JSON.stringify(range.start) === JSON.stringify(at(text, String.raw`\foo`)),
      ),
    ).toBe(true);
  });

  test('gets the magic comments that are proposed', async () => {
    const text = RULE.split('\n').slice(1).join('\n');
    client.notify('textDocument/didChange', { textDocument: { uri, version: 4 }, contentChanges: [{ text }] });
    await client.diagnostics(uri, all => all.length === 0);
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const [action] = await client.request('textDocument/codeAction', {
      textDocument,
      range,
      context: { diagnostics: [] },
    });
    expect(action.title).toBe('Insert the magic comments that modeq proposes');
    const { edit } = await client.request('codeAction/resolve', action);
    expect(applied(text, edit.changes[uri])).toContain('% !modeq optimizer');
  });

  test('ends when the editor does', async () => {
    await client.request('shutdown', null);
    client.notify('exit', null);
    expect(await client.ended).toBe(0);
  });
});

interface Edit {
  readonly range: { readonly start: Place; readonly end: Place };
  readonly newText: string;
}
interface Place {
  readonly line: number;
  readonly character: number;
}

/** As an editor applies edits: from the last one back. */
function applied(text: string, edits: readonly Edit[]): string {
  const offset = ({ line, character }: Place): number =>
    text
      .split('\n')
      .slice(0, line)
      .reduce((sum, each) => sum + each.length + 1, 0) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (now, { range, newText }) => now.slice(0, offset(range.start)) + newText + now.slice(offset(range.end)),
      text,
    );
}
