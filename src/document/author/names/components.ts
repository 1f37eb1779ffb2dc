/**
 * Components outside of brackets, [x_{t+1}]_i = [x_t]_i - …, and as arguments, x_{t+1}(i). Rows are read component by component, so that the first
 * mean the same without the letter; the second go into the subscript.
 */
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { scriptEnd } from '../author-names.ts';
import { letterEnd, solid, solidBefore } from '../author-tokens.ts';

/** The tokens of a display, with components where the rows' left sides show them so. */
export function withPlainComponents(tokens: readonly Token[], notation: Notation): Token[] {
  const outside = lettersOf(tokens, notation, bracketAt);
  if (outside.size === 1) {
    const [letter = ''] = outside;
    return isSummed(tokens, letter) ? withIndices(tokens, letter) : withoutIndices(tokens, letter);
  }
  const inside = lettersOf(tokens, notation, argumentAt);
  return inside.size === 1 ? withArguments(tokens, [...inside][0] ?? '') : [...tokens];
}

interface Found {
  readonly letter: string;
  /** What the component is taken of. */
  readonly inside: readonly Token[];
  readonly end: number;
}

const OPENING = /^[([]$/;
const LETTER = /^[a-z]$/;

/** The letters on left sides that make the parameters. */
function lettersOf(
  tokens: readonly Token[],
  { parameters, iteration }: Notation,
  at: (tokens: readonly Token[], place: number) => Found | null,
): ReadonlySet<string> {
  const letters = new Set<string>();
  for (const place of tokens.keys()) {
    const before = solidBefore(tokens, place);
    const opens =
      before === undefined ||
      before.kind === 'alignment' ||
      before.kind === 'close' ||
      /^(?:\\\\|\\(?:quad|qquad)|[,;\]])$/.test(before.text);
    const found = opens ? at(tokens, place) : null;
    if (found === null || found.letter === iteration) continue;
    const behind = solid(tokens.slice(found.end)).find(({ kind }) => kind !== 'alignment');
    const end = letterEnd(solid(found.inside), 0);
    const name = end === null ? null : canonicalNameOf(solid(found.inside).slice(0, end));
    if (name === parameters && /^(?:=|:|\\gets|\\leftarrow|\\coloneqq)$/.test(behind?.text ?? ''))
      letters.add(found.letter);
  }
  return letters;
}

/** `[x_t]_i`, `(x_t)_i`, `\left[ … \right]_{i}`. */
function bracketAt(tokens: readonly Token[], at: number): Found | null {
  const isSized = tokens[at]?.text === '\\left' || /^\\[bB]igg?l?$/.test(tokens[at]?.text ?? '');
  const open = isSized ? at + 1 : at;
  if (!OPENING.test(tokens[open]?.text ?? '')) return null;
  let depth = 0;
  for (let close = open; close < tokens.length; close += 1) {
    if (/^[([]$/.test(tokens[close]?.text ?? '')) depth += 1;
    if (/^[)\]]$/.test(tokens[close]?.text ?? '')) depth -= 1;
    if (depth > 0) continue;
    const end = tokens[close + 1]?.kind === 'subscript' ? scriptEnd(tokens, close + 1) : null;
    if (end === null) return null;
    const letter = spelled(tokens.slice(close + 2, end));
    const last = /^\\(?:right|[bB]igg?r?)$/.test(tokens[close - 1]?.text ?? '') ? close - 1 : close;
    return LETTER.test(letter) ? { letter, inside: tokens.slice(open + 1, last), end } : null;
  }
  return null;
}

/** `x_t(i)`, `x_t[i]`, `g_t^2(i)`: a name with a subscript, perhaps with a power, and one letter behind it. */
function argumentAt(tokens: readonly Token[], at: number): Found | null {
  const name = tokens[at]?.text === '\\nabla' || tokens[at]?.text === '\\partial' ? null : letterEnd(tokens, at);
  const first = name === null ? null : scriptEnd(tokens, name);
  if (name === null || first === null) return null;
  const end = scriptEnd(tokens, first) ?? first;
  const scripts = end === first ? [tokens.slice(name, first)] : [tokens.slice(name, first), tokens.slice(first, end)];
  const below = scripts.filter(([mark]) => mark?.kind === 'subscript');
  if (below.length !== 1 || !OPENING.test(tokens[end]?.text ?? '')) return null;
  const letter = tokens[end + 1]?.text ?? '';
  const isClosed = /^[)\]]$/.test(tokens[end + 2]?.text ?? '');
  // The subscript in front, where the letter goes.
  const inside = [...tokens.slice(at, name), ...below.flat(), ...scripts.filter(each => !below.includes(each)).flat()];
  return LETTER.test(letter) && isClosed ? { letter, inside, end: end + 3 } : null;
}

