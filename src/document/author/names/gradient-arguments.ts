/**
 * The gradient as a function, g(w_k, \xi_k) under `gradient=g`, and the sampled gradient \tilde\nabla f(x): ∇ of the loss there, the second of the
 * step's own loss.
 */
import { canonicalAccent } from '../../../latex/notation/notation-table.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { tokenizeText } from '../../../latex/notation/tokenize.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { replaceNames, scriptEnd } from '../author-names.ts';
import { letterEnd, letterToken } from '../author-tokens.ts';

const OPENING = /^(?:\\left|\\[bB]igg?l?)$/;

/** Where a parenthesis that opens at `at`, with its size in front, ends; null where none opens. */
function parenthesisEnd(tokens: readonly Token[], at: number): { inside: readonly Token[]; end: number } | null {
  let open = at;
  while (tokens[open]?.kind === 'space' || OPENING.test(tokens[open]?.text ?? '')) open += 1;
  if (tokens[open]?.text !== '(') return null;
  let depth = 0;
  for (let next = open; next < tokens.length; next += 1) {
    if (tokens[next]?.text === '(') depth += 1;
    if (tokens[next]?.text === ')') depth -= 1;
    if (depth > 0) continue;
    const isSized = /^(?:\\right|\\[bB]igg?r?)$/.test(tokens[next - 1]?.text ?? '');
    return { inside: tokens.slice(open + 1, isSized ? next - 1 : next), end: next };
  }
  return null;
}

/** g(w_k, \xi_k) and g_k(w_k) as \nabla f(w_k, \xi_k) and \nabla f_k(w_k); a parenthesis that does not begin with the parameters is a factor. */
export function withGradientArguments(
  tokens: readonly Token[],
  { gradient, loss, parameters, step, iteration }: Notation,
  numbers: ReadonlySet<string>,
): Token[] {
  if (gradient === undefined) return [...tokens];
  const isNumber = (name: string): boolean => numbers.has(name) || name === step || name === iteration;
  return replaceNames(tokens, (name, at, end) => {
    if (name !== gradient) return null;
    const scripts = scriptEnd(tokens, end) ?? end;
    const argument = parenthesisEnd(tokens, scripts);
    const [first] = argument?.inside ?? [];
    if (argument === null || first === undefined) return null;
    const isPoint = beginsWith(argument.inside, parameters);
    const isSum = argument.inside.some(({ text }) => text === '+' || text === '-');
    // g_t(x_t - x_{t-1}) may be a product.
    // g(y_k): nobody writes a product so.
    const only = nameIn(argument.inside);
    const isNamed = only !== null && !isNumber(only);
    if (!isNamed && (!isPoint || (scripts > end && isSum && !argument.inside.some(({ kind }) => kind === 'subscript'))))
      return null;
    const place = (text: string): Token[] =>
      tokenizeText(text).map(each => ({ ...each, span: tokens[at]?.span ?? first.span }));
    return { tokens: [...place(`\\nabla ${loss}`), ...tokens.slice(end, scripts)], next: scripts };
  });
}

/** The name that the tokens are, labels aside; null where they are anything else. */
function nameIn(tokens: readonly Token[]): string | null {
  const row = tokens.filter(({ kind }) => kind !== 'space');
  const end = letterEnd(row, 0);
  if (end === null) return null;
  let last = end;
  for (let next = scriptEnd(row, last); next !== null; next = scriptEnd(row, last)) last = next;
  return last === row.length ? canonicalNameOf(row.slice(0, end)) : null;
}

/** L[\phi_t] as L(\phi_t): brackets behind the loss that hold a point; behind \nabla^2 they hold vectors. */
export function withLossArguments(tokens: readonly Token[], { loss, parameters }: Notation): Token[] {
  const found = [...tokens];
  if (!tokens.some(({ text }) => text === ']')) return found;
  for (let at = 0; at < tokens.length; at += 1) {
    const end = lossEnd(tokens, at, loss);
    if (end === null || tokens[at]?.kind === 'space') continue;
    const behind = scriptEnd(tokens, end) ?? end;
    let open = behind;
    while (tokens[open]?.kind === 'space' || OPENING.test(tokens[open]?.text ?? '')) open += 1;
    const close = tokens.findIndex(({ text }, place) => place > open && text === ']');
    const [bracket, last] = [tokens[open], tokens[close]];
    const isPoint =
      bracket?.text === '[' && last !== undefined && beginsWith(tokens.slice(open + 1, close), parameters);
    const before = tokens
      .slice(Math.max(0, at - 6), at)
      .map(({ text }) => text)
      .join('');
    if (!isPoint || /\\nabla\s*\^|\\mathbb\s*\{?\s*$/.test(before)) continue;
    found[open] = { ...bracket, text: '(' };
    found[close] = { ...last, text: ')' };
  }
  return found;
}

/** Whether the tokens begin with the parameters, in whatever alphabet. */
function beginsWith(tokens: readonly Token[], parameters: string): boolean {
  const row = tokens.filter(({ kind }) => kind !== 'space');
  for (let end = 1; end <= Math.min(5, row.length); end += 1)
    if (canonicalNameOf(row.slice(0, end)) === parameters) return true;
  const core = tokenizeText(parameters)
    .filter(({ kind }) => kind === 'letter' || kind === 'command')
    .at(-1)?.text;
  const [head, open, letter] = row;
  return head?.text === core || (head?.kind === 'command' && (open?.kind === 'open' ? letter : open)?.text === core);
}

/** \tilde\nabla f(x) as \nabla f(x; \cdot) of a sample. With a number on the loss the accent says nothing more. */
export function withoutSampledNabla(tokens: readonly Token[], { loss }: Notation): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const nabla = accentedNabla(tokens, at);
    if (nabla === null) {
      found.push(token);
      continue;
    }
    // \tilde\nabla_\theta
    const behind = scriptEnd(tokens, nabla.end) ?? nabla.end;
    found.push(nabla.sign, ...tokens.slice(nabla.end, behind));
    const letters = lossEnd(tokens, behind, loss);
    const argument = letters === null || tokens[letters]?.kind === 'subscript' ? null : parenthesisEnd(tokens, letters);
    const isSampled = argument !== null && !argument.inside.some(({ text }) => text === ';' || text === ',');
    if (!isSampled) {
      at = behind - 1;
      continue;
    }
    const sample = letterToken([token], '\\tilde{\\nabla}');
    const close = argument.end - (tokens[argument.end - 1] === argument.inside.at(-1) ? 0 : 1);
    found.push(...tokens.slice(behind, close), { ...token, kind: 'symbol', text: ';' }, sample);
    at = close - 1;
  }
  return found;
}

function accentedNabla(tokens: readonly Token[], at: number): { sign: Token; end: number } | null {
  const accent = canonicalAccent(tokens[at]?.text ?? '');
  if (accent === null) return null;
  let sign = at + 1;
  while (tokens[sign]?.kind === 'space') sign += 1;
  const isBraced = tokens[sign]?.kind === 'open';
  const nabla = tokens[isBraced ? sign + 1 : sign];
  if (nabla?.text !== '\\nabla' || (isBraced && tokens[sign + 2]?.kind !== 'close')) return null;
  return { sign: nabla, end: isBraced ? sign + 3 : sign + 1 };
}

function lossEnd(tokens: readonly Token[], at: number, loss: string): number | null {
  let start = at;
  while (tokens[start]?.kind === 'space') start += 1;
  for (let end = start + 1; end <= Math.min(start + 5, tokens.length); end += 1)
    if (canonicalNameOf(tokens.slice(start, end)) === loss) return end;
  return null;
}
