import { canonicalNameOf } from '../../latex/layout/canonical-name.ts';
import type { Token } from '../../latex/notation/token.ts';
import type { Notation } from '../../optimizer/model.ts';
import { refuseLabelOrFactor } from './names/label-or-factor.ts';
import { letterEnd, letterToken, solid, solidBefore } from './author-tokens.ts';

const symbol = (text: string, kind: Token['kind'], at: Token): Token => ({ kind, text, span: at.span });

/** Where the script that begins at `at` with its mark ends; null where none begins there. */
export function scriptEnd(tokens: readonly Token[], at: number): number | null {
  const mark = tokens[at];
  if (mark?.kind !== 'subscript' && mark?.kind !== 'superscript') return null;
  let depth = 0;
  for (let next = at + 1; next < tokens.length; next += 1) {
    const token = tokens[next];
    if (token?.kind === 'open') depth += 1;
    if (token?.kind === 'close') depth -= 1;
    const goesOn =
      /^\\(?:text|mathrm|textrm|mathbf|boldsymbol|bm|mathit)$/.test(token?.text ?? '') || token?.kind === 'space';
    if (depth === 0 && !goesOn) return next + 1;
  }
  return null;
}

const textOf = (tokens: readonly Token[]): string =>
  solid(tokens)
    .map(({ text }) => text)
    .join('');

const spelled = (tokens: readonly Token[]): string =>
  solid(tokens)
    .map(({ text }, at, row) => (/^\\[A-Za-z]+$/.test(text) && row[at + 1]?.kind === 'letter' ? `${text} ` : text))
    .join('');

const WORD = /^(?:\{?\\(?:text|mathrm|textrm|mathit)\{([A-Za-z]{2,})\}\}?|\{([A-Za-z]{3,})\})$/;
const LABEL_WORD = /^(?:new|next|old|current|curr|cur|prev)$/;

/**
 * Words in superscripts, and the letter of the parameters alone in a subscript, made part of the name in front of them. A word
 * that is a label, as `new`, stays.
 */
export function mergeWordScripts(tokens: readonly Token[], parameters: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    // The t of w_t^{adv} is a label, not what has the word.
    const hasNoScripts = token.text === '\\nabla' || token.text === '\\partial' || isScript(tokens[at - 1]);
    const end = hasNoScripts ? null : letterEnd(tokens, at);
    if (end === null) {
      found.push(token);
      continue;
    }
    const behind = wordBehindLabel(tokens, end);
    if (behind !== null) {
      const base = canonicalNameOf(tokens.slice(at, end)) ?? spelled(tokens.slice(at, end));
      const word = tokens.slice(behind.from, behind.end);
      found.push(letterToken(tokens.slice(at, end), base + spelled(word)), ...tokens.slice(end, behind.from));
      at = behind.end - 1;
      continue;
    }
    let last = end;
    let isPart = false;
    for (let next = scriptEnd(tokens, last); next !== null; next = scriptEnd(tokens, last)) {
      const script = textOf(tokens.slice(last + 1, next));
      const word = WORD.exec(script);
      const isWord =
        tokens[last]?.kind === 'superscript' && word !== null && !LABEL_WORD.test(word[1] ?? word[2] ?? '');
      // m_w of the parameters w, v_{dW} of their derivative.
      const isOfParameters =
        tokens[last]?.kind === 'subscript' &&
        (script === parameters || script === `{${parameters}}` || isDifferential(script, parameters)) &&
        !isModel(tokens, at, next);
      const isOfName =
        tokens[last]?.kind === 'subscript' &&
        solid(tokens.slice(last + 1, next)).some(({ text, kind }) => kind === 'letter' && text.length > 1);
      // \theta_{\text{lookahead}} is a point of its own.
      const isPoint =
        tokens[last]?.kind === 'subscript' &&
        word?.[1] !== undefined &&
        !LABEL_WORD.test(word[1]) &&
        canonicalNameOf(tokens.slice(at, end)) === parameters;
      if (!isWord && !isOfParameters && !isOfName && !isPoint) break;
      isPart ||= isWord || isOfParameters || isPoint;
      last = next;
    }
    if (isPart) {
      const base = canonicalNameOf(tokens.slice(at, end)) ?? spelled(tokens.slice(at, end));
      found.push(letterToken(tokens.slice(at, last), base + spelled(tokens.slice(end, last))));
    } else found.push(...tokens.slice(at, end));
    at = (isPart ? last : end) - 1;
  }
  return found;
}

/** `{dw}` of the parameters w or W: S_{dw} beside W is the same author's as V_{dW}. */
const isDifferential = (script: string, parameters: string): boolean =>
  script === `{d${parameters}}` ||
  (/^[A-Za-z]$/.test(parameters) && script.toLowerCase() === `{d${parameters.toLowerCase()}}`);

