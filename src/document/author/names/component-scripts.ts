/**
 * Components that authors write in other scripts than one letter below: the weights w_{ij} of a network, of which each is one parameter, and
 * x_{t+1}^{(i)} beside \nabla_i, where the letter in parentheses is the component and neither a worker nor a layer.
 */
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { replaceNames, scriptEnd } from '../author-names.ts';
import { letterEnd, solid } from '../author-tokens.ts';

type Displays = readonly (readonly Token[])[];

/** The displays of a rule with such components as one letter in the subscript. */
export function withComponentScripts(displays: Displays, notation: Notation): Token[][] {
  const pair = pairOf(displays, notation);
  if (pair !== null) return displays.map(tokens => withoutPair(tokens, pair, notation.component));
  const letter = letterAbove(displays, notation);
  return displays.map(tokens => (letter === null ? [...tokens] : withLetterBelow(tokens, letter)));
}

/** The entries between commas of a script that begins at `at` with its mark. */
function entriesOf(tokens: readonly Token[], at: number, end: number): string[] {
  return solid(tokens.slice(at + 1, end))
    .filter(({ kind }) => kind !== 'open' && kind !== 'close')
    .map(({ text }) => text)
    .join('')
    .split(',');
}

const PAIR = /^[a-z]{2}$/;

/** The two letters below all parameters, where they stand nowhere else; null where they are no pair. */
function pairOf(displays: Displays, { parameters, iteration, component }: Notation): string | null {
  const pairs = new Set<string>();
  let alone = 0;
  for (const tokens of displays)
    for (const { name, entries } of subscriptsOf(tokens)) {
      const own = [...entries, entries.join('')].find(entry => PAIR.test(entry) && !entry.includes(iteration));
      if (name !== parameters) continue;
      if (own === undefined) alone += 1;
      else pairs.add(own);
    }
  const [pair, ...others] = pairs;
  if (pair === undefined || others.length > 0 || alone > 0 || component === iteration) return null;
  return displays.every(tokens => isOnlyPair(tokens, pair, component)) ? pair : null;
}

interface Subscript {
  readonly name: string;
  readonly entries: readonly string[];
  readonly from: number;
  readonly end: number;
}

function* subscriptsOf(tokens: readonly Token[]): Generator<Subscript> {
  for (let at = 0; at < tokens.length; at += 1) {
    const from = letterEnd(tokens, at);
    const name = from === null ? null : canonicalNameOf(tokens.slice(at, from));
    if (from === null || name === null) continue;
    const end = tokens[from]?.kind === 'subscript' ? scriptEnd(tokens, from) : null;
    if (end !== null) yield { name, entries: entriesOf(tokens, from, end), from, end };
    at = from - 1;
  }
}

const holdsPair = (entries: readonly string[], pair: string): boolean =>
  entries.includes(pair) || entries.join('') === pair;

/** Whether the letters of the pair, and the component letter, stand in subscripts of names with the whole pair only. */
function isOnlyPair(tokens: readonly Token[], pair: string, component: string): boolean {
  const inside = new Set<number>();
  for (const { name, entries, from, end } of subscriptsOf(tokens))
    if (name !== '\\nabla' && name !== '\\partial' && holdsPair(entries, pair))
      for (let at = from; at < end; at += 1) inside.add(at);
  return tokens.every(({ text }, at) => inside.has(at) || !(pair.includes(text) || text === component));
}

function withoutPair(tokens: readonly Token[], pair: string, component: string): Token[] {
  return replaceNames(tokens, (_, at, end) => {
    const close = tokens[end]?.kind === 'subscript' ? scriptEnd(tokens, end) : null;
    if (close === null || !holdsPair(entriesOf(tokens, end, close), pair)) return null;
    const script = tokens.slice(end, close);
    const first = script.findIndex(({ text }) => text === pair[0]);
    // The first letter of the pair becomes the component, the second and a comma between them go.
    const kept = script.flatMap((token, place) =>
      place === first
        ? [{ ...token, text: component }]
        : token.text === pair[1] || (token.text === ',' && place === first + 1)
          ? []
          : [token],
    );
    return { tokens: [...tokens.slice(at, end), ...kept], next: close };
  });
}

/** `(i)` as i. */
const above = (tokens: readonly Token[], at: number, end: number): string | null =>
  tokens[at]?.kind === 'superscript' ? (/^\(([a-z])\)$/.exec(entriesOf(tokens, at, end).join(','))?.[1] ?? null) : null;

