/** Letters of the notation that are words: dW, d\theta, lr, \text{lr}. */
import type { Span } from '../../base/span.ts';
import type { Token } from '../../latex/notation/token.ts';
import { tokenizeText } from '../../latex/notation/tokenize.ts';
import { parseLetter } from '../../latex/layout/canonical-name.ts';
import { mergeName, solid } from './author-tokens.ts';
import type { Notation } from '../../optimizer/model.ts';

const LONGEST = 30;

/** The one spelling of a word of letters; null where other characters stand in it. */
export function wordOf(tokens: readonly Token[]): string | null {
  const row = solid(tokens);
  const snake = /^(?:\\(?:text|textrm|mathrm|texttt|mathtt|textit|mathit)\{)?([A-Za-z]+(?:\\?_[A-Za-z]+)+)\}?$/.exec(
    joined(row),
  );
  if (snake && row.length <= 2 * LONGEST && /_[A-Za-z]{2,}/.test(snake[1] ?? ''))
    return (snake[1] ?? '').replaceAll('\\_', '_');
  const isWord =
    row.length > 1 &&
    row.length <= LONGEST &&
    row.every(({ kind }) => kind === 'letter' || kind === 'command' || kind === 'open' || kind === 'close');
  return isWord ? joined(row) : null;
}

const joined = (row: readonly Token[]): string =>
  row
    .map(({ text }, at) => (/^\\[A-Za-z]+$/.test(text) && row[at + 1]?.kind === 'letter' ? `${text} ` : text))
    .join('');

/** The tokens with every word that the notation uses made one letter; lr is also \mathrm{lr} and \text{lr}. */
export function mergeWords(tokens: readonly Token[], notation: Notation): Token[] {
  let merged = [...tokens];
  for (const word of [notation.step, notation.gradient, notation.loss, notation.parameters]) {
    // \nabla stands for the gradient with a label only.
    if (word === undefined || word === '\\nabla' || parseLetter(word) !== null) continue;
    for (const spelling of spellings(word)) merged = mergeName(merged, tokenizeText(spelling), word);
  }
  const { gradient } = notation;
  // Like the parameters', the gradient's bold means nothing.
  if (gradient !== undefined && /^(?:[A-Za-z]|\\[A-Za-z]+)$/.test(gradient))
    for (const bold of BOLD)
      for (const spelling of [`${bold}{${gradient}}`, `${bold} ${gradient}`])
        merged = mergeName(merged, tokenizeText(spelling), gradient);
  return merged;
}

/** \text{momentum}, and momentum as programs have it, as the name \mathrm{momentum}; null where the place holds no such word. */
export function uprightWord({ source, start, end }: Span): string | null {
  const text = source.text.slice(start, end).trim();
  const inside = /^\\(?:text|textrm|textit|texttt|mathit|mathrm)\{([A-Za-z_\\]+\d*)\}$/.exec(text)?.[1] ?? text;
  const isCommand = text.startsWith('\\');
  const snake = /^[A-Za-z]+(?:\\?_[A-Za-z]{2,})+$/.exec(inside)?.[0].replaceAll('\\_', '_');
  const isWord = (isCommand ? /^[A-Za-z]+\d*$/ : /^[A-Za-z]{2,}\d*$/).test(inside) && !text.startsWith('\\mathrm');
  const word = snake ?? (isWord ? inside : undefined);
  // beta beside \\beta lacks its backslash.
  if (word !== undefined && !text.startsWith('\\') && source.text.includes(`\\${word}`)) return null;
  return word === undefined ? null : `\\mathrm{${word}}`;
}

/** The tokens with the words that are names, typed as text, as these names. */
export function mergeUpright(tokens: readonly Token[], names: ReadonlySet<string>): Token[] {
  let merged = [...tokens];
  for (const name of names) {
    const word = /^\\mathrm\{([A-Za-z]+(?:_[A-Za-z]+)*\d*)\}$/.exec(name)?.[1];
    if (word === undefined) continue;
    for (const command of ['mathrm', 'text', 'textrm', 'textit', 'texttt', 'mathit', 'operatorname'])
      merged = mergeName(merged, tokenizeText(`\\${command}{${word}}`), name);
    merged = mergePlainWord(merged, word, name);
  }
  return merged;
}

/** The word where no letter stands right beside it: mu * v, not muv. */
function mergePlainWord(tokens: readonly Token[], word: string, name: string): Token[] {
  const found: Token[] = [];
  const isLetter = (token: Token | undefined): boolean => token?.kind === 'letter' && token.text.length === 1;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const run = tokens.slice(at, at + word.length);
    const isWord =
      run.every(token => isLetter(token) || token.kind === 'subscript' || token.kind === 'digit') &&
      run.map(({ text }) => text).join('') === word &&
      !(/\d$/.test(word) && tokens[at + word.length]?.kind === 'digit');
    if (isWord && !isLetter(tokens[at - 1]) && !isLetter(tokens[at + word.length])) {
      found.push(...mergeName(run, run, name));
      at += word.length - 1;
    } else found.push(token);
  }
  return found;
}

const BOLD = ['\\mathbf', '\\boldsymbol', '\\bm', '\\pmb'];

function spellings(word: string): string[] {
  const [, base, sub] = /^(.*)_(?:\{(.*)\}|([^{}\\]|\\[A-Za-z]+|\\[A-Za-z]+\{[A-Za-z]+\}))$/s.exec(word) ?? [];
  const script = sub ?? /_([^_]+)$/.exec(word)?.[1];
  if (base === undefined || script === undefined || /^[A-Za-z]+_[A-Za-z_]{2,}$/.test(word)) return plainSpellings(word);
  // \eta_{\max}, \eta_{\text{max}} and \eta_{\mathrm{max}} are one name.
  const upright = /^\\(?:(?:mathrm|text)\{)?([A-Za-z]+)\}?$/.exec(script)?.[1];
  const scripts =
    upright === undefined
      ? [script]
      : [script, ...['text', 'mathrm', 'textrm', 'textnormal'].map(each => `\\${each}{${upright}}`)];
  return [
    ...scripts.flatMap(each => [`${base}_{${each}}`, `${base}_${each}`]).flatMap(plainSpellings),
    ...plainSpellings(word),
  ];
}

const plainSpellings = (word: string): string[] =>
  /^[A-Za-z_]+$/.test(word)
    ? [
        ...['mathrm', 'text', 'textrm', 'mathit', 'textit', 'mathtt', 'texttt', 'operatorname'].map(
          each => `\\${each}{${word}}`,
        ),
        word,
      ]
    : [word];
