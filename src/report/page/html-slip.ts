/**
 * The formula as typed with the likely slip marked in it, and the same with the repair coloured. It is the author's own LaTeX, so
 * whatever KaTeX does not take is shown as source with the place marked: a repair is never left without its place.
 */
import type { ClaimPage } from '../data/claim-page.ts';
import type { SuggestionReport } from '../verdicts/check-report.ts';
import { html, type Html, joinHtml } from './html.ts';
import type { MathWriter } from './html-math.ts';

/** A stretch of the typed text and what belongs there. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Null where the suggestion has no places within what is typed. */
export function slipHtml({ typed, macros }: ClaimPage, suggestion: SuggestionReport, math: MathWriter): Html | null {
  const edits = editsOf(typed, suggestion);
  if (edits === null || edits.length === 0) return null;
  const before = markedRows(typed.text, edits, 'slip');
  const after = markedRows(typed.text, edits, 'repair');
  const shown = [before, after].map(latex => (latex === null ? null : math.marked(latex, macros)));
  const [wrong = null, right = null] = shown;
  if (wrong !== null && right !== null)
    return html`<p class="reading">as typed, with the slip marked</p>${wrong}<p class="reading">repaired</p>${right}`;
  return sourceHtml(typed.text, edits);
}

/** Places of the document as places of the excerpt, in their order; null where one is outside. */
function editsOf(
  { text, line: first, indent = 0 }: ClaimPage['typed'],
  { replacements }: SuggestionReport,
): Edit[] | null {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = (line: number, column: number): number => (starts[line - first] ?? Number.NaN) + column - 1 - indent;
  const edits = replacements.map(each => ({
    from: offset(each.line, each.column),
    to: offset(each.endLine, each.endColumn),
    text: each.text,
  }));
  const inside = edits.every(({ from, to }) => from >= 0 && to >= from && to <= text.length);
  return inside ? edits.sort((a, b) => a.from - b.from) : null;
}

type Mark = 'slip' | 'repair';

/** The rows of the display with a mark in them, each mark a class of its own; null where a mark cannot stand in a formula. */
function markedRows(text: string, edits: readonly Edit[], mark: Mark): string | null {
  let marked = '';
  let at = 0;
  for (const { from, to, text: replacement } of edits) {
    const piece = mark === 'slip' ? text.slice(from, to) : replacement;
    if (!isWhole(piece)) return null;
    marked += `${text.slice(at, from)}${withMark(piece, mark)}`;
    at = to;
  }
  const body = bodyOf(marked + text.slice(at));
  const rows = body === null ? [] : rowsOf(body).filter(row => row.includes(`{${mark}}`));
  return rows.length === 0 ? null : `\\begin{aligned}${rows.join(' \\\\ ')}\\end{aligned}`;
}

/** A sign keeps its spaces; what is missing or dropped leaves a small mark. */
function withMark(piece: string, mark: Mark): string {
  const sign = piece.trim();
  if (sign === '') return `{\\htmlClass{${mark}}{\\scriptscriptstyle\\wedge}}`;
  const inner = `\\htmlClass{${mark}}{${piece}}`;
  if (/^(?:[-+]|\\(?:pm|mp|cdot|times))$/.test(sign)) return `\\mathbin{${inner}}`;
  return /^(?:[=<>]|\\(?:le|ge|leq|geq|approx))$/.test(sign) ? `\\mathrel{${inner}}` : `{${inner}}`;
}

/** Whether braces, \left and \right and environments close in it what they open, and no row ends in it. */
function isWhole(piece: string): boolean {
  let depth = 0;
  for (const [token] of piece.matchAll(/\\(?:left|begin)(?![A-Za-z])|\\(?:right|end)(?![A-Za-z])|\\[\s\S]|[{}&]/g)) {
    if (token === '{' || token === '\\left' || token === '\\begin') depth += 1;
    if (token === '}' || token === '\\right' || token === '\\end') depth -= 1;
    if (depth < 0 || (depth === 0 && (token === '&' || token === '\\\\'))) return false;
  }
  return depth === 0;
}

/** What stands between the marks of a display or a formula, without labels and comments. */
function bodyOf(text: string): string | null {
  const plain = text.replace(/(?<!\\)%[^\n]*/g, '').trim();
  const found =
    /^\\begin\{(\w+\*?)\}(?:\{\d+\})?([\s\S]*)\\end\{\1\}$/.exec(plain)?.[2] ??
    /^\\\[([\s\S]*)\\\]$/.exec(plain)?.[1] ??
    /^\$\$([\s\S]*)\$\$$/.exec(plain)?.[1] ??
    /^\$([\s\S]*)\$$/.exec(plain)?.[1] ??
    /^\\\(([\s\S]*)\\\)$/.exec(plain)?.[1];
  return (
    found
      ?.replace(/\\(?:label|tag)\*?\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])/g, '')
      .replace(/\\(begin|end)\{split\}/g, '\\$1{aligned}') ?? null
  );
}

/** Split at \\ outside of groups and inner environments. */
function rowsOf(body: string): string[] {
  const rows: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of body.matchAll(/\\begin(?![A-Za-z])|\\end(?![A-Za-z])|\\[\s\S]|[{}]/g)) {
    if (token === '{' || token === '\\begin') depth += 1;
    if (token === '}' || token === '\\end') depth -= 1;
    if (token !== '\\\\' || depth !== 0) continue;
    rows.push(body.slice(start, index));
    start = index + 2 + (/^\s*\[[^\]]*\]/.exec(body.slice(index + 2))?.[0].length ?? 0);
  }
  return [...rows, body.slice(start)].map(row => row.trim());
}

function sourceHtml(text: string, edits: readonly Edit[]): Html {
  const parts: Html[] = [];
  let at = 0;
  for (const { from, to, text: replacement } of edits) {
    parts.push(html`${text.slice(at, from)}`);
    if (to > from) parts.push(html`<del>${text.slice(from, to)}</del>`);
    if (replacement !== '') parts.push(html`<ins>${replacement}</ins>`);
    at = to;
  }
  return html`<pre class="typed"><code>${joinHtml(parts)}${text.slice(at)}</code></pre>`;
}
