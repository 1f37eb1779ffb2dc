/**
 * Diagonal matrices in an optimizer's rows, which are read componentwise: diag(v) w is v ⊙ w and diag(v)^p w is v^p ⊙ w, so that the word
 * may be left out; the identity beside one is 1.
 */
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import { canonicalAccent } from '../../../latex/notation/notation-table.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { scriptEnd } from '../author-names.ts';
import { letterEnd, solid } from '../author-tokens.ts';

const WORD = /^\\(?:mathrm|operatorname|text|textrm|mathbf|textnormal|mathop)$/;

/** The tokens without the word `diag` before a group; `names` are the names that are declared or that a row makes. */
export function withoutDiagonals(tokens: readonly Token[], isNamed: (name: string) => boolean): Token[] {
  const kept: Token[] = [];
  let found = false;
  const plain = withDiagonalRows(tokens);
  for (let at = 0; at < plain.length; at += 1) {
    const token = plain[at];
    if (token === undefined) break;
    const end = wordEnd(plain, at);
    if (end === null || hasHessian(plain.slice(end, groupEnd(plain, end)))) kept.push(token);
    else {
      found = true;
      const close = groupEnd(plain, end);
      kept.push(...withDiagonalSquares(plain.slice(end, close)));
      at = close - 1;
    }
  }
  return found && !isNamed('I') ? kept.map((token, at) => withoutIdentity(token, kept[at - 1])) : kept;
}

/** `\mathrm{diag}` or `\diag` before an opening parenthesis or brace; where it ends. */
function wordEnd(tokens: readonly Token[], at: number): number | null {
  let end: number | null = null;
  if (/^\\[dD]iag$/.test(tokens[at]?.text ?? '')) end = at + 1;
  else if (WORD.test(tokens[at]?.text ?? '') && tokens[at + 1]?.kind === 'open') {
    const close = tokens.findIndex(({ kind }, index) => index > at && kind === 'close');
    const word = tokens
      .slice(at + 2, close)
      .map(({ text }) => text)
      .join('');
    if (/^[dD]iag$/.test(word)) end = close + 1;
  }
  if (end === null) return null;
  let next = end;
  while (tokens[next]?.kind === 'space' || tokens[next]?.text === '\\!' || tokens[next]?.text === '\\,') next += 1;
  return /^(?:\(|\\left|\\[bB]igg?l?|\[|\\\{|\{)$/.test(tokens[next]?.text ?? '') ? next : null;
}

const OPENING = /^(?:\(|\[|\\\{|\{)$/;
const CLOSING = /^(?:\)|\]|\\\}|\})$/;

/** Behind the group that opens at `at`, with its size in front. */
function groupEnd(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let next = at; next < tokens.length; next += 1) {
    const text = tokens[next]?.text ?? '';
    if (OPENING.test(text)) depth += 1;
    if (CLOSING.test(text)) depth -= 1;
    if (depth === 0 && CLOSING.test(text)) return next + 1;
  }
  return tokens.length;
}

/** Whether it contains ∇², whose diagonal is not what it is by itself: the word stays in front of that. */
const hasHessian = (tokens: readonly Token[]): boolean =>
  tokens.some(
    ({ text }, at) => text === '\\nabla' && spelled(tokens.slice(at + 1, scriptsEnd(tokens, at + 1))).includes('^2'),
  );

/** Behind the scripts that begin at `at`. */
function scriptsEnd(tokens: readonly Token[], at: number): number {
  const end = scriptEnd(tokens, at);
  return end === null ? at : scriptsEnd(tokens, end);
}

/** Rows that make a matrix of which only the diagonal is read, G_t = G_{t-1} + g_t g_t^\top beside \mathrm{diag}(G_t), as rows for the diagonal. */
function withDiagonalRows(tokens: readonly Token[]): Token[] {
  const groups = [...tokens.keys()].flatMap(at => {
    const open = wordEnd(tokens, at);
    return open === null ? [] : [{ start: at, end: groupEnd(tokens, open) }];
  });
  if (groups.length === 0) return [...tokens];
  const isDiagonal = (place: number): boolean => groups.some(({ start, end }) => place >= start && place < end);
  const cuts = [...tokens.keys()].filter(at => /^(?:\\\\|\\q?quad)$/.test(tokens[at]?.text ?? ''));
  return [...cuts, tokens.length].flatMap((end, which) => {
    const start = which === 0 ? 0 : (cuts[which - 1] ?? 0);
    const row = tokens.slice(start, end);
    const name = madeName(row);
    const isElsewhere = (at: number): boolean =>
      (at < start || at >= end) &&
      !isDiagonal(at) &&
      name === nameAt(tokens, at) &&
      canonicalAccent(tokens[at - 1]?.text ?? '') === null;
    return name === null || [...tokens.keys()].some(isElsewhere) ? row : withDiagonalSquares(row);
  });
}

const nameAt = (tokens: readonly Token[], at: number): string | null => {
  const end = letterEnd(tokens, at);
  return end === null ? null : canonicalNameOf(tokens.slice(at, end));
};

/** The name on the left side of a row, in front of its first relation. */
function madeName(row: readonly Token[]): string | null {
  const relation = row.findIndex(({ text }) => /^(?:=|:|\\gets|\\leftarrow|\\coloneqq)$/.test(text));
  for (let at = 0; at < relation; at += 1) {
    const name = nameAt(row, at);
    const isMark = /^\\(?:begin|end|\\|q?quad)$/.test(row[at]?.text ?? '') || row[at - 1]?.kind === 'open';
    if (name !== null && !isMark) return name;
  }
  return null;
}

/** g_t g_t^\top as g_t^2: the diagonal of the matrix. */
function withDiagonalSquares(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const name = nameEnd(tokens, at);
    let second = name ?? at;
    while (tokens[second]?.kind === 'space') second += 1;
    const again = name === null ? null : nameEnd(tokens, second);
    const transposed = again === null ? null : scriptEnd(tokens, again);
    const text = (from: number, to: number): string => spelled(tokens.slice(from, to));
    const isSquare =
      name !== null &&
      again !== null &&
      transposed !== null &&
      text(at, name) === text(second, again) &&
      /^\^(?:\\top|T|\\intercal|\\mathsfT|\\rmT|\\mathrmT)$/.test(text(again, transposed));
    if (!isSquare) {
      kept.push(token);
      continue;
    }
    const sign = (kind: Token['kind'], own: string): Token => ({ kind, text: own, span: token.span });
    kept.push(...tokens.slice(at, name), sign('superscript', '^'), sign('digit', '2'));
    at = transposed - 1;
  }
  return kept;
}

const spelled = (tokens: readonly Token[]): string =>
  solid(tokens)
    .filter(({ kind }) => kind !== 'open' && kind !== 'close')
    .map(({ text }) => text)
    .join('');

/** Behind the name with its subscript that begins at `at`. */
function nameEnd(tokens: readonly Token[], at: number): number | null {
  const end = tokens[at]?.text === '\\nabla' ? null : letterEnd(tokens, at);
  if (end === null || tokens[end]?.kind !== 'subscript') return end;
  return scriptEnd(tokens, end);
}

const withoutIdentity = (token: Token, before: Token | undefined): Token =>
  token.text === 'I' && token.kind === 'letter' && before?.kind !== 'subscript' && before?.kind !== 'superscript'
    ? { ...token, kind: 'digit', text: '1' }
    : token;
