/**
 * Authors' ways of writing names and labels, brought to those that the reader knows, token by token: names of several
 * letters such as \Delta x, dW and E[g^2], labels such as x^{k+1}, x_{\text{new}} and x^+. Each new token has the place of those
 * that it stands for.
 */
import { joinSpans } from '../../base/span.ts';
import { canonicalNameOf } from '../../latex/layout/canonical-name.ts';
import { canonicalAccent, canonicalAlphabet, BOLD_COMMANDS } from '../../latex/notation/notation-table.ts';
import type { Token } from '../../latex/notation/token.ts';

/** One token for several. */
export const letterToken = (tokens: readonly Token[], text: string): Token => {
  const [first] = tokens;
  const last = tokens.at(-1);
  if (!first || !last) throw new Error('a name has tokens');
  const span = first.span.source === last.span.source ? joinSpans(first.span, last.span) : first.span;
  return { kind: 'letter', text, span };
};

export const solid = (tokens: readonly Token[]): Token[] => tokens.filter(({ kind }) => kind !== 'space');

/** The token before `at`, blanks aside. */
export function solidBefore(tokens: readonly Token[], at: number): Token | undefined {
  let before = at - 1;
  while (tokens[before]?.kind === 'space') before -= 1;
  return tokens[before];
}

/** The tokens with every run that spells `name` made one letter. `name` has several tokens, as dW or \mathrm{lr}_0. */
export function mergeName(tokens: readonly Token[], name: readonly Token[], text: string): Token[] {
  const wanted = solid(name).map(token => token.text);
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const run = matchAt(tokens, at, wanted);
    const token = tokens[at];
    if (run !== null) {
      found.push(letterToken(tokens.slice(at, run), text));
      at = run - 1;
    } else if (token) found.push(token);
  }
  return found;
}

/** Where a run that begins at `at` and spells `wanted`, blanks aside, ends; null where there is none. */
function matchAt(tokens: readonly Token[], at: number, wanted: readonly string[]): number | null {
  let next = at;
  for (const text of wanted) {
    while (next > at && tokens[next]?.kind === 'space') next += 1;
    if (tokens[next]?.text !== text) return null;
    next += 1;
  }
  return next;
}

/** Where the mark stands that closes the one at `open`; null where there is none. */
export function closing(tokens: readonly Token[], open: number, left: string, right: string): number | null {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]?.text === left) depth += 1;
    if (tokens[at]?.text === right) depth -= 1;
    if (depth === 0) return at;
  }
  return null;
}

const skipSpaces = (tokens: readonly Token[], at: number): number => {
  let next = at;
  while (tokens[next]?.kind === 'space') next += 1;
  return next;
};

/** The argument of a command: a group in braces or one token; its end. */
function argumentEnd(tokens: readonly Token[], at: number): number | null {
  const start = skipSpaces(tokens, at);
  if (tokens[start] === undefined) return null;
  if (tokens[start]?.kind !== 'open') return start + 1;
  const close = closing(tokens, start, '{', '}');
  return close === null ? null : close + 1;
}

/** Where the letter with its accents that begins at `at` ends; null where none begins there. */
export function letterEnd(tokens: readonly Token[], at: number): number | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const takesOne =
    canonicalAccent(token.text) !== null || canonicalAlphabet(token.text) !== null || BOLD_COMMANDS.has(token.text);
  const end = takesOne
    ? argumentEnd(tokens, at + 1)
    : token.kind === 'letter' || token.kind === 'command'
      ? at + 1
      : null;
  return end !== null && canonicalNameOf(tokens.slice(at, end)) !== null ? end : null;
}

/**
 * Averages written as E[g^2]_t, \mathbb E[\Delta x^2]_t, \mathrm{RMS}[g]_t, \overline{g^2}_t: a bracket behind a letter or word that has a
 * label is no argument. The whole is one name.
 */
export function mergeAverages(tokens: readonly Token[]): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const end = averageEnd(tokens, at);
    const token = tokens[at];
    if (end !== null) {
      const run = tokens.slice(at, end);
      found.push(letterToken(run, averageName(run)));
      at = end - 1;
    } else if (token) found.push(token);
  }
  return found;
}

