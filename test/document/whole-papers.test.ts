/**
 * Whole papers, with preambles, theorems, pictures, files within files and what is commented out: every annotated display has the same
 * verdict as in a file of its own, nothing that TeX or Markdown leaves out is read, and every place is where the text stands.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { positionAt, type Span } from '../../src/base/span.ts';
import type { ModeqDocument } from '../../src/document/model.ts';
import { builtInDocuments, loadDocuments } from '../../src/files/documents/load.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { modelOf, read } from './reading.ts';

const FOLDER = fileURLToPath(new URL('whole-papers/', import.meta.url));

/** A paper with what it holds, in the order of the text, and which file holds it. */
const PAPERS = [
  {
    main: 'momentum/main.tex',
    optimizers: { hb: 'main.tex', rms: 'sections/adaptive.tex' },
    claims: {
      main: ['proved', 'main.tex'],
      'finite-k': ['proved', 'main.tex'],
      wrong: ['refuted', 'main.tex'],
      rms0: ['proved', 'sections/adaptive.tex'],
      app: ['proved', 'main.tex'],
    },
    coverage: { judged: 5, defined: 2, ignored: 0, unannotated: 0 },
  },
  {
    main: 'thesis/thesis.tex',
    optimizers: { sgd: 'chapters/one.tex', ema: 'chapters/two.tex' },
    claims: {
      step: ['proved', 'chapters/one.tex'],
      'kept-else': ['proved', 'thesis.tex'],
      ema: ['proved', 'chapters/two.tex'],
      'ema-wrong': ['refuted', 'chapters/two.tex'],
      typo: ['unreadable', 'chapters/two.tex'],
    },
    coverage: { judged: 5, defined: 2, ignored: 0, unannotated: 0 },
  },
  {
    main: 'notes/notes.md',
    optimizers: { hb: 'notes.md' },
    claims: {
      'in-list': ['proved', 'notes.md'],
      quoted: ['proved', 'notes.md'],
      'math-block': ['refuted', 'notes.md'],
    },
    coverage: { judged: 3, defined: 1, ignored: 0, unannotated: 0 },
  },
] as const;

const verdictsOf = (document: ModeqDocument): Record<string, string> => {
  const context = {
    library: documentIndexOf(document, builtInDocuments().documents),
    engine: standardEngine,
    equations: new Equations(standardEngine),
  };
  const options = { ...DEFAULT_OPTIONS, instances: 10 };
  return Object.fromEntries([
    ...document.claims.map(claim => [claim.id, judgeClaim(claim, context, options).verdict] as const),
    ...document.unreadable.map(({ id }) => [id, 'unreadable'] as const),
  ]);
};

/** All texts of a folder, by their paths in it. */
function textsIn(folder: string, below = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = join(below, entry.name);
    if (entry.isDirectory()) for (const [name, text] of textsIn(folder, path)) found.set(name, text);
    else found.set(path, readFileSync(join(folder, path), 'utf8'));
  }
  return found;
}

const COMMENT = /^[>\s]*(?:%|<!--)\s*!modeq /;
const CLOSING = /(?:\\\]|\\end\{(?:equation|align|eqnarray|subequations)\*?\}|\\ee|\\eea|```|\$\$)\.?$/;

/** The comments of an id and the display behind them as lines of the text, with the line and the column where the display begins. */
function blockOf(text: string, kind: string, id: string): { lines: string[]; line: number; column: number } {
  const lines = text.split('\n');
  const first = lines.findIndex(line => COMMENT.test(line) && new RegExp(`!modeq ${kind} ${id}(?![\\w-])`).test(line));
  if (first === -1) throw new Error(`${id} is in the text`);
  let start = first;
  while (COMMENT.test(lines[start] ?? '')) start += 1;
  const isSubequations = lines[start]?.startsWith('\\begin{subequations}') ?? false;
  let end = start;
  const isEnd = (line: string): boolean => (isSubequations ? line.startsWith('\\end{sub') : CLOSING.test(line));
  // An opening mark alone on its line closes nothing.
  if (/^[>\s]*(?:\$\$|```math)$/.test(lines[start] ?? '')) end += 1;
  while (!isEnd(lines[end] ?? '') && end < lines.length) end += 1;
  const display = isSubequations ? start + 1 : start;
  const column = (/\S/.exec((lines[display] ?? '').replace(/^>/, ' '))?.index ?? 0) + 1;
  return { lines: lines.slice(first, end + 1), line: display + 1, column };
}

