/** The tokens of an optimizer's display row by row, with the signs that end the rows. */
import type { Token } from '../../../latex/notation/token.ts';

/** A row of the display. */
export interface TokenRow {
  readonly row: readonly Token[];
  /** The sign that ends it. */
  readonly end: readonly Token[];
}

/** The rows that `\\` ends, also `\\[-1.ex]`; the last one ends without a sign. */
export function tokenRows(tokens: readonly Token[]): TokenRow[] {
  const rows: TokenRow[] = [];
  let row: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.text !== '\\\\') {
      row.push(token);
      continue;
    }
    const end = [token];
    // `\\[-1.ex]`
    if (tokens[at + 1]?.text === '[' && tokens[at + 1]?.span.start === token.span.end) {
      const close = tokens.findIndex((each, place) => place > at && each.text === ']');
      end.push(...tokens.slice(at + 1, close + 1));
      at = Math.max(at, close);
    }
    rows.push({ row, end });
    row = [];
  }
  rows.push({ row, end: [] });
  return rows;
}
