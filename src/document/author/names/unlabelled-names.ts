/**
 * A name without a label beside the same one with labels, m = m_t/(1-\beta^t): a value of its own that every step makes. It gets an accent that nothing
 * else has, so that the two are told apart.
 */
import { trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf, parseLetter } from '../../../latex/layout/canonical-name.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { tokenizeText } from '../../../latex/notation/tokenize.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { replaceNames, scriptEnd } from '../author-names.ts';
import { letterToken, letterEnd, solid } from '../author-tokens.ts';

const ACCENTS = ['\\bar', '\\breve', '\\check', '\\acute', '\\grave'];

/** The rows of a rule with labels in the subscript, with such names renamed. */
export function withUnlabelledNames(rows: readonly Piece[], { parameters, iteration }: Notation): Piece[] {
  const names = rows.flatMap(piece => bareName(piece, parameters, iteration) ?? []);
  if (names.length === 0) return [...rows];
  const used = new Set(rows.flatMap(({ left, right }) => [...namesIn(left), ...namesIn(right)]));
  const renamed = new Map(
    names.flatMap(name => {
      const accent = ACCENTS.find(each => !used.has(`${each}{${name}}`));
      return accent === undefined ? [] : [[name, `${accent}{${name}}`] as const];
    }),
  );
  const change = (tokens: readonly Token[]): Token[] =>
    replaceNames(tokens, (name, at, end) => {
      const other = renamed.get(name);
      if (other === undefined || tokens[end]?.kind === 'subscript') return null;
      const [first] = tokens.slice(at, end);
      if (first === undefined) return null;
      return {
        tokens:
          parseLetter(other) === null
            ? [letterToken(tokens.slice(at, end), other)]
            : tokenizeText(other).map(each => ({ ...each, span: first.span })),
        next: end,
      };
    });
  return rows.map(piece => ({ ...piece, left: change(piece.left), right: change(piece.right) }));
}

/** The name of a row m = … that reads m with a label; null for any other row. */
function bareName({ left, right }: Piece, parameters: string, iteration: string): string | null {
  const row = solid(trim(left));
  const name = letterEnd(row, 0) === row.length ? canonicalNameOf(row) : null;
  if (name === null || name === parameters || parseLetter(name)?.accents.length !== 0) return null;
  const isRead = [...right.keys()].some(at => {
    const end = letterEnd(right, at);
    if (end === null || canonicalNameOf(right.slice(at, end)) !== name) return false;
    const close = right[end]?.kind === 'subscript' ? scriptEnd(right, end) : null;
    return close !== null && right.slice(end, close).some(({ text }) => text === iteration);
  });
  return isRead ? name : null;
}

function namesIn(tokens: readonly Token[]): string[] {
  return [...tokens.keys()].flatMap(at => {
    const end = letterEnd(tokens, at);
    return end === null ? [] : (canonicalNameOf(tokens.slice(at, end)) ?? []);
  });
}
