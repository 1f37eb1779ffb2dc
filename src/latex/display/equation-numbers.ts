/** Numbers of equations that are typed by hand behind a row, `\qquad (2.1)`, `~~~~(4)`, `\hspace{2cm} [3]`, `\eqno(7)`: they are no factors. */
import { refuse } from '../../base/problem.ts';
import type { Token } from '../notation/token.ts';
import { argumentAt } from './display-tokens.ts';

/** In ems; where nothing stands here a command is no space. */
const WIDTHS: ReadonlyMap<string, number> = new Map([
  ['\\,', 0],
  ['\\thinspace', 0],
  ['\\:', 0.22],
  ['\\>', 0.22],
  ['\\medspace', 0.22],
  ['\\;', 0.28],
  ['\\thickspace', 0.28],
  ['\\ ', 0.33],
  ['\\enspace', 0.5],
  ['\\enskip', 0.5],
  ['\\quad', 1],
  ['\\qquad', 2],
  ['\\hfill', 2],
  ['\\hfil', 2],
]);
/** So wide a space stands before no factor. */
const WIDE = 0.6;

const DELIMITERS: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
]);
const NUMBER = /^(?:[1-9]\d{0,2}(?:[.-]\d{1,3}){0,3}[a-z]?'*|[A-Z][.-]?\d{1,3}(?:\.\d{1,3}){0,2}[a-z]?'*)$/;
const MARK = /^(?:\*{1,3}|(?:\\star|\\ast|\\dagger|\\ddagger|\\sharp){1,3})$/;
const PLAIN_NUMBER = /^[\d.]+$/;
/** `(a)`, `(ii)`, `(\alpha)`: a label behind a wide space, where nobody writes a factor, or the letter. */
const LETTER = /^(?:[A-Za-z]|[ivx]{2,4}|\\[a-zA-Z]+)$/;

/**
 * The rows without the numbers of their equations. A number in brackets behind a wide space is one; behind a narrow one, `\;(2)`, it is refused,
 * as it may be a factor.
 */
export function withoutEquationNumbers(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  let row: Token[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'open') depth += 1;
    if (token.kind === 'close') depth -= 1;
    if (token.text === '\\\\' && depth === 0) {
      kept.push(...withoutNumber(row), token);
      row = [];
    } else row.push(token);
  }
  return [...kept, ...withoutNumber(row)];
}

function withoutNumber(row: readonly Token[]): readonly Token[] {
  const primitive = row.findIndex(({ text }) => text === '\\eqno' || text === '\\leqno');
  if (primitive !== -1) return row.slice(0, primitive);
  const end = endOf(row);
  const close = row[end - 1];
  const opening = DELIMITERS.get(close?.text ?? '');
  if (close === undefined || opening === undefined) return row;
  let open = end - 2;
  while (open >= 0 && row[open]?.text !== opening) open -= 1;
  const inside = row
    .slice(open + 1, end - 1)
    .map(({ text }) => text)
    .join('')
    .trim();
  if (open < 0) return row;
  const { start, width } = spaceBefore(row, open);
  const isLetter = LETTER.test(inside) && !MARK.test(inside);
  if (isLetter ? width < WIDE : !(NUMBER.test(inside) || MARK.test(inside) || PLAIN_NUMBER.test(inside))) return row;
  // Nothing stands before it, or a script, a size or a function that it belongs to.
  if (width === 0 || row.slice(0, start).every(({ kind }) => kind === 'space' || kind === 'alignment')) return row;
  if (!isLetter && width >= WIDE && !/^0|^\.|\.$/.test(inside)) return [...row.slice(0, start), ...row.slice(end)];
  return refuse(
    'numbering-or-factor',
    `\`${opening}${inside}${close.text}\` at the end of the row: the ${isLetter ? 'label' : 'number'} of the equation, or a factor`,
    row[open]?.span ?? close.span,
    'Write the number as \\tag{…}, or the factor without a space in front.',
  );
}

/** Where the row ends, without blanks, `\nonumber` and full stops. */
function endOf(row: readonly Token[]): number {
  let end = row.length;
  while (end > 0) {
    const token = row[end - 1];
    if (token?.kind !== 'space' && !/^(?:[.,;]|\\nonumber|\\notag)$/.test(token?.text ?? '')) break;
    end -= 1;
  }
  return end;
}

/** The spaces before `end`, with blanks, and how wide they are together; `~` is a space that is not broken, a blank none. */
function spaceBefore(row: readonly Token[], end: number): { readonly start: number; readonly width: number } {
  let start = end;
  let width = 0;
  for (;;) {
    const token = row[start - 1];
    const wide = token === undefined ? undefined : WIDTHS.get(token.text);
    if (token?.kind === 'space') width += isTie(token) ? 0.33 : 0;
    else if (token?.kind === 'alignment') width += WIDE;
    else if (wide !== undefined) width += wide;
    else {
      const skip = skipBefore(row, start);
      if (skip === null) return { start, width };
      width += WIDE;
      start = skip;
      continue;
    }
    start -= 1;
  }
}

const isTie = ({ span }: Token): boolean => span.source.text.charAt(span.start) === '~';

/** Where `\hspace{…}` begins that ends at `end`; null where none does. */
function skipBefore(row: readonly Token[], end: number): number | null {
  if (row[end - 1]?.kind !== 'close') return null;
  for (let at = end - 2; at >= 0; at -= 1) {
    const text = row[at]?.text ?? '';
    if (text !== '\\hspace' && text !== '\\mspace' && text !== '\\hphantom' && text !== '\\phantom') continue;
    const isStarred = row[at + 1]?.text === '*';
    return argumentAt(row, at + (isStarred ? 2 : 1))?.end === end ? at : null;
  }
  return null;
}
