/**
 * How a sample is drawn, `i_t \sim \mathcal U\{1, …\}` beside \nabla f_{i_t}(x_t): it says nothing of the rule, where what is drawn only says which loss a step
 * has. Noise that is added to a step stays, and is refused.
 */
import { trim } from '../../../latex/display/display-tokens.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { scriptEnd } from '../author-names.ts';
import { letterEnd, solid } from '../author-tokens.ts';

/** The rows without the draws of samples. */
export function withoutDraws(rows: readonly Piece[], { iteration }: Notation): Piece[] {
  return rows.filter(piece => {
    if (piece.relation !== '\\sim') return true;
    const drawn = drawnName(piece.left, iteration);
    return drawn === null || !rows.every(other => other === piece || isOnlySample(other, drawn));
  });
}

/** The letter with its label, as spelled; null for anything else. */
function drawnName(left: readonly Token[], iteration: string): string | null {
  const row = solid(trim(left)).filter(({ kind }) => kind !== 'alignment');
  const end = letterEnd(row, 0);
  if (end === null || row[end]?.kind !== 'subscript' || scriptEnd(row, end) !== row.length) return null;
  return row.slice(end).some(({ text }) => text === iteration) ? spelled(row.slice(0, end)) : null;
}

const spelled = (tokens: readonly Token[]): string =>
  solid(tokens)
    .filter(({ kind }) => kind !== 'open' && kind !== 'close')
    .map(({ text }) => text)
    .join(' ');

/** Whether the name stands in subscripts, and behind a semicolon or comma in parentheses, only. */
function isOnlySample({ left, right }: Piece, name: string): boolean {
  return [left, right].every(side => {
    const scripts = [...side.keys()].flatMap(at => {
      const end = side[at]?.kind === 'subscript' ? scriptEnd(side, at) : null;
      return end === null ? [] : [{ from: at + 1, to: end }];
    });
    return [...side.keys()].every(at => {
      const end = letterEnd(side, at);
      if (end === null || spelled(side.slice(at, end)) !== name) return true;
      if (scripts.some(({ from, to }) => at >= from && at < to)) return true;
      const before = solid(side.slice(0, at)).at(-1);
      return before?.text === ';' || before?.text === ',';
    });
  });
}
