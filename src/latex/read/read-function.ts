/** Functions: known and declared ones of a scalar, declared ones of a vector, max and min. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { DIMENSION, type Formula } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';
import type { Cursor } from '../layout/cursor.ts';
import { spanWithArgument } from '../layout/cursor.ts';
import type { CommandItem, FunctionItem, Item, NameItem } from '../layout/item.ts';
import { isOperator } from '../layout/item.ts';
import { labelItems, readIndex, splitCommas } from './script/read-index.ts';
import { applySuperscript, readPrimary } from './read-factor.ts';
import { readPoint } from './script/read-point.ts';
import type { Primary, Trailing } from './primary.ts';
import { trailingOf } from './primary.ts';
import type { Reading } from './reading.ts';
import type { Value } from './value.ts';
import { asVector, elementwise, isScalarValue, known, mapOf, scalar, vectorOf } from './value.ts';

/** `\tanh x`, `\tanh^2(x)`, `\operatorname{sign}(x)`. */
export function readElementary(cursor: Cursor, item: FunctionItem, reading: Reading): Primary {
  cursor.next();
  if (item.sub !== null) return refuse('unexpected-subscript', `expected no subscript on ${item.name}`, item.span);
  return parseCall(cursor, item.name, item, reading);
}

/** Functions that are one over another, by the names that they have where nothing else defines those. */
const RECIPROCALS: ReadonlyMap<string, string> = new Map([
  ['\\mathrm{sech}', 'cosh'],
  ['\\mathrm{csch}', 'sinh'],
]);

/** `\operatorname{sech}(x)` as 1/cosh(x); null for any other name. */
export function readReciprocal(cursor: Cursor, item: NameItem, base: string, reading: Reading): Primary | null {
  const name = RECIPROCALS.get(base);
  if (name === undefined || item.sub !== null) return null;
  cursor.next();
  if (item.primes > 0) return refuse('unexpected-prime', `the derivative of ${base} is written out`, item.span);
  const { value, trailing } = parseCall(cursor, name, item, reading);
  const one: Formula = { kind: 'number', span: item.span, value: Rational.one };
  return {
    value: mapOf(value, value.span, reading, 'a function', below => ({
      kind: 'divide',
      span: below.span,
      numerator: one,
      denominator: below,
    })),
    trailing,
  };
}

/** The call of a scalar function by its name in the tree; primes are derivatives, a superscript is a power of the value. */
export function parseCall(cursor: Cursor, name: string, item: FunctionItem | NameItem, reading: Reading): Primary {
  if (labelItems(item.sup) !== null)
    return refuse(
      'label-misplaced',
      'a parenthesised superscript is an iteration label; expected a function without one',
      item.span,
      'derivatives are written with primes',
    );
  const first = item.sup?.[0];
  if (first !== undefined && isOperator(first, '-'))
    return refuse('inverse-function', 'a negative power of a function is ambiguous; expected a fraction', item.span);
  if (item.primes > 20) return refuse('unexpected-prime', 'more than 20 primes', item.span);
  const { value, trailing, place } = functionArgument(cursor, item, reading);
  const span = spanWithArgument(item.span, place);
  const apply = (argument: Formula): Formula => ({
    kind: 'call',
    span: item.sup === null ? span : null,
    name,
    derivative: item.primes,
    argument,
  });
  // A function of one variable is taken of every component: \mathrm{sign}(\nabla E).
  const call =
    value.rank === 1
      ? elementwise([value], span, ([argument]) => apply(known(argument)))
      : mapOf(value, span, reading, 'a function', apply);
  return { value: item.sup === null ? call : applySuperscript(call, item.sup, span, reading), trailing };
}

/** Parentheses (or braces, brackets) are always the argument; else the next factor is. */
function functionArgument(
  cursor: Cursor,
  item: Item,
  reading: Reading,
): { value: Value; trailing: Trailing | null; place: Span | null } {
  const next = cursor.peek();
  if (next === undefined || next.kind === 'operator')
    return refuse('function-argument', 'expected the argument of a function', next?.span ?? item.span);
  if (next.kind === 'group' && next.delimiter !== 'norm' && next.delimiter !== 'angle' && next.delimiter !== 'abs') {
    cursor.next();
    return { value: reading.expression(next.items, next.span), trailing: trailingOf(next), place: next.inner };
  }
  const argument = readPrimary(cursor, reading);
  if (argument.trailing !== null)
    return refuse(
      'function-argument',
      'expected parentheses around the argument of a function',
      argument.trailing.span,
    );
  refuseOpenArgument(item, next, cursor.peek());
  return { value: argument.value, trailing: null, place: next.span };
}

