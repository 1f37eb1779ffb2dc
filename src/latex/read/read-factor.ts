/**
 * One factor with its scripts and its argument. `readPrimary` gives the factor and, apart, the scripts that stand after
 * an argument list, since `\nabla_jE(\theta)^2` is the square of the derivative while `\nabla\|v\|^2` derives the square.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { DIMENSION, ITERATION, type Formula } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';
import type { Cursor } from '../layout/cursor.ts';
import type { FractionItem, GroupItem, Item, NameItem, NumberItem, RootItem } from '../layout/item.ts';
import { isOperator } from '../layout/item.ts';
import { ROUNDING, ROUNDING_HINT } from '../layout/layout-brackets.ts';
import { readBig } from './read-big.ts';
import { evaluated } from './read-evaluation.ts';
import { isAtCurrentPoint } from './script/group-at-point.ts';
import { describe } from './script/described.ts';
import { parseDerivative, startsAppliedDerivative } from './read-derivative.ts';
import { readIndicator } from './piece/indicator.ts';
import { readDerivativeFraction } from './read-derivative-fraction.ts';
import { isDerivativeLetter, readDirectional, readVectors } from './read-field.ts';
import { readElementary, parseExtremum } from './read-function.ts';
import { labelItems, readIndex, splitCommas, splitIndices } from './script/read-index.ts';
import { readName } from './read-name.ts';
import { parseNorm } from './read-norm.ts';
import { innerProduct, powerOf, quotientOf, transpose } from './product.ts';
import type { Primary } from './primary.ts';
import type { Reading } from './reading.ts';
import type { Value } from './value.ts';
import { elementwise, isScalarValue, known, mapOf, ONE, scalar, vectorOf } from './value.ts';

export function readFactor(cursor: Cursor, reading: Reading): Value {
  const start = cursor.at;
  const { value, trailing } = readPrimary(cursor, reading);
  return trailing === null ? value : applyScripts(value, trailing.sup, trailing.sub, cursor.spanFrom(start), reading);
}

export function readPrimary(cursor: Cursor, reading: Reading): Primary {
  return reading.deeper(cursor.place, () => {
    const item = cursor.peek();
    if (item === undefined) return refuse('operand-expected', 'expected a factor', cursor.place);
    switch (item.kind) {
      case 'name':
        if (isDerivativeLetter(item, cursor.peek(1), reading)) return parseDerivative(cursor, reading);
        return factorialOf(cursor, readName(cursor, item, reading), item, reading);
      case 'function':
        return readElementary(cursor, item, reading);
      case 'command':
        if (item.text === '\\nabla' || item.text === '\\partial') return parseDerivative(cursor, reading);
        if (item.text === '\\sum' || item.text === '\\prod') return plain(readBig(cursor, reading));
        if (item.text === '\\max' || item.text === '\\min') return parseExtremum(cursor, item, reading);
        return refuse(
          'unexpected-symbol',
          `${describe(item)} is not read in a formula`,
          item.span,
          ROUNDING.test(item.text) ? ROUNDING_HINT : undefined,
        );
      case 'group': {
        const applied = startsAppliedDerivative(cursor, reading) ?? readDirectional(cursor, reading, readPrimary);
        if (applied !== null) return applied;
        const start = cursor.at;
        cursor.next();
        const value = withScripts(readGroup(item, reading), item, reading);
        if (isAtCurrentPoint(item, cursor.peek(), reading)) cursor.next();
        if (isOperator(cursor.peek(), '!')) return factorialOf(cursor, plain(value), item, reading);
        // (\nabla H)[u,v]
        return value.rank > 1 && isBracketed(cursor.peek()) ? readVectors(cursor, value, start, reading) : plain(value);
      }
      case 'fraction': {
        const derivative = readDerivativeFraction(cursor, item, reading);
        if (derivative !== null) return derivative;
        cursor.next();
        return plain(withScripts(readFraction(item, reading), item, reading));
      }
      case 'number': {
        const indicator = readIndicator(cursor, item, reading);
        if (indicator !== null) return indicator;
        cursor.next();
        if (isOperator(cursor.peek(), '!')) return plain(readFactorial(cursor, item));
        return plain(withScripts(readNumber(item, reading), item, reading));
      }
      case 'root':
        cursor.next();
        return plain(withScripts(readRoot(item, reading), item, reading));
      case 'evaluated':
        cursor.next();
        return plain(evaluated(reading.expression(item.items ?? [], item.span), item, reading));
      case 'operator':
      case 'text':
        return refuse('unexpected-symbol', `${describe(item)} is not expected here`, item.span);
    }
  });
}

const isBracketed = (item: Item | undefined): boolean =>
  item?.kind === 'group' && item.delimiter === 'bracket' && item.items.some(each => isOperator(each, ','));

const plain = (value: Value): Primary => ({ value, trailing: null });

function readNumber(item: NumberItem, reading: Reading): Value {
  const value = Rational.parse(item.text);
  if (value === null) return refuse('number', `${item.text} is no number`, item.span);
  const formula: Formula = { kind: 'number', span: item.inner, value };
  return item.bold && !reading.elementwise ? vectorOf(item.span, () => formula) : scalar(formula, item.span);
}

/** 3! of a typed number; of a letter it stays where it is, and is refused. */
function readFactorial(cursor: Cursor, { text, sup, sub, inner, span }: NumberItem): Value {
  const number = Number(text);
  if (!Number.isInteger(number) || number > 20 || sup !== null || sub !== null)
    return refuse('number', `the factorial of ${text} is not read`, span, 'Write the number out.');
  cursor.next();
  let value = Rational.one;
  for (let factor = 2; factor <= number; factor += 1) value = value.multiply(Rational.of(factor));
  return scalar({ kind: 'number', span: inner, value }, span);
}