const averageName = (run: readonly Token[]): string =>
  run
    .map((token, at) =>
      /^\\[A-Za-z]+$/.test(token.text) && run[at + 1]?.kind === 'letter' ? `${token.text} ` : token.text,
    )
    .join('')
    .replace(/\\left|\\right|\\[bB]igg?[lr]?(?![A-Za-z])/g, '');

function averageEnd(tokens: readonly Token[], at: number): number | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const before = tokens[at - 1];
  let end: number | null;
  if (token.text === '\\overline' || token.text === '\\langle') {
    end = token.text === '\\langle' ? after(closing(tokens, at, '\\langle', '\\rangle')) : argumentEnd(tokens, at + 1);
    if (end === null || !tokens.slice(at, end).some(each => each.kind === 'superscript')) return null;
    if (token.text === '\\langle' && tokens.slice(at, end).some(each => each.text === ',')) return null;
  } else {
    if (before?.kind === 'letter' || before?.text === '\\nabla') return null;
    const word = wordEnd(tokens, at);
    if (word === null) return null;
    let open = skipSpaces(tokens, word);
    if (tokens[open]?.text === '\\left' || /^\\[bB]igg?l?$/.test(tokens[open]?.text ?? ''))
      open = skipSpaces(tokens, open + 1);
    if (tokens[open]?.text !== '[') return null;
    end = after(closing(tokens, open, '[', ']'));
  }
  if (end === null) return null;
  const behind = tokens[skipSpaces(tokens, end)];
  if (behind?.kind === 'superscript') return isPower(tokens, skipSpaces(tokens, end) + 1) ? null : end;
  return behind?.kind === 'subscript' ? end : null;
}

/** Whether the superscript whose inside begins at `at` is a number: c[…]^2 is a power of a bracket. */
function isPower(tokens: readonly Token[], at: number): boolean {
  const end = argumentEnd(tokens, at);
  return (
    end !== null &&
    /^\{?-?\d[\d./]*\}?$/.test(
      tokens
        .slice(at, end)
        .map(({ text }) => text)
        .join(''),
    )
  );
}

const after = (at: number | null): number | null => (at === null ? null : at + 1);

/** A letter, or a word of capitals such as RMS. */
function wordEnd(tokens: readonly Token[], at: number): number | null {
  let end = at;
  while (tokens[end]?.kind === 'letter' && /^[A-Z]$/.test(tokens[end]?.text ?? '')) end += 1;
  return end > at ? end : letterEnd(tokens, at);
}

/** \Delta x, \delta\theta: an increment is one name where a row defines it; `first` is the letter in front. */
export function mergeIncrements(tokens: readonly Token[], first: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const start = token.text === first ? skipSpaces(tokens, at + 1) : -1;
    const end = start === -1 ? null : letterEnd(tokens, start);
    const name = end === null ? null : canonicalNameOf(tokens.slice(start, end));
    if (end !== null && name !== null) {
      found.push(letterToken(tokens.slice(at, end), `${first} ${name}`));
      at = end - 1;
    } else found.push(token);
  }
  return found;
}

const symbol = (text: string, kind: Token['kind'], at: Token): Token => ({ kind, text, span: at.span });

/**
 * x^{k+1} as x^{(k+1)}, for every letter that is not in `numbers`: a superscript that is the iteration letter, or that plus a
 * number, labels whatever is no hyperparameter.
 */
export function parenthesiseLabels(tokens: readonly Token[], letter: string, numbers: ReadonlySet<string>): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    found.push(token);
    if (token.kind !== 'superscript') continue;
    const start = skipSpaces(tokens, at + 1);
    const end = argumentEnd(tokens, start);
    const first = tokens[start];
    if (end === null || first === undefined) continue;
    const inside = first.kind === 'open' ? tokens.slice(start + 1, end - 1) : tokens.slice(start, end);
    const base = baseName(tokens.slice(0, at));
    if (base === null || numbers.has(base) || !isLabel(inside, letter)) continue;
    found.push(symbol('{', 'open', first), symbol('(', 'symbol', first), ...inside);
    found.push(symbol(')', 'symbol', first), symbol('}', 'close', first));
    at = end - 1;
  }
  return found;
}

