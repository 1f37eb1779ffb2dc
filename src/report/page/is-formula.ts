/** Whether a piece of LaTeX is a formula that can be set by itself, so that it cannot break the text around it. */
import katex from 'katex';

const LONGEST = 2_000;

export function isFormula(latex: string): boolean {
  // A command that KaTeX distrusts would be shown, not run; LaTeX would run it.
  if (latex.length > LONGEST || /\\(?:href|url|includegraphics|html\w*|input|write|def|let|csname)/.test(latex))
    return false;
  try {
    katex.renderToString(latex, { throwOnError: true, strict: 'ignore', trust: false, maxExpand: 0 });
    return true;
  } catch (error) {
    if (error instanceof katex.ParseError || error instanceof RangeError) return false;
    throw error;
  }
}
