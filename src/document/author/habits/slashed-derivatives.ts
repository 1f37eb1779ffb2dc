/** Derivatives with a slash, \partial L_t/\partial\theta_t and d\theta/dt, as the fractions that they are. */
import type { Token } from '../../../latex/notation/token.ts';
import { scriptEnd } from '../author-names.ts';
import { closing, letterEnd, solidBefore } from '../author-tokens.ts';

/** The tokens with every \partial A/\partial B, and dA/dt at the beginning of a row, written as a fraction. An argument behind B stays behind the fraction. */
export function withoutSlashedDerivatives(tokens: readonly Token[]): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const above = differentialEnd(tokens, at, true) ?? timeDerivativeEnd(tokens, at);
    const slash = above === null ? -1 : skipBlanks(tokens, above);
    const start = tokens[slash]?.text === '/' ? skipBlanks(tokens, slash + 1) : -1;
    const below = start === -1 ? null : (differentialEnd(tokens, start, false) ?? timeEnd(tokens, start));
    const isAlike =
      tokens[at]?.text === '\\partial' ? tokens[start]?.text === '\\partial' : tokens[start]?.text !== '\\partial';
    if (above === null || below === null || !isAlike) {
      found.push(token);
      continue;
    }
    const symbol = (kind: Token['kind'], text: string): Token => ({ kind, text, span: token.span });
    found.push(symbol('command', '\\frac'));
    found.push(symbol('open', '{'), ...tokens.slice(at, above), symbol('close', '}'));
    found.push(symbol('open', '{'), ...tokens.slice(start, below), symbol('close', '}'));
    at = below - 1;
  }
  return found;
}

const skipBlanks = (tokens: readonly Token[], from: number): number => {
  let at = from;
  while (tokens[at]?.kind === 'space' || /^\\[,;:! ]$/.test(tokens[at]?.text ?? '')) at += 1;
  return at;
};

/** Where \partial and its letter with scripts end, above the line also an argument in parentheses; null where none begins. */
function differentialEnd(tokens: readonly Token[], at: number, mayHaveArgument: boolean): number | null {
  if (tokens[at]?.text !== '\\partial') return null;
  let end = letterEnd(tokens, skipBlanks(tokens, at + 1));
  if (end === null) return null;
  for (let next = scriptEnd(tokens, end); next !== null; next = scriptEnd(tokens, end)) end = next;
  return mayHaveArgument ? argumentEnd(tokens, end) : end;
}

/** Where d\theta_j of d\theta_j/dt at the beginning of a row ends, its argument with it; null where none begins. */
function timeDerivativeEnd(tokens: readonly Token[], at: number): number | null {
  const sign = differentialSign(tokens, at);
  if (sign === null) return null;
  const before = solidBefore(tokens, at);
  const begins =
    before === undefined || before.kind === 'alignment' || /^(?:\\\\|\\quad|\\qquad|,|;|\})$/.test(before.text);
  let end = begins ? letterEnd(tokens, skipBlanks(tokens, sign)) : null;
  if (end === null) return null;
  for (let next = scriptEnd(tokens, end); next !== null; next = scriptEnd(tokens, end)) end = next;
  return argumentEnd(tokens, end);
}

/** Where dt ends: the sign and one letter without scripts. */
function timeEnd(tokens: readonly Token[], at: number): number | null {
  const sign = differentialSign(tokens, at);
  const end = sign === null ? null : letterEnd(tokens, skipBlanks(tokens, sign));
  return end === null || scriptEnd(tokens, end) !== null ? null : end;
}

/** Behind d or \mathrm{d}. */
function differentialSign(tokens: readonly Token[], at: number): number | null {
  if (tokens[at]?.kind === 'letter' && tokens[at]?.text === 'd') return at + 1;
  const isUpright = tokens[at]?.text === '\\mathrm' && tokens[at + 1]?.kind === 'open' && tokens[at + 2]?.text === 'd';
  return isUpright && tokens[at + 3]?.kind === 'close' ? at + 4 : null;
}

function argumentEnd(tokens: readonly Token[], from: number): number {
  const close = tokens[from]?.text === '(' ? closing(tokens, from, '(', ')') : null;
  return close === null ? from : close + 1;
}
