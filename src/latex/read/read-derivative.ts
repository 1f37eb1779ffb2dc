/**
 * Derivatives: \nabla, \nabla_{ij}, \nabla^2, \partial_j, \frac{\partial E}{\partial\theta_j}, \frac{\partial c}{\partial\beta}.
 * They bind the next factor with its scripts and argument, or the group after them.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Formula, Vector } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { Cursor, spanOf, upTo } from '../layout/cursor.ts';
import type { CommandItem, FractionItem, GroupItem, Item, NameItem } from '../layout/item.ts';
import { isOperator, spellItem, spellItems, spellName, spellSubscript } from '../layout/item.ts';
import { isTranspose, readPrimary } from './read-factor.ts';
import { asNabla, isListOfVectors, readVectors, refuseEither } from './read-field.ts';
import { readTerm } from './read-expression.ts';
import { parseVectorCall } from './read-function.ts';
import { labelItems, readIndex, splitIndices } from './script/read-index.ts';
import { holdsPoint } from './script/read-point.ts';
import type { Primary } from './primary.ts';
import type { Reading } from './reading.ts';
import type { Value } from './value.ts';
import { asVector, componentOf, isScalarValue, known, overCoordinates, rankName, scalar, tensor } from './value.ts';

/** What a derivative is taken by: components of θ, all components `gradient` times, or a hyperparameter. */
type By =
  | { readonly kind: 'components'; readonly by: readonly Formula[]; readonly point?: Vector; readonly inRows?: boolean }
  | { readonly kind: 'gradient'; readonly order: number; readonly point?: Vector; readonly inRows?: boolean }
  | { readonly kind: 'parameter'; readonly name: string; readonly order: number };

/** Reads \nabla or \partial with its operand. */
export function parseDerivative(cursor: Cursor, reading: Reading): Primary {
  const start = cursor.at;
  const item = cursor.next();
  const sign = item?.kind === 'name' ? asNabla(item) : item;
  if (sign?.kind !== 'command') throw new Error('a derivative sign was expected');
  const by = readBy(sign, reading);
  return readOperand(cursor, by, sign, start, reading);
}

function readBy(sign: CommandItem, reading: Reading): By {
  const order = sign.sup === null ? null : readOrder(sign.sup, sign.span);
  if (sign.sub === null) {
    if (sign.text === '\\partial') return refuse('derivative', 'expected an index under \\partial', sign.span);
    return { kind: 'gradient', order: order ?? 1 };
  }
  const named = readNamedPoint(sign.sub, reading);
  if (named !== null) return named.kind === 'gradient' ? { ...named, order: order ?? 1 } : repeated(named, order ?? 1);
  const only = sign.sub[0];
  const parameter = sign.sub.length === 1 && only?.kind === 'name' ? readParameter(only, reading) : null;
  if (parameter?.kind === 'parameter') return { ...parameter, order: order ?? 1 };
  const by = splitDerivativeIndices(sign.sub).map(part => readIndex(part, 'coordinate', reading, sign.span));
  if (order === null || order === by.length) return { kind: 'components', by };
  if (by.length === 1) return { kind: 'components', by: Array.from({ length: order }, () => known(by[0])) };
  return refuse('derivative', `expected ${order} indices under a derivative of order ${order}`, sign.span);
}

/** The components under a derivative sign: digits side by side, as in \nabla_{12}, are one each; a component has no 0 in it. */
function splitDerivativeIndices(sub: readonly Item[]): Item[][] {
  const [only] = sub;
  if (sub.length !== 1 || only?.kind !== 'number' || !/^[1-9]{2,}$/.test(only.text)) return splitIndices(sub);
  return [...only.text].map(text => [{ ...only, text }]);
}

/** The same component several times. */
const repeated = (by: Extract<By, { kind: 'components' }>, times: number): By => ({
  ...by,
  by: Array.from({ length: times }, () => known(by.by[0])),
});

function readOrder(sup: readonly Item[], span: Span): number {
  const only = sup[0];
  const order = sup.length === 1 && only?.kind === 'number' ? Number(only.text) : Number.NaN;
  return Number.isInteger(order) && order >= 1 && order <= 12
    ? order
    : refuse('derivative', 'expected an order from 1 to 12', span);
}

/** A hyperparameter as the variable of a derivative; null where it is none. */
function readParameter(item: NameItem, reading: Reading): By | null {
  const base = spellName(item.name);
  const sub = item.sub === null ? null : spellItems(item.sub);
  const full = sub === null ? base : spellSubscript(base, sub);
  if (reading.role(full)?.kind !== 'scalar' || reading.boundLetter(full) !== undefined) return null;
  return { kind: 'parameter', name: full, order: 1 };
}

/** θ_j, θ, a point as in {@link readNamedPoint}, or a hyperparameter as the variable of a derivative; null where it is an index letter. */
function readVariable(items: readonly Item[], reading: Reading): By | null {
  const [only, ...more] = items;
  const parameter = only?.kind === 'name' && more.length === 0 ? readParameter(only, reading) : null;
  return parameter ?? readNamedPoint(items, reading);
}