/** \cos\pi t/T: where the argument ends is not seen. What binds anew, as another function or \nabla, ends it. */
function refuseOpenArgument(item: Item, argument: Item, behind: Item | undefined): void {
  if (behind === undefined) return;
  const goesOn =
    behind.kind === 'name' ||
    behind.kind === 'number' ||
    behind.kind === 'fraction' ||
    behind.kind === 'root' ||
    (behind.kind === 'group' && behind.delimiter === 'paren') ||
    isOperator(behind, '/');
  if (!goesOn) return;
  const text = (from: number, to: number): string => item.span.source.text.slice(from, to).trim();
  const [name, first] = [text(item.span.start, item.span.end), text(argument.span.start, argument.span.end)];
  refuse(
    'function-argument',
    `the argument of ${name} has two readings: ${first} alone, or with what follows it`,
    argument.span,
    `Write ${name}(${first}) …, or all of the argument in parentheses.`,
  );
}

/** K(v) and Φ(v), with partial derivatives `by` in the argument; `gradient` makes the vector of all of them. */
export function parseVectorCall(
  cursor: Cursor,
  name: string,
  result: 'scalar' | 'vector',
  item: NameItem,
  reading: Reading,
  by: readonly Formula[] = [],
  gradient = 0,
): Primary {
  const group = cursor.peek();
  if (item.sup !== null || item.primes > 0)
    return refuse(
      'function-argument',
      'expected no superscript before the argument of a function of a vector',
      item.span,
    );
  if (
    group?.kind !== 'group' ||
    (group.delimiter !== 'paren' && group.delimiter !== 'bracket' && group.delimiter !== 'curly')
  ) {
    return refuse('function-argument', `expected the argument of ${name} in parentheses`, group?.span ?? item.span);
  }
  cursor.next();
  const span = spanWithArgument(item.span, group.inner);
  const argument = asVector(readPoint(group.items, reading, group.span));
  const call = (component: Formula | null, more: readonly Formula[]): Formula => ({
    kind: 'vector-call',
    span,
    name,
    component,
    by: [...by, ...more],
    argument,
  });
  const trailing = trailingOf(group);
  if (result === 'scalar' || item.sub !== null) {
    const component =
      item.sub === null
        ? null
        : result === 'scalar'
          ? refuse('unexpected-subscript', `${name} has no components`, item.span)
          : readIndex(item.sub, 'coordinate', reading, item.span);
    if (gradient === 0) return { value: scalar(call(component, []), span), trailing };
    if (gradient === 1) return { value: vectorOf(span, index => call(component, [index])), trailing };
    return { value: { rank: gradient, row: false, span, component: indices => call(component, indices) }, trailing };
  }
  if (gradient > 0) return refuse('vector-rank', `expected a component of ${name} to derive`, item.span);
  return { value: vectorOf(span, index => call(index, [])), trailing };
}

/** `\max(a,b)`, `\min\{a,b\}`. */
export function parseExtremum(cursor: Cursor, item: CommandItem, reading: Reading): Primary {
  cursor.next();
  const which = item.text === '\\max' ? 'max' : 'min';
  const group = cursor.next();
  if (item.sub !== null || item.sup !== null)
    return refuse(
      'unexpected-subscript',
      `expected no scripts on ${item.text}`,
      item.span,
      item.sub === null
        ? undefined
        : `An extremum over steps is a state of its own: r_{t} = ${item.text}(r_{t-1}, …), and r_t in this place.`,
    );
  if (
    group?.kind !== 'group' ||
    (group.delimiter !== 'paren' && group.delimiter !== 'curly' && group.delimiter !== 'bracket')
  ) {
    return refuse(
      'function-argument',
      `expected the arguments of ${item.text} in parentheses`,
      group?.span ?? item.span,
    );
  }
  const span = spanWithArgument(item.span, group.inner);
  const outer = reading.amongExtrema;
  reading.amongExtrema = true;
  const values = splitCommas(group.items).map(part => reading.expression(part, group.span));
  reading.amongExtrema = outer;
  if (values.length < 2)
    return refuse(
      'function-argument',
      `expected at least two arguments of ${item.text}, with commas between them`,
      group.span,
      values.some(value => !isScalarValue(value))
        ? 'The largest component of a vector is not read: write \\|v\\| for the 2-norm, or a hyperparameter where it is a number.'
        : undefined,
    );
  for (const value of values) if (!isScalarValue(value)) mapOf(value, value.span, reading, which, formula => formula);
  const value = elementwise(
    values,
    span,
    (formulas): Formula => ({ kind: 'extremum', span, which, arguments: formulas.map(formula => known(formula)) }),
  );
  return { value, trailing: trailingOf(group) };
}

const CLAMPS: ReadonlySet<string> = new Set(['clip', 'Clip', 'clamp', 'Clamp'].map(word => `\\mathrm{${word}}`));