/** n! and (n + 2)! of what counts steps or components, which is never negative, as the product that it is; of anything else the sign stays, and is refused. */
function factorialOf(cursor: Cursor, primary: Primary, { sup, span }: Item, reading: Reading): Primary {
  const { value } = primary;
  if (!isOperator(cursor.peek(), '!') || sup !== null || !isScalarValue(value) || !isCount(value.formula))
    return primary;
  cursor.next();
  const index = reading.fresh();
  const body: Formula = { kind: 'index', span, name: index };
  const product: Formula = { kind: 'product', span, index, sort: 'history', lower: ONE, upper: value.formula, body };
  return plain(scalar(product, span));
}

const isCount = (formula: Formula): boolean =>
  (formula.kind === 'index' && (formula.name === ITERATION || formula.name === DIMENSION)) ||
  (formula.kind === 'add' &&
    formula.terms.filter(isCount).length === 1 &&
    formula.terms.every(
      term => isCount(term) || (term.kind === 'number' && term.value.isInteger() && term.value.sign() >= 0),
    ));

function readGroup(item: GroupItem, reading: Reading): Value {
  switch (item.delimiter) {
    case 'brace':
    case 'paren':
    case 'bracket':
    case 'curly':
      return reading.expression(item.items, item.span);
    case 'abs': {
      const value = reading.expression(item.items, item.span);
      if (!isScalarValue(value) && !reading.elementwise && value.rank === 1) {
        // |v|_2 is the norm, and |v|^2 where a number is asked for; else |v| could be the absolute values of the components.
        if (item.sub !== null) return parseNorm(item, reading);
        if (!isTwo(item.sup)) refuseBars(item, reading);
        reading.bars.push(item);
        return parseNorm(item, reading);
      }
      if (isScalarValue(value) && item.sub !== null)
        return refuse('unexpected-subscript', 'a number has no components; expected no subscript here', item.span);
      if (!isScalarValue(value) && reading.scope.where === 'optimizer' && !reading.amongExtrema)
        refuseBars(item, reading);
      return mapOf(value, item.span, reading, 'an absolute value', argument => ({
        kind: 'absolute',
        span: item.inner,
        argument,
      }));
    }
    case 'norm':
      return parseNorm(item, reading);
    case 'angle': {
      const [left, right, ...more] = splitCommas(item.items);
      if (left === undefined || right === undefined || more.length > 0)
        return refuse('inner-product', 'expected two vectors with a comma between them', item.span);
      return innerProduct(
        reading.expression(left, item.span),
        reading.expression(right, item.span),
        item.inner ?? item.span,
        reading,
      );
    }
  }
}

/** Reads a factor beside ⊙, which has components: |u| there is of every component, no norm. */
export function besideCircle(item: Item | undefined, reading: Reading, read: () => Value): Value {
  const outer = reading.amongExtrema;
  reading.amongExtrema ||= item?.kind === 'group' && item.delimiter === 'abs';
  const value = read();
  reading.amongExtrema = outer;
  return value;
}

const isTwo = (sup: readonly Item[] | null): boolean =>
  sup?.length === 1 && sup[0]?.kind === 'number' && sup[0].text === '2';

