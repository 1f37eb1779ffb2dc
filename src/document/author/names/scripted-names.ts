/** Names with a prime, g_t', or with letters in the superscript, y^s_{k+1} and x_t^{ag}, that a left side shows to be names of their own. */
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { replaceNames, scriptEnd } from '../author-names.ts';
import { letterEnd, letterToken, solid } from '../author-tokens.ts';

const textOf = (tokens: readonly Token[]): string =>
  solid(tokens)
    .map(({ text }) => text)
    .join('');

/** The names with a prime that `left`, a left side, makes: g of g_t'. */
export function primedName(left: readonly Token[]): string[] {
  const row = solid(left);
  const end = letterEnd(row, 0);
  if (end === null || !row.some(({ text }) => text === "'" || text === '\\prime')) return [];
  return [canonicalNameOf(row.slice(0, end)) ?? ''];
}

/** g_t' and g'_t as labelled names g'. */
export const mergePrimes = (tokens: readonly Token[], names: ReadonlySet<string>): Token[] =>
  replaceNames(tokens, (name, at, end) => {
    if (!names.has(name)) return null;
    const script = scriptEnd(tokens, end) ?? end;
    const before = primesAt(tokens, end);
    const behind = primesAt(tokens, script);
    const primes = before > end ? before - end : behind - script;
    const rest = before > end ? [] : tokens.slice(end, script);
    const own = tokens.slice(at, end);
    return {
      tokens: [...(primes === 0 ? own : [letterToken(own, `${name}${"'".repeat(primes)}`)]), ...rest],
      next: before > end ? before : behind,
    };
  });

/**
 * The names with letters in the superscript that `left`, a left side with its label in the subscript, makes: y^{s} of y^s_{k+1} and of
 * x_t^{ag}. A left side is no power.
 */
export function superscriptName(left: readonly Token[], iteration: string): { name: string; script: string }[] {
  const row = solid(left);
  const end = letterEnd(row, 0);
  const name = end === null ? null : canonicalNameOf(row.slice(0, end));
  if (end === null || name === null) return [];
  const scripts: { mark: Token['kind']; inside: readonly Token[] }[] = [];
  let at = end;
  for (let next = scriptEnd(row, at); next !== null; next = scriptEnd(row, at)) {
    const inside = row.slice(at + 1, next).filter(({ kind }) => kind !== 'open' && kind !== 'close');
    scripts.push({ mark: row[at]?.kind ?? 'symbol', inside });
    at = next;
  }
  const power = scripts.find(({ mark }) => mark === 'superscript')?.inside ?? [];
  const isLabelled = scripts.some(({ mark, inside }) => mark === 'subscript' && inside[0]?.text === iteration);
  const isLetters = power.length > 0 && power.every(({ kind, text }) => kind === 'letter' && text !== iteration);
  if (at !== row.length || scripts.length !== 2 || !isLabelled || !isLetters) return [];
  return [{ name, script: power.map(({ text }) => text).join('') }];
}

/** y^s_k and y_k^s as labelled names y^{s}. */
export const mergeSuperscripts = (
  tokens: readonly Token[],
  names: readonly { readonly name: string; readonly script: string }[],
): Token[] =>
  replaceNames(tokens, (name, at, end) => {
    const first = scriptEnd(tokens, end);
    const second = first === null ? null : scriptEnd(tokens, first);
    if (first === null || second === null) return null;
    const scripts = [tokens.slice(end, first), tokens.slice(first, second)];
    const power = scripts.find(([mark]) => mark?.kind === 'superscript');
    const label = scripts.find(([mark]) => mark?.kind === 'subscript');
    const letters = textOf(power?.slice(1) ?? []).replace(/[{}]/g, '');
    if (!label || !power || !names.some(each => each.name === name && each.script === letters)) return null;
    return { tokens: [letterToken(tokens.slice(at, end), `${name}^{${letters}}`), ...label], next: second };
  });

function primesAt(tokens: readonly Token[], at: number): number {
  let end = at;
  while (tokens[end]?.text === "'") end += 1;
  return end;
}
