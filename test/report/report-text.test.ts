/** The small parts of the report: escaping for HTML and LaTeX, sentences, ids, excerpts, formulas. */
import { describe, expect, test } from 'vitest';
import type { Source } from '../../src/base/span.ts';
import { anchorsOf } from '../../src/report/page/anchor.ts';
import { excerpt } from '../../src/report/data/claim-page.ts';
import { MathStyles } from '../../src/report/page/compact-math.ts';
import { Html, html } from '../../src/report/page/html.ts';
import { katexFont, katexSheet } from '../../src/files/page-assets.ts';
import { withFonts } from '../../src/report/page/html-fonts.ts';
import { MathWriter } from '../../src/report/page/html-math.ts';
import { isFormula } from '../../src/report/page/is-formula.ts';
import { latexCode, latexText } from '../../src/report/text/latex-text.ts';
import { isOneFormula, sentenceParts } from '../../src/report/text/sentence.ts';

describe('HTML', () => {
  test('a template escapes text, in elements and in attributes, and keeps HTML', () => {
    const text = `</p><script>alert("1")</script>&'`;
    expect(html`<p title="${text}">${text}${new Html('<br>')}${null}${7}${['a', html`<b>`]}</p>`.text).toBe(
      '<p title="&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;">&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;<br>7a<b></p>',
    );
  });

  test('characters that turn the direction of writing do not get through', () => {
    expect(html`${'a\u202eb\u0007c\nd'}`.text).toBe('a\ufffdb\ufffdc\nd');
  });
});

describe('ids of claims in the page', () => {
  test('are what they are where they can be, and never twice', () => {
    expect(anchorsOf([{ id: 'thm-3.6' }, { id: 'a b' }, { id: 'thm-3.6' }, { id: '"><img' }, { id: 'é' }])).toEqual([
      'claim-thm-3.6',
      'claim-a~20b',
      'claim-thm-3.6~2',
      'claim-~22~3e~3cimg',
      'claim-~e9',
    ]);
  });
});

