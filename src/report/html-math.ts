/**
 * Formulas in HTML by KaTeX, with MathML for screen readers. The LaTeX may come from a stranger's document: nothing is
 * trusted, sizes and expansions are bounded, and what KaTeX refuses is shown as its source.
 */
import katex from 'katex';
import { MathStyles } from './compact-math.ts';
import { Html, html, joinHtml } from './html.ts';

/** Longer LaTeX is shown as text; KaTeX would take seconds. */
const LONGEST = 30_000;

/** Writes the formulas of one page, and knows the style sheet that they need. */
export class MathWriter {
  readonly #styles: MathStyles;

  /** `sheet` is KaTeX's style sheet. */
  constructor(sheet: string) {
    this.#styles = new MathStyles(sheet);
  }

  /** What the page needs besides KaTeX's own style sheet. */
  get rules(): string {
    return this.#styles.rules;
  }

  /** A display in a box that scrolls by itself where the page is too narrow. */
  display(latex: string): Html {
    const rendered = this.#render(latex, true);
    return rendered === null
      ? html`<pre class="plain"><code>${shortened(latex)}</code></pre>`
      : html`<div class="formula">${rendered}</div>`;
  }

  /** A formula in a line of text. */
  inline(latex: string): Html {
    return this.#render(latex, false) ?? html`<code>${shortened(latex)}</code>`;
  }

  /** A sentence of the judge: `code` in backticks, and formulas where a word holds a command or a power. */
  sentence(text: string): Html {
    const parts = text.split(/(`[^`]*`)/);
    return joinHtml(
      parts.map(part =>
        part.length > 1 && part.startsWith('`') ? html`<code>${part.slice(1, -1)}</code>` : this.#words(part),
      ),
    );
  }

  /** An assumption or a null set: a formula, or a sentence where it holds words. */
  condition(text: string): Html {
    const bare = text.replace(/\\[A-Za-z]+(?:\{[A-Za-z ]*\})?/g, '');
    return /[A-Za-z]{2,}/.test(bare) ? this.sentence(text) : this.inline(text);
  }

  #render(latex: string, displayMode: boolean): Html | null {
    if (latex.length > LONGEST) return null;
    try {
      const rendered = katex.renderToString(latex, {
        displayMode,
        throwOnError: true,
        trust: false,
        strict: 'ignore',
        maxExpand: 200,
        maxSize: 10,
      });
      return new Html(this.#styles.compact(rendered));
    } catch (error) {
      // RangeError: nested deeper than the stack.
      if (error instanceof katex.ParseError || error instanceof RangeError) return null;
      throw error;
    }
  }

  /** Runs of words with LaTeX in them, and what stands beside a relation there (`n \to \infty`), as formulas. */
  #words(text: string): Html {
    const pieces: Html[] = [];
    const all = text.split(/( +)/);
    for (let at = 0; at < all.length; at += 1) {
      const word = all[at] ?? '';
      const opens = SHORT.test(word) && RELATION.test(all[at + 2] ?? '');
      if (!opens && !IS_MATH.test(word)) {
        pieces.push(html`${word}`);
        continue;
      }
      let end = at;
      while (end + 2 < all.length && goesOn(all[end] ?? '', all[end + 2] ?? '')) end += 2;
      const run = all.slice(at, end + 1).join('');
      const tail = /[,.;:]*$/.exec(run)?.[0] ?? '';
      pieces.push(this.inline(run.slice(0, run.length - tail.length)), html`${tail}`);
      at = end;
    }
    return joinHtml(pieces);
  }
}

const IS_MATH = /\\[A-Za-z]|^[A-Za-z]\^/;
const SHORT = /^(?:[A-Za-z]|[=<>+-]|\d+)[,.;:]?$/;
const RELATION = /^\\(?:to|in|le|ge|ne|gg|ll)$/;

const goesOn = (word: string, next: string): boolean =>
  !/[,;:]$/.test(word) && (IS_MATH.test(next) || (RELATION.test(word) && SHORT.test(next)));

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text);