const spelled = (tokens: readonly Token[]): string =>
  solid(tokens)
    .filter(({ kind }) => kind !== 'open' && kind !== 'close')
    .map(({ text }) => text)
    .join('');

/** Whether a sum or product counts the letter. */
const isSummed = (tokens: readonly Token[], letter: string): boolean =>
  tokens.some(({ text }, at) => {
    if (text !== '\\sum' && text !== '\\prod') return false;
    const end = tokens[at + 1]?.kind === 'subscript' ? scriptEnd(tokens, at + 1) : null;
    return end !== null && tokens.slice(at + 2, end).some(each => each.text === letter);
  });

/** [v]_i as (v), the left sides without the brackets. */
function withoutIndices(tokens: readonly Token[], letter: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const group = bracketAt(tokens, at);
    if (group === null || group.letter !== letter) {
      found.push(token);
      continue;
    }
    const inside = withoutIndices(group.inside, letter);
    const isName = nameWithScripts(group.inside) && tokens[group.end]?.kind !== 'superscript';
    const symbol = (text: string): Token => ({ kind: 'symbol', text, span: token.span });
    found.push(...(isName ? inside : [symbol('('), ...inside, symbol(')')]));
    at = group.end - 1;
  }
  return found;
}

function nameWithScripts(tokens: readonly Token[]): boolean {
  const row = solid(tokens);
  let end = letterEnd(row, 0);
  for (let next = end; next !== null && end !== null; next = scriptEnd(row, end)) end = next;
  return end === row.length;
}

/** [v_t]_i as v_{t,i}, of names alone; anything else stays and is refused. */
function withIndices(tokens: readonly Token[], letter: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const group = bracketAt(tokens, at);
    if (group === null || group.letter !== letter || !nameWithScripts(group.inside)) {
      found.push(token);
      continue;
    }
    found.push(...indexed(solid(group.inside), letter));
    at = group.end - 1;
  }
  return found;
}

/** x_t(i) as x_{t,i}. */
function withArguments(tokens: readonly Token[], letter: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const argument = argumentAt(tokens, at);
    if (argument === null || argument.letter !== letter) {
      found.push(token);
      // \nabla f_t(w_t)[i]: rows are read component by component.
      const [open, inside, close] = tokens.slice(at + 1, at + 4).map(({ text }) => text);
      if (token.text === ')' && open === '[' && inside === letter && close === ']') at += 3;
      continue;
    }
    found.push(...indexed(argument.inside, letter));
    at = argument.end - 1;
  }
  return found;
}

/** A name with the letter behind what its subscript holds. */
function indexed(name: readonly Token[], letter: string): Token[] {
  const end = letterEnd(name, 0) ?? 1;
  const last = name.at(-1);
  if (last === undefined) return [];
  const place = (kind: Token['kind'], text: string): Token => ({ kind, text, span: last.span });
  const close = name[end]?.kind === 'subscript' ? (scriptEnd(name, end) ?? end) : end;
  const script = name.slice(end + 1, close).filter(({ kind }, at, all) => !isOuter(kind, at, all));
  const subscript = close === end ? [] : [...script, place('symbol', ',')];
  return [
    ...name.slice(0, end),
    place('subscript', '_'),
    place('open', '{'),
    ...subscript,
    place('letter', letter),
    place('close', '}'),
    ...name.slice(close),
  ];
}

const isOuter = (kind: Token['kind'], at: number, all: readonly Token[]): boolean =>
  (kind === 'open' && at === 0) || (kind === 'close' && at === all.length - 1);
