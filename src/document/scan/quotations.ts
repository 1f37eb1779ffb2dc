/**
 * Markdown quotations: the marks `>` at the beginning of their lines are no relation of the formulas in them. They become blanks, so
 * that every place in the text stays the same.
 */
import type { Source } from '../../base/span.ts';

const MARKS = /^ {0,3}(?:> ?)+/;

/** The text with the marks of quotations as blanks; the same source where there are none. */
export function withoutQuotationMarks(source: Source): Source {
  if (!/^ {0,3}>/m.test(source.text)) return source;
  let open: string | null = null;
  let isQuoted = false;
  const lines = source.text.split('\n').map(line => {
    const marks = MARKS.exec(line)?.[0];
    // A quotation begins outside of displays and code; within one, opened in it or not, its marks are none of the formula's.
    isQuoted = marks !== undefined && (isQuoted || open === null);
    const text = isQuoted && marks !== undefined ? marks.replace(/>/g, ' ') + line.slice(marks.length) : line;
    open = openAfter(text, open);
    return text;
  });
  return { ...source, text: lines.join('\n') };
}

/** What is open behind the line: the mark that closes a display, a block of code or a comment; null for nothing. */
function openAfter(line: string, before: string | null): string | null {
  let open = before;
  let at = 0;
  while (at < line.length) {
    if (open !== null) {
      const close = line.indexOf(open, at);
      if (close === -1) return open;
      at = close + open.length;
      open = null;
      continue;
    }
    const found = /\$\$|`{3,}|~{3,}|<!--|\\begin\{[A-Za-z]+\*?\}|\\\[/.exec(line.slice(at));
    if (!found) return null;
    open = closingOf(found[0]);
    at += found.index + found[0].length;
    // Behind the mark of a block of code stands its language.
    if (/^[`~]/.test(found[0])) return open;
  }
  return open;
}

function closingOf(mark: string): string {
  if (mark === '<!--') return '-->';
  if (mark === '\\[') return '\\]';
  return mark.startsWith('\\begin') ? mark.replace('\\begin', '\\end') : mark;
}