/**
 * The point under a derivative sign: \theta, \theta_j, \theta^{(n)}, \tilde\theta(t_k), x_t, or a row of the optimizer
 * such as y^{(n)}; null where the items are something else.
 */
function readNamedPoint(items: readonly Item[], reading: Reading): Extract<By, { point?: Vector }> | null {
  const [first] = items;
  if (first?.kind !== 'name' || !isPointVariable(first, items.length, reading)) return null;
  const value = reading.expression(items, first.span);
  if (!isScalarValue(value)) {
    if (value.rank === 1 && !value.row)
      return { kind: 'gradient', order: 1, point: asVector(value), inRows: reading.scope.where === 'optimizer' };
  } else {
    const { formula } = value;
    const component =
      formula.kind === 'iterate' ? formula.component : formula.kind === 'quantity' ? formula.indices[0] : null;
    if (component)
      return {
        kind: 'components',
        by: [component],
        point: vectorWith(formula),
        inRows: reading.scope.where === 'optimizer',
      };
  }
  return refuse('derivative', 'expected a point or a component of one under the derivative sign', first.span);
}

/** The whole vector that a formula is a component of. */
function vectorWith(component: Formula): Vector {
  const index: Formula = { kind: 'index', span: null, name: '#c' };
  if (component.kind === 'iterate') return { index: '#c', body: { ...component, component: index } };
  if (component.kind === 'quantity') return { index: '#c', body: { ...component, indices: [index] } };
  throw new Error('a component of a point was expected');
}

function isPointVariable(item: NameItem, length: number, reading: Reading): boolean {
  if (length > 2 || item.primes > 0) return false;
  if (reading.isPointName(item.name)) return true;
  const name = spellName(item.name);
  if (reading.boundLetter(name) !== undefined) return false;
  const role = reading.role(name);
  if (role?.kind === 'quantity') return role.indices === 1 && role.indexSorts?.[0] !== 'history';
  // A letter alone may be an index; a state has a label.
  return role?.kind === 'state' && role.componentwise && (item.sub !== null || labelItems(item.sup) !== null);
}

