/** KaTeX as a judge of LaTeX: strict, and silent about nothing. */
import katex from 'katex';

/** The rendered HTML; throws on an error, and on everything that KaTeX would only warn about. */
export function renderStrictly(latex: string): string {
  const warnings: string[] = [];
  const { warn } = console;
  console.warn = (...message: unknown[]) => {
    warnings.push(message.join(' '));
  };
  try {
    const html = katex.renderToString(latex, { displayMode: true, throwOnError: true, strict: 'error', trust: false });
    if (warnings.length > 0) throw new Error(`KaTeX warns: ${warnings.join('; ')}`);
    return html;
  } finally {
    console.warn = warn;
  }
}