/** \ell(f_\theta(x), y): the model with these parameters, the argument of a loss, applied to what it is given. */
const isModel = (tokens: readonly Token[], start: number, end: number): boolean =>
  /^[(,]$/.test(solidBefore(tokens, start)?.text ?? '') &&
  /^(?:\(|\\left|\\[bB]igg?l?)$/.test(solid(tokens.slice(end, end + 3))[0]?.text ?? '');

/** A word in the superscript behind a subscript, w_t^{\text{adv}}: where it begins and ends; null where there is none. */
function wordBehindLabel(tokens: readonly Token[], at: number): { from: number; end: number } | null {
  const from = tokens[at]?.kind === 'subscript' ? scriptEnd(tokens, at) : null;
  const end = from === null || tokens[from]?.kind !== 'superscript' ? null : scriptEnd(tokens, from);
  if (from === null || end === null) return null;
  const word = WORD.exec(textOf(tokens.slice(from + 1, end)));
  return word === null || LABEL_WORD.test(word[1] ?? word[2] ?? '') ? null : { from, end };
}

const isLabel = (inside: readonly Token[], iteration: string): boolean => {
  const [first, sign, ...digits] = solid(inside);
  if (first?.text !== iteration) return false;
  if (sign === undefined) return true;
  return (sign.text === '+' || sign.text === '-') && digits.length > 0 && digits.every(({ kind }) => kind === 'digit');
};

/** w(t+1) and w[t+1] as w^{(t+1)}, for every name that is not in `functions`. */
export function labelsFromArguments(
  tokens: readonly Token[],
  iteration: string,
  functions: ReadonlySet<string>,
  step: string,
): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const letter = token.text === '\\nabla' || token.text === '\\partial' ? null : letterEnd(tokens, at);
    const name = letter === null ? null : canonicalNameOf(tokens.slice(at, letter));
    // w_i(t+1): the subscript is the component.
    const end = letter !== null && tokens[letter]?.kind === 'subscript' ? scriptEnd(tokens, letter) : letter;
    const open = end === null ? undefined : tokens[end];
    const close = end === null || (open?.text !== '(' && open?.text !== '[') ? -1 : closeOf(tokens, end);
    const inside = end === null || close === -1 ? [] : tokens.slice(end + 1, close);
    const isOfStep = name === step && textOf(inside) === iteration;
    if (name !== null && functions.has(name) && !isOfStep && open?.text === '(' && isLabel(inside, iteration))
      refuseLabelOrFactor(tokens.slice(at, close + 1), inside, { iteration, step });
    if (end === null || open === undefined || name === null || close === -1 || (functions.has(name) && !isOfStep)) {
      found.push(token);
      continue;
    }
    if (!isLabel(inside, iteration)) {
      found.push(...tokens.slice(at, end));
      at = end - 1;
      continue;
    }
    found.push(
      ...tokens.slice(at, end),
      symbol('^', 'superscript', open),
      symbol('{', 'open', open),
      symbol('(', 'symbol', open),
    );
    found.push(...inside, symbol(')', 'symbol', open), symbol('}', 'close', open));
    at = close;
  }
  return found;
}

function closeOf(tokens: readonly Token[], open: number): number {
  for (let at = open + 1; at < Math.min(tokens.length, open + 12); at += 1) {
    const text = tokens[at]?.text;
    if (text === ')' || text === ']') return at;
    if (text === '(' || text === '[') return -1;
  }
  return -1;
}

/** g_{t,t-1} as g_t, where every use of the name has the same distance between its two labels. */
export function withOneLabel(
  sides: readonly (readonly Token[])[],
  iteration: string,
): ((tokens: readonly Token[]) => Token[]) | null {
  const distances = new Map<string, Set<number>>();
  for (const tokens of sides)
    for (const { name, distance } of twoLabels(tokens, iteration)) {
      const known = distances.get(name) ?? new Set();
      distances.set(name, known.add(distance));
    }
  const names = new Set([...distances].flatMap(([name, known]) => (known.size === 1 ? [name] : [])));
  if (names.size === 0) return null;
  return tokens => {
    const dropped = new Set<Token>();
    for (const { name, second } of twoLabels(tokens, iteration))
      if (names.has(name)) for (const token of second) dropped.add(token);
    return tokens.filter(token => !dropped.has(token));
  };
}

function* twoLabels(
  tokens: readonly Token[],
  iteration: string,
): Generator<{ name: string; distance: number; second: readonly Token[] }> {
  for (let at = 0; at < tokens.length; at += 1) {
    const end = letterEnd(tokens, at);
    const name = end === null ? null : canonicalNameOf(tokens.slice(at, end));
    const close = end === null || tokens[end]?.kind !== 'subscript' ? null : scriptEnd(tokens, end);
    if (end === null || name === null || close === null) continue;
    const inside = tokens.slice(end + 2, close - 1);
    const comma = inside.findIndex(({ text }) => text === ',');
    const [first, second] = [inside.slice(0, comma), inside.slice(comma)];
    if (comma === -1 || !isLabel(first, iteration) || !isLabel(second.slice(1), iteration)) continue;
    yield { name, distance: amountOf(second.slice(1)) - amountOf(first), second };
  }
}