/** Reads the next factor or group and derives it. */
function readOperand(cursor: Cursor, by: By, sign: Item, start: number, reading: Reading): Primary {
  const operand = cursor.peek();
  if (isOperator(operand, '\\cdot') && by.kind === 'gradient' && by.order === 1 && reading.scope.where === 'claim') {
    cursor.next();
    return readDivergence(cursor, by, start, reading);
  }
  if (operand === undefined || operand.kind === 'operator')
    return refuse('derivative', 'expected what is derived after this', sign.span);
  if (operand.kind === 'name') {
    const name = fullName(operand, reading);
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
  if (operand.kind !== 'name' && trailing === null) refusePointBehind(cursor, reading);
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

/** \nabla(2E)(\theta): a point behind a group could be where it is taken, or a factor. */
function refusePointBehind(cursor: Cursor, reading: Reading): void {
  const behind = cursor.peek();
  if (behind?.kind !== 'group' || behind.delimiter !== 'paren' || !holdsPoint(behind, reading)) return;
  refuse(
    'argument-or-factor',
    'a point in parentheses behind a derivative that is no name: its argument, or a factor',
    behind.span,
    'Write the point inside, or the factor in front.',
  );
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

/** Whether what is derived stands in parentheses or bars: its derivative is the total one, also of a loss. */
const isGrouped = (item: Item): boolean => item.kind === 'group' || item.kind === 'evaluated';

function derive(value: Value, by: By, span: Span, isGroup: boolean, reading: Reading): Value {
  if (isScalarValue(value) && isConstant(value.formula, by))
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
      return isScalarValue(value)
        ? scalar(times(value.formula), span)
        : tensor(value.rank, span, indices => times(componentOf(value, indices)));
    }
    case 'components':
      return isScalarValue(value)
        ? scalar(deriveBy(by.by, value.formula, span, isGroup, by), span)
        : tensor(value.rank, span, indices => deriveBy(by.by, componentOf(value, indices), span, isGroup, by));
    case 'gradient':
      // The Jacobian of a field: the component of the field stands first.
      if (!isScalarValue(value) && reading.scope.where === 'claim' && !value.row)
        return tensor(value.rank + by.order, span, indices =>
          deriveBy(indices.slice(value.rank), value.component(indices.slice(0, value.rank)), span, isGroup, by),
        );
      if (!isScalarValue(value))
        return refuse(
          'vector-rank',
          `the gradient of a ${rankName(value)}; expected a scalar`,
          value.span,
          'the Hessian is written \\nabla^2 E',
        );
      return {
        ...tensor(by.order, span, indices => deriveBy(indices, value.formula, span, isGroup, by)),
        row: by.order === 1 && value.row === true,
      };
  }
}

/**
 * ∂_i∂_jE is one derivative of the loss and ∂_i∂_jK(v) one of the function K, taken before what stands in the parenthesis is
 * inserted. Everything else is the total derivative by a point that is decided when all names are known.
 */
function deriveBy(
  by: readonly Formula[],
  argument: Formula,
  span: Span,
  isGroup: boolean,
  { point, inRows }: { readonly point?: Vector; readonly inRows?: boolean },
): Formula {
  const named = point === undefined || isBareAbsent(point, argument) ? null : point;
  // \partial L_{t-1}/\partial\theta_{t-1}, in a row: the loss that shows no point is taken at that one.
  if (!isGroup && inRows === true && named !== null && argument.kind === 'loss' && isUnlabelled(argument.at))
    return { kind: 'derivative', span, by, argument: { ...argument, at: named } };
  if (!isGroup && named !== null && isBare(named)) refuseShifted(argument, span, inRows === true);
  if (!isGroup && (named === null || isBare(named))) {
    if (argument.kind === 'loss') return { kind: 'derivative', span, by, argument };
    if (argument.kind === 'derivative' && argument.argument.kind === 'loss' && argument.asked === undefined)
      return { kind: 'derivative', span, by: [...by, ...argument.by], argument: argument.argument };
  }
  // K(v) alone comes here with a point or in a group; with a derivative in front it is no group that is derived.
  if (!isGroup && named === null && argument.kind === 'vector-call' && argument.by.length > 0)
    return { ...argument, span, by: [...by, ...argument.by] };
  return { kind: 'derivative', span, by, argument, asked: { by: named } };
}

const isUnlabelled = ({ body }: Vector): boolean => body.kind === 'iterate' && body.label === null;

/**
 * \frac{\partial E(2\theta)}{\partial\theta_j}, \nabla_\theta K(\nabla E): the derivative of the function, taken at that point, or
 * the total one by \theta.
 */
function refuseShifted(argument: Formula, span: Span, inRows: boolean): void {
  const what = argument.kind === 'derivative' && argument.asked === undefined ? argument.argument : argument;
  const inside = what.kind === 'loss' ? what.at : what.kind === 'vector-call' ? what.argument : null;
  if (inside === null || isBare(inside) || (inRows && isMoved(inside))) return;
  refuse(
    'several-points',
    'this derivative names \\theta and is of something at a point that itself depends on \\theta',
    span,
    'Write \\nabla_j E(…) for the gradient at that point, or parentheses around E(…) for the total derivative by \\theta.',
  );
}

/**
 * θ plus what does not show it, in the rows of an optimizer, where names are the values of their steps: there the derivative of
 * the function and the total one are the same.
 */
function isMoved({ index, body }: Vector): boolean {
  if (body.kind !== 'add') return false;
  const isPoint = (term: Formula): boolean =>
    term.kind === 'iterate' && term.label === null && term.component.kind === 'index' && term.component.name === index;
  const others = body.terms.filter(term => !isPoint(term));
  return others.length === body.terms.length - 1 && others.every(term => !showsPoint(term));
}

/** θ without a label: \nabla_\theta names a point only where θ itself occurs in what is derived. */
const isBare = ({ body }: Vector): boolean => body.kind === 'iterate' && body.label === null;

/** Whether θ without a label occurs. */
const showsPoint = (formula: Formula): boolean =>
  (formula.kind === 'iterate' && formula.label === null) || children(formula).some(showsPoint);

const isBareAbsent = (point: Vector, argument: Formula): boolean => isBare(point) && !showsPoint(argument);

/** \nabla\cdot G, the sum of ∂_iG_i. */
function readDivergence(cursor: Cursor, by: By, start: number, reading: Reading): Primary {
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
      : role.kind !== 'vector-function' &&
        role.kind !== 'function' &&
        !(role.kind === 'quantity' && holdsPoint(argument, reading))
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
  return readOperand(inner, readBy(sign, reading), sign, 0, reading);
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
  const name = last?.kind === 'name' ? fullName(last, reading) : null;
  const isLoss =
    last?.kind === 'name' && name !== null && reading.role(name) === undefined && reading.special(last.name) === 'loss';
  const isDefined = name !== null && reading.role(name)?.kind === 'quantity' && operand.length === 1;
  const isArgument = argument?.kind === 'group' && argument.delimiter === 'paren';
  if (isArgument && (isLoss || (isDefined && holdsPoint(argument, reading)))) {
    cursor.next();
    const { value, trailing } = readPrimary(new Cursor([...operand, argument], item.span), reading);
    return { value: apply(value, variables, cursor.spanFrom(start), false, reading), trailing };
  }
  refusePointBehind(cursor, reading);
  const inner = new Cursor(operand, item.span);
  const value = readTerm(inner, reading);
  if (!inner.done)
    return refuse('derivative', 'expected parentheses around a sum that is derived', spanOf(operand, item.span));
  return { value: apply(value, variables, item.span, isGroup, reading), trailing: null };
}

const apply = (value: Value, variables: readonly By[], span: Span, isGroup: boolean, reading: Reading): Value => {
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
function readVariables(item: FractionItem, reading: Reading): By[] | null {
  const variables: By[] = [];
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
