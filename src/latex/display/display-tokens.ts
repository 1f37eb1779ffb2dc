/** Rows of tokens: what stands at the top level, relations made of several tokens, delimiters split over rows. */
import type { ConditionRelation } from '../notation/notation-table.ts';
import { CLOSING, OPENING, relationBySpelling } from '../notation/notation-table.ts';
import type { Token } from '../notation/token.ts';
import { emptyGroupLength } from '../notation/token-reader.ts';

/** The hint where a comma stands between two numbers. */
export const NUMBER_WITH_COMMA = 'A decimal number is written with a point, as 1.5, a long one without separators.';

/** The tokens outside all brackets and braces. An unbalanced closing one does not go below the top. */
export function topLevel(tokens: readonly Token[]): { index: number; token: Token }[] {
  const found: { index: number; token: Token }[] = [];
  let depth = 0;
  // The delimiter after \left or \right counts with that command.
  let sized = false;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined || token.kind === 'space') continue;
    const { kind, text } = token;
    if (sized) sized = false;
    else if (text === '\\left' || text === '\\right') {
      sized = true;
      depth = Math.max(0, depth + (text === '\\left' ? 1 : -1));
    } else if (kind === 'open' || OPENING.has(text)) depth += 1;
    else if (kind === 'close' || CLOSING.has(text)) depth = Math.max(0, depth - 1);
    else if (depth === 0) found.push({ index, token });
  }
  return found;
}

/** The relation that begins at `index`: `=`, `:=`, `\not=`, `\stackrel{…}{=}`, or null. */
export function relationAt(
  tokens: readonly Token[],
  index: number,
): { relation: ConditionRelation; length: number } | null {
  const token = tokens[index];
  if (token === undefined) return null;
  if (token.text === ':' && tokens[index + 1]?.text === '=') return { relation: ':=', length: 2 };
  if (token.text === '=' && tokens[index + 1]?.text === ':') return { relation: '=', length: 2 };
  if (token.text === '\\not') return tokens[index + 1]?.text === '=' ? { relation: '\\ne', length: 2 } : null;
  if (token.text === '\\stackrel' || token.text === '\\overset' || token.text === '\\underset')
    return stacked(tokens, index);
  const relation = relationBySpelling(token.text);
  return relation === null ? null : { relation, length: 1 };
}

/** `\overset{\text{def}}{=}` defines; other words above a relation change nothing. */
function stacked(tokens: readonly Token[], index: number): { relation: ConditionRelation; length: number } | null {
  const above = argumentAt(tokens, index + 1);
  const below = above === null ? null : argumentAt(tokens, above.end);
  if (above === null || below === null) return null;
  const relation = trim(below.inside)
    .map(token => token.text)
    .join('');
  const word = above.inside.map(token => token.text).join('');
  const found = relationBySpelling(relation);
  if (found === null) return null;
  return { relation: found === '=' && /def|△|\\triangle|!/.test(word) ? ':=' : found, length: below.end - index };
}

/** The tokens of the argument at `start`, a group without its braces or one token, and where it ends; null where there is none. */
export function argumentAt(tokens: readonly Token[], start: number): { inside: Token[]; end: number } | null {
  let at = start;
  while (tokens[at]?.kind === 'space') at += 1;
  const first = tokens[at];
  if (first === undefined) return null;
  if (first.kind !== 'open') return { inside: [first], end: at + 1 };
  let depth = 0;
  for (let index = at; index < tokens.length; index += 1) {
    if (tokens[index]?.kind === 'open') depth += 1;
    if (tokens[index]?.kind === 'close') depth -= 1;
    if (depth === 0) return { inside: tokens.slice(at + 1, index), end: index + 1 };
  }
  return null;
}

/** Without spaces at both ends and empty groups at the beginning, as in `{}+ x`. */
export function trim(tokens: readonly Token[]): Token[] {
  let start = 0;
  let end = tokens.length;
  for (let length = 1; length > 0; start += length) {
    length = tokens[start]?.kind === 'space' ? 1 : emptyGroupLength(tokens, start);
  }
  while (end > start && tokens[end - 1]?.kind === 'space') end -= 1;
  return tokens.slice(start, end);
}

const PUNCTUATION: ReadonlySet<string> = new Set([
  '.',
  ',',
  ';',
  ':',
  '\\,',
  '\\;',
  '\\:',
  '\\!',
  '\\ ',
  '\\quad',
  '\\qquad',
  '&',
  '\\nonumber',
  '\\notag',
  '\\IEEEnonumber',
  '\\IEEEyesnumber',
  '\\displaystyle',
  '\\hfill',
  '\\\\',
]);

/** Without spaces, spacing commands and punctuation at both ends. */
export function trimPunctuation(tokens: readonly Token[]): Token[] {
  let start = 0;
  let end = tokens.length;
  const idle = (token: Token | undefined): boolean =>
    token !== undefined && (token.kind === 'space' || PUNCTUATION.has(token.text));
  while (start < end && idle(tokens[start]) && !(tokens[start]?.text === '.' && tokens[start + 1]?.kind === 'digit'))
    start += 1;
  while (end > start && idle(tokens[end - 1])) end -= 1;
  return tokens.slice(start, end);
}

interface LeftRight {
  left: number;
  open: number;
  right: number;
  close: number;
}

/**
 * `\left( a \right. \\ & \left. b \right)` is one pair of parentheses that amsmath makes people split; the two halves are
 * joined to `( a … b )`. Other null delimiters stay.
 */
export function joinSplitDelimiters(tokens: readonly Token[]): Token[] {
  const pairs: LeftRight[] = [];
  const stack: { left: number; open: number }[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const text = tokens[index]?.text;
    if (text !== '\\left' && text !== '\\right') continue;
    let delimiter = index + 1;
    while (tokens[delimiter]?.kind === 'space') delimiter += 1;
    if (text === '\\left') stack.push({ left: index, open: delimiter });
    else {
      const start = stack.pop();
      if (start !== undefined) pairs.push({ ...start, right: index, close: delimiter });
    }
  }
  pairs.sort((a, b) => a.left - b.left);
  const dropped = new Set<number>();
  const halves: LeftRight[] = [];
  for (const pair of pairs) {
    const open = tokens[pair.open]?.text ?? '';
    const close = tokens[pair.close]?.text ?? '';
    const before = halves[halves.length - 1];
    if (OPENING.has(open) && close === '.') halves.push(pair);
    else if (
      open === '.' &&
      before !== undefined &&
      pair.left > before.right &&
      (CLOSING.get(close) === OPENING.get(tokens[before.open]?.text ?? '') || close === '.')
    ) {
      halves.pop();
      for (const index of [before.left, before.right, before.close, pair.left, pair.open]) dropped.add(index);
      if (close === '.') halves.push({ ...before, right: pair.right, close: pair.close });
      else dropped.add(pair.right);
    }
  }
  return dropped.size === 0 ? [...tokens] : tokens.filter((_, index) => !dropped.has(index));
}
