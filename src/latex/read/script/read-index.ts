/**
 * Index expressions: n, k, n-k+1, 2n, in the bounds of Σ also \max(0,n-7), and rows of them in subscripts and labels. Only
 * integers come out.
 */
import { refuse } from '../../../base/problem.ts';
import { joinSpans, type Span } from '../../../base/span.ts';
import type { Formula, IndexSort } from '../../../formula/formula.ts';
import { Rational } from '../../../number/rational.ts';
import { spanOf } from '../../layout/cursor.ts';
import type { CommandItem, Item } from '../../layout/item.ts';
import { isOperator, spellItem } from '../../layout/item.ts';
import type { Reading } from '../reading.ts';

/** An index expression that counts `sort` (null: either). */
export const readIndex = (items: readonly Item[], sort: IndexSort | null, reading: Reading, place: Span): Formula =>
  readSum(items, sort, false, reading, place);

/** A bound of Σ or Π: an index expression that may contain \max and \min of others. */
export const readRangeEnd = (items: readonly Item[], reading: Reading, place: Span): Formula =>
  readSum(items, null, true, reading, place);

function readSum(
  items: readonly Item[],
  sort: IndexSort | null,
  extrema: boolean,
  reading: Reading,
  place: Span,
): Formula {
  const span = spanOf(items, place);
  return reading.deeper(span, () => {
    const terms: Formula[] = [];
    let at = 0;
    while (at < items.length || terms.length === 0) {
      let negative = false;
      const sign = items[at];
      if (sign !== undefined && (isOperator(sign, '+') || isOperator(sign, '-'))) {
        negative = isOperator(sign, '-');
        at += 1;
      } else if (terms.length > 0) return refuse('index-expression', 'expected + or - in an index', sign?.span ?? span);
      const first = items[at];
      if (first === undefined) return refuse('index-expression', 'expected an index', sign?.span ?? span);
      at += 1;
      if (extrema && isExtremum(first)) {
        const term = readExtremum(first, items[at], reading);
        at += 1;
        terms.push(negative ? { kind: 'negate', span: term.span, argument: term } : term);
        continue;
      }
      let term = readAtom(first, sort, extrema, reading);
      if (term.kind === 'number' || first.kind === 'group') {
        // 2n, 2(n+1), 2 \cdot n
        const isTyped = isOperator(items[at], '\\cdot');
        if (isTyped) at += 1;
        const second = items[at];
        if (second !== undefined && second.kind !== 'operator') {
          if (!isTyped && sort === 'coordinate') refuseRow([first, second]);
          term = { kind: 'multiply', span, factors: [term, readAtom(second, sort, extrema, reading)] };
          at += 1;
        }
      }
      terms.push(negative ? { kind: 'negate', span: term.span, argument: term } : term);
    }
    const only = terms[0];
    return terms.length === 1 && only !== undefined ? only : { kind: 'add', span, terms };
  });
}

const isExtremum = (item: Item): item is CommandItem =>
  item.kind === 'command' && (item.text === '\\max' || item.text === '\\min');

/** `\max(0,n-7)`, `\min\{p,3\}`: at least two index expressions. */
function readExtremum(item: CommandItem, group: Item | undefined, reading: Reading): Formula {
  const which = item.text === '\\max' ? 'max' : 'min';
  const isList =
    group?.kind === 'group' &&
    (group.delimiter === 'paren' || group.delimiter === 'curly' || group.delimiter === 'bracket');
  if (item.sub !== null || item.sup !== null || !isList || group.sub !== null || group.sup !== null) {
    const place = group?.span ?? item.span;
    return refuse('function-argument', `expected the arguments of ${item.text} in parentheses, without scripts`, place);
  }
  const parts = splitCommas(group.items);
  if (parts.length < 2) {
    const message = `expected at least two arguments of ${item.text}, with commas between them`;
    return refuse('function-argument', message, group.span);
  }
  const span = joinSpans(item.span, group.span);
  return { kind: 'extremum', span, which, arguments: parts.map(part => readRangeEnd(part, reading, group.span)) };
}

