/** A command of the author's is what it is at its place: redefined further down, in groups, in text that is left out, in other files. */
import { describe, expect, test } from 'vitest';
import type { Source } from '../../src/base/span.ts';
import { libraryOf } from '../../src/document/library.ts';
import { readDocuments } from '../../src/document/read/read-documents.ts';
import type { Follow } from '../../src/document/scan/followed-files.ts';
import { MacroTable } from '../../src/latex/notation/macros.ts';
import { writeFormula } from '../../src/latex/write/write-formula.ts';

const RULE = '% !modeq optimizer descent\n\\[ \\theta^{(n+1)} = \\theta^{(n)} - h\\nabla E_n(\\theta^{(n)}) \\]\n';
const claim = (id: string): string =>
  `% !modeq claim ${id} about=descent setting=full-batch order=0\n\\[ \\dot\\theta = \\g\\nabla E \\]\n`;

/** The right sides of all claims, by their ids; of an unreadable one the codes of its problems. */
function rightSides(text: string, name = 'paper.tex', files: readonly Source[] = []): Record<string, string> {
  const follow: Follow = ({ file }) => {
    const path = file.source.text.slice(file.start, file.end);
    const value = files.find(each => each.name === `${path}.tex`);
    if (!value) throw new Error(`${path} is missing`);
    return { ok: true, value };
  };
  const [document] = readDocuments([{ name, text }], () => libraryOf([]), new MacroTable(), follow);
  const found: Record<string, string> = {};
  for (const { id, statements, notation } of document?.claims ?? [])
    found[id] = writeFormula(statements[0]?.right ?? ({ kind: 'iterate' } as never), notation, 'text');
  for (const { id, problems } of document?.unreadable ?? []) found[id] = problems.map(({ code }) => code).join();
  return found;
}
const value = (text: string): string => text.replace(/ ∇.*$/s, '');
const valuesOf = (...given: Parameters<typeof rightSides>): Record<string, string> =>
  Object.fromEntries(Object.entries(rightSides(...given)).map(([id, text]) => [id, value(text)]));

const define = (by: string): string => `\\renewcommand{\\g}{${by}}\n`;

describe('redefinitions', () => {
  test('hold from where they stand', () => {
    const text = `\\newcommand{\\g}{2}\n${RULE}${claim('a')}${define('3')}${claim('b')}\\def\\g{5}\n${claim('c')}`;
    expect(valuesOf(text)).toEqual({ a: '2', b: '3', c: '5' });
  });

  test.each([
    ['{', '}'],
    ['\\begingroup', '\\endgroup'],
    ['\\bgroup', '\\egroup'],
    ['\\begin{proof}', '\\end{proof}'],
    ['\\begin{theorem}[A \\{ name]\n{\\bf x}', '\\end{theorem}'],
  ])('end with the group %s … %s', (open, close) => {
    const text = `\\newcommand{\\g}{2}\n\\begin{document}\n${RULE}${open}\n${define('3')}\n${claim('inside')}\n${close}\n${claim('behind')}\\end{document}`;
    expect(valuesOf(text)).toEqual({ inside: '3', behind: '2' });
  });

  test('\\gdef and \\global\\def reach beyond their group', () => {
    for (const global of ['\\gdef\\g{3}', '\\global\\def\\g{3}'])
      expect(valuesOf(`\\newcommand{\\g}{2}\n${RULE}{${global}}\n${claim('a')}`)).toEqual({ a: '3' });
  });

  test('commands within commands are those of the place where they are used', () => {
    const text = `\\newcommand{\\x}{2}\\newcommand{\\g}{\\x}\n${RULE}${claim('a')}\\renewcommand{\\x}{3}\n${claim('b')}`;
    expect(valuesOf(text)).toEqual({ a: '2', b: '3' });
  });

  test('one that stands further down alone is taken, of several none', () => {
    expect(valuesOf(`${RULE}${claim('a')}\\newcommand{\\g}{2}`)).toEqual({ a: '2' });
    expect(valuesOf(`${RULE}${claim('a')}\\newcommand{\\g}{2}${define('2')}`)).toEqual({ a: '2' });
    expect(valuesOf(`${RULE}${claim('a')}\\newcommand{\\g}{2}${define('3')}`)).toEqual({ a: 'macro-definition' });
    expect(valuesOf(`${RULE}{\\newcommand{\\g}{2}}{\\newcommand{\\g}{3}}\n${claim('a')}`)).toEqual({
      a: 'macro-definition',
    });
  });

  test('within another definition they are not followed', () => {
    const text = `\\newcommand{\\g}{2}\\newcommand{\\hot}{${define('3')}}\n${RULE}${claim('a')}`;
    expect(valuesOf(text)).toEqual({ a: 'macro-definition' });
    const environment = `\\newenvironment{own}{\\def\\g{3}}{}\n\\newcommand{\\g}{2}\n${RULE}${claim('a')}`;
    expect(valuesOf(environment)).toEqual({ a: '2' });
  });

  test('change an optimizer only where they stand before it', () => {
    const rule = RULE.replace('h\\nabla', 'h\\g\\nabla');
    const text = `\\newcommand{\\g}{2}\n${rule}${define('5')}`;
    const [document] = readDocuments([{ name: 'a.tex', text }], () => libraryOf([]));
    const [optimizer] = document?.optimizers ?? [];
    expect(optimizer && writeFormula(optimizer.update, optimizer.notation, 'text')).toContain('2');
  });
});

