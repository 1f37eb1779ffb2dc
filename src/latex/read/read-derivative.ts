/**
 * Derivatives by their sign: \nabla, \nabla_{ij}, \nabla^2, \partial_j, \nabla\cdot G, (\nabla E)(\theta).
 * They bind the next factor with its scripts and argument, or the group after them.
 */
import { refuse } from '../../base/problem.ts';
import { COMPONENT, type Formula } from '../../formula/formula.ts';
import { Cursor, upTo } from '../layout/cursor.ts';
import type { GroupItem, Item, NameItem } from '../layout/item.ts';
import { isOperator, spellItems, spellName, spellSubscript } from '../layout/item.ts';
import { derive, isGrouped } from './derivative/derive.ts';
import type { DerivedBy } from './derivative/variable.ts';
import { readBy } from './derivative/variable.ts';
import type { Primary } from './primary.ts';
import { isTranspose, readPrimary } from './read-factor.ts';
import { asNabla, isListOfVectors, readVectors, refuseEither } from './read-field.ts';
import { parseVectorCall } from './read-function.ts';
import type { Reading } from './reading.ts';
import { holdsPoint } from './script/read-point.ts';
import type { Value } from './value.ts';
import { componentOf, isScalarValue, overCoordinates, scalar } from './value.ts';

/** Reads \nabla or \partial with its operand. */
export function parseDerivative(cursor: Cursor, reading: Reading): Primary {
  const start = cursor.at;
  const item = cursor.next();
  const sign = item?.kind === 'name' ? asNabla(item) : item;
  if (sign?.kind !== 'command') throw new Error('a derivative sign was expected');
  const by = readBy(sign, reading);
  return readOperand(cursor, by, sign, start, reading);
}

/** Reads the next factor or group and derives it. */
function readOperand(cursor: Cursor, by: DerivedBy, sign: Item, start: number, reading: Reading): Primary {
  const operand = cursor.peek();
  if (isOperator(operand, '\\cdot') && by.kind === 'gradient' && by.order === 1 && reading.scope.where === 'claim') {
    cursor.next();
    return readDivergence(cursor, by, start, reading);
  }
  if (operand === undefined || operand.kind === 'operator')
    return refuse('derivative', 'expected what is derived after this', sign.span);
  if (operand.kind === 'name') {
    const name = declaredName(operand, reading);
    const role = reading.role(name);
    if (role?.kind === 'vector-function' && by.kind !== 'parameter' && by.point === undefined) {
      cursor.next();
      const item = name === spellName(operand.name) ? operand : { ...operand, sub: null };
      return parseVectorCall(
        cursor,
        name,
        role.result,
        item,
        reading,
        by.kind === 'components' ? by.by : [],
        by.kind === 'gradient' ? by.order : 0,
      );
    }
  }
  const isGroup = isGrouped(operand);
  const behind = cursor.peek(1);
  const isTensor = by.kind === 'gradient' && operand.kind === 'name' && reading.scope.where === 'claim';
  if (isTensor && isListOfVectors(behind, reading)) {
    cursor.next();
    const { value } = readPrimary(new Cursor([operand], operand.span), reading);
    return readVectors(cursor, derive(value, by, cursor.spanFrom(start), false, reading), start, reading);
  }
  if (isTensor && by.order > 1) refuseVectorAsPoint(behind, operand, reading);
  const bars = reading.bars.length;
  const { value, trailing } = readPrimary(cursor, reading);
  if (isScalarValue(value)) reading.bars.length = bars;
  if (operand.kind !== 'name' && trailing === null) {
    const isApplied = !isScalarValue(value) || (by.kind === 'gradient' && by.order > 1);
    refusePointBehind(cursor, reading, isApplied);
  }
  if (trailing?.sup && !isTranspose(trailing.sup, derive(value, by, value.span, isGroup, reading), reading))
    reading.warn(
      'derivative-power',
      'the power after the argument is the power of the derivative',
      trailing.span,
      'write (\\nabla_j E)^2 or \\nabla_j(E^2)',
    );
  if (operand.kind === 'name' && trailing === null && by.kind !== 'parameter') refusePowerOfName(value);
  const place = trailing === null ? cursor.spanFrom(start) : upTo(sign.span, value.span);
  const derived = derive(value, by, place, isGroup, reading);
  return trailing === null ? readVectors(cursor, derived, start, reading) : { value: derived, trailing };
}

/** The name with its subscript where that is declared, else without. */
export function declaredName(item: NameItem, reading: Reading): string {
  const base = spellName(item.name);
  const sub = item.sub === null ? null : spellItems(item.sub);
  const full = sub === null ? base : spellSubscript(base, sub);
  return reading.role(full) === undefined ? base : full;
}

/** \nabla(2E)(\theta): a point behind a group could be where it is taken, or a factor; `isApplied` where it could be a vector that the derivative is applied to. */
export function refusePointBehind(cursor: Cursor, reading: Reading, isApplied: boolean): void {
  const behind = cursor.peek();
  if (behind?.kind !== 'group' || behind.delimiter !== 'paren' || !holdsPoint(behind, reading)) return;
  if (!isApplied && isCurrentPoint(behind, reading)) {
    cursor.next();
    return;
  }
  refuse(
    'argument-or-factor',
    'a point in parentheses behind a derivative that is no name: its argument, or a factor',
    behind.span,
    'Write the point inside, or the factor in front.',
  );
}