/** `\mathrm{clip}(x, a, b)` with both ends, as max(a, min(x, b)), where the word means nothing else; null for anything else. */
export function readClamp(cursor: Cursor, item: NameItem, base: string, reading: Reading): Primary | null {
  const group = cursor.peek(1);
  if (!CLAMPS.has(base) || item.sub !== null || item.sup !== null || group?.kind !== 'group') return null;
  const [argument, low, high, ...more] = splitCommas(group.items);
  if (argument === undefined || low === undefined || high === undefined || more.length > 0) return null;
  cursor.next();
  cursor.next();
  const span = spanWithArgument(item.span, group.inner);
  const values = [argument, low, high].map(part => reading.expression(part, group.span));
  const value = elementwise(values, span, ([x, a, b]): Formula => {
    const below: Formula = { kind: 'extremum', span, which: 'min', arguments: [known(x), known(b)] };
    return { kind: 'extremum', span, which: 'max', arguments: [known(a), below] };
  });
  return { value, trailing: trailingOf(group) };
}

const MEAN_SQUARES: ReadonlySet<string> = new Set(['RMS', 'rms', 'Rms'].map(word => `\\mathrm{${word}}`));

/** `\mathrm{RMS}(u)` of a vector, \|u\|/\sqrt p, where the word means nothing else; null for anything else. */
export function readMeanSquare(cursor: Cursor, item: NameItem, base: string, reading: Reading): Primary | null {
  const group = cursor.peek(1);
  const isCall = group?.kind === 'group' && (group.delimiter === 'paren' || group.delimiter === 'bracket');
  if (!MEAN_SQUARES.has(base) || item.sub !== null || item.sup !== null || !isCall || group.sub !== null) return null;
  // Adadelta's \mathrm{RMS}(g) is the root of its running average.
  if ([...reading.scope.names.keys()].some(name => /^(?:E|\\mathbb\s*\{?E\}?)\[|^\\overline|^\\langle/.test(name)))
    return refuse(
      'two-averages',
      'a root mean square over the components, or the root of the running average that the rows make',
      item.span,
      'For the first write \\|u\\|/\\sqrt{p}, for the second \\sqrt{E[u^2]_t + \\epsilon}.',
    );
  cursor.next();
  cursor.next();
  const span = spanWithArgument(item.span, group.inner);
  const value = reading.expression(group.items, group.span);
  if (isScalarValue(value) || value.rank !== 1)
    return refuse(
      'vector-rank',
      `expected a vector in the root mean square ${item.span.source.text.slice(item.span.start, group.span.end)}`,
      group.span,
    );
  const norm: Formula = { kind: 'norm', span, order: 2, perturbation: null, argument: asVector(value) };
  const size: Formula = { kind: 'root', span, degree: 2, radicand: { kind: 'index', span, name: DIMENSION } };
  return {
    value: scalar({ kind: 'divide', span, numerator: norm, denominator: size }, span),
    trailing: trailingOf(group),
  };
}

const QUADRANTS: ReadonlySet<string> = new Set(['atan2', 'arctan2', 'ATAN2'].map(word => `\\mathrm{${word}}`));

/** `\operatorname{atan2}(a, b)` with b a root, a norm or bars, which is not negative, as \arctan(a/b); null for anything else. */
export function readArcTangentOfTwo(cursor: Cursor, item: NameItem, base: string, reading: Reading): Primary | null {
  const group = cursor.peek(1);
  if (!QUADRANTS.has(base) || item.sub !== null || item.sup !== null || group?.kind !== 'group') return null;
  const [above, below, ...more] = splitCommas(group.items);
  if (above === undefined || below === undefined || more.length > 0) return null;
  cursor.next();
  cursor.next();
  const span = spanWithArgument(item.span, group.inner);
  const values = [above, below].map(part => reading.expression(part, group.span));
  const value = elementwise(values, span, ([a, b]): Formula => {
    const denominator = known(b);
    if (!isNotNegative(denominator))
      refuse(
        'two-quadrants',
        'the angle atan2(a, b) is \\arctan(a/b) where b is positive, and another one where it is not',
        span,
        'It is read where b is a root, a norm or has bars; where b is positive write \\arctan(a/b).',
      );
    const quotient: Formula = { kind: 'divide', span, numerator: known(a), denominator };
    return { kind: 'call', span, name: 'arctan', derivative: 0, argument: quotient };
  });
  return { value, trailing: trailingOf(group) };
}

const isNotNegative = (formula: Formula): boolean =>
  (formula.kind === 'root' && formula.degree % 2 === 0) ||
  formula.kind === 'absolute' ||
  formula.kind === 'norm' ||
  (formula.kind === 'add' && formula.terms.every(isNotNegative));
