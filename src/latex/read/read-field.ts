/**
 * Derivatives of fields: f', f''(f,f), f'(x)f(x), (g\cdot\nabla)g, the letter D. A field is a vector that is defined; its derivative
 * has the component first that the field has, so that f'f and \nabla f\,f are the Jacobian, (∂f_i/∂θ_j), times f.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Formula } from '../../formula/formula.ts';
import type { Cursor } from '../layout/cursor.ts';
import type { CommandItem, GroupItem, Item, NameItem } from '../layout/item.ts';
import { isOperator, spellName, spellItems, spellSubscript } from '../layout/item.ts';
import { splitCommas } from './script/read-index.ts';
import { holdsPoint } from './script/read-point.ts';
import { contract } from './product.ts';
import type { Primary } from './primary.ts';
import type { Reading } from './reading.ts';
import type { Tensor, Value } from './value.ts';
import { componentOf, elementwise, isScalarValue, known, overCoordinates, rankName, scalar, tensor } from './value.ts';

/** The signs of derivatives that are letters and words, by how often they derive. */
const DERIVATIVES: ReadonlyMap<string, number> = new Map([
  ['D', 1],
  ['\\mathrm{D}', 1],
  ['\\mathrm{grad}', 1],
  ['\\mathrm{Hess}', 2],
]);

/** Whether the letter is the derivative D, D^2, \mathrm D, grad, Hess of what stands behind, where it means nothing else in a claim. */
export function isDerivativeLetter(item: NameItem, next: Item | undefined, reading: Reading): boolean {
  const { core, accents, bold } = item.name;
  if (reading.scope.where !== 'claim' || item.primes > 0 || accents.length > 0 || bold) return false;
  const order = DERIVATIVES.get(core);
  if (order === undefined || (order > 1 && item.sup !== null)) return false;
  if (reading.role(core) !== undefined || reading.boundLetter(core) !== undefined) return false;
  if (reading.special(item.name) !== null || reading.roleName(core) !== null) return false;
  if (next?.kind === 'command') return next.text === '\\nabla' || next.text === '\\partial';
  if (next?.kind === 'group') return next.delimiter === 'norm' || (next.delimiter === 'paren' && item.sup === null);
  if (next?.kind !== 'name') return next?.kind === 'fraction';
  const role = reading.role(nameOf(next, reading));
  if (role !== undefined) return role.kind === 'quantity' || role.kind === 'vector-function';
  return reading.special(next.name) === 'loss' || next.name.core === core;
}

const nameOf = (item: NameItem, reading: Reading): string => {
  const base = spellName(item.name);
  const sub = item.sub === null ? null : spellItems(item.sub);
  const full = sub === null ? base : spellSubscript(base, sub);
  return reading.role(full) === undefined ? base : full;
};

/** The derivative letter as the sign that it stands for. */
export function asNabla({ name, span, inner, sup, sub, primes }: NameItem): CommandItem {
  const order = DERIVATIVES.get(name.core) ?? 1;
  const two: Item = {
    kind: 'number',
    text: `${order}`,
    bold: false,
    span,
    inner: null,
    sup: null,
    sub: null,
    primes: 0,
  };
  return { kind: 'command', text: '\\nabla', span, inner, sup: order > 1 ? [two] : sup, sub, primes };
}

/** f' of a field or a function of the point: all its derivatives of the order that the primes count. */
export function primed(field: Value, order: number, span: Span): Value {
  const { rank } = field;
  return tensor(rank + order, span, indices => {
    const inner = componentOf(field, indices.slice(0, rank));
    const by = indices.slice(rank);
    if (inner.kind === 'loss') return { kind: 'derivative', span, by, argument: inner };
    return { kind: 'derivative', span, by, argument: inner, asked: { by: null } };
  });
}

/** Vectors that a derivative is applied to: `(u,v)` and `[u,v]` behind f'' and \nabla^3E, as often as they follow. */
export function readVectors(cursor: Cursor, derived: Value, start: number, reading: Reading): Primary {
  const group = cursor.peek();
  if (isScalarValue(derived) || group?.kind !== 'group' || group.sub !== null)
    return { value: derived, trailing: null };
  const parts = splitCommas(group.items);
  const isList =
    group.delimiter === 'bracket' || (group.delimiter === 'paren' && parts.length > 1 && !isScalarList(parts, reading));
  if (!isList) return { value: derived, trailing: null };
  const vectors = parts.map(part => reading.expression(part, group.span));
  if (vectors.length === 1 && vectors[0]?.rank !== 1) return { value: derived, trailing: null };
  cursor.next();
  const value = contract(derived, vectors, cursor.spanFrom(start), reading);
  if (group.sup !== null) return { value, trailing: { sup: group.sup, sub: null, span: group.span } };
  skipCurrentPoint(cursor, reading);
  return readVectors(cursor, value, start, reading);
}

/** f''(f,f)(\tilde\theta(t)): all of it at the current point, where it stands anyway. */
function skipCurrentPoint(cursor: Cursor, reading: Reading): void {
  const group = cursor.peek();
  if (group?.kind !== 'group' || group.delimiter !== 'paren' || group.sup !== null || !holdsPoint(group, reading))
    return;
  const point = reading.expression(group.items, group.span);
  if (isScalarValue(point) || point.rank !== 1) return;
  const body = point.component([{ kind: 'index', span: null, name: '#c' }]);
  if (body.kind === 'iterate' && body.label === null) cursor.next();
}