describe('text that is left out defines nothing', () => {
  test.each([
    ['\\iffalse\n', '\n\\fi'],
    ['\\newif\\ifdraft\n\\ifdraft\n', '\n\\fi'],
    ['\\iftrue\\else\n', '\n\\fi'],
    ['\\begin{verbatim}\n', '\n\\end{verbatim}'],
    ['\\begin{comment}\n', '\n\\end{comment}'],
    ['\\begin{lstlisting}\n', '\n\\end{lstlisting}'],
    ['\\verb|', '|'],
    ['% ', '\n'],
  ])('%j', (open, close) => {
    const text = `\\newcommand{\\g}{2}\n${RULE}${open}${define('3').trim()}${close}\n${claim('a')}`;
    expect(valuesOf(text)).toEqual({ a: '2' });
  });

  test.each(['\\end{document}', '\\endinput'])('behind %s', end => {
    const text = `\\begin{document}\n${RULE}${claim('a')}${end}\n\\newcommand{\\g}{3}`;
    expect(Object.keys(valuesOf(text))).toEqual(['a']);
    expect(valuesOf(text)['a']).not.toBe('3');
  });

  test.each([
    ['```latex\n', '\n```'],
    ['```\n', '\n```'],
    ['<!-- ', ' -->'],
    ['`', '`'],
    ['\n    ', '\n'],
  ])('in Markdown %j', (open, close) => {
    const comment = (text: string): string => text.replace(/^% (!modeq.*)$/gm, '<!-- $1 -->');
    const text = `$$\\newcommand{\\g}{2}$$\n\n${comment(RULE)}\n${open}${define('3').trim()}${close}\n\n${comment(claim('a'))}`;
    expect(valuesOf(text, 'notes.md')).toEqual({ a: '2' });
  });
});

describe('files that are brought in', () => {
  const files = (text: string): Source[] => [{ name: 'part.tex', text }];

  test('change what stands behind them, and know what stands before', () => {
    const main = `\\newcommand{\\g}{2}\n${RULE}${claim('before')}\\input{part}\n${claim('behind')}\\def\\g{5}\n${claim('last')}`;
    expect(valuesOf(main, 'main.tex', files(`${claim('own')}${define('3')}${claim('later')}`))).toEqual({
      before: '2',
      own: '2',
      later: '3',
      behind: '3',
      last: '5',
    });
  });

  test('in a group they know it, and what they define in one ends with it', () => {
    const main = `\\newcommand{\\g}{2}\n${RULE}{${define('3')}}{${define('4')}\\input{part}\n}\n${claim('behind')}`;
    expect(
      valuesOf(main, 'main.tex', files(`${claim('own')}{${define('6')}${claim('deep')}}\n${claim('out')}`)),
    ).toEqual({
      own: '4',
      deep: '6',
      out: '4',
      behind: '2',
    });
  });
});