describe.each(PAPERS)('$main', ({ main, optimizers, claims, coverage }) => {
  const folder = join(FOLDER, main.split('/')[0] ?? '');
  const texts = textsIn(folder);
  const [document] = loadDocuments([join(FOLDER, main)]).documents;
  if (document === undefined) throw new Error('the paper is read');
  const textOf = (file: string): string => texts.get(file) ?? '';
  const placeOf = ({ source, start }: Span): string => {
    const { line, column } = positionAt(source.text, start);
    return `${relative(folder, source.name)}:${line}:${column}`;
  };
  const expectedPlace = (kind: string, id: string, file: string): string => {
    const { line, column } = blockOf(textOf(file), kind, id);
    return `${file}:${line}:${column}`;
  };
  const own = (kind: string, id: string, file: string): string =>
    blockOf(textOf(file), kind, id)
      .lines.map(line => line.replace(/^> ?/, ''))
      .join('\n');

  it('holds what is annotated, and nothing that is left out', () => {
    expect(document.optimizers.map(({ id }) => id).sort()).toEqual(Object.keys(optimizers).sort());
    expect([...document.claims, ...document.unreadable].map(({ id }) => id).sort()).toEqual(Object.keys(claims).sort());
    expect([...texts.values()].join('').match(/dead-[a-z-]+/g)?.length).toBeGreaterThan(2);
    expect(document.problems.map(({ message }) => message)).toEqual([]);
    expect(document.coverage).toEqual(coverage);
  });

  it('has every place where the text stands', () => {
    for (const { id, span } of document.optimizers)
      expect(placeOf(span), id).toBe(expectedPlace('optimizer', id, (optimizers as Record<string, string>)[id] ?? ''));
    for (const { id, span } of document.claims) {
      const [, file = ''] = (claims as Record<string, readonly string[]>)[id] ?? [];
      expect(placeOf(span), id).toBe(expectedPlace('claim', id, file));
    }
    for (const { id, problems } of document.unreadable) {
      const [, file = ''] = (claims as Record<string, readonly string[]>)[id] ?? [];
      const lines = textOf(file).split('\n');
      const line = lines.findIndex(each => each.includes('\\bta'));
      const places = problems.map(({ span }) => (span ? placeOf(span) : 'nowhere'));
      expect(places, id).toEqual([`${file}:${line + 1}:${(lines[line] ?? '').indexOf('\\bta') + 1}`]);
    }
  });

  it('has the verdicts that its displays have alone', () => {
    const whole = verdictsOf(document);
    expect(whole).toEqual(Object.fromEntries(Object.entries(claims).map(([id, [verdict]]) => [id, verdict])));
    const all = [...texts.values()].join('\n');
    const letters = [
      ...(all.match(/^\\(?:newcommand|providecommand|def|DeclareMathOperator)[^\n]*$/gm) ?? []),
      ...(all.match(/^(?:%|<!--) !modeq notation[^\n]*$/gm) ?? []),
    ].join('\n');
    const name = main.endsWith('.md') ? 'alone.md' : 'alone.tex';
    const behind = name === 'alone.tex' ? 'where\n\\be g_t = \\nabla f(x_t) \\ee\n' : '';
    for (const [id, [verdict, file]] of Object.entries(claims)) {
      const about = document.claims.find(claim => claim.id === id)?.about ?? 'ema';
      const rule = own('optimizer', about, (optimizers as Record<string, string>)[about] ?? '');
      const goesOn = about === 'ema' ? behind : '';
      const alone = read(`${letters}\n\n${rule}\n${goesOn}\n${own('claim', id, file)}\n`, name);
      expect(verdictsOf(alone), id).toEqual({ [id]: verdict });
      const [optimizer] = alone.optimizers;
      const same = document.optimizers.find(each => each.id === about);
      expect(optimizer && modelOf(optimizer), id).toEqual(same && modelOf(same));
    }
  });
});
