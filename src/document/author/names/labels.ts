/**
 * Labels that only some authors write: in brackets, x^{[k+1]}, and half-way between two, x_{k+1/2}. A value half-way is one of its own
 * that the step makes, named x_{1/2}, with the label of the step.
 */
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { joinSpans } from '../../../base/span.ts';
import { letterEnd, solid } from '../author-tokens.ts';

const textOf = (tokens: readonly Token[]): string =>
  solid(tokens)
    .map(({ text }) => text)
    .join('');

const PLAIN_LABEL = /^\(([A-Za-z]|\\[A-Za-z]+)(?:[+-]\d+)?\)$/;

/** x_{(t+1)} and x_{(t+1),i} without the parentheses, which are about the whole of a label there. */
export function withoutParenthesesBelow(tokens: readonly Token[]): Token[] {
  const dropped = new Set<number>();
  for (const [at, token] of tokens.entries()) {
    const inside = token.kind === 'subscript' ? groupAt(tokens, at + 1) : null;
    if (inside === null) continue;
    let start = inside.start;
    for (let next = start; next <= inside.end; next += 1) {
      if (next < inside.end && tokens[next]?.text !== ',') continue;
      const part = tokens.slice(start, next);
      const open = start + part.findIndex(({ kind }) => kind !== 'space');
      const close = start + part.findLastIndex(({ kind }) => kind !== 'space');
      if (PLAIN_LABEL.test(textOf(part))) dropped.add(open).add(close);
      start = next + 1;
    }
  }
  return dropped.size === 0 ? [...tokens] : tokens.filter((_, at) => !dropped.has(at));
}

/** \beta_{2_t} as \beta_{2,t}: a number with the label below it. */
export function withoutLabelsBelowNumbers(tokens: readonly Token[]): Token[] {
  const found = [...tokens];
  for (const [at, token] of tokens.entries()) {
    const inside = token.kind === 'subscript' ? groupAt(tokens, at + 1) : null;
    if (inside === null) continue;
    const row = tokens.slice(inside.start, inside.end);
    const mark = row.findIndex(({ kind }) => kind === 'subscript');
    const sign = row[mark];
    const isNumber = mark > 0 && row.slice(0, mark).every(({ kind }) => kind === 'digit');
    const label = row.slice(mark + 1).filter(({ kind }) => kind !== 'open' && kind !== 'close');
    if (isNumber && sign && label[0]?.kind === 'letter' && label.every(({ kind }) => kind !== 'superscript'))
      found[inside.start + mark] = { ...sign, kind: 'symbol', text: ',' };
  }
  return found;
}

/** m_{w,t} of the parameters w as m_t. */
export function withoutParametersBelow(
  tokens: readonly Token[],
  { parameters, iteration }: { readonly parameters: string; readonly iteration: string },
): Token[] {
  const dropped = new Set<number>();
  for (const [at, token] of tokens.entries()) {
    const inside = token.kind === 'subscript' ? groupAt(tokens, at + 1) : null;
    if (inside === null) continue;
    const comma = tokens.findIndex(({ text }, place) => place >= inside.start && place < inside.end && text === ',');
    if (comma === -1 || canonicalNameOf(solid(tokens.slice(inside.start, comma))) !== parameters) continue;
    const [first, ...rest] = solid(tokens.slice(comma + 1, inside.end));
    const isLabel =
      first?.text === iteration && rest.every(({ kind, text }) => kind === 'digit' || /^[+-]$/.test(text));
    for (let place = inside.start; isLabel && place <= comma; place += 1) dropped.add(place);
  }
  return dropped.size === 0 ? [...tokens] : tokens.filter((_, at) => !dropped.has(at));
}

/** Superscripts in brackets as ones in parentheses. */
export function withoutBracketLabels(tokens: readonly Token[]): Token[] {
  const changed = [...tokens];
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'superscript') continue;
    const inside = groupAt(tokens, at + 1);
    if (inside === null) continue;
    const [first, last] = [inside.start, inside.end - 1];
    const [open, close] = [tokens[first], tokens[last]];
    if (open?.text !== '[' || close?.text !== ']') continue;
    if (tokens.slice(first + 1, last).some(({ text }) => text === '[' || text === ']')) continue;
    changed[first] = { ...open, text: '(' };
    changed[last] = { ...close, text: ')' };
  }
  return changed;
}