/** The letter in parentheses above the parameters with a label below, where it is also below a \nabla or \partial; null where there is none. */
function letterAbove(displays: Displays, notation: Notation): string | null {
  const { parameters, iteration } = notation;
  const letters = new Set<string>();
  for (const tokens of displays)
    for (const { name, end } of subscriptsOf(tokens)) {
      const close = scriptEnd(tokens, end);
      const letter = close === null ? null : above(tokens, end, close);
      if (name === parameters && letter !== null && letter !== iteration) letters.add(letter);
    }
  const [letter, ...others] = letters;
  if (letter === undefined || others.length > 0) return null;
  const isComponent = displays.some(tokens => isDerivedBy(tokens, letter)) || isEverywhere(displays, letter, notation);
  return isComponent ? letter : null;
}

const MIXING = /^\\(?:sum|prod|\||lVert|rVert|Vert|norm|langle|rangle|max|min|bar|mathbb)$|^\|$/;

/**
 * Whether the parameters, the gradient and all that rows make have the letter above wherever they have a label, and nothing mixes components: then it
 * makes no difference whether it numbers components or whole layers, since each is a rule of its own. Workers share what has no letter.
 */
function isEverywhere(displays: Displays, letter: string, { parameters, gradient }: Notation): boolean {
  const rows = displays.map(solid);
  if (rows.some(row => row.some(({ text }) => MIXING.test(text)))) return false;
  const made = rows.flatMap(row =>
    [...subscriptsOf(row)].flatMap(({ name, end }) => {
      const close = above(row, end, scriptEnd(row, end) ?? end) === null ? end : (scriptEnd(row, end) ?? end);
      const behind = row.slice(close).find(({ kind }) => kind !== 'alignment');
      return /^(?:=|:|\\gets|\\leftarrow|\\coloneqq)$/.test(behind?.text ?? '') ? [name] : [];
    }),
  );
  const whole = new Set([parameters, ...(gradient === undefined ? [] : [gradient]), ...made]);
  return rows.every(row =>
    [...subscriptsOf(row)].every(({ name, entries, from, end }) => {
      // f_i beside x^{(i)}: the loss of worker i.
      if (entries.includes(letter)) return false;
      if (!whole.has(name)) return true;
      const behind = scriptEnd(row, end);
      if (behind !== null && above(row, end, behind) === letter) return true;
      // \partial f/\partial x^{(i)} is taken at x_t: an argument is the whole point.
      return row[from - 2]?.text === '(' && row[end]?.text === ')';
    }),
  );
}

const isDerivedBy = (tokens: readonly Token[], letter: string): boolean =>
  tokens.some(({ text }, at) => {
    if (text !== '\\nabla' && text !== '\\partial') return false;
    const end = tokens[at + 1]?.kind === 'subscript' ? scriptEnd(tokens, at + 1) : null;
    return end !== null && entriesOf(tokens, at + 1, end).join(',') === letter;
  });

/** x_t^{(i)} and x^{(i)}_t as x_{t,i}, g^{(i)} as g_i. */
function withLetterBelow(tokens: readonly Token[], letter: string): Token[] {
  return replaceNames(tokens, (_, at, end) => {
    const first = scriptEnd(tokens, end);
    const second = first === null ? null : scriptEnd(tokens, first);
    const isFirst = first !== null && above(tokens, end, first) === letter;
    const isSecond = first !== null && second !== null && above(tokens, first, second) === letter;
    if (first === null || !(isFirst || isSecond)) return null;
    const mark = tokens[end];
    if (mark === undefined) return null;
    const [low, next] = isFirst
      ? tokens[first]?.kind === 'subscript' && second !== null
        ? [tokens.slice(first + 1, second), second]
        : [[], first]
      : [tokens.slice(end + 1, first), second ?? first];
    const labels = low[0]?.kind === 'open' ? low.slice(1, -1) : low;
    const sign = (kind: Token['kind'], text: string): Token => ({ kind, text, span: mark.span });
    return {
      tokens: [
        ...tokens.slice(at, end),
        sign('subscript', '_'),
        sign('open', '{'),
        ...labels,
        ...(labels.length > 0 ? [sign('symbol', ',')] : []),
        sign('letter', letter),
        sign('close', '}'),
      ],
      next,
    };
  });
}
