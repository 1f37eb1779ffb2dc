/**
 * The grammar's two upper levels: sums of terms, and terms as products and quotients read from the left. A factor is
 * read by read-factor.ts. Σ takes the rest of its term; `/` and juxtaposition bind alike, and `a/b c` warns.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { joinSpans } from '../../base/span.ts';
import type { Formula } from '../../formula/formula.ts';
import { NUMBER_WITH_COMMA } from '../display/display-tokens.ts';
import { Cursor } from '../layout/cursor.ts';
import type { Item } from '../layout/item.ts';
import { isOperator } from '../layout/item.ts';
import { isTypedDot, refuseDotOfVectors } from './piece/dot.ts';
import { innerProduct, productOfAll, quotientOf, sumOfValues } from './product.ts';
import { evaluated, evaluatedAt } from './read-evaluation.ts';
import { besideCircle, readFactor } from './read-factor.ts';
import type { Reading } from './reading.ts';
import { describe } from './script/described.ts';
import { pointBehind } from './script/group-at-point.ts';
import { withoutMeans } from './script/sample-means.ts';
import type { Value } from './value.ts';
import { elementwise, known, linearly } from './value.ts';

/** More divisions or signs in one row nest the tree too deep. */
const LONGEST_CHAIN = 100;

/** Reads the whole row of items as one expression. */
export function readExpression(items: readonly Item[], reading: Reading, place: Span): Value {
  const cursor = new Cursor(withoutMeans(items, reading), place);
  if (cursor.done) return refuse('formula-expected', 'expected a formula, found nothing', place);
  const value = readSum(cursor, reading);
  const rest = cursor.peek();
  if (rest !== undefined && isOperator(rest, '!')) return refuseFactorial(rest);
  if (rest !== undefined)
    return refuse('unexpected-symbol', `${describe(rest)} is not expected here`, rest.span, commaHint(cursor));
  return value;
}

const refuseFactorial = ({ span }: Item): never =>
  refuse('unexpected-symbol', 'a factorial is not read', span, 'Write the product, as \\prod_{k=1}^{n} k.');

/** What helps at a comma beside numbers. */
const commaHint = (cursor: Cursor): string | undefined =>
  isOperator(cursor.peek(), ',') && cursor.peek(-1)?.kind === 'number' && cursor.peek(1)?.kind === 'number'
    ? NUMBER_WITH_COMMA
    : undefined;

function readSum(cursor: Cursor, reading: Reading): Value {
  return reading.deeper(cursor.place, () => {
    const start = cursor.at;
    const bars = reading.bars.length;
    const terms: Value[] = [];
    while (!cursor.done) {
      const sign = cursor.peek();
      const signed = isOperator(sign, '+') || isOperator(sign, '-');
      if (terms.length > 0 && !signed) break;
      if (signed) cursor.next();
      const negative = isOperator(sign, '-');
      if (cursor.done)
        return refuse('operand-expected', `expected a term after ${negative ? '-' : '+'}`, sign?.span ?? cursor.place);
      const term = readSigned(cursor, reading);
      terms.push(negative ? negate(term, sign === undefined ? term.span : joined(sign.span, term.span)) : term);
    }
    const span = cursor.spanFrom(start);
    const only = terms[0];
    if (only === undefined) return refuse('formula-expected', 'expected a formula', cursor.place);
    // What is added to a value of the loss is a number.
    if (terms.some(isOfLoss)) reading.bars.length = bars;
    return terms.length === 1
      ? only
      : sumOfValues(terms, span, reading, formulas => ({ kind: 'add', span, terms: formulas }));
  });
}

/** E, \lambda E: a value of the loss and no derivative. */
const isOfLoss = (value: Value): boolean => 'formula' in value && holdsLoss(value.formula);
const holdsLoss = (formula: Formula): boolean =>
  formula.kind === 'loss' ||
  (formula.kind === 'negate' && holdsLoss(formula.argument)) ||
  (formula.kind === 'multiply' && formula.factors.some(holdsLoss)) ||
  (formula.kind === 'divide' && holdsLoss(formula.numerator));