/** Whether a list begins with a point, as the argument of a loss with its sample does: (\theta, z). */
const isScalarList = ([first]: readonly (readonly Item[])[], reading: Reading): boolean => {
  const [only, ...more] = first ?? [];
  return only?.kind === 'name' && more.length === 0 && reading.isPointName(only.name);
};

/** Whether vectors stand in the parentheses behind a name that is derived, \nabla^3E(u,v), and no point. */
export const isListOfVectors = (group: Item | undefined, reading: Reading): group is GroupItem =>
  group?.kind === 'group' &&
  group.delimiter === 'paren' &&
  group.items.every(item => !isOperator(item, ';')) &&
  splitCommas(group.items).length > 1 &&
  !isScalarList(splitCommas(group.items), reading);

/**
 * The argument behind f': `f'(\theta)` is taken there and returned as it stands; a vector that shows no point is what f' is applied
 * to, which is left to the product. One name alone could be both.
 */
export function isAppliedTo(group: Item | undefined, name: string, reading: Reading): boolean {
  if (group?.kind !== 'group' || group.delimiter !== 'paren') return false;
  const [first, ...more] = group.items;
  const isPoint = (item: Item): boolean => item.kind === 'name' && reading.isPointName(item.name);
  if (first?.kind === 'name' && more.length === 0 && !isPoint(first)) refuseEither(group, name);
  if (holdsPoint(group, reading)) return false;
  if (group.items.some(isPoint)) refuseEither(group, name);
  return true;
}

/** \nabla^2E(\nabla E) is the Hessian at a point to the reader, and the Hessian times a vector to its author. */
export function refuseEither(group: GroupItem, name: string): never {
  const { start, end, source } = group.span;
  const inside = source.text.slice(start, end);
  return refuse(
    'argument-or-factor',
    `${name}${inside} has two readings: ${name} at that point, or applied to that vector`,
    group.span,
    `Write ${name}(\\theta)${inside.replace(/^\(/, '[').replace(/\)$/, ']')} for the second, or give the point a name with :=.`,
  );
}

/** The vector v of `(v\cdot\nabla)`, `(v^\top\nabla)`, `\langle v,\nabla\rangle`; null where the group is something else. */
function directionOf(group: Item | undefined, reading: Reading): Tensor | null {
  if (group?.kind !== 'group' || group.sup !== null || group.sub !== null) return null;
  const isNabla = (item: Item | undefined): boolean =>
    item?.kind === 'command' && item.text === '\\nabla' && item.sub === null && item.sup === null;
  if (!isNabla(group.items.at(-1))) return null;
  let items: readonly Item[] = group.items.slice(0, -1);
  const last = items.at(-1);
  if (group.delimiter === 'angle') {
    if (!isOperator(last, ',')) return null;
    items = items.slice(0, -1);
  } else if (group.delimiter !== 'paren') return null;
  const isDot = isOperator(last, '\\cdot');
  if (isDot) items = items.slice(0, -1);
  if (items.length === 0) return null;
  const value = reading.expression(items, group.span);
  if (isScalarValue(value) || value.rank !== 1)
    return refuse('vector-rank', `expected a vector, not a ${rankName(value)}, before \\nabla`, value.span);
  if (group.delimiter === 'paren' && !isDot && !value.row)
    return refuse(
      'derivative',
      'expected \\cdot between a vector and \\nabla',
      value.span,
      'Write (v \\cdot \\nabla).',
    );
  return value;
}

/** `(g\cdot\nabla)X`: the derivative of X in the direction g, Σ_k g_k ∂_kX; null for other groups. */
export function readDirectional(
  cursor: Cursor,
  reading: Reading,
  readPrimary: (cursor: Cursor, reading: Reading) => Primary,
): Primary | null {
  const group = cursor.peek();
  const last = group?.kind === 'group' ? group.items.at(-1) : undefined;
  if (last?.kind !== 'command' || last.text !== '\\nabla' || reading.scope.where !== 'claim') return null;
  const direction = directionOf(group, reading);
  if (direction === null) return null;
  const start = cursor.at;
  cursor.next();
  const { value, trailing } = readPrimary(cursor, reading);
  if (trailing !== null)
    return refuse(
      'derivative',
      'expected parentheses around what is derived',
      trailing.span,
      'Write (g\\cdot\\nabla)(…).',
    );
  const span = cursor.spanFrom(start);
  const index = reading.fresh();
  const letter: Formula = { kind: 'index', span: null, name: index };
  const along = (of: Value): Formula =>
    overCoordinates(
      index,
      { kind: 'multiply', span, factors: [direction.component([letter]), componentOf(primed(of, 1, span), [letter])] },
      span,
    );
  if (isScalarValue(value)) return { value: scalar(along(value), span), trailing: null };
  const result = elementwise([value], span, ([formula]) => along(scalar(known(formula), span)));
  return { value: result, trailing: null };
}
