/**
 * Rows of programs and of libraries' documentation that make no value of the method: `\textbf{for } t = 1, 2, \dots \textbf{ do}`, `\textbf{end for}`,
 * the state of an implementation, S_t = (m_t, v_t), and a first iterate that stands first, x_1 = y_1.
 */
import { endOfGroup } from '../author-tokens.ts';
import { trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { tokenizeText } from '../../../latex/notation/tokenize.ts';
import { letterEnd, solid } from '../author-tokens.ts';

const WORDS = /^\\(?:text|textrm|textbf|textit|textsf|texttt|textnormal|mbox|mathbf|mathrm|mathtt)$/;
const BEGIN = /^(?:for|foreach|for each|while|repeat|loop)(?: .*)?$/;
/** A loop without `do`: `\textbf{While } \theta_t \text{ not converged}`. */
const UNTIL_DONE = /^(?:while|repeat while|until|repeat until) (?:is |has )?(?:not |no )?(?:converged?|convergence)$/;
const END = /^(?:end|end ?for|end ?while|end ?loop|endfor|endwhile|until .*|return.*|do)$/;

/** The tokens without the rows that open and close a loop; what a loop runs over stands behind the last row then. */
export function withoutLoops(tokens: readonly Token[]): Token[] {
  const rows = rowsOf(tokens);
  let range: readonly Token[] = [];
  const kept = rows.map(row => {
    const { words, rest } = apart(row);
    const text = words
      .toLowerCase()
      .replace(/[\s~.:]+/g, ' ')
      .trim();
    const isLoop = UNTIL_DONE.test(text) || (BEGIN.test(text) && /(?:\bdo|^repeat|^loop)$/.test(text));
    if (!isLoop && !(END.test(text) && !rest.some(({ text: own }) => /^(?:=|\\gets|\\leftarrow)$/.test(own))))
      return row;
    if (isLoop && rest.some(({ text: own }) => own === '=')) range = /^for to do$/.test(text) ? upwards(rest) : rest;
    return [];
  });
  if (kept.every((row, at) => row === rows[at])) return [...tokens];
  return withRange(joined(kept, rows, tokens), range);
}

/** `t = 1 T`, what stands beside the words of `for t = 1 to T do`, as t = 1, \dots. */
function upwards(range: readonly Token[]): readonly Token[] {
  const start = range.findIndex(({ kind }) => kind === 'digit');
  const isFromNumber = start === 2 && range[1]?.text === '=';
  const first = range[start];
  if (!isFromNumber || first === undefined) return range;
  const digits = range.slice(start).findIndex(({ kind }) => kind !== 'digit');
  const dots = tokenizeText(', \\dots').map(token => ({ ...token, span: first.span }));
  return [...range.slice(0, digits === -1 ? range.length : start + digits), ...dots];
}

/** `t = 1 : T`, the range of a loop as programs have it, as t = 1, \dots. */
export function withoutColonRange(tokens: readonly Token[], iteration: string): Token[] {
  const row = solid(tokens);
  const [letter, sign, digit, colon, last, ...more] = row;
  const isRange =
    letter?.text === iteration && sign?.text === '=' && colon?.text === ':' && /^[A-Z]$/.test(last?.text ?? '');
  if (!isRange || digit?.kind !== 'digit' || more.length > 0) return [...tokens];
  return [letter, sign, digit, ...tokenizeText(', \\dots').map(token => ({ ...token, span: colon.span }))];
}

/** The rows between \\, environments' marks with the row that they stand in. */
function rowsOf(tokens: readonly Token[]): Token[][] {
  const rows: Token[][] = [[]];
  for (const token of tokens) {
    if (token.text === '\\\\') rows.push([]);
    else rows.at(-1)?.push(token);
  }
  return rows;
}

/** The words of a row, and what stands beside them. */
function apart(row: readonly Token[]): { words: string; rest: Token[] } {
  const rest: Token[] = [];
  let words = '';
  for (let at = 0; at < row.length; at += 1) {
    const token = row[at];
    if (token === undefined) break;
    const close = WORDS.test(token.text) && row[at + 1]?.kind === 'open' ? closing(row, at + 1) : null;
    if (close !== null) {
      words += `${row
        .slice(at + 2, close)
        .map(({ text }) => text)
        .join('')} `;
      at = close;
    } else if (token.text === '\\begin' || token.text === '\\end') at = closing(row, at + 1) ?? at;
    else if (token.kind !== 'alignment' && token.kind !== 'space' && !/^\\(?:quad|qquad|[,;:! ])$/.test(token.text))
      rest.push(token);
  }
  return { words, rest };
}

/** The rows that are kept, and the marks of environments of those that are not. */
function joined(kept: readonly Token[][], rows: readonly Token[][], tokens: readonly Token[]): Token[] {
  const breaks = tokens.filter(({ text }) => text === '\\\\');
  return kept.flatMap((row, at) => {
    const own = row.length > 0 ? row : marksOf(rows[at] ?? []);
    const mark = row.length > 0 ? breaks[at] : undefined;
    return mark === undefined ? own : [...own, mark];
  });
}

const marksOf = (row: readonly Token[]): Token[] => {
  const found: Token[] = [];
  for (let at = 0; at < row.length; at += 1) {
    const token = row[at];
    if (token?.text !== '\\begin' && token?.text !== '\\end') continue;
    const close = closing(row, at + 1) ?? at;
    found.push(...row.slice(at, close + 1));
    at = close;
  }
  return found;
};

/** The range behind the last row, before the ends of the environments around it. */
function withRange(tokens: readonly Token[], range: readonly Token[]): Token[] {
  const [first] = range;
  if (first === undefined) return [...tokens];
  let end = tokens.length;
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    if (tokens[at]?.text !== '\\end') continue;
    const isLast = tokens.slice((closing(tokens, at + 1) ?? at) + 1, end).every(({ kind }) => kind === 'space');
    if (!isLast) break;
    end = at;
  }
  let last = end;
  while (
    last > 0 &&
    (tokens[last - 1]?.kind === 'space' || tokens[last - 1]?.text === '\\\\' || tokens[last - 1]?.kind === 'alignment')
  )
    last -= 1;
  const quad = tokenizeText('\\quad').map(token => ({ ...token, span: first.span }));
  return [...tokens.slice(0, last), ...quad, ...range, ...tokens.slice(end)];
}

