/** The likely slip marked in the formula as typed, numbers and losses of counterexamples, headings of documents. */
import { describe, expect, test } from 'vitest';
import { macrosIn } from '../../src/report/data/macros-in.ts';
import { documentHead, sectionAbove } from '../../src/report/data/headings.ts';
import { MathWriter } from '../../src/report/page/html-math.ts';
import { lossLatex, numberHtml, pairHtml } from '../../src/report/page/html-number.ts';
import { slipHtml } from '../../src/report/page/html-slip.ts';
import type { SuggestionReport } from '../../src/report/verdicts/check-report.ts';

const math = new MathWriter(null);

/** What the page shows where the text has `indent` columns less than the document and the edit is made on its line `line`. */
function shown(text: string, line: number, column: number, endColumn: number, to: string, macros = {}): string {
  const suggestion: SuggestionReport = {
    latex: '',
    plain: '',
    line,
    column,
    edit: '',
    replacements: [{ line, column, endLine: line, endColumn, text: to }],
    verdict: 'proved',
  };
  const typed = { file: 'a.tex', line: 5, lastLine: 7, indent: 2, text };
  return (
    slipHtml({ typed, macros, section: null, statements: [], definitions: [], narrow: {}, facts: [] }, suggestion, math)
      ?.text ?? 'nothing'
  );
}

const marks = (page: string): string[] =>
  [...page.matchAll(/<span class="enclosing (slip|repair)">((?:<[^>]*>|[^<])*?)<\/span>(?:<\/span>)*/g)].map(
    ([, mark, inner]) => `${mark}: ${inner?.replace(/<[^>]*>/g, '')}`,
  );

describe('the slip in the formula as typed', () => {
  test('is marked where it stands, and the repair where it belongs', () => {
    expect(marks(shown('\\[\n  x = a - b\n\\]', 6, 11, 12, '+'))).toEqual(['slip: −', 'repair: +']);
  });

  test('only the rows with a mark are shown', () => {
    const page = shown('\\begin{align}\n  x &= aaa, \\\\ y &= b + c\n\\end{align}', 6, 23, 24, 'd');
    expect(marks(page)).toEqual(['slip: b', 'repair: d']);
    expect(page).not.toContain('aaa');
    expect(page).not.toMatch(/<mi>a<\/mi>/);
  });

  test("the author's commands are known", () => {
    const source = { name: 'a.tex', text: '\\newcommand{\\x}{\\y_1} \\newcommand{\\y}{\\alpha} \\[ \\x = b \\]' };
    expect(macrosIn('\\x = b', { source, start: source.text.length, end: source.text.length })).toEqual({
      '\\x': '\\y_1',
      '\\y': '\\alpha',
    });
    expect(
      marks(
        shown(
          '\\[\n  \\x = b\n\\]',
          6,
          5,
          7,
          '2 \\x',
          macrosIn('\\x = b', { source, start: source.text.length, end: source.text.length }),
        ),
      ),
    ).toHaveLength(2);
  });

  test.each([
    ['a command that nobody knows', '\\[\n  \\nosuch = b\n\\]', 6, 15, 16],
    ['a mark over rows', '\\[\n  a \\\\ b = c\n\\]', 6, 5, 11],
    ['a class of its own', '\\[\n  \\htmlClass{x}{a} = b\n\\]', 6, 24, 25],
  ])('%s: the source with the place', (_, text, line, column, end) => {
    const page = shown(text, line, column, end, '<c>');
    expect(page).toContain('<ins>&lt;c&gt;</ins>');
    expect(page).toContain('<del>');
    expect(page).not.toContain('katex');
  });

  test('a place outside of what is typed marks nothing', () => {
    expect(shown('\\[\n  x\n\\]', 9, 1, 2, 'y')).toBe('nothing');
  });
});

describe('numbers and losses', () => {
  test('10 digits at most; the others unfold', () => {
    expect(numberHtml('-0.25').text).toBe('-0.25');
    expect(numberHtml('0.47671249151153545533').text).toBe(
      '<details class="digits"><summary>0.4767124915</summary><span>0.47671249151153545533</span></details>',
    );
    expect(pairHtml('1/3', '0.25').map(({ text }) => text)).toEqual(['1/3', '0.25']);
    const [one, other] = pairHtml('0.123456789012345', '0.123456789012999');
    expect(one.text).toContain('0.123456789012345');
    expect(one.text.split('</summary>')[0]).not.toBe(other.text.split('</summary>')[0]);
  });

  test.each([
    ['1/2*x1^2 + x2', '\\tfrac{1}{2} \\, \\theta_{1} ^{2} + \\theta_{2}'],
    ['-2*x1*exp(x12)', '- 2 \\, \\theta_{1} \\, \\exp ( \\theta_{12} )'],
    ['x1/3', '\\theta_{1} / 3'],
    ['sqrt(x1)', null],
    ['x1 + </script>', null],
  ])('%s', (text, latex) => {
    expect(lossLatex(text, '\\theta')).toBe(latex);
  });
});

describe('what a document says of itself', () => {
  test('title and date, in LaTeX and Markdown', () => {
    const tex = {
      name: 'a.tex',
      text: '% \\title{No}\n\\title[short]{The \\emph{bias}\\thanks{us} of $\\theta$}\n\\date{\\today}',
    };
    expect(documentHead([{ name: 'b.tex', text: 'x' }, tex])).toEqual({ title: 'The bias of θ', date: null });
    expect(documentHead([{ name: 'a.md', text: '---\ntitle: "A note"\ndate: 2026-12-01\n---\n# Other' }])).toEqual({
      title: 'A note',
      date: '2026-12-01',
    });
    expect(documentHead([{ name: 'a.md', text: 'x\n# Heading #\n' }])).toEqual({ title: 'Heading', date: null });
    expect(documentHead([])).toEqual({ title: null, date: null });
  });

  test('the heading above a place', () => {
    const text = '\\section{One} a\n% \\section{No}\n\\subsection*{Two \\& a \\textbf{half}}\nb';
    expect(sectionAbove({ name: 'a.tex', text }, text.indexOf(' a'))).toBe('One');
    expect(sectionAbove({ name: 'a.tex', text }, text.length)).toBe('Two & a half');
    expect(sectionAbove({ name: 'a.tex', text }, 0)).toBeNull();
  });
});