/** A term that may begin with further signs, as in `a + -b`. */
function readSigned(cursor: Cursor, reading: Reading): Value {
  let negative = false;
  const start = cursor.at;
  for (let item = cursor.peek(); isOperator(item, '+') || isOperator(item, '-'); item = cursor.peek()) {
    if (isOperator(item, '-')) negative = !negative;
    cursor.next();
    if (cursor.at - start > LONGEST_CHAIN) refuse('too-deep', 'too many signs in a row', cursor.place);
  }
  const term = readTerm(cursor, reading);
  return negative ? negate(term, cursor.spanFrom(start)) : term;
}

const joined = (first: Span, last: Span): Span => (first.source === last.source ? joinSpans(first, last) : first);

function negate(value: Value, span: Span): Value {
  return linearly([value], span, ([argument]) => ({ kind: 'negate', span, argument: known(argument) }));
}

/** A product or quotient up to the next + or − at its level, or what ends the row. */
export function readTerm(cursor: Cursor, reading: Reading): Value {
  return reading.deeper(cursor.place, () => new TermReader(cursor, reading).read());
}

/** What helps at f^*, which is no power. */
const starAbove = ({ span: { source, start } }: Item): string | undefined =>
  /\^\s*\{?\s*$/.test(source.text.slice(Math.max(0, start - 4), start)) && source.text.charAt(start) === '*'
    ? 'A star above a name is no power: give what it marks a letter of its own and declare it, as f_0 for the least value, where f_0 in \\mathbb{R}.'
    : undefined;

class TermReader {
  readonly #cursor: Cursor;
  readonly #reading: Reading;
  readonly #start: number;
  /** Factors that stand side by side since the last division. */
  #run: Value[] = [];
  /** The vector before a dot between two vectors, `u \cdot v`, whose other factor is still read. */
  #beforeDot: Value | null = null;
  #divisions = 0;
  #lastWasNumber = false;
  /** How many factors stood before each dot of the run. */
  #dots: number[] = [];

  constructor(cursor: Cursor, reading: Reading) {
    this.#cursor = cursor;
    this.#reading = reading;
    this.#start = cursor.at;
  }

  read(): Value {
    const cursor = this.#cursor;
    for (let item = cursor.peek(); item !== undefined && !endsTerm(item); item = cursor.peek()) {
      if (item.kind === 'operator') this.#operator(item);
      else if (item.kind === 'evaluated' && item.items === null) {
        const last = this.#run.pop();
        if (last === undefined) return refuse('evaluation', 'expected a factor before this bar', item.span);
        this.#run.push(evaluated(last, item, this.#reading));
        cursor.next();
      } else this.#factor(item);
    }
    if (this.#run.length === 0)
      return refuse(
        'operand-expected',
        `expected a term before ${describe(cursor.peek())}`,
        cursor.place,
        isOperator(cursor.peek(), ',') && cursor.items.length === 1 ? NUMBER_WITH_COMMA : undefined,
      );
    return this.#product();
  }

  #span(): Span {
    return this.#cursor.spanFrom(this.#start);
  }
  #product(): Value {
    const product = productOfAll(this.#run, this.#span(), this.#reading);
    refuseDotOfVectors(this.#run, this.#dots, this.#span(), this.#reading);
    this.#dots = [];
    const left = this.#beforeDot;
    if (left === null) return product;
    this.#beforeDot = null;
    if (product.rank > 1)
      refuse(
        'vector-product',
        'a dot between a vector and a matrix has two readings: (u \\cdot \\nabla)v, or u^\\top\\nabla v',
        this.#span(),
        'Write one of the two.',
      );
    return product.rank === 1
      ? innerProduct(left, product, this.#span(), this.#reading)
      : productOfAll([left, product], this.#span(), this.#reading);
  }

  /** A vector before a dot waits for what the other factor is, `v` or `A v`, which the rest of the term tells. */
  #dot(): void {
    const left = this.#product();
    const isColumn = left.rank === 1 && 'component' in left && !left.row;
    this.#run = isColumn ? [] : [left];
    if (isColumn) this.#beforeDot = left;
  }

  #operator(item: Item): void {
    if (item.kind !== 'operator') throw new Error('an operator was expected');
    if (this.#run.length === 0)
      refuse('operand-expected', `expected a factor before ${describe(item)}`, item.span, starAbove(item));
    switch (item.text) {
      case '\\cdot':
        this.#cursor.next();
        if (isTypedDot(item)) this.#dots.push(this.#run.length);
        if (!this.#reading.elementwise && this.#run.some(({ rank }) => rank > 0)) this.#dot();
        this.#run.push(this.#signedFactor(item));
        break;
      case '/':
      case '\\oslash': {
        this.#divisions += 1;
        if (this.#divisions > LONGEST_CHAIN)
          refuse('too-deep', `more than ${LONGEST_CHAIN} divisions in a row`, item.span);
        const numerator = this.#product();
        this.#cursor.next();
        const denominator = this.#signedFactor(item);
        this.#run = [
          item.text === '/'
            ? quotientOf(numerator, denominator, this.#span(), this.#reading)
            : divideElementwise(numerator, denominator, this.#span()),
        ];
        break;
      }
      case '\\odot': {
        const left = this.#product();
        this.#cursor.next();
        const right = besideCircle(this.#cursor.peek(), this.#reading, () => this.#signedFactor(item));
        const span = this.#span();
        this.#run = [elementwise([left, right], span, factors => ({ kind: 'multiply', span, factors }))];
        break;
      }
      default:
        if (item.text === '!') refuseFactorial(item);
        refuse('unexpected-symbol', `${describe(item)} is not expected here`, item.span);
    }
    this.#lastWasNumber = false;
  }

  /** A factor after a sign of multiplication or division, which may carry a sign of its own. */
  #signedFactor(after: Item): Value {
    const item = this.#cursor.peek();
    if (item === undefined) return refuse('operand-expected', `expected a factor after ${describe(after)}`, after.span);
    if (isOperator(item, '-') || isOperator(item, '+')) {
      this.#cursor.next();
      if (this.#cursor.done) return refuse('operand-expected', `expected a factor after ${describe(item)}`, item.span);
      const factor = this.#factorAtPoint();
      return isOperator(item, '-') ? negate(factor, joined(item.span, factor.span)) : factor;
    }
    if (item.kind === 'operator')
      return refuse('operand-expected', `expected a factor after ${describe(after)}`, item.span);
    return this.#factorAtPoint();
  }

  /** A factor with the point behind it that is the one of its derivatives. */
  #factorAtPoint(): Value {
    const start = this.#cursor.at;
    const factor = readFactor(this.#cursor, this.#reading);
    const read = this.#cursor.items.slice(start, this.#cursor.at);
    const point = pointBehind(read, this.#cursor.peek(), this.#reading);
    if (point === null) return factor;
    this.#cursor.next();
    return evaluatedAt(factor, point, this.#reading);
  }

  #factor(item: Item): void {
    const isNumber = item.kind === 'number';
    if (isNumber && this.#lastWasNumber)
      refuse(
        'adjacent-numbers',
        'two numbers side by side; expected an operator between them',
        item.span,
        'write 2 \\cdot 3 for the product',
      );
    if (this.#divisions > 0 && this.#run.length === 1) {
      this.#reading.warn(
        'ambiguous-division',
        'a/b c is read as (a/b) c',
        item.span,
        'write \\frac{a}{b} c or a/(b c)',
      );
    }
    const read = (): Value => this.#factorAtPoint();
    const isBesideCircle = isOperator(this.#cursor.peek(1), '\\odot');
    this.#run.push(isBesideCircle ? besideCircle(item, this.#reading, read) : read());
    this.#lastWasNumber = isNumber && item.sup === null;
  }
}

function divideElementwise(numerator: Value, denominator: Value, span: Span): Value {
  return elementwise([numerator, denominator], span, formulas => ({
    kind: 'divide',
    span,
    numerator: known(formulas[0]),
    denominator: known(formulas[1]),
  }));
}

const TERM_OPERATORS: ReadonlySet<string> = new Set(['\\cdot', '\\odot', '\\oslash', '/']);
/** Whether the item is no part of the term in front of it. */
export const endsTerm = (item: Item): boolean => item.kind === 'operator' && !TERM_OPERATORS.has(item.text);
