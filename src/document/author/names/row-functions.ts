/**
 * Functions that a row defines beside a rule, \mathrm{clip}_c(u) := \min\{1, c/\|u\|\}u: written out where they are used. A row in which the loss stands
 * is a value at the point of its argument instead, and stays.
 */
import { refuse } from '../../../base/problem.ts';
import { trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { scriptEnd } from '../author-names.ts';
import { letterEnd, solid } from '../author-tokens.ts';

interface RowFunction {
  /** The name with its scripts, as spelled. */
  readonly name: string;
  readonly formal: string;
  readonly body: readonly Token[];
  readonly piece: Piece;
}

const DEEPEST = 8;

/** The rows without those of functions, and their uses written out. */
export function withoutFunctionRows(rows: readonly Piece[], notation: Notation, numbers: ReadonlySet<string>): Piece[] {
  const functions = rows.flatMap(piece => functionOf(piece, notation, numbers) ?? []);
  const own = functions.filter(({ name }, at) => functions.findIndex(each => each.name === name) === at);
  if (own.length === 0 || own.length < functions.length) return [...rows];
  const kept = rows.filter(piece => own.every(each => each.piece !== piece));
  return kept.map(piece => ({
    ...piece,
    left: writtenOut(piece.left, own, 0),
    right: writtenOut(piece.right, own, 0),
  }));
}

const spelled = (tokens: readonly Token[]): string =>
  solid(tokens)
    .filter(({ kind }) => kind !== 'open' && kind !== 'close')
    .map(({ text }) => text)
    .join(' ');

function functionOf(
  piece: Piece,
  { loss, parameters, iteration, gradient, step }: Notation,
  numbers: ReadonlySet<string>,
): RowFunction | null {
  if (piece.relation !== '=' && piece.relation !== ':=') return null;
  const left = solid(trim(piece.left)).filter(({ text }) => text !== '\\left' && text !== '\\right');
  const head = nameEnd(left, 0);
  if (head === null || left[head]?.text !== '(' || left.at(-1)?.text !== ')') return null;
  const argument = left.slice(head + 1, -1);
  const formal = canonicalNameOf(argument);
  const base = canonicalNameOf(left.slice(0, letterEnd(left, 0) ?? 0));
  if (formal === null || base === null || letterEnd(argument, 0) !== argument.length) return null;
  const taken = [loss, parameters, iteration, gradient, step];
  if (taken.includes(base) || formal === parameters || formal === iteration || formal === step || numbers.has(formal))
    return null;
  const isOfLoss = piece.right.some(({ text }, at) => {
    const end = letterEnd(piece.right, at);
    const name = end === null ? null : canonicalNameOf(piece.right.slice(at, end));
    return text === '\\nabla' || text === '\\partial' || name === loss || (gradient !== undefined && name === gradient);
  });
  const isSum = piece.right.some(({ text }) => text === '\\sum' || text === '\\prod');
  const hasFormal = usesOf(piece.right, formal).length > 0;
  if (isOfLoss || isSum || !hasFormal || piece.condition !== null) return null;
  // A label on the name is one of a value of its own in every step.
  const hasLabel = left.slice(0, head).some(({ text }) => text === iteration);
  return hasLabel ? null : { name: spelled(left.slice(0, head)), formal, body: piece.right, piece };
}

/** Behind the name with its scripts that begins at `at`. */
function nameEnd(tokens: readonly Token[], at: number): number | null {
  if (tokens[at]?.text === '\\nabla' || tokens[at]?.text === '\\partial') return null;
  let end = letterEnd(tokens, at);
  for (let next = end; next !== null && end !== null; next = scriptEnd(tokens, end)) end = next;
  return end;
}

/** Where the formal letter stands as a name of its own. */
function usesOf(tokens: readonly Token[], formal: string): { at: number; end: number }[] {
  const found: { at: number; end: number }[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const end = letterEnd(tokens, at);
    if (end === null) continue;
    if (canonicalNameOf(tokens.slice(at, end)) === formal) found.push({ at, end });
    at = end - 1;
  }
  return found;
}

function writtenOut(tokens: readonly Token[], functions: readonly RowFunction[], depth: number): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const head = nameEnd(tokens, at);
    const own = head === null ? undefined : functions.find(({ name }) => name === spelled(tokens.slice(at, head)));
    const argument = head === null || own === undefined ? null : parenthesisAt(tokens, head);
    if (own === undefined || argument === null) {
      const end = letterEnd(tokens, at) ?? at + 1;
      found.push(...tokens.slice(at, end));
      at = end - 1;
      continue;
    }
    if (depth >= DEEPEST) refuse('definition-cycle', `${own.name} is defined through itself`, own.piece.span);
    const inside = writtenOut(argument.inside, functions, depth + 1);
    const sign = (text: string): Token => ({ kind: 'symbol', text, span: token.span });
    const body = writtenOut(withFormal(own, [sign('('), ...inside, sign(')')]), functions, depth + 1);
    found.push(sign('('), ...body.map(each => ({ ...each, span: token.span })), sign(')'));
    at = argument.end - 1;
  }
  return found;
}

function withFormal({ body, formal, piece }: RowFunction, value: readonly Token[]): Token[] {
  const uses = usesOf(body, formal);
  const scripted = uses.find(({ end }) => body[end]?.kind === 'subscript');
  if (scripted)
    refuse(
      'function-of-components',
      `${formal} has components here, and a function that a row defines is written for the whole argument`,
      piece.span,
      'Write the function where it is used.',
    );
  const found: Token[] = [];
  let from = 0;
  for (const { at, end } of uses) {
    found.push(...body.slice(from, at), ...value);
    from = end;
  }
  return [...found, ...body.slice(from)];
}

function parenthesisAt(tokens: readonly Token[], at: number): { inside: readonly Token[]; end: number } | null {
  let open = at;
  while (tokens[open]?.kind === 'space' || /^(?:\\left|\\[bB]igg?l?|\\!)$/.test(tokens[open]?.text ?? '')) open += 1;
  const curly = tokens[open]?.text === '[' ? '[' : '(';
  if (tokens[open]?.text !== curly) return null;
  let depth = 0;
  for (let next = open; next < tokens.length; next += 1) {
    if (/^[([]$/.test(tokens[next]?.text ?? '')) depth += 1;
    if (/^[)\]]$/.test(tokens[next]?.text ?? '')) depth -= 1;
    if (depth > 0) continue;
    const isSized = /^(?:\\right|\\[bB]igg?r?)$/.test(tokens[next - 1]?.text ?? '');
    return { inside: tokens.slice(open + 1, isSized ? next - 1 : next), end: next + 1 };
  }
  return null;
}
