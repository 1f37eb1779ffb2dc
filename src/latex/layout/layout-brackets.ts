/** Brackets of every kind and size, bars, and `\left … \right`: where they end and what they hold. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Item } from './item.ts';
import { bare, endsOperand, show } from './layout-items.ts';
import { BARS, CLOSING, OPENING, SIZES } from '../notation/notation-table.ts';
import type { DelimiterKind } from '../notation/notation-table.ts';
import type { TokenReader } from '../notation/token-reader.ts';
import type { Token } from '../notation/token.ts';

export const ROUNDING = /^\\[lr](?:floor|ceil)$/;
export const ROUNDING_HINT =
  'Rounding is not read. In a schedule leave its row out and declare the sequence, `where \\gamma_t schedule`, with its own letters; where that is the step, `notation step=\\eta` alone makes \\eta_t any sequence of steps.';

/** A bracket that is open, and how its end is recognised. */
export interface Bracket {
  readonly kind: DelimiterKind;
  readonly closers: 'plain' | 'right' | 'bar';
  readonly token: Token;
}

/** Reads the items up to what closes a bracket. */
export interface Lists {
  readonly reader: TokenReader;
  list(bracket: Bracket | null): Item[];
}

/** Whether `token` closes something: the bracket that is open, or one that is not (then the caller complains). */
export function endsList(reader: TokenReader, token: Token, bracket: Bracket | null, items: readonly Item[]): boolean {
  if (token.text === '\\right' || CLOSING.has(token.text)) return true;
  const side = SIZES.get(token.text);
  if (side === 'close') return !sizedEvaluation(reader, token, bracket);
  if (side === 'either' && CLOSING.has(reader.peek(1)?.text ?? '')) return true;
  if (bracket?.closers !== 'bar') return false;
  const delimiter = SIZES.has(token.text) ? reader.peek(1) : token;
  if (delimiter === undefined || SIZES.get(token.text) === 'open') return false;
  const kind = reader.barKind(delimiter, bracket.kind);
  return kind === bracket.kind && endsOperand(items);
}

/** `\bigr|_{…}` after a factor, with no `\bigl` before it. */
function sizedEvaluation(reader: TokenReader, token: Token, bracket: Bracket | null): boolean {
  const bar = reader.peek(1);
  return (
    token.text.endsWith('r') &&
    bar !== undefined &&
    isSingleBar(bar) &&
    reader.peek(2)?.kind === 'subscript' &&
    (bracket?.closers !== 'bar' || reader.conditionFollows(reader.at + 2))
  );
}

const isSingleBar = ({ text }: Token): boolean => text === '|' || text === '\\vert';

/** A bracket of any kind up to the one that closes it. */
export function readBracket(lists: Lists, token: Token, before: readonly Item[]): Item {
  const { reader } = lists;
  const sized = token.text === '\\left' || SIZES.has(token.text);
  reader.at += 1;
  if (sized) reader.skipSpaces();
  const delimiter = sized ? reader.peek() : token;
  if (delimiter === undefined)
    return refuse('missing-argument', `expected a delimiter after ${token.text}`, token.span);
  if (sized) reader.at += 1;
  if (token.text === '\\left') return readLeftRight(lists, token, delimiter);
  const kind = OPENING.get(delimiter.text);
  if (kind !== undefined) return readInside(lists, { kind, closers: 'plain', token: delimiter }, token);
  if (!BARS.has(delimiter.text)) return refuse('delimiter', `${show(delimiter)} is no delimiter`, delimiter.span);
  // A bar with a subscript behind an operand opens nothing: it evaluates the factor before it.
  if (
    isSingleBar(delimiter) &&
    SIZES.get(token.text) !== 'open' &&
    reader.peek()?.kind === 'subscript' &&
    endsOperand(before)
  ) {
    return { kind: 'evaluated', items: null, ...bare(token.span) };
  }
  reader.at -= 1;
  const bar = reader.barKind(delimiter, null) ?? 'abs';
  reader.at += delimiter.text === '|' && bar === 'norm' ? 2 : 1;
  return readInside(lists, { kind: bar, closers: 'bar', token: delimiter }, token);
}

/** The items inside and the closing delimiter, which may carry a size. */
function readInside(lists: Lists, bracket: Bracket, first: Token): Item {
  const { reader } = lists;
  const items = reader.nested(first, () => lists.list(bracket));
  const size = reader.peek();
  if (size !== undefined && SIZES.has(size.text)) {
    reader.at += 1;
    reader.skipSpaces();
  }
  const close = reader.peek();
  if (close === undefined)
    return refuse('unbalanced-bracket', `expected what closes ${show(bracket.token)}`, bracket.token.span);
  const kind =
    bracket.closers === 'bar'
      ? (reader.barKind(close, bracket.kind) ?? CLOSING.get(close.text))
      : (CLOSING.get(close.text) ?? BARS.get(close.text));
  if (kind !== bracket.kind)
    return refuse('unbalanced-bracket', `${show(close)} does not close ${show(bracket.token)}`, close.span);
  reader.at += close.text === '|' && kind === 'norm' ? 2 : 1;
  return bracketed(bracket.kind, items, reader.spanFrom(first));
}

/** `|\!|v|\!|`, `\left|\left|v\right|\right|`: two single bars of any spelling and size are the bars of a norm. */
function bracketed(delimiter: DelimiterKind, items: Item[], span: Span): Item {
  const [only, ...more] = items;
  const isDouble =
    delimiter === 'abs' &&
    only?.kind === 'group' &&
    only.delimiter === 'abs' &&
    more.length === 0 &&
    only.sup === null &&
    only.sub === null &&
    only.primes === 0;
  if (isDouble) return { kind: 'group', delimiter: 'norm', items: only.items, fromSingleBars: true, ...bare(span) };
  return { kind: 'group', delimiter, items, ...bare(span) };
}

function readLeftRight(lists: Lists, left: Token, open: Token): Item {
  const { reader } = lists;
  const items = reader.nested(left, () => lists.list({ kind: 'paren', closers: 'right', token: open }));
  const right = reader.peek();
  if (right?.text !== '\\right') {
    if (right === undefined) return refuse('unbalanced-bracket', 'expected a \\right for this \\left', left.span);
    return refuse('unbalanced-bracket', `expected a \\right for a \\left before ${show(right)}`, right.span);
  }
  reader.at += 1;
  reader.skipSpaces();
  const close = reader.peek();
  if (close === undefined) return refuse('missing-argument', 'expected a delimiter after \\right', right.span);
  reader.at += 1;
  const span = reader.spanFrom(left);
  if (open.text === '.' && (close.text === '|' || close.text === ']'))
    return { kind: 'evaluated', items, ...bare(span) };
  const opens = OPENING.get(open.text) ?? BARS.get(open.text);
  const closes = CLOSING.get(close.text) ?? BARS.get(close.text);
  if (open.text === '.' && close.text === '.') return { kind: 'group', delimiter: 'brace', items, ...bare(span) };
  if (opens === undefined)
    return refuse(
      'delimiter',
      `expected an opening delimiter after \\left, not ${show(open)}`,
      open.span,
      ROUNDING.test(open.text) ? ROUNDING_HINT : undefined,
    );
  if (closes !== opens)
    return refuse('unbalanced-bracket', `\\right${close.text} does not close \\left${open.text}`, close.span);
  return bracketed(opens, items, span);
}
