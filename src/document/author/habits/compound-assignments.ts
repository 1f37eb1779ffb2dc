/**
 * Assignments that change a value, as programs have them: x += v is x = x + v. Only values without a label can be meant:
 * v_t += g may speak of v_t as a row before made it or of v_{t-1}, and is refused with both readings.
 */
import { refuse } from '../../../base/problem.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { rowBefore } from './row-before.ts';

const OPERATORS: Readonly<Record<string, string>> = { '+': '+', '-': '-', '*': '\\cdot', '/': '/', '\\cdot': '\\cdot' };

/** The tokens with every x += v written x = x + (v). */
export function withoutCompoundAssignments(tokens: readonly Token[]): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const mark = markAt(tokens, at);
    if (mark === null) {
      found.push(token);
      continue;
    }
    const left = rowBefore(found);
    if (left.length === 0 || /^[_^]$/.test(left.at(-1)?.text ?? '')) {
      found.push(token);
      continue;
    }
    refuseLabelled(left, mark.operator, token);
    const end = rowEnd(tokens, mark.end);
    const symbol = (text: string): Token => ({ kind: 'symbol', text, span: token.span });
    const operator: Token = { ...symbol(mark.operator), kind: mark.operator.startsWith('\\') ? 'command' : 'symbol' };
    found.push(symbol('='), ...left, operator, symbol('('), ...tokens.slice(mark.end, end), symbol(')'));
    at = end - 1;
  }
  return found;
}

/** `+=`, `\mathrel{+}=`, `\mathrel{+{=}}`, `\mathrel{+}\mathrel{=}`: its operator and where it ends; null where none begins. */
function markAt(tokens: readonly Token[], at: number): { operator: string; end: number } | null {
  let operator: string | null = null;
  for (let next = at; next < Math.min(tokens.length, at + 12); next += 1) {
    const token = tokens[next];
    if (token === undefined) return null;
    if (/^\\(?:mathrel|mathbin|mathop|mathord|!|,)$/.test(token.text) || token.kind === 'open') continue;
    if (token.kind === 'close') {
      if (operator === null) return null;
      continue;
    }
    if (operator === null) {
      operator = OPERATORS[token.text] ?? null;
      if (operator === null) return null;
      continue;
    }
    if (token.text !== '=') return null;
    return { operator: operator === '*' ? '\\cdot' : operator, end: afterGroups(tokens, at, next) };
  }
  return null;
}

/** Behind the braces that were opened since `start` and are still open at `at`. */
function afterGroups(tokens: readonly Token[], start: number, at: number): number {
  let depth = 0;
  for (let next = start; next <= at; next += 1) {
    if (tokens[next]?.kind === 'open') depth += 1;
    if (tokens[next]?.kind === 'close') depth -= 1;
  }
  let end = at + 1;
  for (; depth > 0 && tokens[end]?.kind === 'close'; end += 1) depth -= 1;
  return end;
}

/** Where the right side ends: at a new row, a wide space, a comma or the end of its environment. */
function rowEnd(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.kind === 'open' || /^(?:\(|\[|\\\{|\\left)$/.test(token?.text ?? '')) depth += 1;
    if (token?.kind === 'close' || /^(?:\)|\]|\\\}|\\right)$/.test(token?.text ?? '')) depth -= 1;
    if (depth < 0) return at;
    if (depth === 0 && /^(?:\\\\|,|;|\.|\\quad|\\qquad|\\end|\\text)$/.test(token?.text ?? '')) {
      // 0.9 is a number.
      if (token?.text === '.' && tokens[at + 1]?.kind === 'digit') continue;
      return at;
    }
  }
  return tokens.length;
}

/** A label: a script with a letter and ± a number, or a lone letter of a count. */
function refuseLabelled(left: readonly Token[], operator: string, place: Token): void {
  const mark = left.findIndex(({ kind }) => kind === 'subscript' || kind === 'superscript');
  if (mark === -1) return;
  const text = left.map(token => token.text).join('');
  refuse(
    'changed-with-label',
    `${text} ${operator}= … has two readings: ${text} as a row before made it, or the value of the step before, is changed`,
    place.span,
    `Write both sides, as ${text} = … ${operator} …`,
  );
}
