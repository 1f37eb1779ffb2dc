/** Any text as LaTeX that sets just this text: nothing in it is a command, in the roman or in the typewriter font. */
import { CHARACTERS } from '../../latex/notation/notation-table.ts';
import { harmless } from './paint.ts';

const ROMAN: ReadonlyMap<string, string> = new Map([
  ['\\', '\\ensuremath{\\backslash}'],
  ['{', '\\{'],
  ['}', '\\}'],
  ['$', '\\$'],
  ['&', '\\&'],
  ['#', '\\#'],
  ['_', '\\_'],
  ['%', '\\%'],
  ['^', '\\^{}'],
  ['~', '\\~{}'],
  ['<', '\\ensuremath{<}'],
  ['>', '\\ensuremath{>}'],
  ['|', '\\ensuremath{|}'],
  ['"', "''"],
]);

/** Where the name of the character is no command by itself. */
const OWN: ReadonlyMap<string, string> = new Map([
  ['√', '\\ensuremath{\\surd}'],
  ['≔', '\\ensuremath{:=}'],
  ['–', '--'],
  ['—', '---'],
  ['…', '\\dots{}'],
  ['’', "'"],
  ['⁻', '\\ensuremath{^{-}}'],
]);

/** Letters that the standard encodings of LaTeX have. */
const LATIN = /[À-ÅÇ-ÏÑ-ÖØ-Ýß-åç-ïñ-öø-ýÿ]/;

/** A sentence, without formulas. */
export const latexText = (text: string): string => each(text, character => ROMAN.get(character));

/**
 * Typewriter text in one line, as `\texttt{…}`: by the numbers of the characters, which that font has in the order of
 * ASCII. It may be broken behind every sign.
 */
export const latexCode = (text: string): string =>
  `\\texttt{${each(text, character => {
    if (/[A-Za-z0-9]/.test(character)) return undefined;
    const code = character.codePointAt(0) ?? 0;
    if (character === ' ') return ' ';
    return code < 128 ? `\\char${code}\\allowbreak{}` : undefined;
  })}}`;

function each(text: string, spell: (character: string) => string | undefined): string {
  return [...harmless(text)]
    .map(character => {
      const spelled = spell(character);
      if (spelled !== undefined) return spelled;
      if (character >= ' ' && character <= '~') return character;
      if (character === '\n') return ' ';
      const own = OWN.get(character);
      if (own !== undefined) return own;
      const command = CHARACTERS.get(character);
      if (command !== undefined) return `\\ensuremath{${command}}`;
      if (LATIN.test(character)) return character;
      return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
    })
    .join('');
}
