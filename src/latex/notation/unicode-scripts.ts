/**
 * What READMEs type in one character: subscripts and superscripts, x\u209c\u208a\u2081 and x\u00b2, and letters with a combining accent, m\u0302. Each is the LaTeX that it
 * looks like.
 */
import { CHARACTERS } from './notation-table.ts';
import type { Token } from './token.ts';

const table = (characters: string, letters: string): [string, string][] =>
  [...characters].map((character, at) => [character, [...letters][at] ?? '']);

const SUBSCRIPTS: ReadonlyMap<string, string> = new Map(
  table('₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨ', '0123456789+-()aehijklmnoprstuvxβγρ'),
);
const SUPERSCRIPTS: ReadonlyMap<string, string> = new Map(
  table('⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᵝᵞ', '0123456789+-()abcdefghijklmnoprstuvwxyzTβγ'),
);

const ACCENTS: ReadonlyMap<string, string> = new Map([
  ['\u0302', '\\hat'],
  ['\u0303', '\\tilde'],
  ['\u0304', '\\bar'],
  ['\u0305', '\\bar'],
  ['\u0307', '\\dot'],
  ['\u0308', '\\ddot'],
]);

export interface UnicodeScripts {
  readonly mark: '_' | '^';
  /** One letter, digit or sign for each character of the run. */
  readonly inside: readonly string[];
}

/** The run of subscripts, or of superscripts, that begins at `at`; null where none does. */
export function scriptsAt(text: string, at: number, end: number): UnicodeScripts | null {
  for (const [mark, characters] of [
    ['_', SUBSCRIPTS],
    ['^', SUPERSCRIPTS],
  ] as const) {
    const inside: string[] = [];
    for (let next = at; next < end; next += 1) {
      const stands = characters.get(text.charAt(next));
      if (stands === undefined) break;
      inside.push(stands);
    }
    if (inside.length > 0) return { mark, inside };
  }
  return null;
}

export interface AccentedLetter {
  /** The accent's command. */
  readonly accent: string;
  /** The letter under it, a command where it is Greek. */
  readonly letter: string;
  /** How many characters of the text the two are. */
  readonly length: number;
}

/** The letter with an accent that begins at `at`, in one character, \u011d, or two, m\u0302; null where none does. */
export function accentedAt(text: string, at: number, end: number): AccentedLetter | null {
  const whole = text.slice(at, Math.min(end, at + 2));
  const isTwo = ACCENTS.has(whole.charAt(1));
  const [letter, mark, ...more] = (isTwo ? whole : whole.charAt(0)).normalize('NFD');
  const accent = mark === undefined || more.length > 0 ? undefined : ACCENTS.get(mark);
  if (accent === undefined || letter === undefined) return null;
  const stands = /^[A-Za-z]$/.test(letter) ? letter : CHARACTERS.get(letter);
  return stands === undefined ? null : { accent, letter: stands, length: isTwo ? 2 : 1 };
}

/** The tokens with braces around what stands under the character of a root: a parenthesis, or a letter with its scripts. */
export function withRootsClosed(tokens: readonly Token[]): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    found.push(token);
    if (token.text !== '\\sqrt' || token.span.source.text.charAt(token.span.start) !== '√') continue;
    const end = radicandEnd(tokens, at + 1);
    const [first, last] = [tokens[at + 1], tokens[end - 1]];
    if (end === at + 1 || first === undefined || last === undefined) continue;
    const inside = tokens.slice(at + 1, end);
    const mark = (kind: 'open' | 'close', { span }: Token): Token => ({
      kind,
      text: kind === 'open' ? '{' : '}',
      span,
    });
    found.push(mark('open', first), ...(first.text === '(' ? inside.slice(1, -1) : inside), mark('close', last));
    at = end - 1;
  }
  return found;
}

/** Where what stands under a root that begins at `at` ends; `at` where that is not sure. */
function radicandEnd(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.text === '(') return closed(tokens, at, '(', ')') ?? at;
  const hasAccent = [...ACCENTS.values()].includes(tokens[at]?.text ?? '') && tokens[at + 1]?.kind === 'open';
  const isName = tokens[at]?.kind === 'letter' || tokens[at]?.kind === 'command' || tokens[at]?.kind === 'digit';
  let end = hasAccent ? closed(tokens, at + 1, '{', '}') : isName ? at + 1 : null;
  while (end !== null && tokens[end]?.kind === 'digit' && tokens[at]?.kind === 'digit') end += 1;
  while (end !== null && (tokens[end]?.kind === 'subscript' || tokens[end]?.kind === 'superscript'))
    end = tokens[end + 1]?.kind === 'open' ? closed(tokens, end + 1, '{', '}') : end + 2;
  return end ?? at;
}

/** Behind what closes the group that opens at `open`. */
function closed(tokens: readonly Token[], open: number, left: string, right: string): number | null {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]?.text === left) depth += 1;
    if (tokens[at]?.text === right) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return null;
}
