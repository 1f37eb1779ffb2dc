/** What TeX and Markdown leave out is not read, and displays that begin with a command of the author's are. */
import { describe, expect, it } from 'vitest';
import { GD, problemsOf, read } from './reading.ts';

const CLAIM = (id: string): string =>
  `% !modeq claim ${id}\n${String.raw`\[ \dot\theta_j = -\nabla_j E_n(\theta) \]`}\n`;
const ids = (text: string, name = 'a.tex'): string[] => read(GD + text, name).claims.map(({ id }) => id);

describe('conditionals', () => {
  it.each([
    ['\\iffalse\nX\\fi\n', []],
    ['\\iffalse See \\figref{1} and $a \\iff b$.\nX\\fi\n', []],
    ['\\iffalse\n\\ifx\\a\\b one \\else two \\fi\nX\\fi\n', []],
    ['\\iffalse\nnothing\n\\else\nX\\fi\n', ['x']],
    ['\\iffalse\n% \\fi\nX\\fi\n', []],
    ['\\iftrue\nX\\else\nnothing\n\\fi\n', ['x']],
    ['\\iftrue\nnothing\n\\else\nX\\fi\n', []],
    ['\\if0\nX\\fi\n', []],
    ['\\newif\\ifdraft\n\\ifdraft\nX\\fi\n', []],
    ['\\newif\\ifdraft\\drafttrue\n\\ifdraft\nX\\fi\n', ['x']],
    ['\\newif\\ifdraft\\drafttrue\n\\ifdraft\nno\n\\else\nX\\fi\n', []],
    ['\\newif\\ifdraft\\drafttrue\\draftfalse\n\\ifdraft\nX\\fi\n', []],
    ['\\ifx\\a\\b\nX\\else\nno\n\\fi\n', ['x']],
    ['\\ifx\\a\\b\nno\n\\else\nX\\fi\n', ['x']],
    ['\\ifthenelse{\\equal{a}{b}}{c}{d}\nX', ['x']],
    ['X\\end{document}\n% !modeq claim y\n\\[ 1 = 1 \\]\n', ['x']],
  ])('%j', (text, expected) => {
    expect(ids(text.replace('X', () => CLAIM('x')) + (text.includes('document') ? '' : CLAIM('after')))).toEqual(
      text.includes('document') ? expected : [...expected, 'after'],
    );
  });

  it('that is never closed is told', () => {
    expect(problemsOf(`${GD}\\iffalse\n${CLAIM('x')}`)).toEqual(['unclosed-conditional 3:1']);
  });
});

describe('definitions', () => {
  const EQUATION = String.raw`\dot\theta_j = -\nabla_j E_n(\theta)`;
  it.each([
    String.raw`\newcommand{\be}{\begin{equation}}\newcommand{\ee}{\end{equation}}`,
    String.raw`\def\be{\begin{eqnarray*}}
\def\ee{\end{eqnarray*}}`,
    String.raw`\renewcommand\be{ \begin{align} }
\newcommand{\ee} { \end{align} }`,
  ])('%s', preamble => {
    const document = read(`${preamble}\n${GD}% !modeq claim c\n\\be ${EQUATION} \\ee\n${CLAIM('d')}`);
    expect(document.claims.map(({ id }) => id)).toEqual(['c', 'd']);
    expect(document.coverage.unannotated).toBe(0);
  });

  it('hold no displays of the document', () => {
    const preamble = String.raw`\newcommand{\boxedeq}[1]{\begin{equation}\boxed{#1}\end{equation}}
\newenvironment{old}{\begin{equation}}{\end{equation}}`;
    expect(read(`${preamble}\n${GD}`).coverage.unannotated).toBe(0);
  });
});

describe('Markdown', () => {
  const HTML = `<!-- !modeq claim c -->\n${String.raw`$$\dot\theta_j = -\nabla_j E_n(\theta)$$`}\n`;
  const HTML_GD = GD.replace(/% (.*)\n/, '<!-- $1 -->\n')
    .replace('\\[', '$$$$')
    .replace('\\]', '$$$$');
  const indented = (text: string, by: string): string => text.replace(/^(?=.)/gm, by);
  it.each([
    [`Words.\n\n${indented(HTML, '    ')}`, []],
    [`Words.\n\n${indented(HTML, '\t')}`, []],
    [`- An item\n\n${indented(HTML, '    ')}`, ['c']],
    [`1. An item\n\n   and more\n\n${indented(HTML, '    ')}`, ['c']],
    [`- An item\n\nWords.\n\n${indented(HTML, '    ')}`, []],
    [`Words\n${indented(HTML, '    ')}`, ['c']],
    [`Words.\n\n${indented(HTML, '   ')}`, ['c']],
  ])('%j', (text, expected) => {
    expect(read(`${HTML_GD}\n${text}`, 'a.md').claims.map(({ id }) => id)).toEqual(expected);
  });
});
