/**
 * Derivatives: \nabla, \nabla_{ij}, \nabla^2, \partial_j, \frac{\partial E}{\partial\theta_j}, \frac{\partial c}{\partial\beta}.
 * They bind the next factor with its scripts and argument, or the group after them.
 */
import { refuse } from '../base/problem.ts';
import type { Span } from '../base/span.ts';
import type { Formula } from '../formula/formula.ts';
import { children } from '../formula/walk.ts';
import { Cursor, spanOf, upTo } from './cursor.ts';
import type { CommandItem, FractionItem, GroupItem, Item, NameItem } from './item.ts';
import { isOperator, spellItem, spellItems, spellName, spellSubscript } from './item.ts';
import type { Primary } from './read-factor.ts';
import { isTranspose, readPrimary } from './read-factor.ts';
import { readTerm } from './read-expression.ts';
import { readVectorCall } from './read-function.ts';
import { labelItems, readIndex, splitCommas, splitIndices } from './read-index.ts';
import type { Reading } from './reading.ts';
import type { Value } from './value.ts';
import { componentOf, contract, isScalar, known, rankName, scalar, tensor } from './value.ts';

/** What a derivative is taken by: components of θ, all components `gradient` times, or a hyperparameter. */
type By =
  | { readonly kind: 'components'; readonly by: readonly Formula[] }
  | { readonly kind: 'gradient'; readonly order: number }
  | { readonly kind: 'parameter'; readonly name: string; readonly order: number };

/** Reads \nabla or \partial with its operand. */
export function readDerivative(cursor: Cursor, reading: Reading): Primary {
  const start = cursor.at;
  const sign = cursor.next();
  if (sign?.kind !== 'command') throw new Error('a derivative sign was expected');
  const by = readBy(sign, reading);
  return readOperand(
    cursor,
    by,
    sign,
    start,
    reading,
    sign.text === '\\partial' || reading.scope.where === 'optimizer',
  );
}

function readBy(sign: CommandItem, reading: Reading): By {
  const order = sign.sup === null ? null : readOrder(sign.sup, sign.span);
  if (sign.sub === null) {
    if (sign.text === '\\partial') return refuse('derivative', 'expected an index under \\partial', sign.span);
    return { kind: 'gradient', order: order ?? 1 };
  }
  const only = sign.sub[0];
  if (sign.sub.length === 1 && only?.kind === 'name') {
    const variable = readVariable(only, reading);
    if (variable !== null) {
      const times = order ?? 1;
      if (variable.kind === 'components')
        return { kind: 'components', by: Array.from({ length: times }, () => known(variable.by[0])) };
      return { ...variable, order: times };
    }
  }
  const by = splitIndices(sign.sub).map(part => readIndex(part, 'coordinate', reading, sign.span));
  if (order === null || order === by.length) return { kind: 'components', by };
  if (by.length === 1) return { kind: 'components', by: Array.from({ length: order }, () => known(by[0])) };
  return refuse('derivative', `expected ${order} indices under a derivative of order ${order}`, sign.span);
}

function readOrder(sup: readonly Item[], span: Span): number {
  const only = sup[0];
  const order = sup.length === 1 && only?.kind === 'number' ? Number(only.text) : Number.NaN;
  return Number.isInteger(order) && order >= 1 && order <= 12
    ? order
    : refuse('derivative', 'expected an order from 1 to 12', span);
}

/** θ_j, θ, or a hyperparameter as the variable of a derivative; null where it is an index letter. */
function readVariable(item: NameItem, reading: Reading): By | null {
  const base = spellName(item.name);
  const sub = item.sub === null ? null : spellItems(item.sub);
  const full = sub === null ? base : spellSubscript(base, sub);
  if (reading.role(full)?.kind === 'scalar' && reading.boundLetter(full) === undefined)
    return { kind: 'parameter', name: full, order: 1 };
  if (!reading.isPointName(item.name)) return null;
  if (labelItems(item.sup) !== null)
    return refuse('derivative', 'a derivative with respect to an earlier iterate is not read', item.span);
  if (item.sub === null) return { kind: 'gradient', order: 1 };
  return { kind: 'components', by: [readIndex(item.sub, 'coordinate', reading, item.span)] };
}

