/**
 * A value whose first case is the first step alone, b_t = \begin{cases} g_t & t = 1 \\ \mu b_{t-1} + g_t & t > 1 \end{cases}: the second case is the row,
 * the first gives its first value, b_1 = g_1.
 */
import type { Token } from '../../../latex/notation/token.ts';
import { casesOf, conditionOf, casesEnvironment } from '../cases-values.ts';
import { rowBefore } from './row-before.ts';

/** The tokens with every such value in two rows. */
export function withoutFirstCases(tokens: readonly Token[]): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const environment = casesEnvironment(tokens, at);
    const rows = environment && firstAndLater(environment.inside);
    const [relation, left] = rows ? leftOf(found) : [null, []];
    if (!environment || !rows || relation === null || left.length === 0) {
      found.push(token);
      continue;
    }
    const wide: Token = { kind: 'command', text: '\\quad', span: token.span };
    const at1 = (side: readonly Token[]): Token[] => withValue(side, rows.letter, rows.first);
    found.push(...rows.later, wide, ...at1(left), relation, ...at1(rows.value));
    at = environment.behind - 1;
  }
  return found;
}

/** The relation right before, and the left side before it. */
function leftOf(found: readonly Token[]): [Token | null, Token[]] {
  const at = found.findLastIndex(({ kind }) => kind !== 'space' && kind !== 'alignment');
  const relation = found[at];
  if (relation === undefined || !/^(?:=|\\gets|\\leftarrow)$/.test(relation.text)) return [null, []];
  const isDefined = relation.text === '=' && found[at - 1]?.text === ':';
  return [relation, rowBefore(found.slice(0, isDefined ? at - 1 : at))];
}

interface FirstAndLater {
  readonly letter: string;
  readonly first: number;
  readonly value: readonly Token[];
  readonly later: readonly Token[];
}

/** Two cases, one of t = 1 alone and one of all later t, in either order. */
function firstAndLater(inside: readonly Token[]): FirstAndLater | null {
  const [one, other, ...more] = casesOf(inside).map(({ value, condition }) => ({
    value,
    text: textOf(conditionOf(condition)),
  }));
  if (one === undefined || other === undefined || more.length > 0) return null;
  for (const [begin, go] of [
    [one, other],
    [other, one],
  ] as const) {
    const equal = /^(\\?[A-Za-z]+)=([01])$/.exec(begin.text);
    if (!equal) continue;
    const [letter = '', first] = [equal[1], Number(equal[2])];
    const isLater =
      go.text === 'otherwise' ||
      [
        `${letter}>${first}`,
        `${letter}\\ge${first + 1}`,
        `${letter}\\geq${first + 1}`,
        `${letter}\\neq${first}`,
        `${letter}\\ne${first}`,
      ].includes(go.text);
    if (isLater) return { letter, first, value: begin.value, later: go.value };
  }
  return null;
}

const textOf = (tokens: readonly Token[] | 'otherwise'): string =>
  tokens === 'otherwise'
    ? tokens
    : tokens
        .filter(({ kind }) => kind !== 'space')
        .map(({ text }) => text)
        .join('');

/** The tokens with the letter, and the letter plus or minus a digit, as numbers. */
function withValue(tokens: readonly Token[], letter: string, value: number): Token[] {
  const written: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const [sign, digit] = [tokens[at + 1], tokens[at + 2]];
    if (token.text !== letter) {
      written.push(token);
      continue;
    }
    const isShifted =
      (sign?.text === '+' || sign?.text === '-') && digit?.kind === 'digit' && tokens[at + 3]?.kind !== 'digit';
    const amount = isShifted ? (sign.text === '-' ? -1 : 1) * Number(digit.text) : 0;
    written.push({ kind: 'digit', text: String(value + amount), span: token.span });
    if (isShifted) at += 2;
  }
  return written;
}