describe('formulas by KaTeX', () => {
  const math = new MathWriter(katexSheet());

  test('come with MathML, without style attributes, in a box', () => {
    const { text } = math.display('\\frac{a}{b}');
    expect(text).toMatch(/^<div class="formula">/);
    expect(text).toContain('<mfrac>');
    expect(text).not.toContain('style=');
    expect(text).not.toContain('<annotation');
    expect(math.rules).toMatch(/^\.k0\{[^{}]*!important\}/);
  });

  test.each([
    '\\href{javascript:alert(1)}{x}',
    '\\url{javascript:alert(1)}',
    '\\htmlStyle{position:fixed}{x}',
    '\\htmlClass{badge proved}{x}',
    '\\htmlData{x=1}{y}',
    '\\includegraphics{https://example.org/x.png}',
  ])('%s is not followed', latex => {
    const { text } = math.display(latex);
    expect(text).not.toMatch(/<a\b|<img\b|href=|src=|data-x|badge|position/);
  });

  test.each([
    ['an unknown command', '\\nosuchthing{x}'],
    ['what is nested beyond reason', `${'{'.repeat(20_000)}x${'}'.repeat(20_000)}`],
    ['what is too long', 'x'.repeat(40_000)],
    ['a macro without end', '\\def\\a{\\a\\a}\\a'],
    ['an open brace', '\\frac{a'],
  ])('%s is shown as its source', (_, latex) => {
    expect(math.display(latex).text).toMatch(/^<pre class="plain"><code>/);
  });

  test('one formula leaves nothing behind for the next', () => {
    math.display('\\gdef\\x{gotcha} \\x');
    expect(math.display('\\x').text).toContain('<code>\\x</code>');
  });

  test('sizes are bounded', () => {
    expect(math.display('\\rule{900em}{900em}').text).toContain('class="');
    expect(math.rules).not.toMatch(/(?<![.\d])[1-9]\d\d/);
  });

  test('a class that the style sheet does not name is dropped, others stay', () => {
    const styles = new MathStyles('.katex .mathit{x:y}.katex .mspace{x:y}');
    expect(
      styles.compact('<span class="mord mathit" style="top:1em;left:2em">a</span><span class="mord">b</span>'),
    ).toBe('<span class="mathit k0">a</span><span>b</span>');
    expect(styles.rules).toBe('.k0{top:1em!important;left:2em!important}');
    expect(styles.compact('<i style="a:b}</style>">')).toBe('<i>');
  });

  test('only fonts that the page uses come along, and none by address', () => {
    const plain = withFonts(katexSheet(), math.inline('x+1').text, katexFont);
    expect(plain).toContain('KaTeX_Math');
    expect(plain).not.toMatch(/@font-face\{font-family:"?KaTeX_Fraktur/);
    expect(withFonts(katexSheet(), math.inline('\\mathfrak{g}').text, katexFont)).toMatch(
      /@font-face\{[^}]*KaTeX_Fraktur/,
    );
    expect(plain).not.toMatch(/url\((?!data:font\/woff2;base64,)/);
  });
});

describe('sentences of the judge', () => {
  const shown = (text: string): string =>
    sentenceParts(text)
      .map(part => (part.kind === 'words' ? part.text : part.kind === 'code' ? `<${part.text}>` : `$${part.text}$`))
      .join('');

  test.each([
    ['coefficient of h^1 in \\dot{\\tilde\\theta}_j', 'coefficient of $h^1$ in $\\dot{\\tilde\\theta}_j$'],
    ['as n \\to \\infty, then as s \\to 0', 'as $n \\to \\infty$, then as $s \\to 0$'],
    ['replace `X_1` by `Y`', 'replace <X_1> by <Y>'],
    ['thm-3.6.1 is proved; a_b.tex is a file', 'thm-3.6.1 is proved; a_b.tex is a file'],
    [
      'E_k is a loss of its own; the step uses E_n, or x_1y',
      '$E_k$ is a loss of its own; the step uses $E_n$, or x_1y',
    ],
    ['at n = 0, component 1', 'at n = 0, component 1'],
    ['of order \\beta^{n}.', 'of order $\\beta^{n}$.'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test('no character is lost or made', () => {
    const text = 'at n = 1 the mean of \\theta_j, as s \\to \\infty; `a` h^2: x';
    expect(
      sentenceParts(text)
        .map(part => (part.kind === 'code' ? `\`${part.text}\`` : part.text))
        .join(''),
    ).toBe(text);
  });

  test.each([
    ['0<\\beta<1', true],
    ['\\varepsilon>0', true],
    ['\\nabla_jE > 0, \\beta \\ne \\rho', true],
    ['not checked: all E_k are bounded', false],
  ])('%s is one formula: %s', (text, expected) => {
    expect(isOneFormula(text)).toBe(expected);
  });
});

describe('text in LaTeX', () => {
  test('is text, whatever it says', () => {
    expect(latexText('100% of $x_1$ & {y} \\input{z} <a>|b|~^#"')).toBe(
      "100\\% of \\$x\\_1\\$ \\& \\{y\\} \\ensuremath{\\backslash}input\\{z\\} \\ensuremath{<}a\\ensuremath{>}\\ensuremath{|}b\\ensuremath{|}\\~{}\\^{}\\#''",
    );
    expect(latexText('θ ≤ √ε, é, 漢')).toBe(
      '\\ensuremath{\\theta} \\ensuremath{\\le} \\ensuremath{\\surd}\\ensuremath{\\varepsilon}, é, [U+6F22]',
    );
    expect(latexCode('\\a_{1} %')).toBe(
      '\\texttt{\\char92\\allowbreak{}a\\char95\\allowbreak{}\\char123\\allowbreak{}1\\char125\\allowbreak{} \\char37\\allowbreak{}}',
    );
  });

  test.each([
    ['n \\to \\infty', true],
    ['\\frac{a', false],
    ['\\nosuch', false],
    ['\\input{/etc/passwd}', false],
    ['\\csname input\\endcsname', false],
    ['\\href{x}{y}', false],
    ['x$y', false],
    ['x}{', false],
  ])('%s may stand in a formula: %s', (latex, expected) => {
    expect(isFormula(latex)).toBe(expected);
  });
});

describe('excerpts', () => {
  const source: Source = { name: 'a.tex', text: 'text\n    \\[\n      x = \\left( y\n    \\]\nmore' };
  const at = (word: string): number => source.text.indexOf(word);

  test('leave out the indentation that all lines share', () => {
    const span = { source, start: at('\\['), end: at('\\]') + 2 };
    expect(excerpt(span)).toEqual({
      file: 'a.tex',
      line: 2,
      lastLine: 4,
      indent: 4,
      text: '\\[\n  x = \\left( y\n\\]',
    });
  });

  test('know where a mistake begins', () => {
    const span = { source, start: at('\\['), end: at('\\]') + 2 };
    const found = excerpt(span, { source, start: at('\\left'), end: at('y') });
    expect(found.text.slice(found.mistake)).toBe('\\left( y\n\\]');
    expect(excerpt(span, { source, start: at('more'), end: at('more') + 1 }).mistake).toBeUndefined();
  });

  test('are cut off where they are longer than a page bears', () => {
    const long: Source = { name: 'b.tex', text: `\\[ ${'x'.repeat(100_000)} \\]` };
    const { text } = excerpt({ source: long, start: 0, end: long.text.length });
    expect(text.length).toBeLessThan(21_000);
    expect(text.endsWith(' …')).toBe(true);
  });
});
