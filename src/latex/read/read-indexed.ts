/** States and quantities with their indices and labels, and the argument in parentheses that holds just a point. */
import { refuse } from '../../base/problem.ts';
import type { Formula, Vector } from '../../formula/formula.ts';
import type { Cursor } from '../layout/cursor.ts';
import { spanWithArgument } from '../layout/cursor.ts';
import type { GroupItem, NameItem } from '../layout/item.ts';
import type { Primary, Trailing } from './primary.ts';
import { trailingOf } from './primary.ts';
import { applySuperscript } from './read-factor.ts';
import { isAppliedTo, primed, readVectors } from './read-field.ts';
import type { Reading } from './reading.ts';
import { holdsPoint, readPoint } from './script/read-point.ts';
import { readScripts } from './script/read-scripts.ts';
import { asVector, isScalarValue, scalar, tensor, vectorOf } from './value.ts';

/** States and quantities: indices, labels, and an argument in parentheses that holds just a point. */
export function readIndexed(
  cursor: Cursor,
  name: string,
  want: Parameters<typeof readScripts>[1],
  item: NameItem,
  reading: Reading,
  { hasArgument = false, isFactorBehind = false } = {},
): Primary {
  const start = cursor.at;
  cursor.next();
  const isField = item.primes > 0 && reading.scope.where === 'claim' && !want.historyIndex && item.sup === null;
  if (item.primes > 0 && !isField) refuse('unexpected-prime', 'a prime is read only after a function', item.span);
  const { indices, labels, power } = readScripts(item, want, name, reading);
  const group = cursor.peek();
  const isApplied = isField && isAppliedTo(group, `${name}${"'".repeat(item.primes)}`, reading);
  if (hasArgument && !isField && group?.kind === 'group')
    refuseShiftedArgument(group, name, item.sub === null && want.labels === 0, reading);
  let at: Vector | null = null;
  let trailing: Trailing | null = null;
  let span = power === null ? item.span : (item.inner ?? item.span);
  const mayBePoint =
    power === null && !isFactorBehind && !isApplied && group?.kind === 'group' && group.delimiter === 'paren';
  if (mayBePoint && holdsPoint(group, reading)) {
    cursor.next();
    at = asVector(readPoint(group.items, reading, group.span));
    trailing = trailingOf(group);
    span = spanWithArgument(item.span, group.inner);
  }
  const quantity = (given: readonly Formula[]): Formula => ({
    kind: 'quantity',
    span,
    name,
    indices: given,
    labels,
    at,
  });
  const value =
    indices === null
      ? want.indices === 1
        ? vectorOf(span, index => quantity([index]))
        : tensor(want.indices, span, quantity)
      : scalar(quantity(indices), span);
  if (isField && trailing === null)
    return readVectors(cursor, primed(value, item.primes, cursor.spanFrom(start)), start, reading);
  if (isField) refuse('unexpected-prime', 'expected parentheses around a derivative before its power', item.span);
  return { value: power === null ? value : applySuperscript(value, power, item.span, reading), trailing };
}

/** F(\theta - h\nabla E): behind a name with an argument a vector that begins with a point could be both, argument and factor. */
function refuseShiftedArgument(group: GroupItem, name: string, isBare: boolean, reading: Reading): void {
  const [first] = group.items;
  const isClaim = reading.scope.where === 'claim';
  if (isClaim && isBare && group.delimiter === 'paren' && !holdsPoint(group, reading))
    refuse(
      'argument-or-factor',
      `what stands in the parentheses behind ${name} is its argument, or a factor`,
      group.span,
      `${name} is defined at a point: write ${name}(${reading.scope.notation.parameters}) before a factor, or give the point a name with :=.`,
    );
  const isPoint = first?.kind === 'name' && first.sub === null && reading.isPointName(first.name);
  if (group.delimiter !== 'paren' || !isPoint || holdsPoint(group, reading)) return;
  if (isScalarValue(reading.expression(group.items, group.span))) return;
  refuse(
    'argument-or-factor',
    `the argument of ${name} is a point with a shift, or this is a factor`,
    group.span,
    `Give the point a row of its own, as y^{(n)} := …, and write ${name}(y^{(n)}).`,
  );
}