/** The rows without tuples that nothing reads, S_t = (m_t, v_t). */
export function withoutTuples(rows: readonly Piece[]): Piece[] {
  return rows.filter((piece, at) => {
    const name = nameOf(piece.left);
    if (name === null || !isTuple(piece.right)) return true;
    return rows.some((other, place) => place !== at && namesIn(other.right).has(name));
  });
}

function isTuple(right: readonly Token[]): boolean {
  const row = solid(trim(right)).filter(({ text }) => text !== '\\left' && text !== '\\right' && text !== '.');
  if (!/^(?:\(|\\\{|\[)$/.test(row[0]?.text ?? '') || !/^(?:\)|\\\}|\])$/.test(row.at(-1)?.text ?? '')) return false;
  let depth = 0;
  return row.slice(1, -1).some(({ text, kind }) => {
    if (kind === 'open' || /^[([]$/.test(text)) depth += 1;
    if (kind === 'close' || /^[)\]]$/.test(text)) depth -= 1;
    return depth === 0 && text === ',';
  });
}

const nameOf = (left: readonly Token[]): string | null => {
  const row = solid(trim(left));
  const end = letterEnd(row, 0);
  return end === null ? null : canonicalNameOf(row.slice(0, end));
};

function namesIn(tokens: readonly Token[]): Set<string> {
  const found = new Set<string>();
  for (const at of tokens.keys()) {
    const end = letterEnd(tokens, at);
    const name = end === null ? null : canonicalNameOf(tokens.slice(at, end));
    if (name !== null) found.add(name);
  }
  return found;
}

const FIRST = /^(?:_\{?[01]\}?|\^\{?\(?[01]\)?\}?)$/;

/** x_1 = y_1 as y_1 = x_1, where a row makes y: the parameters start freely, the other sequence where they do. */
export function withStartsTurned(rows: readonly Piece[], parameters: string): Piece[] {
  const made = new Set(rows.flatMap(({ left }) => nameOf(left) ?? []));
  return rows.map(piece => {
    const [left, right] = [first(piece.left), first(piece.right)];
    const isTurned = left !== null && right !== null && left.name === parameters && left.script === right.script;
    return isTurned && right.name !== parameters && made.has(right.name)
      ? { ...piece, left: piece.right, right: piece.left }
      : piece;
  });
}

/** A name with the label 0 or 1 and nothing else. */
function first(side: readonly Token[]): { name: string; script: string } | null {
  const row = solid(trim(side)).filter(({ text }) => text !== '.' && text !== ',');
  const end = letterEnd(row, 0);
  const name = end === null ? null : canonicalNameOf(row.slice(0, end));
  const script = row
    .slice(end ?? 0)
    .map(({ text }) => text)
    .join('');
  return name !== null && FIRST.test(script) ? { name, script: script.replace(/[{}]/g, '') } : null;
}

/** The place of what closes the group that opens at `open`. */
function closing(tokens: readonly Token[], open: number): number | null {
  const end = endOfGroup(tokens, open);
  return end === null ? null : end - 1;
}
