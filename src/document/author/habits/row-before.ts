/** The left side that stands before a mark in the tokens of a display. */
import { trim } from '../../../latex/display/display-tokens.ts';
import type { Token } from '../../../latex/notation/token.ts';

const SEPARATORS = /^(?:\\\\|,|;|\\quad|\\qquad|\\begin|\\end|\}|\\text)$/;

/** The left side: what stands behind the last separator outside brackets. */
export function rowBefore(found: readonly Token[]): Token[] {
  let depth = 0;
  // An alignment mark right before the mark belongs to the row.
  let start = found.findLastIndex(({ kind }) => kind !== 'space' && kind !== 'alignment') + 1;
  for (let at = start - 1; at >= 0; at -= 1) {
    const token = found[at];
    if (token?.kind === 'close') depth += 1;
    if (token?.kind === 'open') depth -= 1;
    if (depth < 0 || token === undefined) break;
    if (depth === 0 && (SEPARATORS.test(token.text) || token.kind === 'alignment') && token.kind !== 'close') break;
    start = at;
  }
  const row = trim(found.slice(start)).filter(({ kind }) => kind !== 'alignment');
  // The name of \begin{aligned} is no part of the row.
  return found[start - 1]?.text === '\\begin' ? trim(afterGroup(row)) : row;
}

function afterGroup(row: readonly Token[]): Token[] {
  const close = row.findIndex(({ kind }) => kind === 'close');
  return row.slice(close + 1);
}
