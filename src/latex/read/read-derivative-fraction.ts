/** Derivatives as fractions: \frac{\partial E}{\partial\theta_j}, \frac{\partial c}{\partial\beta}, \frac{\partial}{\partial\theta_j}E, \frac{\partial^2E}{…}. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Vector } from '../../formula/formula.ts';
import { Cursor, spanOf } from '../layout/cursor.ts';
import type { FractionItem, Item } from '../layout/item.ts';
import { isOperator, spellItem } from '../layout/item.ts';
import { derive, isGrouped } from './derivative/derive.ts';
import type { DerivedBy } from './derivative/variable.ts';
import { readOrder, readVariable } from './derivative/variable.ts';
import type { Primary } from './primary.ts';
import { declaredName, refusePointBehind } from './read-derivative.ts';
import { readTerm } from './read-expression.ts';
import { readPrimary } from './read-factor.ts';
import type { Reading } from './reading.ts';
import { labelItems } from './script/read-index.ts';
import { holdsPoint } from './script/read-point.ts';
import type { Value } from './value.ts';

/** \frac{\partial E}{\partial\theta_j}, \frac{\partial}{\partial\theta_j}E, \frac{\partial^2E}{…}; null for other fractions. */
export function readDerivativeFraction(cursor: Cursor, item: FractionItem, reading: Reading): Primary | null {
  const head = item.numerator[0];
  if (head === undefined || !isDifferential(head, reading)) return null;
  const variables = readVariables(item, reading);
  if (variables === null) return null;
  const start = cursor.at;
  cursor.next();
  const order = head.sup === null ? 1 : readOrder(head.sup, head.span);
  const total = variables.reduce(
    (sum, variable) => sum + (variable.kind === 'components' ? variable.by.length : variable.order),
    0,
  );
  if (order !== total) return refuse('derivative', `a derivative of order ${order} by ${total} variables`, item.span);
  const operand = item.numerator.slice(1);
  const [own] = operand;
  const isGroup = operand.length === 1 && own !== undefined && isGrouped(own);
  if (item.sub !== null || item.sup !== null) {
    const value = apply(readTerm(new Cursor(operand, item.span), reading), variables, item.span, isGroup, reading);
    return { value, trailing: { sup: item.sup, sub: item.sub, span: item.span } };
  }
  if (operand.length === 0) {
    const behind = cursor.peek();
    const { value, trailing } = readPrimary(cursor, reading);
    const ofGroup = behind !== undefined && isGrouped(behind);
    return { value: apply(value, variables, cursor.spanFrom(start), ofGroup, reading), trailing };
  }
  const last = operand[operand.length - 1];
  const argument = cursor.peek();
  const name = last?.kind === 'name' ? declaredName(last, reading) : null;
  const isLoss =
    last?.kind === 'name' && name !== null && reading.role(name) === undefined && reading.special(last.name) === 'loss';
  const isDefined = name !== null && reading.role(name)?.kind === 'quantity' && operand.length === 1;
  const isArgument = argument?.kind === 'group' && argument.delimiter === 'paren';
  if (isArgument && (isLoss || (isDefined && holdsPoint(argument, reading)))) {
    cursor.next();
    const { value, trailing } = readPrimary(new Cursor([...operand, argument], item.span), reading);
    return { value: apply(value, variables, cursor.spanFrom(start), false, reading), trailing };
  }
  refusePointBehind(cursor, reading, true);
  const inner = new Cursor(operand, item.span);
  const value = readTerm(inner, reading);
  if (!inner.done)
    return refuse('derivative', 'expected parentheses around a sum that is derived', spanOf(operand, item.span));
  return { value: apply(value, variables, item.span, isGroup, reading), trailing: null };
}

const apply = (
  value: Value,
  variables: readonly DerivedBy[],
  span: Span,
  isGroup: boolean,
  reading: Reading,
): Value => {
  const components = variables.filter(variable => variable.kind === 'components');
  const others = variables.filter(variable => variable.kind !== 'components');
  const inner = others.reduceRight((derived, variable) => derive(derived, variable, span, isGroup, reading), value);
  const [first, ...more] = components;
  if (first === undefined) return inner;
  const isSame = ({ point }: { readonly point?: Vector }): boolean => samePoint(point, first.point);
  if (!more.every(isSame))
    return refuse('derivative', 'a derivative by components of different points is not read', span);
  return derive(inner, { ...first, by: components.flatMap(({ by }) => by) }, span, isGroup, reading);
};

/** Whether two points were typed alike; their places in the text do not matter. */
function samePoint(left: Vector | undefined, right: Vector | undefined): boolean {
  const spell = (point: Vector | undefined): string =>
    JSON.stringify(point ?? null, (key, value: unknown) =>
      key === 'span' ? undefined : typeof value === 'bigint' ? String(value) : value,
    );
  return spell(left) === spell(right);
}

function isDifferential(item: Item, reading: Reading): boolean {
  if (item.kind === 'command') return item.text === '\\partial' && item.sub === null;
  return (
    item.kind === 'name' &&
    item.sub === null &&
    (item.name.core === 'd' || item.name.core === '\\mathrm{d}') &&
    item.name.accents.length === 0 &&
    reading.role(item.name.core) === undefined &&
    reading.boundLetter(item.name.core) === undefined
  );
}

/** The variables of the denominator `\partial\theta_i\,\partial\theta_j^2`; null where it is none. */
function readVariables(item: FractionItem, reading: Reading): DerivedBy[] | null {
  const variables: DerivedBy[] = [];
  const row = item.denominator.filter(part => !isOperator(part, '\\cdot'));
  for (let at = 0; at < row.length; at += 2) {
    const sign = row[at];
    const variable = row[at + 1];
    if (sign === undefined || !isDifferential(sign, reading) || sign.sup !== null || variable?.kind !== 'name')
      return null;
    // A parenthesised superscript is the label of a point, any other one the order.
    const isLabel = labelItems(variable.sup) !== null;
    const times = variable.sup === null || isLabel ? 1 : readOrder(variable.sup, variable.span);
    const by = readVariable([isLabel ? variable : { ...variable, sup: null }], reading);
    if (by === null)
      return refuse(
        'derivative',
        `expected the parameters or a hyperparameter after \\partial, not ${spellItem({ ...variable, sup: null }) ?? 'this'}`,
        variable.span,
      );
    for (let count = 0; count < times; count += 1) variables.push(by);
  }
  return variables;
}
