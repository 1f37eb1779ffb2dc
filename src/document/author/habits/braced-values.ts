/**
 * Values that a brace names, x_t - \eta\underbrace{(\beta m_{t-1} + g_t)}_{=:\,m_t}: rows of their own. A name without `:=` below it is taken where the rows
 * use it and none makes it; else it is a remark, as words are.
 */
import type { Piece } from '../../../latex/display/display.ts';
import { trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { scriptEnd } from '../author-names.ts';
import { endOfGroup, letterEnd, solid, spelledNames } from '../author-tokens.ts';

interface Braced {
  readonly at: number;
  readonly end: number;
  readonly inside: readonly Token[];
  /** The name below the brace with its scripts. */
  readonly value: readonly Token[];
  readonly name: string;
  /** Whether a sign says that it is defined here. */
  readonly isDefined: boolean;
}

/** The rows with one in front for each such value. */
export function withBracedValues(rows: readonly Piece[], { parameters, step, loss }: Notation): Piece[] {
  if (!rows.some(({ right }) => right.some(isBrace))) return [...rows];
  const made = new Set(rows.map(({ left }) => nameAt(trim(left), 0)));
  // How often a name stands in the rows, below braces and elsewhere.
  const used = rows.flatMap(({ right }) => spelledNames(right));
  const below = rows.flatMap(({ right }) => right.flatMap((_, at) => bracedAt(right, at)?.name ?? []));
  const count = (names: readonly string[], name: string): number => names.filter(each => each === name).length;
  const isTaken = ({ name, isDefined }: Braced): boolean =>
    ![parameters, step, loss].includes(name) &&
    !made.has(name) &&
    (isDefined || count(used, name) > count(below, name));
  return rows.flatMap(row => {
    const before: Piece[] = [];
    const right = replaced(row.right, isTaken, row, before);
    return [...before, before.length === 0 ? row : { ...row, right }];
  });
}

function replaced(
  tokens: readonly Token[],
  isTaken: (braced: Braced) => boolean,
  row: Piece,
  before: Piece[],
): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const braced = bracedAt(tokens, at);
    if (braced === null || !isTaken(braced)) {
      found.push(token);
      continue;
    }
    const right = replaced(braced.inside, isTaken, row, before);
    before.push({
      left: [...braced.value],
      relation: '=',
      right,
      condition: null,
      equivalence: false,
      remainder: null,
      chained: false,
      span: row.span,
    });
    found.push(...braced.value);
    at = braced.end - 1;
  }
  return found;
}

const isBrace = ({ text }: Token): boolean => text === '\\underbrace' || text === '\\overbrace';

/** The brace that begins at `at` and what it names; null where it names no value. */
function bracedAt(tokens: readonly Token[], at: number): Braced | null {
  const sign = tokens[at];
  if (sign === undefined || !isBrace(sign)) return null;
  const open = skipSpaces(tokens, at + 1);
  const close = tokens[open]?.kind === 'open' ? endOfGroup(tokens, open) : null;
  if (close === null) return null;
  const mark = skipSpaces(tokens, close);
  const isMark = tokens[mark]?.kind === (sign.text === '\\underbrace' ? 'subscript' : 'superscript');
  const end = isMark ? scriptEnd(tokens, mark) : null;
  if (end === null) return null;
  const script = solid(tokens.slice(mark + 1, end)).filter(({ text }) => !SPACES.test(text));
  const label = script[0]?.kind === 'open' ? script.slice(1, -1) : script;
  const signs = label.findIndex(({ text }) => !DEFINES.test(text));
  const value = label.slice(Math.max(signs, 0));
  const name = nameAt(value, 0);
  let last = letterEnd(value, 0);
  for (let next = last; next !== null && last !== null; next = scriptEnd(value, last)) last = next;
  // g_t^2 below a brace is a square, not a value.
  const isPower = value.some(({ kind }, place) => kind === 'digit' && value[place - 1]?.kind === 'superscript');
  if (name === null || last !== value.length || isPower) return null;
  return { at, end, inside: tokens.slice(open + 1, close - 1), value, name, isDefined: signs > 0 };
}

const SPACES = /^\\(?:[,;:! ]|quad)$/;
const DEFINES = /^(?:[:=]|\\(?:eqqcolon|coloneqq|triangleq|doteq|equiv|vcentcolon))$/;

const skipSpaces = (tokens: readonly Token[], at: number): number => {
  let next = at;
  while (tokens[next]?.kind === 'space') next += 1;
  return next;
};

function nameAt(tokens: readonly Token[], at: number): string | null {
  const end = letterEnd(tokens, at);
  return end === null ? null : canonicalNameOf(tokens.slice(at, end));
}
