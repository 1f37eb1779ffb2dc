/** Names in plain text: `\beta_1` is β₁, `\bar{P}` is P̄. */
import {
  ACCENTS,
  BOLD_COMMANDS,
  canonicalAccent,
  canonicalAlphabet,
  greekCharacter,
} from '../notation/notation-table.ts';

const combining = new Map(ACCENTS.map(accent => [accent.command, accent.combining]));
const LOWERED = '₀₁₂₃₄₅₆₇₈₉';

/** The Unicode spelling of a name in canonical LaTeX. Alphabets and bold are dropped, an unknown command keeps its word. */
export function unicodeName(latex: string): string {
  const command = /^\\[A-Za-z]+/.exec(latex)?.[0];
  if (command === undefined) {
    const [first] = latex;
    if (first === undefined) return '';
    const below = /^_(?:\{([^{}]*)\}|(.))/.exec(latex);
    if (below) return lowered(unicodeName(below[1] ?? below[2] ?? '')) + unicodeName(latex.slice(below[0].length));
    return (first === '{' || first === '}' ? '' : first) + unicodeName(latex.slice(first.length));
  }
  const rest = latex.slice(command.length);
  const argument = /^\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\S))/.exec(rest);
  const inner = argument?.[1] ?? argument?.[2] ?? '';
  const after = (): string => unicodeName(rest.slice(argument?.[0].length ?? 0));
  const accent = canonicalAccent(command);
  if (accent !== null) return accented(unicodeName(inner), combining.get(accent) ?? '') + after();
  if (BOLD_COMMANDS.has(command) || canonicalAlphabet(command) !== null || command === '\\operatorname')
    return unicodeName(inner) + after();
  return (greekCharacter(command) ?? command.slice(1)) + unicodeName(rest.trimStart());
}

/** The mark goes onto the first character of what is accented. */
function accented(name: string, mark: string): string {
  const [first = '', ...others] = [...name];
  return `${first}${mark}${others.join('')}`;
}

const lowered = (digits: string): string =>
  /^[0-9]+$/.test(digits)
    ? [...digits].map(digit => LOWERED[Number(digit)] ?? digit).join('')
    : digits.length === 1
      ? `_${digits}`
      : `_{${digits}}`;

/** The columns a text takes: combining accents take none. */
export function columns(text: string): number {
  return [...text.replace(/\p{M}/gu, '')].length;
}
