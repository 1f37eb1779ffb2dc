/** Derivatives with a slash, \partial L_t/\partial\theta_t, as the fractions that they are. */
import type { Token } from '../../../latex/notation/token.ts';
import { scriptEnd } from '../author-names.ts';
import { letterEnd } from '../author-tokens.ts';

/** The tokens with every \partial A/\partial B written \frac{\partial A}{\partial B}. An argument behind B stays behind the fraction. */
export function withoutSlashedDerivatives(tokens: readonly Token[]): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const above = differentialEnd(tokens, at, true);
    const slash = above === null ? -1 : skipBlanks(tokens, above);
    const start = tokens[slash]?.text === '/' ? skipBlanks(tokens, slash + 1) : -1;
    const below = start === -1 ? null : differentialEnd(tokens, start, false);
    if (above === null || below === null) {
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

function argumentEnd(tokens: readonly Token[], from: number): number {
  if (tokens[from]?.text !== '(') return from;
  let depth = 0;
  for (let at = from; at < tokens.length; at += 1) {
    if (tokens[at]?.text === '(') depth += 1;
    if (tokens[at]?.text === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return from;
}
