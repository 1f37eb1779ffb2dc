/** Letters of other alphabets, upright words and operators. */
import { refuse } from '../../base/problem.ts';
import type { Item } from './item.ts';
import { bare, named } from './layout-items.ts';
import { LETTER_COMMANDS, functionByWord } from '../notation/notation-table.ts';
import type { TokenReader } from '../notation/token-reader.ts';
import type { Token } from '../notation/token.ts';

/** `\mathcal{L}`, `\mathrm{sign}`, `\text{if}`: a letter of another alphabet, a function, or text. */
export function readWord(reader: TokenReader, token: Token, alphabet: string): Item {
  reader.skipSpaces();
  const next = reader.peek();
  let word: string;
  if (next?.kind === 'open')
    word = reader
      .rawArgument(token)
      .map(piece => piece.text)
      .join('');
  else if (next !== undefined && (next.kind === 'letter' || next.kind === 'digit' || LETTER_COMMANDS.has(next.text))) {
    reader.at += 1;
    word = next.text;
  } else return refuse('missing-argument', `expected a letter after ${token.text}`, next?.span ?? token.span);
  const span = reader.spanFrom(token);
  if (alphabet === '\\mathrm') {
    const known = functionByWord(word);
    if (known !== null) return { kind: 'function', name: known, ...bare(span) };
    if (word === 'max' || word === 'min') return { kind: 'command', text: `\\${word}`, ...bare(span) };
    if (!/^[A-Za-z0-9]+$/.test(word) || (token.text.startsWith('\\text') && word.length > 1) || token.text === '\\mbox')
      return { kind: 'text', text: word.trim(), ...bare(span) };
  }
  if (LETTER_COMMANDS.has(word)) return named({ core: word, bold: false, accents: [] }, span);
  if (!/^[A-Za-z0-9]+$/.test(word)) return refuse('letter-expected', `expected letters after ${token.text}`, span);
  if (/^[0-9]+$/.test(word)) return { kind: 'number', text: word, bold: alphabet === '\\mathbb', ...bare(span) };
  return named({ core: `${alphabet}{${word}}`, bold: false, accents: [] }, span);
}

/** `\operatorname{sign}`. */
export function readOperatorName(reader: TokenReader, token: Token): Item {
  if (reader.peek()?.text === '*') reader.at += 1;
  const word = reader
    .rawArgument(token)
    .map(piece => piece.text)
    .join('')
    .replace(/\\,|\\ |\\mathrm|\\rm|\s|[{}]/g, '');
  const span = reader.spanFrom(token);
  const known = functionByWord(word);
  if (known !== null) return { kind: 'function', name: known, ...bare(span) };
  if (word === 'max' || word === 'min') return { kind: 'command', text: `\\${word}`, ...bare(span) };
  if (!/^[A-Za-z0-9]+$/.test(word))
    return refuse('letter-expected', 'expected the name of an operator in braces', span);
  return named({ core: `\\mathrm{${word}}`, bold: false, accents: [] }, span);
}
