/**
 * Formulas in HTML by KaTeX, with MathML for screen readers. The LaTeX may come from a stranger's document: nothing is
 * trusted, sizes and expansions are bounded, and what KaTeX refuses is shown as its source.
 */
import katex from 'katex';
import { MathStyles } from './compact-math.ts';
import { Html, html, joinHtml } from './html.ts';
import { isOneFormula, type SentencePart, sentenceParts } from '../text/sentence.ts';

/** Longer LaTeX is shown as text; KaTeX would take seconds. */
const LONGEST = 30_000;

/** Writes the formulas of one page, and knows the style sheet that they need. */
export class MathWriter {
  readonly #styles: MathStyles | null;

  /** `sheet` is KaTeX's style sheet; without it every formula keeps its styles to itself. */
  constructor(sheet: string | null) {
    this.#styles = sheet === null ? null : new MathStyles(sheet);
  }

  /** What the page needs besides KaTeX's own style sheet. */
  get rules(): string {
    return this.#styles?.rules ?? '';
  }

  /** A display in a box that scrolls by itself where the page is too narrow; `narrow` stands in for it there. */
  display(latex: string, narrow?: string): Html {
    const rendered = this.#render(latex, true);
    if (rendered === null) return html`<pre class="plain"><code>${shortened(latex)}</code></pre>`;
    // The MathML of the first serves on both.
    const broken = narrow === undefined ? null : this.#render(narrow, true, 'html');
    return broken === null
      ? html`<div class="formula">${rendered}</div>`
      : html`<div class="formula broad">${rendered}</div><div class="formula narrow">${broken}</div>`;
  }

  /**
   * The author's formula with marks, as a display; null where KaTeX does not take it. The marks are the classes `slip` and `repair`; a
   * text that names a class itself is not taken.
   */
  marked(latex: string, macros: Readonly<Record<string, string>>): Html | null {
    const bare = latex.replace(/\\htmlClass\{(?:slip|repair)\}/g, '');
    if (/\\html/.test(bare) || Object.values(macros).some(body => body.includes('\\html'))) return null;
    const rendered = this.#render(latex, true, 'htmlAndMathml', {
      macros: { ...macros },
      trust: ({ command }) => command === '\\htmlClass',
    });
    return rendered === null ? null : html`<div class="formula">${rendered}</div>`;
  }

  /** A formula in a line of text. */
  inline(latex: string): Html {
    return this.#render(latex, false) ?? html`<code>${shortened(latex)}</code>`;
  }

  /** A sentence of the judge with its formulas. */
  sentence(text: string): Html {
    return joinHtml(sentenceParts(text).map(part => this.#part(part)));
  }

  /** An assumption or a null set: a formula, or a sentence where it holds words. */
  condition(text: string): Html {
    return isOneFormula(text) ? this.inline(text) : this.sentence(text);
  }

  #part({ kind, text }: SentencePart): Html {
    switch (kind) {
      case 'words':
        return html`${text}`;
      case 'code':
        return html`<code>${text}</code>`;
      case 'formula':
        return this.inline(text);
    }
  }

  #render(
    latex: string,
    displayMode: boolean,
    output: 'html' | 'htmlAndMathml' = 'htmlAndMathml',
    own: Pick<katex.KatexOptions, 'macros' | 'trust'> = {},
  ): Html | null {
    if (latex.length > LONGEST) return null;
    try {
      const rendered = katex.renderToString(latex, {
        displayMode,
        output,
        throwOnError: true,
        trust: false,
        strict: 'ignore',
        maxExpand: 200,
        maxSize: 10,
        ...own,
      });
      return new Html(this.#styles?.compact(rendered) ?? rendered);
    } catch (error) {
      // RangeError: nested deeper than the stack.
      if (error instanceof katex.ParseError || error instanceof RangeError) return null;
      throw error;
    }
  }
}

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text);