const isLabel = (inside: readonly Token[], letter: string): boolean => {
  const [first, sign, ...digits] = solid(inside);
  if (first?.text !== letter)
    return digits.length === 0 && sign === undefined && first?.kind === 'digit' && first.text === '0';
  if (sign === undefined) return true;
  return (sign.text === '+' || sign.text === '-') && digits.length > 0 && digits.every(({ kind }) => kind === 'digit');
};

/** A left side x^{-1} and nothing else as x^{(-1)}: what a row makes is no inverse. */
export function withLabelBeforeFirst(left: readonly Token[]): Token[] {
  const row = solid(left);
  const end = letterEnd(row, 0);
  const [mark, ...script] = row.slice(end ?? 0);
  const text = script.map(each => each.text).join('');
  const first = script[0];
  if (end === null || first === undefined || mark?.kind !== 'superscript' || text !== '{-1}') return [...left];
  return [
    ...row.slice(0, end + 2),
    symbol('(', 'symbol', first),
    ...script.slice(1, -1),
    symbol(')', 'symbol', first),
    ...script.slice(-1),
  ];
}

/** `x^1` and `x^0` in a row that says that the first points are one: numbers above the parameters on both sides are labels. */
export function withLabelsOfStarts<T extends { readonly left: readonly Token[]; readonly right: readonly Token[] }>(
  row: T,
  parameters: string,
): T {
  const labelled = (side: readonly Token[]): Token[] | null => {
    const tokens = solid(side).filter(({ text, kind }) => kind !== 'alignment' && text !== '.' && text !== ',');
    const end = letterEnd(tokens, 0);
    const [mark, ...script] = tokens.slice(end ?? 0);
    const digits = script.filter(({ kind }) => kind !== 'open' && kind !== 'close');
    const [digit] = digits;
    const isLabel = mark?.kind === 'superscript' && digits.length === 1 && digit?.kind === 'digit';
    if (end === null || !isLabel || digit === undefined || canonicalNameOf(tokens.slice(0, end)) !== parameters)
      return null;
    const place = (kind: Token['kind'], text: string): Token => symbol(text, kind, digit);
    return [
      ...tokens.slice(0, end),
      mark,
      place('open', '{'),
      place('symbol', '('),
      digit,
      place('symbol', ')'),
      place('close', '}'),
    ];
  };
  const [left, right] = [labelled(row.left), labelled(row.right)];
  return left === null || right === null ? row : { ...row, left, right };
}

/** The name that ends the tokens, its subscript with it; null where something else ends them. */
function baseName(tokens: readonly Token[]): string | null {
  const row = solid(tokens);
  for (let start = row.length - 1; start >= Math.max(0, row.length - 12); start -= 1) {
    const before = row[start - 1];
    if (before?.kind === 'subscript' || before?.kind === 'superscript' || row[start]?.kind === 'subscript') continue;
    const name = canonicalNameOf(row.slice(start));
    const isWhole = name !== null && !(canonicalAccent(before?.text ?? '') !== null && row[start]?.kind !== 'open');
    if (isWhole && !(row[start]?.kind === 'open' && takesArgument(before))) return name;
  }
  return null;
}

const takesArgument = (token: Token | undefined): boolean =>
  token?.kind === 'command' &&
  (canonicalAccent(token.text) !== null || canonicalAlphabet(token.text) !== null || BOLD_COMMANDS.has(token.text));

/** The place behind the group that opens at `open`; null where it does not close. */
export function endOfGroup(tokens: readonly Token[], open: number): number | null {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]?.kind === 'open') depth += 1;
    if (tokens[at]?.kind === 'close') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return null;
}

/** The names that stand in the tokens, in their order, each as often as it does. */
export function spelledNames(tokens: readonly Token[]): string[] {
  const found: string[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const end = letterEnd(tokens, at);
    const name = end === null ? null : canonicalNameOf(tokens.slice(at, end));
    if (end === null || name === null) continue;
    found.push(name);
    at = end - 1;
  }
  return found;
}
