/**
 * Roles whose letter is made of others: a step that is typed 1/L, `step={1/L}`, and parameters that are typed as several,
 * `parameters={(w,b)}`. One letter stands for each in the rows: what has a letter of its own for 1/L, and w for (w, b).
 */
import { canonicalName, canonicalNameOf, parseLetter } from '../../../latex/layout/canonical-name.ts';
import type { Piece } from '../../../latex/display/display.ts';
import { trim } from '../../../latex/display/display-tokens.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { tokenizeText } from '../../../latex/notation/tokenize.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { endOfGroup, letterEnd, solid } from '../author-tokens.ts';
import { replaceNames, scriptEnd } from '../author-names.ts';

/** Letters for 1/L, of which one is taken that the file does not use. */
const FREE = ['\\eta', '\\gamma', '\\tau', '\\alpha', '\\varsigma', '\\varrho'];

export type Composed =
  | { readonly kind: 'inverse'; readonly of: string; readonly letter: string }
  | { readonly kind: 'tuple'; readonly letters: readonly string[] };

/** What a value of `notation` is made of; null where it is one letter, or nothing that is read. */
export function composedLetter(text: string, role: string, fileText: string): Composed | null {
  if (role === 'step') {
    const of = /^(?:\\[dt]?frac\s*\{?\s*1\s*\}?\s*\{?|1\s*\/)\s*([^{}\s]+(?:_\{[^{}]*\})?)\s*\}?$/.exec(
      text.trim(),
    )?.[1];
    const name = of === undefined ? null : canonicalName(of);
    const letter = FREE.find(each => !fileText.includes(each));
    return name === null || letter === undefined ? null : { kind: 'inverse', of: name, letter };
  }
  const inside = role === 'parameters' ? /^\(([^()]*)\)$/.exec(text.trim())?.[1] : undefined;
  const letters = inside?.split(',').map(part => canonicalName(part.trim())) ?? [];
  const known = letters.flatMap(each => (each === null ? [] : [coreOf(each)]));
  return known.length < 2 || known.length < letters.length || new Set(known).size < known.length
    ? null
    : { kind: 'tuple', letters: known };
}

const spell = (text: string, { span }: Token): Token[] => tokenizeText(text).map(token => ({ ...token, span }));

/** The tokens with the one letter in the place of both. */
export function withComposedLetters(
  tokens: readonly Token[],
  { inverseStep, step, tuple, parameters }: Notation,
): Token[] {
  const steps = inverseStep === undefined ? [...tokens] : withStep(tokens, inverseStep, step);
  return tuple === undefined ? steps : withParameters(steps, tuple.split(' '), parameters);
}

/** \frac{1}{L}, 1/L and L^{-1} as the step, \frac{A}{L} and A/L as the step times A. */
function withStep(tokens: readonly Token[], inverse: string, step: string): Token[] {
  const found: Token[] = [];
  const isInverse = (inside: readonly Token[]): boolean => canonicalNameOf(solid(inside)) === inverse;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (/^\\[dt]?frac$/.test(token.text)) {
      const above = argumentAt(tokens, at + 1);
      const below = above === null ? null : argumentAt(tokens, above.end);
      if (above !== null && below !== null && isInverse(below.inside)) {
        const isOne = solid(above.inside).length === 1 && solid(above.inside)[0]?.text === '1';
        const body = isOne
          ? []
          : [...spell('\\left(', token), ...withStep(above.inside, inverse, step), ...spell('\\right)', token)];
        found.push(...spell(step, token), ...body);
        at = below.end - 1;
        continue;
      }
    }
    const end = token.text === '/' ? nameEnd(tokens, at + 1) : null;
    if (end !== null && isInverse(tokens.slice(at + 1, end))) {
      const before = found.findLastIndex(({ kind }) => kind !== 'space');
      const isOne =
        found[before]?.text === '1' && found[before - 1]?.kind !== 'digit' && found[before - 1]?.text !== '.';
      if (isOne) found.splice(before);
      else found.push(...spell('\\cdot', token));
      found.push(...spell(step, token));
      at = end - 1;
      continue;
    }
    const own = letterEnd(tokens, at);
    const close = own === null ? null : scriptEnd(tokens, own);
    const script =
      own === null || close === null
        ? ''
        : solid(tokens.slice(own, close))
            .map(({ text }) => text)
            .join('');
    if (own !== null && close !== null && script === '^{-1}' && isInverse(tokens.slice(at, own))) {
      found.push(...spell(step, token));
      at = close - 1;
      continue;
    }
    found.push(token);
  }
  return found;
}

/** A group in braces, or the one token that a fraction takes. */
function argumentAt(tokens: readonly Token[], from: number): { inside: readonly Token[]; end: number } | null {
  let at = from;
  while (tokens[at]?.kind === 'space') at += 1;
  if (tokens[at] === undefined) return null;
  if (tokens[at]?.kind !== 'open') return { inside: tokens.slice(at, at + 1), end: at + 1 };
  const end = endOfGroup(tokens, at);
  return end === null ? null : { inside: tokens.slice(at + 1, end - 1), end };
}