/** Reads the next factor or group and derives it. */
function readOperand(
  cursor: Cursor,
  by: By,
  sign: Item,
  start: number,
  reading: Reading,
  inArgument: boolean,
): Primary {
  const operand = cursor.peek();
  if (operand === undefined || operand.kind === 'operator')
    return refuse('derivative', 'expected what is derived after this', sign.span);
  if (operand.kind === 'name') {
    const name = fullName(operand, reading);
    const role = reading.role(name);
    if (role?.kind === 'vector-function' && by.kind !== 'parameter') {
      if (inArgument) {
        cursor.next();
        const item = name === spellName(operand.name) ? operand : { ...operand, sub: null };
        return readVectorCall(
          cursor,
          name,
          role.result,
          item,
          reading,
          by.kind === 'components' ? by.by : [],
          by.kind === 'gradient' ? by.order : 0,
        );
      }
      reading.warn(
        'gradient-of-function',
        `this is the derivative of ${name}(…) in the parameters`,
        sign.span,
        `write (\\nabla ${name})(…) or \\partial_i ${name}(…) for the derivative in the argument`,
      );
    }
  }
  const { value, trailing } = readPrimary(cursor, reading);
  if (trailing?.sup && !isTranspose(trailing.sup, derive(value, by, value.span), reading))
    reading.warn(
      'derivative-power',
      'the power after the argument is the power of the derivative',
      trailing.span,
      'write (\\nabla_j E)^2 or \\nabla_j(E^2)',
    );
  const derived = derive(value, by, trailing === null ? cursor.spanFrom(start) : upTo(sign.span, value.span));
  const applied = trailing === null ? readBrackets(cursor, derived, start, reading) : null;
  return applied ?? { value: derived, trailing };
}

function fullName(item: NameItem, reading: Reading): string {
  const base = spellName(item.name);
  const sub = item.sub === null ? null : spellItems(item.sub);
  const full = sub === null ? base : spellSubscript(base, sub);
  return reading.role(full) === undefined ? base : full;
}

/** Whether a formula is made of numbers, indices, h and other hyperparameters only. */
function isConstant(formula: Formula, by: By): boolean {
  switch (formula.kind) {
    case 'number':
    case 'index':
    case 'step':
      return true;
    case 'parameter':
      return by.kind !== 'parameter';
    case 'add':
    case 'negate':
    case 'multiply':
    case 'divide':
    case 'power':
    case 'root':
      return children(formula).every(child => isConstant(child, by));
    default:
      return false;
  }
}

function derive(value: Value, by: By, span: Span): Value {
  if (isScalar(value) && isConstant(value.formula, by))
    return refuse(
      'derivative',
      'the derivative of a constant; expected a function',
      value.span,
      '\\nabla and \\partial bind the next factor: put a product into braces or parentheses, or the number in front.',
    );
  switch (by.kind) {
    case 'parameter': {
      const once = (formula: Formula): Formula => ({
        kind: 'parameter-derivative',
        span,
        by: by.name,
        argument: formula,
      });
      const times = (formula: Formula): Formula =>
        Array.from({ length: by.order }).reduce<Formula>(inner => once(inner), formula);
      return isScalar(value)
        ? scalar(times(value.formula), span)
        : tensor(value.rank, span, indices => times(componentOf(value, indices)));
    }
    case 'components':
      return isScalar(value)
        ? scalar(deriveBy(by.by, value.formula, span), span)
        : tensor(value.rank, span, indices => deriveBy(by.by, componentOf(value, indices), span));
    case 'gradient':
      if (!isScalar(value))
        return refuse(
          'vector-rank',
          `the gradient of a ${rankName(value)}; expected a scalar`,
          value.span,
          'the Hessian is written \\nabla^2 E',
        );
      return {
        ...tensor(by.order, span, indices => deriveBy(indices, value.formula, span)),
        row: by.order === 1 && value.row === true,
      };
  }
}

/** ∂_i∂_jE is one derivative of the loss, which is taken before the point is inserted. */
function deriveBy(by: readonly Formula[], argument: Formula, span: Span): Formula {
  if (argument.kind === 'derivative' && argument.argument.kind === 'loss')
    return { kind: 'derivative', span, by: [...by, ...argument.by], argument: argument.argument };
  return { kind: 'derivative', span, by, argument };
}