/** |\nabla E|: many write the norm so, others the absolute values of the components. Among arguments of max it is these. */
export function refuseBars(item: GroupItem, reading: Reading): never {
  const [first, last] = [item.items[0]?.span ?? item.span, item.items.at(-1)?.span ?? item.span];
  const { component, loss } = reading.scope.notation;
  const inside = first.source.text.slice(first.start, last.end);
  return refuse(
    'norm-or-absolute-value',
    `|${inside}| of a vector has two readings: its norm, or the absolute values of its components`,
    item.span,
    `Write \\|${inside}\\| for the norm; for the components give every row its component letter, as in |\\nabla_${component}${loss}|.`,
  );
}

function readFraction(item: FractionItem, reading: Reading): Value {
  const numerator = reading.expression(item.numerator, item.span);
  const denominator = reading.expression(item.denominator, item.span);
  return quotientOf(numerator, denominator, item.span, reading);
}

function readRoot(item: RootItem, reading: Reading): Value {
  const degree = item.degree === null ? 2 : rootDegree(item.degree, item.span);
  return mapOf(reading.expression(item.radicand, item.span), item.span, reading, 'a root', radicand => ({
    kind: 'root',
    span: item.inner,
    degree,
    radicand,
  }));
}

function rootDegree(items: readonly Item[], span: Span): number {
  const only = items[0];
  const degree = items.length === 1 && only?.kind === 'number' ? Number(only.text) : Number.NaN;
  return Number.isInteger(degree) && degree >= 2 && degree <= 64
    ? degree
    : refuse('root-degree', 'expected an integer from 2 to 64 as degree of a root', span);
}

/** Scripts of an item that is read as a whole. A norm's subscript is its own. */
function withScripts(value: Value, item: Item, reading: Reading): Value {
  if (item.primes > 0) refuse('unexpected-prime', 'a prime is read only after a function', item.span);
  const isNorm =
    item.kind === 'group' && (item.delimiter === 'norm' || (item.delimiter === 'abs' && !reading.elementwise));
  return applyScripts(value, item.sup, isNorm ? null : item.sub, item.span, reading);
}

/** A subscript takes a vector's component; a superscript is a power, a transposition or an elementwise power. */
function applyScripts(
  value: Value,
  sup: readonly Item[] | null,
  sub: readonly Item[] | null,
  span: Span,
  reading: Reading,
): Value {
  let result = value;
  if (sub !== null) {
    if (isScalarValue(result))
      return refuse('unexpected-subscript', 'a number has no components; expected no subscript here', span);
    const tensor = result;
    const indices = tensor.rank > 1 ? splitIndices(sub) : splitCommas(sub);
    if (indices.length !== tensor.rank) return refuse('vector-rank', `expected ${tensor.rank} indices`, span);
    const by = indices.map(part => readIndex(part, 'coordinate', reading, span));
    result = scalar(tensor.component(by), span);
  }
  return sup === null ? result : applySuperscript(result, sup, span, reading);
}

export function applySuperscript(value: Value, sup: readonly Item[], span: Span, reading: Reading): Value {
  const [first, ...rest] = sup;
  if (first === undefined) return refuse('formula-expected', 'expected a superscript', span);
  if (isTranspose(sup, value, reading)) return transpose(value, span);
  if (labelItems(sup) !== null) {
    return refuse(
      'label-misplaced',
      'a parenthesised superscript is an iteration label; only the parameters, states and quantities have one',
      first.span,
      'a power is written without parentheses',
    );
  }
  if (isOperator(first, '\\odot')) {
    const exponent = reading.expression(rest, first.span);
    return elementwise([value, exponent], span, ([base, power]) => ({
      kind: 'power',
      span,
      base: known(base),
      exponent: known(power),
    }));
  }
  return powerOf(value, reading.expression(sup, span), span, reading);
}

/** Whether a superscript transposes; `T` does so only on vectors, and only where it means nothing else. */
export function isTranspose(sup: readonly Item[], value: Value, reading: Reading): boolean {
  const only = sup[0];
  if (sup.length !== 1 || only === undefined) return false;
  if (only.kind === 'command') return only.text === '\\top' || only.text === '\\intercal';
  if (only.kind !== 'name' || isScalarValue(value) || only.sub !== null) return false;
  const letter = only.name.core;
  return (
    (letter === 'T' || letter === '\\mathsf{T}' || letter === '\\mathrm{T}') &&
    reading.role(letter) === undefined &&
    reading.roleName(letter) === null
  );
}

/** The superscript of a name that has no label. */
export function withPower(value: Value, item: NameItem, reading: Reading): Value {
  if (item.primes > 0) refuse('unexpected-prime', 'a prime is read only after a function', item.span);
  return item.sup === null ? value : applySuperscript(value, item.sup, item.span, reading);
}