/** Where a name with its subscript ends that begins behind blanks. */
function nameEnd(tokens: readonly Token[], from: number): number | null {
  let at = from;
  while (tokens[at]?.kind === 'space') at += 1;
  const end = letterEnd(tokens, at);
  return end === null ? null : tokens[end]?.kind === 'subscript' ? scriptEnd(tokens, end) : end;
}

/** (w, b), (w_t, b_t) as w, w_t; behind the loss, whose argument it is, the parentheses stay. */
function withParameters(tokens: readonly Token[], letters: readonly string[], parameters: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const group = token.text === '(' ? tupleAt(tokens, at, letters) : null;
    if (group === null) {
      found.push(token);
      continue;
    }
    const before = found.findLast(
      ({ kind, text }) => kind !== 'space' && !/^\\(?:left|right|[bB]igg?[lr]?)$/.test(text),
    );
    const isArgument = before?.kind === 'letter' || before?.kind === 'close';
    const sized = found.at(-1)?.text === '\\left';
    if (isArgument)
      found.push(token, ...spell(parameters, token), ...group.scripts, ...tokens.slice(group.last, group.end));
    else {
      if (sized) found.pop();
      found.push(...spell(parameters, token), ...group.scripts);
    }
    at = group.end - 1;
  }
  return found;
}

interface Tuple {
  readonly scripts: readonly Token[];
  /** Where what closes the parenthesis begins, with its size, and where it ends. */
  readonly last: number;
  readonly end: number;
}

/** The tuple that opens at `open`, each letter in its place and all with the same scripts; null where there is none. */
function tupleAt(tokens: readonly Token[], open: number, letters: readonly string[]): Tuple | null {
  const close = tokens.findIndex(({ text }, at) => at > open && text === ')');
  if (close === -1) return null;
  const last = tokens[close - 1]?.text === '\\right' ? close - 1 : close;
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(open + 1, last)) {
    if (token.kind === 'open') depth += 1;
    if (token.kind === 'close') depth -= 1;
    if (token.text === ',' && depth === 0) parts.push([]);
    else if (token.kind !== 'space') parts.at(-1)?.push(token);
  }
  if (parts.length !== letters.length) return null;
  const scripts = parts.map((part, place) => {
    const end = letterEnd(part, 0);
    return end !== null && coreOf(canonicalNameOf(part.slice(0, end)) ?? '') === letters[place]
      ? part.slice(end)
      : null;
  });
  const spelled = scripts.map(each => each?.map(({ text }) => text).join('') ?? null);
  const [first] = scripts;
  return first && spelled.every(each => each === spelled[0]) ? { scripts: first, last, end: close + 1 } : null;
}

/**
 * The rows without those of other parameters that are as the ones of the first, letter by letter: b := b - \alpha\,db beside w := w - \alpha\,dw. They are
 * parts of one vector, where every row with the letter b is one with w in its place.
 */
export function withoutSameRows(rows: readonly Piece[], { tuple, parameters, gradient }: Notation): Piece[] {
  const main = coreOf(parameters);
  const spelled = (row: Piece, letter: string): string =>
    [row.left, row.right].map(side => renamed(side, letter, parameters)).join(' = ');
  const own = rows.map(row => spelled(row, main));
  const isUpdate = ({ left }: Piece): boolean => madeCore(left) === main;
  const updates = new Set(own.filter((_, at) => rows[at] && isUpdate(rows[at])));
  const letters = new Set([
    ...(tuple?.split(' ').slice(1) ?? []),
    ...rows.flatMap(row => {
      const letter = madeCore(row.left);
      return letter !== null && letter !== main && updates.has(spelled(row, letter)) ? [letter] : [];
    }),
    ...(gradient === `d${main}` ? rows.flatMap(({ right }) => differentiated(right)) : []),
  ]);
  let kept = [...rows];
  for (const letter of letters) {
    const others = kept.filter(row => spelled(row, letter) !== spelled(row, main));
    const rest = new Set(kept.filter(row => !others.includes(row)).map(row => spelled(row, main)));
    if (others.every(row => rest.has(spelled(row, letter)))) kept = kept.filter(row => !others.includes(row));
  }
  return kept;
}

/** b of db. */
const differentiated = (side: readonly Token[]): string[] =>
  side.flatMap(({ text }, at) => (text === 'd' && side[at + 1]?.kind === 'letter' ? [side[at + 1]?.text ?? ''] : []));

/** The text of a side with the parameters in the place of a letter; their own accents mean nothing. */
const renamed = (side: readonly Token[], letter: string, parameters: string): string =>
  solid(
    replaceNames(side, (name, at, end) => {
      const token = side[at];
      const core = coreOf(name);
      return token !== undefined && (core === letter || core === coreOf(parameters))
        ? { tokens: spell(parameters, token), next: end }
        : null;
    }),
  )
    .map(({ text }) => text.replaceAll(' ', ''))
    .join('');

/** The letter that a left side makes. */
function madeCore(left: readonly Token[]): string | null {
  const row = solid(trim(left));
  const end = letterEnd(row, 0);
  const name = end === null ? null : canonicalNameOf(row.slice(0, end));
  return name === null ? null : coreOf(name);
}

/** The letter without accents and bold. */
const coreOf = (name: string): string => parseLetter(name)?.core ?? name;
