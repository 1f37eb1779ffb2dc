/**
 * Rows that are typed as one equation of columns, \begin{bmatrix} v_{t+1} \\ x_{t+1} \end{bmatrix} = \begin{bmatrix} … \\ … \end{bmatrix}: one row for each
 * entry. MatrixEntries without labels stay as they are, since columns act at once and assignments in order.
 */
import type { Token } from '../../../latex/notation/token.ts';
import { scriptEnd } from '../author-names.ts';
import { endOfGroup, letterEnd, solid } from '../author-tokens.ts';
import { type MatrixEntries, isMatrix, timesColumn } from './matrices.ts';

type Column = MatrixEntries;
type Atom = Token | Column;

const isColumn = (atom: Atom | undefined): atom is Column => atom !== undefined && 'rows' in atom;

const MATRIX = /^[bp]?(?:small)?matrix\*?$/;
const RELATION = /^(?:=|:|\\(?:gets|leftarrow|coloneqq))$/;

/** The tokens of a display with such equations as rows. */
export function withoutColumns(tokens: readonly Token[]): Token[] {
  if (!tokens.some(({ text }) => text === '\\begin')) return [...tokens];
  const atoms = atomsOf(tokens);
  if (!atoms.some(isColumn)) return [...tokens];
  const segments: Atom[][] = [[]];
  for (let at = 0; at < atoms.length; at += 1) {
    const atom = atoms[at];
    if (atom === undefined) break;
    const isMark = !isColumn(atom) && (atom.text === '\\begin' || atom.text === '\\end');
    if (isMark || (!isColumn(atom) && atom.text === '\\\\')) {
      // The name of the environment goes with its mark.
      const close = atoms.findIndex((each, place) => place > at && !isColumn(each) && each.kind === 'close');
      const end = isMark && close !== -1 ? close : at;
      segments.push(atoms.slice(at, end + 1), []);
      at = end;
    } else segments.at(-1)?.push(atom);
  }
  return segments.flatMap(rowsOf);
}

/** The tokens with every column made one. */
function atomsOf(tokens: readonly Token[]): Atom[] {
  const found: Atom[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const column = columnAt(tokens, at);
    const product = column !== null && isMatrix(column.column) ? productAt(tokens, column) : column;
    if (product !== null) {
      found.push(product.column);
      at = product.end - 1;
    } else found.push(token);
  }
  return found;
}

/** The product of a matrix and the column right behind it; null for a matrix alone. */
function productAt(
  tokens: readonly Token[],
  { column: matrix, end }: { column: MatrixEntries; end: number },
): ReturnType<typeof columnAt> {
  let start = skipSpaces(tokens, end);
  if (/^\\(?:cdot|[,;:!])$/.test(tokens[start]?.text ?? '')) start = skipSpaces(tokens, start + 1);
  const behind = columnAt(tokens, start);
  const column = behind === null || isMatrix(behind.column) ? null : timesColumn(matrix, behind.column);
  return behind === null || column === null ? null : { column, end: behind.end };
}

const nameOf = (tokens: readonly Token[], at: number): { name: string; end: number } | null => {
  const end = tokens[at]?.kind === 'open' ? endOfGroup(tokens, at) : null;
  if (end === null) return null;
  const name = tokens.slice(at + 1, end - 1);
  return { name: name.map(({ text }) => text).join(''), end };
};

/** A matrix, or an array between sized brackets, that begins at `at`. */
function columnAt(tokens: readonly Token[], at: number): { column: Column; end: number } | null {
  const isSized = tokens[at]?.text === '\\left' && /^[([]$/.test(tokens[at + 1]?.text ?? '');
  const start = isSized ? skipSpaces(tokens, at + 2) : at;
  const opened = tokens[start]?.text === '\\begin' ? nameOf(tokens, start + 1) : null;
  if (opened === null || !(MATRIX.test(opened.name) || (isSized && opened.name === 'array'))) return null;
  const isPlain = /^(?:small)?matrix\*?$/.test(opened.name);
  if (isPlain && !isSized) return null;
  const from = opened.name === 'array' ? (endOfGroup(tokens, opened.end) ?? opened.end) : opened.end;
  let close = from;
  while (close < tokens.length && tokens[close]?.text !== '\\end') {
    if (tokens[close]?.text === '\\begin') return null;
    close += 1;
  }
  const ended = nameOf(tokens, close + 1);
  if (ended?.name !== opened.name) return null;
  const right = skipSpaces(tokens, ended.end);
  const isClosed = !isSized || (tokens[right]?.text === '\\right' && /^[)\]]$/.test(tokens[right + 1]?.text ?? ''));
  const inside = tokens.slice(from, close);
  if (!isClosed) return null;
  const rows: Token[][] = [[]];
  for (const token of inside) {
    if (token.text === '\\\\') rows.push([]);
    else rows.at(-1)?.push(token);
  }
  const kept = rows.filter(row => solid(row).length > 0);
  const end = isSized ? right + 2 : ended.end;
  return kept.length < 2 ? null : { column: { rows: kept, typed: tokens.slice(at, end) }, end };
}

