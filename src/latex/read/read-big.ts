/**
 * Σ and Π with their bounds: `k=0` to n, `k=\max(0,n-7)`, a letter without bounds (all coordinates), chains
 * `0\le k\le l\le n`, several letters, `i\ne j`. What comes out are nested single sums with lower and upper bounds.
 */
import { refuse } from '../../base/problem.ts';
import type { Formula, IndexSort } from '../../formula/formula.ts';
import { COMPONENT, DIMENSION } from '../../formula/formula.ts';
import type { Cursor } from '../layout/cursor.ts';
import { spanOf } from '../layout/cursor.ts';
import type { CommandItem, Item } from '../layout/item.ts';
import { spellItem } from '../layout/item.ts';
import { type BoundLetter, integer, indexLettersOf, over, type LetterRange, shift } from './piece/bounds.ts';
import { readProductBody } from './piece/product-body.ts';
import { endsTerm, readTerm } from './read-expression.ts';
import { readFactor } from './read-factor.ts';
import { readRangeEnd, splitCommas } from './script/read-index.ts';
import type { Reading } from './reading.ts';
import type { Value } from './value.ts';
import { componentOf, isScalarValue, scalar, tensor } from './value.ts';

const isTrigger = (item: Item): item is CommandItem =>
  item.kind === 'command' && (item.text === '\\sum' || item.text === '\\prod');

/** Reads Σ or Π with the rest of the term as its body. */
export function readBig(cursor: Cursor, reading: Reading): Value {
  const start = cursor.at;
  const item = cursor.next();
  if (item === undefined || !isTrigger(item)) throw new Error('a sum sign was expected');
  if (item.sub === null) return refuse('sum-bounds', 'expected an index under this sum', item.span);
  const bounds = new Bounds(item, reading).read();
  const rest = cursor.peek();
  if (rest === undefined) return refuse('operand-expected', `expected a term after ${item.text}`, item.span);
  const letters = bounds.map(({ letter }) => letter);
  const body = reading.bind(bounds, () =>
    item.text === '\\sum'
      ? readTerm(cursor, reading)
      : readProductBody(cursor, letters, reading, { factor: readFactor, term: readTerm, ends: endsTerm }),
  );
  const span = cursor.spanFrom(start);
  const kind = item.text === '\\sum' ? 'sum' : 'product';
  const wrap = (inner: Formula): Formula =>
    bounds.reduceRight((formula, bound) => over(kind, bound, formula, span), inner);
  return isScalarValue(body)
    ? scalar(wrap(body.formula), span)
    : { ...tensor(body.rank, span, indices => wrap(componentOf(body, indices))), row: body.row };
}

const RELATIONS: ReadonlySet<string> = new Set(['=', '<', '>', '\\le', '\\ge', '\\ne', '\\in', '\\sim', '\\to']);

class Bounds {
  readonly #item: CommandItem;
  readonly #reading: Reading;
  readonly #bounds: BoundLetter[] = [];
  /** Letters that wait for the bounds of the one after them: `i,j=1`. */
  #waiting: Item[] = [];
  #upperUsed = false;

  constructor(item: CommandItem, reading: Reading) {
    this.#item = item;
    this.#reading = reading;
  }