/** \nabla^3E[u,v]: brackets after a derivative hold the vectors that it is applied to. */
function readBrackets(cursor: Cursor, derived: Value, start: number, reading: Reading): Primary | null {
  const group = cursor.peek();
  if (isScalar(derived) || group?.kind !== 'group' || group.delimiter !== 'bracket' || group.sub !== null) return null;
  const vectors = splitCommas(group.items).map(part => reading.expression(part, group.span));
  if (vectors.length === 1 && vectors[0] !== undefined && vectors[0].rank !== 1) return null;
  cursor.next();
  const value = contract(derived, vectors, cursor.spanFrom(start), reading);
  if (group.sup !== null) return { value, trailing: { sup: group.sup, sub: null, span: group.span } };
  return readBrackets(cursor, value, start, reading) ?? { value, trailing: null };
}

/** `(\partial_iK)(v)`, `(\nabla E)(\theta)`: a derivative in parentheses whose argument stands behind. */
export function startsAppliedDerivative(cursor: Cursor, reading: Reading): Primary | null {
  const group = cursor.peek();
  const argument = cursor.peek(1);
  if (group?.kind !== 'group' || group.delimiter !== 'paren' || group.sup !== null || group.sub !== null) return null;
  if (argument?.kind !== 'group' || argument.delimiter !== 'paren') return null;
  const signs = group.items.slice(0, -1);
  const last = group.items[group.items.length - 1];
  if (
    signs.length === 0 ||
    !signs.every(item => item.kind === 'command' && (item.text === '\\nabla' || item.text === '\\partial'))
  )
    return null;
  if (last?.kind !== 'name') return null;
  const role = reading.role(fullName(last, reading));
  if (
    role === undefined
      ? reading.special(last.name) !== 'loss'
      : role.kind !== 'vector-function' && role.kind !== 'function'
  )
    return null;
  cursor.next();
  cursor.next();
  return applyBehind(signs, last, argument, reading);
}

function applyBehind(signs: readonly Item[], last: NameItem, argument: GroupItem, reading: Reading): Primary {
  const inner = new Cursor([...signs, last, argument], last.span);
  const sign = inner.next();
  if (sign?.kind !== 'command') throw new Error('a derivative sign was expected');
  return readOperand(inner, readBy(sign, reading), sign, 0, reading, true);
}

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
  if (item.sub !== null || item.sup !== null) {
    const value = apply(readTerm(new Cursor(operand, item.span), reading), variables, item.span);
    return { value, trailing: { sup: item.sup, sub: item.sub, span: item.span } };
  }
  if (operand.length === 0) {
    const { value, trailing } = readPrimary(cursor, reading);
    return { value: apply(value, variables, cursor.spanFrom(start)), trailing };
  }
  const last = operand[operand.length - 1];
  const argument = cursor.peek();
  const takesArgument =
    last?.kind === 'name' && reading.role(spellName(last.name)) === undefined && reading.special(last.name) === 'loss';
  if (takesArgument && argument?.kind === 'group' && argument.delimiter === 'paren') {
    cursor.next();
    const { value, trailing } = readPrimary(new Cursor([...operand, argument], item.span), reading);
    return { value: apply(value, variables, cursor.spanFrom(start)), trailing };
  }
  const inner = new Cursor(operand, item.span);
  const value = readTerm(inner, reading);
  if (!inner.done)
    return refuse('derivative', 'expected parentheses around a sum that is derived', spanOf(operand, item.span));
  return { value: apply(value, variables, item.span), trailing: null };
}

const apply = (value: Value, variables: readonly By[], span: Span): Value => {
  const components = variables.flatMap(variable => (variable.kind === 'components' ? variable.by : []));
  const others = variables.filter(variable => variable.kind !== 'components');
  const inner = others.reduceRight((derived, variable) => derive(derived, variable, span), value);
  return components.length === 0 ? inner : derive(inner, { kind: 'components', by: components }, span);
};

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
function readVariables(item: FractionItem, reading: Reading): By[] | null {
  const variables: By[] = [];
  const row = item.denominator.filter(part => !isOperator(part, '\\cdot'));
  for (let at = 0; at < row.length; at += 2) {
    const sign = row[at];
    const variable = row[at + 1];
    if (sign === undefined || !isDifferential(sign, reading) || sign.sup !== null || variable?.kind !== 'name')
      return null;
    const times = variable.sup === null ? 1 : readOrder(variable.sup, variable.span);
    const by = readVariable({ ...variable, sup: null }, reading);
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