const skipSpaces = (tokens: readonly Token[], at: number): number => {
  let next = at;
  while (tokens[next]?.kind === 'space') next += 1;
  return next;
};

const typed = (atoms: readonly Atom[]): Token[] => atoms.flatMap(atom => (isColumn(atom) ? atom.typed : [atom]));

/** One equation of columns as rows; anything else as it is typed. */
function rowsOf(atoms: readonly Atom[]): Token[] {
  const isIdle = (atom: Atom | undefined): boolean =>
    atom !== undefined && !isColumn(atom) && (atom.kind === 'space' || atom.kind === 'alignment');
  let start = 0;
  while (isIdle(atoms[start])) start += 1;
  const left = atoms[start];
  let next = start + 1;
  while (isIdle(atoms[next])) next += 1;
  const sign = next;
  for (
    let atom = atoms[next];
    atom && !isColumn(atom) && (RELATION.test(atom.text) || isIdle(atom));
    atom = atoms[next]
  )
    next += 1;
  const last = atoms.findLastIndex(isColumn);
  if (!isColumn(left) || next === sign || last < next) return typed(atoms);
  const right = atoms.slice(next, last + 1);
  const behind = typed(atoms.slice(last + 1));
  const size = left.rows.length;
  const columns = right.filter(isColumn);
  const goesOn = behind.find(({ kind }) => kind !== 'space');
  const isEnded = goesOn === undefined || /^(?:[.,;]|\\(?:quad|qquad|[,;:! ]))$/.test(goesOn.text);
  if (!isEnded || columns.some(({ rows }) => rows.length !== size) || !isSumOfColumns(right)) return typed(atoms);
  if (!left.rows.every(hasLabel)) return typed(atoms);
  const relation = typed(atoms.slice(sign, next));
  const [mark] = left.typed;
  if (mark === undefined) return typed(atoms);
  const symbol = (text: string, kind: Token['kind']): Token => ({ kind, text, span: mark.span });
  const rows = left.rows.map((entry, at) => ({
    entry,
    side: right.flatMap(atom =>
      isColumn(atom) ? [symbol('(', 'symbol'), ...(atom.rows[at] ?? []), symbol(')', 'symbol')] : [atom],
    ),
    // x_k = x_k says nothing.
    isIdle: isSame(entry, right, at),
  }));
  const made = rows.filter(row => !row.isIdle).map(({ entry, side }) => [...entry, ...relation, ...side]);
  return [...made.flatMap((row, at) => (at === 0 ? row : [symbol('\\\\', 'command'), ...row])), ...behind];
}

/** Whether a row of a sum of columns is the entry itself, beside zeros. */
function isSame(entry: readonly Token[], right: readonly Atom[], at: number): boolean {
  const plain = (tokens: readonly Token[]): string => spelled(tokens).replace(/[()]/g, '');
  const isZero = (atom: Atom): boolean => isColumn(atom) && plain(atom.rows[at] ?? []) === '0';
  const first = right.find(atom => isColumn(atom) || atom.kind !== 'space');
  if (first === undefined || !isColumn(first) || plain(first.rows[at] ?? []) !== plain(entry)) return false;
  return right.every(atom => atom === first || !isColumn(atom) || isZero(atom));
}

const spelled = (tokens: readonly Token[]): string =>
  solid(tokens)
    .filter(({ kind }) => kind !== 'open' && kind !== 'close')
    .map(({ text }) => text)
    .join('');

/** Whether each term between + and − has one column, its last factor, and no brackets around. */
function isSumOfColumns(atoms: readonly Atom[]): boolean {
  let columns = 0;
  for (const [at, atom] of atoms.entries()) {
    if (isColumn(atom)) {
      columns += 1;
      const behind = atoms.slice(at + 1).find(each => isColumn(each) || each.kind !== 'space');
      if (behind !== undefined && (isColumn(behind) || !/^[+-]$/.test(behind.text))) return false;
    } else if (/^[+-]$/.test(atom.text) && columns > 0) columns = 0;
    else if (columns > 0 && atom.kind !== 'space') return false;
    // Numbers in front of a column; a sum in front would have to stand in brackets.
    else if (/^(?:[()[\]]|\\left|\\right|\\\{|\\\})$/.test(atom.text)) return false;
  }
  return columns > 0;
}

/** A name with a script, so that the entry is a value of a step. */
function hasLabel(entry: readonly Token[]): boolean {
  const row = solid(entry);
  const end = letterEnd(row, 0);
  return end !== null && scriptEnd(row, end) !== null;
}
