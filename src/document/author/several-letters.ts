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
    if (word === undefined || parseLetter(word) !== null) continue;
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

/** \text{momentum} as the name \mathrm{momentum}; null where the place holds no such word. */
export function uprightWord({ source, start, end }: Span): string | null {
  const word = /^\s*\\(?:text|textrm|textit|texttt|mathit)\{([A-Za-z]+)\}\s*$/.exec(source.text.slice(start, end))?.[1];
  return word === undefined ? null : `\\mathrm{${word}}`;
}

/** The tokens with the words that are names, typed as text, as these names. */
export function mergeUpright(tokens: readonly Token[], names: ReadonlySet<string>): Token[] {
  let merged = [...tokens];
  for (const name of names) {
    const word = /^\\mathrm\{([A-Za-z]+)\}$/.exec(name)?.[1];
    if (word === undefined) continue;
    for (const command of ['text', 'textrm', 'textit', 'texttt', 'mathit', 'operatorname'])
      merged = mergeName(merged, tokenizeText(`\\${command}{${word}}`), name);
  }
  return merged;
}

const BOLD = ['\\mathbf', '\\boldsymbol', '\\bm', '\\pmb'];

const spellings = (word: string): string[] =>
  /^(.*)_([^{}\\])$/.test(word)
    ? [...plainSpellings(word.replace(/_(.)$/, '_{$1}')), ...plainSpellings(word)]
    : plainSpellings(word);

const plainSpellings = (word: string): string[] =>
  /^[A-Za-z]+$/.test(word)
    ? [
        ...['mathrm', 'text', 'textrm', 'mathit', 'textit', 'mathtt', 'texttt', 'operatorname'].map(
          each => `\\${each}{${word}}`,
        ),
        word,
      ]
    : [word];
