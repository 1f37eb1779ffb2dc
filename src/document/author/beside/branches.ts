/**
 * Branches of a program's step. `\textbf{if} \lambda \neq 0` in front of a row that does nothing for \lambda = 0, g_t \gets g_t + \lambda\theta_{t-1}, says
 * nothing; any other branch is refused, since a rule has one.
 */
import { refuse } from '../../../base/problem.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { solid } from '../author-tokens.ts';
import { tokenRows } from './token-rows.ts';

const TEXT = /^\\(?:text|textrm|textbf|textit|textsf|texttt|textnormal|mbox|mathbf|mathrm|mathit|bf)$/;

/** The tokens without such marks. */
export function withoutBranches(tokens: readonly Token[]): Token[] {
  refuseOtherwise(tokens);
  const rows = tokenRows(tokens);
  if (!rows.some(({ row }) => /^(?:if|else|elif|elseif)\b/i.test(firstWord(row)))) return [...tokens];
  return rows.flatMap(({ row, end }, at) => {
    const word = firstWord(row).toLowerCase();
    if (/^end ?if$/.test(word)) return [];
    if (!/^(?:if|else|elif|elseif|else if)$/.test(word)) return [...row, ...end];
    const next = rows[at + 1]?.row ?? [];
    const hasRow = row.some(({ text }) => /^(?:\\gets|\\leftarrow)$/.test(text) || text === '=');
    const switched = /^if$/.test(word) && !hasRow ? nonZero(row) : null;
    const isElse = /^else/i.test(firstWord(rows[at + 2]?.row ?? []));
    if (switched !== null && !isElse && vanishesWith(next, switched)) return [];
    return refuseBranch(row);
  });
}

/** Refuses `\text{(otherwise)}` beside rows; in `cases` it belongs to a value, which is read there. */
function refuseOtherwise(tokens: readonly Token[]): void {
  let depth = 0;
  for (const [at, { text }] of tokens.entries()) {
    if ((text === '\\begin' || text === '\\end') && isCases(tokens, at)) depth += text === '\\begin' ? 1 : -1;
    if (depth > 0 || !TEXT.test(text) || tokens[at + 1]?.kind !== 'open') continue;
    const close = tokens.findIndex(({ kind }, place) => place > at && kind === 'close');
    const words = tokens.slice(at + 2, close).map(token => token.text);
    if (/^[\s(]*(?:otherwise|else)[\s).,:;]*$/i.test(words.join(''))) refuseBranch(tokens.slice(at, close + 1));
  }
}

const isCases = (tokens: readonly Token[], at: number): boolean =>
  /^\{?[dr]?cases/.test(
    solid(tokens.slice(at + 1, at + 10))
      .map(({ text }) => text)
      .join(''),
  );

function refuseBranch(row: readonly Token[]): never {
  const first = row.find(({ text }) => TEXT.test(text));
  return refuse(
    'branches',
    'a branch of a program: a rule has the same rows in every step',
    first?.span,
    'Leave the rows of one branch, without the marks of branches; a hyperparameter may be 0 where it is declared so, as \\lambda >= 0.',
  );
}

/** The words of the text with which a row begins; empty where it begins with anything else. */
function firstWord(row: readonly Token[]): string {
  let at = 0;
  const isIdle = (token: Token | undefined): boolean =>
    token !== undefined &&
    (token.kind === 'space' || token.kind === 'alignment' || /^\\(?:q?quad|[,;:! ]|hspace)$/.test(token.text));
  while (isIdle(row[at])) {
    const isSpace = row[at]?.text === '\\hspace';
    at += 1;
    if (isSpace && row[at]?.kind === 'open')
      at = row.findIndex(({ kind }, place) => place > at && kind === 'close') + 1;
  }
  const plain = plainWord(row.slice(at));
  if (plain !== null) return plain.word;
  if (!TEXT.test(row[at]?.text ?? '') || row[at + 1]?.kind !== 'open') return '';
  const close = row.findIndex(({ kind }, place) => place > at && kind === 'close');
  return row
    .slice(at + 2, close)
    .map(({ text }) => text)
    .join('')
    .replace(/[\s:]+/g, ' ')
    .trim();
}

/** `if \: \lambda \neq 0` typed as letters, which are no product where a space is typed out behind them; null for anything else. */
function plainWord(row: readonly Token[]): { word: string; length: number } | null {
  const end = row.findIndex(({ kind, text }) => kind !== 'letter' || text.length > 1);
  const word = row
    .slice(0, Math.max(end, 0))
    .map(({ text }) => text)
    .join('');
  const behind = row.slice(end).find(({ kind }) => kind !== 'space');
  const isWord = /^(?:if|else|elif|elseif|endif)$/.test(word);
  return isWord && /^\\(?:q?quad|[,;:! ])$/.test(behind?.text ?? '') ? { word, length: end } : null;
}

/** λ of `if λ \neq 0` or `if λ > 0`, as spelled; null for any other condition. */
function nonZero(typed: readonly Token[]): string | null {
  const row = withoutSpacing(typed);
  const letters = row.findIndex(({ kind }) => kind === 'letter');
  const plain = plainWord(row.slice(letters));
  const open = row.findIndex(({ kind }) => kind === 'open');
  const start =
    plain === null ? row.findIndex(({ kind }, at) => at > open && kind === 'close') : letters + plain.length - 1;
  const text = solid(row.slice(start + 1))
    .filter(({ text: own }) => !/^\\(?:q?quad|[,;:! ]|text|textbf)$/.test(own) && own !== ':')
    .map(({ text: own }) => own)
    .join('')
    .replace(/\{(?:then|do)\}$/, '');
  return /^(\\?[A-Za-z]+(?:_\{?\w+\}?)?)(?:\\neq?|>|\\gt|!=)0$/.exec(text)?.[1] ?? null;
}

/** Whether a row gives a value to which it only adds terms with that factor: x \gets x + \lambda y. */
function vanishesWith(row: readonly Token[], name: string): boolean {
  const arrow = row.findIndex(({ text }) => /^(?:\\gets|\\leftarrow|=)$/.test(text));
  if (arrow === -1) return false;
  const spelled = (tokens: readonly Token[]): string =>
    solid(tokens)
      .filter(({ kind, text }) => kind !== 'alignment' && !/^\\(?:q?quad|[,;:! ])$/.test(text))
      .map(({ text }) => text)
      .join('');
  const left = spelled(withoutSpacing(row.slice(0, arrow)));
  const right = spelled(row.slice(arrow + 1));
  if (left === '' || !right.startsWith(left)) return false;
  const rest = right.slice(left.length);
  const factor = name.replace(/[\\{}]/g, '\\$&');
  // One term, whose first factor is the switch.
  return new RegExp(`^[+-]${factor}(?![A-Za-z_^])[^+=-]*(?:_\\{[^{}]*\\}[^+=-]*)*$`).test(
    rest.replace(/_\{[^{}]*\}/g, '_#'),
  );
}

/** Without `\hspace{5mm}`. */
function withoutSpacing(row: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < row.length; at += 1) {
    const token = row[at];
    if (token === undefined) break;
    if (token.text === '\\hspace' && row[at + 1]?.kind === 'open')
      at = row.findIndex(({ kind }, place) => place > at && kind === 'close');
    else kept.push(token);
  }
  return kept;
}