  read(): readonly BoundLetter[] {
    const sub = this.#item.sub ?? [];
    const rows = sub[0];
    // \substack makes one group of rows.
    const conditions = sub.length === 1 && rows?.kind === 'group' && rows.delimiter === 'brace' ? rows.items : sub;
    for (const part of splitCommas(conditions)) this.#condition(part);
    for (const item of this.#waiting) this.#bindOverAll(item);
    if (this.#item.sup !== null && !this.#upperUsed)
      refuse('sum-bounds', 'an upper bound without a lower one; expected an index = … below', this.#item.span);
    return this.#bounds;
  }

  #condition(part: readonly Item[]): void {
    const at = part.findIndex(item => item.kind === 'operator' && RELATIONS.has(item.text));
    if (at === -1) {
      if (part.length === 0) refuse('sum-bounds', 'expected an index', this.#item.span);
      for (const item of part) {
        this.#letter(item);
        this.#waiting.push(item);
      }
      return;
    }
    const terms: Item[][] = [[]];
    const relations: string[] = [];
    for (const item of part) {
      if (item.kind === 'operator' && RELATIONS.has(item.text)) {
        relations.push(item.text);
        terms.push([]);
      } else terms[terms.length - 1]?.push(item);
    }
    const first = relations[0];
    if (relations.length === 1 && first === '=') this.#lowerBound(terms);
    else if (relations.length === 1 && first === '\\ne') this.#unequal(terms);
    else this.#chain(terms, relations, part);
  }

  /** A letter that may stand under the sum. */
  #letter(item: Item): string {
    const letter = item.kind === 'name' ? spellItem(item) : null;
    const hint = this.#item.text === '\\prod' ? 'If it is a projection, write the step without it.' : undefined;
    return letter ?? refuse('sum-bounds', 'expected an index letter under this sign', item.span, hint);
  }

  #bind(item: Item, ranges: readonly LetterRange[], sort: IndexSort | null): void {
    const letter = this.#letter(item);
    this.#reading.checkBindable(letter, item.span);
    const role = this.#reading.roleName(letter);
    if (role !== null && ranges.some(({ lower, upper }) => [lower, upper].flatMap(indexLettersOf).includes(role)))
      refuse('index-fixed', `the index ${letter} stands in its own bounds and cannot be summed over`, item.span);
    if (this.#bounds.some(bound => bound.letter === letter))
      refuse('index-bound-again', `the index ${letter} is bound twice by this sum`, item.span);
    this.#bounds.push({ letter, known: { name: letter, sort, origin: 'bound' }, ranges, span: item.span });
  }
  #bindOverAll(item: Item): void {
    const span = item.span;
    this.#bind(item, [{ lower: integer(1, span), upper: { kind: 'index', span, name: DIMENSION } }], 'coordinate');
  }

  /** An index expression, which may use the letters bound before it by this same sum. */
  #index(items: readonly Item[]): Formula {
    return this.#withBound(() => readRangeEnd(items, this.#reading, spanOf(items, this.#item.span)));
  }
  #withBound<T>(action: () => T): T {
    return this.#reading.bind(this.#bounds, action);
  }

  #lowerBound(terms: readonly (readonly Item[])[]): void {
    const [left = [], right = []] = terms;
    const letter = left[0];
    const sup = this.#item.sup;
    if (letter === undefined || left.length !== 1)
      refuse('sum-bounds', 'expected one index letter before =', spanOf(left, this.#item.span));
    if (sup === null) refuse('sum-bounds', 'expected an upper bound above this sum', this.#item.span);
    if (sup.some(item => item.kind === 'command' && item.text === '\\infty'))
      refuse(
        'sum-bounds',
        'infinite sums are not read; expected a finite upper bound',
        this.#item.span,
        this.#reading.scope.where === 'claim' ? 'Write the sum to n, and limit=large-n in the comment.' : undefined,
      );
    const range = { lower: this.#index(right), upper: this.#index(sup) };
    this.#upperUsed = true;
    const sort = this.#sortOf(range);
    for (const item of [...this.#waiting, letter]) this.#bind(item, [range], sort);
    this.#waiting = [];
  }

  /** Bounds by components count components; bounds by iterations count iterations; numbers alone do not say. */
  #sortOf(range: LetterRange): IndexSort | null {
    const sorts = new Set(
      [...indexLettersOf(range.lower), ...indexLettersOf(range.upper)].map(name => this.#sortOfName(name)),
    );
    return sorts.has('coordinate') ? 'coordinate' : sorts.has('history') ? 'history' : null;
  }
  #sortOfName(name: string): IndexSort | null {
    if (name === COMPONENT || name === DIMENSION) return 'coordinate';
    if (name.startsWith('#')) return 'history';
    const bound = this.#bounds.find(candidate => candidate.letter === name);
    return bound?.known.sort ?? this.#reading.boundLetter(name)?.sort ?? null;
  }

  /** `i \ne j` over coordinates: i runs over all components but j. */
  #unequal(terms: readonly (readonly Item[])[]): void {
    const [left, right] = terms.map(term => term[0]);
    if (left === undefined || right === undefined || terms.some(term => term.length !== 1))
      refuse('sum-bounds', 'expected two index letters around \\ne', this.#item.span);
    const bound = this.#bounds.findIndex(candidate => candidate.letter === this.#letter(left));
    const existing = this.#bounds[bound];
    if (existing === undefined && !this.#isKnown(right)) this.#bindOverAll(right);
    this.#waiting = this.#waiting.filter(item => this.#letter(item) !== this.#letter(left));
    const other = this.#index([right]);
    if (existing !== undefined && existing.known.sort !== 'coordinate')
      refuse(
        'sum-bounds',
        '\\ne is read for component indices only',
        left.span,
        'split the sum where the index is left out',
      );
    if (existing !== undefined && bound !== this.#bounds.length - 1)
      refuse('sum-bounds', 'expected \\ne right after the index that it restricts', left.span);
    if (existing !== undefined) this.#bounds.pop();
    const all = existing?.ranges[0] ?? {
      lower: integer(1, left.span),
      upper: { kind: 'index' as const, span: left.span, name: DIMENSION },
    };
    if (existing !== undefined && existing.ranges.length > 1)
      refuse('sum-bounds', 'only one \\ne for an index is read', left.span);
    this.#bind(
      left,
      [
        { lower: all.lower, upper: shift(other, -1) },
        { lower: shift(other, 1), upper: all.upper },
      ],
      'coordinate',
    );
  }
  #isKnown(item: Item): boolean {
    const letter = this.#letter(item);
    if (this.#bounds.some(bound => bound.letter === letter) || this.#reading.boundLetter(letter) !== undefined)
      return true;
    return this.#reading.roleName(letter) !== null && !this.#waiting.some(waiting => this.#letter(waiting) === letter);
  }

  /** `0 \le k \le l < n`: the letters between two known bounds, from outside in. */
  #chain(givenTerms: readonly (readonly Item[])[], givenRelations: readonly string[], part: readonly Item[]): void {
    const place = spanOf(part, this.#item.span);
    const falling = givenRelations.every(relation => relation === '\\ge' || relation === '>');
    if (!falling && !givenRelations.every(relation => relation === '\\le' || relation === '<'))
      refuse('sum-bounds', 'expected bounds such as k=0, 0\\le k\\le n or i\\ne j', place);
    const terms = falling ? [...givenTerms].reverse() : givenTerms;
    const strict = (falling ? [...givenRelations].reverse() : givenRelations).map(
      relation => relation === '<' || relation === '>',
    );
    if (this.#item.sup !== null) refuse('sum-bounds', 'an upper bound above and inequalities below', this.#item.span);
    const waiting = new Set(this.#waiting.map(item => this.#letter(item)));
    const isNew = terms.map((term, at) => {
      const only = term[0];
      if (term.length !== 1 || only?.kind !== 'name') return false;
      // Between two bounds the letter of the component is bound like any other.
      const isBetween = at > 0 && at < terms.length - 1;
      const isFree = isBetween && this.#reading.roleName(this.#letter(only)) === COMPONENT;
      return waiting.has(this.#letter(only)) || !this.#isKnown(only) || isFree;
    });
    this.#waiting = this.#waiting.filter(
      item =>
        !terms.some(
          term => term.length === 1 && term[0]?.kind === 'name' && this.#letter(term[0]) === this.#letter(item),
        ),
    );
    const first = isNew[0] === true ? null : this.#index(terms[0] ?? []);
    const last = isNew[isNew.length - 1] === true ? null : this.#index(terms[terms.length - 1] ?? []);
    // Without outer bounds the letters run over the coordinates, if anything beside them is one.
    const known = [first, last].flatMap(formula => (formula === null ? [] : indexLettersOf(formula)));
    const coordinates =
      known.some(name => this.#sortOfName(name) === 'coordinate') || (first === null && last === null);
    if ((first === null || last === null) && !coordinates)
      refuse('sum-bounds', `expected ${first === null ? 'a lower' : 'an upper'} bound in this chain`, place);
    let lower = first ?? integer(1, place);
    const upper = last ?? { kind: 'index' as const, span: place, name: DIMENSION };
    let gap = first === null ? false : strict[0] === true;
    for (let at = first === null ? 0 : 1; at < terms.length - (last === null ? 0 : 1); at += 1) {
      const item = terms[at]?.[0];
      if (item === undefined || isNew[at] !== true)
        refuse('sum-bounds', 'expected a new index letter between the bounds', spanOf(terms[at] ?? [], place));
      const remaining = strict
        .slice(at)
        .filter((isStrict, offset) => isStrict && (last !== null || at + offset < terms.length - 1)).length;
      const range = { lower: shift(lower, gap ? 1 : 0), upper: shift(upper, -remaining) };
      this.#bind(item, [range], coordinates ? 'coordinate' : this.#sortOf(range));
      lower = { kind: 'index', span: item.span, name: this.#letter(item) };
      gap = strict[at] === true;
    }
    if (this.#bounds.length === 0) refuse('sum-bounds', 'expected a new index letter between the bounds', place);
  }
}