const amountOf = (label: readonly Token[]): number => {
  const digits = label
    .filter(({ kind }) => kind === 'digit')
    .map(({ text }) => text)
    .join('');
  return (label.some(({ text }) => text === '-') ? -1 : 1) * Number(digits === '' ? '0' : digits);
};

/** G_{t,ii} and G_{t,i,i}, the entry of a diagonal, as G_{t,i}; \nabla_{ii} is a second derivative and stays one. */
export const withOneComponent =
  (component: string) =>
  (tokens: readonly Token[]): Token[] =>
    tokens.filter((token, at) => {
      const isSecond = token.text === component && isInSubscriptOfName(tokens, at);
      if (isSecond && tokens[at - 1]?.text === component) return false;
      const isPair = (comma: number): boolean =>
        tokens[comma]?.text === ',' && tokens[comma - 1]?.text === component && tokens[comma + 1]?.text === component;
      return !(isSecond && isPair(at - 1)) && !(token.text === ',' && isPair(at) && isInSubscriptOfName(tokens, at));
    });

/** Whether a subscript in braces is open at `at`, of anything but the sign of a derivative. */
function isInSubscriptOfName(tokens: readonly Token[], at: number): boolean {
  for (let before = at - 1; before > Math.max(0, at - 12); before -= 1) {
    if (tokens[before]?.kind === 'close') return false;
    if (tokens[before]?.kind === 'open')
      return tokens[before - 1]?.kind === 'subscript' && !isOfDerivative(tokens, before - 1);
  }
  return false;
}

/** Whether the subscript sign at `at` belongs to \nabla or \partial, perhaps with an order in front: \nabla^2_{ii}. */
function isOfDerivative(tokens: readonly Token[], at: number): boolean {
  for (let before = at - 1; before > Math.max(0, at - 12); before -= 1) {
    const { kind = 'letter', text = '' } = tokens[before] ?? {};
    if (kind === 'command') return text === '\\nabla' || text === '\\partial';
    if (!['space', 'superscript', 'open', 'close', 'digit'].includes(kind)) return false;
  }
  return false;
}

/** \beta^t_1: the t is no name with the number. */
const isScript = (before: Token | undefined): boolean => before?.kind === 'superscript' || before?.kind === 'subscript';

/** The names that have only numbers as subscripts, k_1 and k_2 of a scheme with stages: there the number is part of the name. */
export function numberedNames(
  sides: readonly (readonly Token[])[],
  { iteration, index, parameters, step }: Notation,
  known: ReadonlySet<string>,
): Set<string> {
  const numbered = new Set<string>();
  const labelled = new Set<string>([parameters, step]);
  if (index === 'superscript') return numbered;
  for (const tokens of sides) {
    for (let at = 0; at < tokens.length; at += 1) {
      const end = letterEnd(tokens, at);
      const name = end === null ? null : canonicalNameOf(tokens.slice(at, end));
      const close = end === null ? null : scriptEnd(tokens, end);
      if (end === null || name === null || close === null || tokens[end]?.kind !== 'subscript') continue;
      if (isScript(tokens[at - 1])) continue;
      const script = tokens.slice(end + 1, close);
      if (/^\{?\d+\}?$/.test(textOf(script)) && !known.has(`${name}_${textOf(script)}`)) numbered.add(name);
      else if (script.some(({ text }) => text === iteration)) labelled.add(name);
    }
  }
  return new Set([...numbered].filter(name => !labelled.has(name)));
}

/** The tokens with names replaced: `replace` gives what stands for the name from `at` to `end` and where the rest begins; null leaves it. */
export function replaceNames(
  tokens: readonly Token[],
  replace: (
    name: string,
    at: number,
    end: number,
  ) => { readonly tokens: readonly Token[]; readonly next: number } | null,
): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const end = letterEnd(tokens, at);
    const name = end === null ? null : canonicalNameOf(tokens.slice(at, end));
    const replaced = end === null || name === null ? null : replace(name, at, end);
    found.push(...(replaced?.tokens ?? [token]));
    if (replaced !== null) at = replaced.next - 1;
  }
  return found;
}

export const mergeNumbers = (tokens: readonly Token[], names: ReadonlySet<string>): Token[] =>
  replaceNames(tokens, (name, at, end) => {
    const close = scriptEnd(tokens, end);
    if (close === null || !names.has(name) || isScript(tokens[at - 1]) || tokens[end]?.kind !== 'subscript')
      return null;
    const number = textOf(tokens.slice(end + 1, close));
    if (!/^\{?\d+\}?$/.test(number)) return null;
    return { tokens: [letterToken(tokens.slice(at, close), `${name}_${number.replace(/[{}]/g, '')}`)], next: close };
  });