function readAtom(item: Item, sort: IndexSort | null, extrema: boolean, reading: Reading): Formula {
  if (item.kind === 'number' && item.sup === null && item.sub === null && !item.text.includes('.')) {
    return { kind: 'number', span: item.span, value: Rational.parse(item.text) ?? Rational.zero };
  }
  if (
    item.kind === 'group' &&
    item.sup === null &&
    item.sub === null &&
    (item.delimiter === 'brace' || item.delimiter === 'paren')
  )
    return readSum(item.items, sort, extrema, reading, item.span);
  const letter = item.kind === 'name' ? spellItem(item) : null;
  if (letter === null)
    return refuse('index-expression', 'expected an index: a letter, an integer, or a sum of these', item.span);
  return reading.index(letter, sort, item.span);
}

/** Splits at commas that stand at this level. */
export function splitCommas(items: readonly Item[]): Item[][] {
  const parts: Item[][] = [[]];
  for (const item of items) {
    if (isOperator(item, ',') || isOperator(item, ';')) parts.push([]);
    else parts[parts.length - 1]?.push(item);
  }
  return parts;
}

/** 1j where one component stands: two of them, or the component 1·j. Products stay in labels and bounds. */
function refuseRow([first, second]: readonly [Item, Item]): never {
  const [one, other] = [textOfItem(first), textOfItem(second)];
  return refuse(
    'index-expression',
    `${one}${other} as a component is ambiguous: two components, ${one} and ${other}, or the product of both`,
    first.span,
    `Write ${one},${other} for two components, ${one} \\cdot ${other} for the product.`,
  );
}

export const textOfItem = ({ span }: Item): string => span.source.text.slice(span.start, span.end);

/**
 * The entries of a subscript with several indices: `i,j`, `ij`, `1j`, `i_1 i_2`, `j+1`. Where an iteration label may stand, `10`
 * and `2t` are one entry; else 10 could be two indices and is refused.
 */
export function splitIndices(items: readonly Item[], mayBeLabel = false): Item[][] {
  const parts = items.some(item => isOperator(item, ',')) ? splitCommas(items) : [[...items]];
  return parts.flatMap(part => splitRow(part, mayBeLabel, parts.length === 1));
}

function splitRow(part: Item[], mayBeLabel: boolean, isAlone: boolean): Item[][] {
  const isRow = part.every(item => item.kind === 'name' || (item.kind === 'number' && !mayBeLabel));
  if (part.length === 0 || !isRow || (part.length === 1 && (!isAlone || mayBeLabel))) return [part];
  const digits = part.find(
    (item, at) => item.kind === 'number' && (item.text.length > 1 || part[at + 1]?.kind === 'number'),
  );
  if (digits !== undefined)
    return refuse(
      'index-expression',
      `${textOfItem(digits)} in a row of indices is ambiguous; expected commas between them`,
      digits.span,
    );
  return part.map(item => [item]);
}

/** The inside of a parenthesised superscript, or null where the superscript is none. */
export function labelItems(sup: readonly Item[] | null): readonly Item[] | null {
  const only = sup?.[0];
  return sup?.length === 1 &&
    only?.kind === 'group' &&
    only.delimiter === 'paren' &&
    only.sup === null &&
    only.sub === null
    ? only.items
    : null;
}

/** What the letters of an entry count: a component, an iteration, or not known (numbers, new letters). */
export function sortOfEntry(items: readonly Item[], reading: Reading): IndexSort | null {
  for (const item of items) {
    if (item.kind === 'group') {
      const inner = sortOfEntry(item.items, reading);
      if (inner !== null) return inner;
    }
    const letter = item.kind === 'name' ? spellItem(item) : null;
    if (letter === null) continue;
    const known = reading.boundLetter(letter);
    if (known !== undefined) {
      if (known.sort !== null) return known.sort;
      continue;
    }
    const role = reading.roleName(letter);
    if (role === '#j' || role === '#p') return 'coordinate';
    if (role !== null) return 'history';
  }
  return null;
}