/**
 * \nabla(E + …)(\theta) in a claim: a product of two vectors has no meaning there, and everything is taken at \theta, so that the parenthesis says no
 * more. A power behind it would be one of the derivative.
 */
function isCurrentPoint(group: GroupItem, reading: Reading): boolean {
  const { where, componentwiseVectors } = reading.scope;
  if (where !== 'claim' || componentwiseVectors || group.sup !== null || group.sub !== null) return false;
  const point = reading.expression(group.items, group.span);
  if (isScalarValue(point) || point.rank !== 1) return false;
  const body = point.component([{ kind: 'index', span: null, name: COMPONENT }]);
  return body.kind === 'iterate' && body.label === null;
}

/** \nabla_jE^2 is the square of the derivative to some, and the derivative of the square to others. */
function refusePowerOfName(value: Value): void {
  if (!isScalarValue(value) || value.formula.kind !== 'power') return;
  const { kind } = value.formula.base;
  if (kind !== 'loss' && kind !== 'quantity') return;
  refuse(
    'ambiguous-power',
    'a power behind a name that is derived: of the derivative, or of what is derived',
    value.span,
    'Write (\\nabla_j E)^2 or \\nabla_j(E^2).',
  );
}

/** \nabla\cdot G, the sum of ∂_iG_i. */
function readDivergence(cursor: Cursor, by: DerivedBy, start: number, reading: Reading): Primary {
  const operand = cursor.peek();
  const { value, trailing } = readPrimary(cursor, reading);
  if (isScalarValue(value) || value.rank !== 1 || trailing !== null)
    return refuse('vector-rank', 'expected a vector behind \\nabla\\cdot', value.span);
  const span = cursor.spanFrom(start);
  const jacobian = derive(value, by, span, operand !== undefined && isGrouped(operand), reading);
  const index = reading.fresh();
  const letter: Formula = { kind: 'index', span: null, name: index };
  return { value: scalar(overCoordinates(index, componentOf(jacobian, [letter, letter]), span), span), trailing: null };
}

/** \nabla^2E(\nabla E): at the point ∇E, or applied to it. */
function refuseVectorAsPoint(behind: Item | undefined, operand: Item, reading: Reading): void {
  if (behind?.kind !== 'group' || behind.delimiter !== 'paren' || operand.kind !== 'name') return;
  if (reading.special(operand.name) !== 'loss') return;
  const [first, ...more] = behind.items;
  const isName = first?.kind === 'name' && more.length === 0;
  if (first === undefined || (isName && reading.scope.fields?.has(spellName(first.name)) !== true)) return;
  const isPoint = (item: Item): boolean => item.kind === 'name' && reading.isPointName(item.name);
  if (behind.items.some(isPoint) || behind.items.some(item => isOperator(item, ';'))) return;
  const { source, start } = operand.span;
  const sign = source.text.slice(source.text.lastIndexOf('\\nabla', start), operand.span.end);
  refuseEither(behind, sign.length < 40 && sign.startsWith('\\nabla') ? sign : 'the derivative');
}

/**
 * `(\partial_iK)(v)`, `(\nabla E)(\theta)`, `{\nabla E}(\theta)` as macros leave it, `\mathbf{\nabla E}(\theta)`, `[\nabla E](\theta)`: a derivative in a
 * group whose argument stands behind.
 */
export function startsAppliedDerivative(cursor: Cursor, reading: Reading): Primary | null {
  const group = unwrapped(cursor.peek());
  const argument = unwrapped(cursor.peek(1));
  if (group === null || group.sup !== null || group.sub !== null) return null;
  if (argument === null || !(argument.delimiter === 'paren' || holdsPoint(argument, reading))) return null;
  const signs = group.items.slice(0, -1);
  const last = group.items[group.items.length - 1];
  if (
    signs.length === 0 ||
    !signs.every(item => item.kind === 'command' && (item.text === '\\nabla' || item.text === '\\partial'))
  )
    return null;
  if (last?.kind !== 'name') return null;
  const role = reading.role(declaredName(last, reading));
  if (
    role === undefined
      ? reading.special(last.name) !== 'loss'
      : role.kind !== 'vector-function' &&
        role.kind !== 'function' &&
        !(role.kind === 'quantity' && holdsPoint(argument, reading))
  )
    return null;
  cursor.next();
  cursor.next();
  return applyBehind(signs, last, argument, reading);
}

const ENCLOSING: ReadonlySet<GroupItem['delimiter']> = new Set(['paren', 'bracket', 'curly', 'brace']);

/** The innermost of groups that hold nothing but each other; null where it encloses more than it groups, as bars do. */
function unwrapped(item: Item | undefined): GroupItem | null {
  if (item?.kind !== 'group' || !ENCLOSING.has(item.delimiter)) return null;
  const [only, ...others] = item.items;
  if (item.delimiter !== 'brace' || only?.kind !== 'group' || others.length > 0) return item;
  return item.sup === null && item.sub === null && item.primes === 0 ? unwrapped(only) : null;
}

function applyBehind(signs: readonly Item[], last: NameItem, argument: GroupItem, reading: Reading): Primary {
  const inner = new Cursor([...signs, last, { ...argument, delimiter: 'paren' }], last.span);
  const sign = inner.next();
  if (sign?.kind !== 'command') throw new Error('a derivative sign was expected');
  return readOperand(inner, readBy(sign, reading), sign, 0, reading);
}
