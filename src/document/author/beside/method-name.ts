/** The name of a method or an equation in front of it, as in `\text{(HB)} \quad \begin{cases} …` or `\mathrm{SGD}: \quad x_{k+1} = …`: it says nothing. */
import { endOfGroup } from '../author-tokens.ts';
import type { Token } from '../../../latex/notation/token.ts';

const WORDS = /^\\(?:text|textrm|textbf|textsc|textsf|textit|textnormal|mbox|mathrm|mathbf|mathsf|operatorname)$/;
/** A name begins with a capital letter; small words may change what is said. */
const NAME = /^[\s~(]*[A-Z][A-Za-z0-9 .,'’~&+()[\]–-]*[:.]?[\s~)]*$/;
const CONDITION = /\b(?:if|when|unless|until|while|for|where|with|given|let|not|no|only|or|at|assume|suppose)\b/i;
const WIDE = /^\\(?:quad|qquad|hspace|hfill)$/;

/** The tokens without such a name at the beginning of the display, where something separates it from what follows. */
export function withoutMethodName(tokens: readonly Token[]): Token[] {
  const start = behindOpening(tokens);
  // What is left of one that stood in parentheses.
  const end = nameEnd(tokens, start) ?? wideEnd(tokens, start);
  return end === null ? [...tokens] : [...tokens.slice(0, start), ...tokens.slice(end)];
}

/** Behind wide spaces in front of an environment; null where there are none. */
function wideEnd(tokens: readonly Token[], start: number): number | null {
  let at = start;
  while (WIDE.test(tokens[at]?.text ?? '')) at = skipBlanks(tokens, at + 1);
  return at > start && opensRows(tokens[at]) ? at : null;
}

const skipBlanks = (tokens: readonly Token[], from: number): number => {
  let at = from;
  while (tokens[at]?.kind === 'space' || tokens[at]?.kind === 'alignment' || /^\\[,;:! ]$/.test(tokens[at]?.text ?? ''))
    at += 1;
  return at;
};

/** Behind `\begin{align}` and blanks. */
function behindOpening(tokens: readonly Token[]): number {
  let at = skipBlanks(tokens, 0);
  while (tokens[at]?.text === '\\begin' && tokens[at + 1]?.kind === 'open') {
    const close = endOfGroup(tokens, at + 1);
    if (close === null) return at;
    at = skipBlanks(tokens, close);
  }
  return at;
}

/** Where the name that begins at `start`, and what separates it, ends; null where there is none. */
function nameEnd(tokens: readonly Token[], start: number): number | null {
  const isBracketed = tokens[start]?.text === '(' || tokens[start]?.text === '[';
  const command = skipBlanks(tokens, isBracketed ? start + 1 : start);
  const open = command + 1;
  const close =
    WORDS.test(tokens[command]?.text ?? '') && tokens[open]?.kind === 'open' ? endOfGroup(tokens, open) : null;
  if (close === null) return null;
  const inside = tokens.slice(open + 1, close - 1);
  const words = inside.map(({ text }) => text).join('');
  if (!NAME.test(words) || words.trim().length < 2 || CONDITION.test(words)) return null;
  let end = skipBlanks(tokens, close);
  if (isBracketed) {
    if (!/^[)\]]$/.test(tokens[end]?.text ?? '')) return null;
    end = skipBlanks(tokens, end + 1);
  }
  const isEnded = words.trim().endsWith(':') || tokens[end]?.text === ':';
  const isNamed = tokens[end]?.text === ':' && tokens[end + 1]?.text === '=';
  if (isNamed) return opensRows(tokens[skipBlanks(tokens, end + 2)]) ? skipBlanks(tokens, end + 2) : null;
  if (tokens[end]?.text === ':') end = skipBlanks(tokens, end + 1);
  const isApart = WIDE.test(tokens[end]?.text ?? '');
  while (WIDE.test(tokens[end]?.text ?? '')) end = skipBlanks(tokens, end + 1);
  return isEnded || isApart || opensRows(tokens[end]) ? end : null;
}

const opensRows = (token: Token | undefined): boolean => token?.text === '\\begin' || token?.text === '\\left';