/** The inside of the braces that open at `at`, without blanks at its ends. */
function groupAt(tokens: readonly Token[], at: number): { start: number; end: number; behind: number } | null {
  if (tokens[at]?.kind !== 'open') return null;
  let depth = 0;
  for (let close = at; close < tokens.length; close += 1) {
    if (tokens[close]?.kind === 'open') depth += 1;
    if (tokens[close]?.kind === 'close') depth -= 1;
    if (depth > 0) continue;
    let [start, end] = [at + 1, close];
    while (tokens[start]?.kind === 'space') start += 1;
    while (end > start && tokens[end - 1]?.kind === 'space') end -= 1;
    return { start, end, behind: close + 1 };
  }
  return null;
}

const HALF_WAY =
  /^(\(?)([A-Za-z]|\\[A-Za-z]+)([+-])(?:(\d)\/(\d)|\\[td]?frac\{?(\d)\}?\{?(\d)\}?|\\nicefrac\{(\d)\}\{(\d)\})(\)?)$/;

/** x_{k+1/2} as the name x_{1/2} with the label k, x_{k-1/2} as the same name with k − 1. */
export function withoutFractionalLabels(tokens: readonly Token[]): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const end = letterEnd(tokens, at);
    const mark = end === null ? undefined : tokens[end];
    const group =
      end === null || (mark?.kind !== 'subscript' && mark?.kind !== 'superscript') ? null : groupAt(tokens, end + 1);
    const label = group === null ? null : HALF_WAY.exec(textOf(tokens.slice(group.start, group.end)));
    const name = end === null ? null : canonicalNameOf(tokens.slice(at, end));
    const part = label && partOf(label);
    if (!label || !part || !group || !mark || end === null || name === null) {
      found.push(token);
      continue;
    }
    const last = tokens[group.behind - 1] ?? token;
    const span = token.span.source === last.span.source ? joinSpans(token.span, last.span) : token.span;
    const symbol = (text: string, kind: Token['kind'] = 'symbol'): Token => ({ kind, text, span });
    const letter = tokens.slice(group.start, group.end).find(({ text }) => text === label[2]);
    if (letter === undefined) throw new Error('a label has its letter');
    found.push({ kind: 'letter', text: `${name}_{${part.text}}`, span }, { ...mark, span }, symbol('{', 'open'));
    if (label[1] === '(') found.push(symbol('('));
    found.push(letter);
    if (part.before) found.push(symbol('-'), symbol('1', 'digit'));
    if (label[1] === '(') found.push(symbol(')'));
    found.push(symbol('}', 'close'));
    at = group.behind - 1;
  }
  return found;
}

/** The part of a step, between 0 and 1, and whether it is counted from the label before. */
function partOf(label: RegExpExecArray): { text: string; before: boolean } | null {
  const [above, below] = [Number(label[4] ?? label[6] ?? label[8]), Number(label[5] ?? label[7] ?? label[9])];
  if (!(above > 0 && above < below) || (label[1] === '(') !== (label[10] === ')')) return null;
  return label[3] === '+'
    ? { text: `${above}/${below}`, before: false }
    : { text: `${below - above}/${below}`, before: true };
}

const POWER = /^(?:\^\{?)?(\d+)\}?$/;

/** X^{(t)^2} and X^{(t)2} as the power of X^{(t)}. */
export function withPowersOfLabelled(tokens: readonly Token[]): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const end = letterEnd(tokens, at);
    const group = end === null || tokens[end]?.kind !== 'superscript' ? null : groupAt(tokens, end + 1);
    const close = group === null || tokens[group.start]?.text !== '(' ? -1 : closeOf(tokens, group);
    const power = group === null || close === -1 ? null : POWER.exec(textOf(tokens.slice(close + 1, group.end)));
    if (end === null || group === null || power === null) {
      found.push(...tokens.slice(at, end ?? at + 1));
      at = (end ?? at + 1) - 1;
      continue;
    }
    const symbol = (kind: Token['kind'], text: string): Token => ({ kind, text, span: token.span });
    found.push(symbol('open', '{'), ...tokens.slice(at, close + 1), symbol('close', '}'), symbol('close', '}'));
    found.push(
      symbol('superscript', '^'),
      symbol('open', '{'),
      ...[...(power[1] ?? '')].map(digit => symbol('digit', digit)),
    );
    found.push(symbol('close', '}'));
    at = group.behind - 1;
  }
  return found;
}

/** The parenthesis that closes the one with which the group begins; -1 where nothing stands behind it. */
function closeOf(tokens: readonly Token[], { start, end }: { start: number; end: number }): number {
  const close = tokens.findIndex(({ text }, at) => at > start && text === ')');
  return close !== -1 && close < end - 1 ? close : -1;
}
