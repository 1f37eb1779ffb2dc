/** Points: arguments of losses and quantities, and the time behind θ̃. */
import { refuse } from '../../../base/problem.ts';
import type { Span } from '../../../base/span.ts';
import { COMPONENT, type Formula, ITERATION } from '../../../formula/formula.ts';
import type { GroupItem, Item, NumberItem } from '../../layout/item.ts';
import { spellItem, spellName } from '../../layout/item.ts';
import { readIndex } from './read-index.ts';
import { Rational } from '../../../number/rational.ts';
import type { Reading } from '../reading.ts';
import type { Value } from '../value.ts';
import { isScalarValue, vectorOf } from '../value.ts';

/** A vector expression: θ^{(n)} − h μ m^{(n)}. Refuses scalars. */
export function readPoint(items: readonly Item[], reading: Reading, place: Span): Value {
  const value = reading.expression(items, place);
  // Ruder's J(\theta_{t,i}): in rows that are read component by component the point whose component is meant.
  if (isScalarValue(value) && reading.scope.where === 'optimizer' && isOwnComponent(value.formula)) {
    const { formula, span } = value;
    return vectorOf(span, component => ({ ...formula, component }));
  }
  if (isScalarValue(value) || value.rank !== 1) {
    return refuse(
      'point-expected',
      'expected a point such as \\theta, not a single number',
      value.span,
      'a point is written without component index',
    );
  }
  return value;
}

const isOwnComponent = (formula: Formula): formula is Extract<Formula, { kind: 'iterate' }> =>
  formula.kind === 'iterate' && formula.component.kind === 'index' && formula.component.name === COMPONENT;

/** Whether parentheses after a state or quantity hold just a point: θ, \tilde\theta(t), θ^{(k)}, a named point. */
export function holdsPoint(group: GroupItem, reading: Reading): boolean {
  const [first, second] = group.items;
  if (first?.kind !== 'name' || first.primes > 0) return false;
  if (
    group.items.length === 2 &&
    !(second?.kind === 'group' && second.delimiter === 'paren' && readsAsTime(second.items, reading))
  )
    return false;
  if (group.items.length > 2) return false;
  const name = spellName(first.name);
  const role = reading.scope.points?.has(name) ? undefined : reading.role(name);
  if (role === undefined) return reading.isPointName(first.name) && (first.sub === null || reading.subscriptLabels);
  if (group.items.length === 2) return false;
  if (role.kind === 'state') return role.componentwise && (first.sub === null || reading.subscriptLabels);
  return (
    role.kind === 'quantity' &&
    role.indices === 1 &&
    role.indexSorts?.[0] !== 'history' &&
    (first.sub === null || reading.subscriptLabels)
  );
}

/** The label that a time says: null for t, t_n and nh (the current point), k for t_k and kh; undefined where it is no time. */
export function readTime(items: readonly Item[], reading: Reading): { label: Formula | null } | undefined {
  const [first, ...rest] = items;
  if (first === undefined) return undefined;
  if (first.kind === 'number' && rest.length === 0 && reading.scope.where === 'claim') return timeOfNumber(first);
  if (reading.isTime(first) && rest.length === 0 && first.sup === null)
    return {
      label: first.sub === null ? null : current(readIndex(first.sub, 'history', reading, first.span), reading),
    };
  const last = items[items.length - 1];
  if (items.length >= 2 && last !== undefined && reading.isStep(last)) {
    const before = items.slice(0, -1).filter(item => !(item.kind === 'operator' && item.text === '\\cdot'));
    const factor = before[0];
    const single =
      before.length === 1 &&
      factor !== undefined &&
      ((factor.kind === 'name' && isIndexLetter(factor, reading)) ||
        factor.kind === 'number' ||
        (factor.kind === 'group' && factor.delimiter === 'paren'));
    if (single) return { label: current(readIndex(before, 'history', reading, factor.span), reading) };
  }
  const other = items.find(item => reading.isTime(item)) ?? (isShiftedTime(items, reading) ? first : undefined);
  if (other !== undefined)
    return refuse(
      'time',
      'a point of the trajectory is read at t, at t_n and at nh only',
      other.span,
      'Write the time as nh or t_n. For a factor that contains t put it in front, or write \\cdot before the parenthesis.',
    );
  return undefined;
}

/** Whether the items are a time such as nh + h or nh - 2h: numbers, iteration letters and steps alone. */
const isShiftedTime = (items: readonly Item[], reading: Reading): boolean =>
  items.some(item => reading.isStep(item)) &&
  items.some(item => item.kind === 'name' && isIndexLetter(item, reading)) &&
  items.every(
    item =>
      item.kind === 'number' ||
      item.kind === 'operator' ||
      reading.isStep(item) ||
      (item.kind === 'name' && isIndexLetter(item, reading)),
  );

/** \theta(0): where the trajectory starts. A vector is not multiplied from behind by a number in parentheses. */
const timeOfNumber = ({ text, span }: NumberItem): { label: Formula } =>
  text === '0'
    ? { label: { kind: 'number', span, value: Rational.zero } }
    : refuse(
        'time',
        `a time that is a number, ${text}, is read only where it is 0`,
        span,
        'A time is written nh or t_n.',
      );

/** Whether the items look like a time, without reading any letter. */
export function readsAsTime(items: readonly Item[], reading: Reading): boolean {
  const [first] = items;
  if (first === undefined) return false;
  if (items.length === 1 && reading.isTime(first) && first.sup === null) return true;
  const before = items.slice(0, -1).filter(item => !(item.kind === 'operator' && item.text === '\\cdot'));
  const factor = before[0];
  if (!reading.isStep(items[items.length - 1]) || before.length !== 1 || factor === undefined) return false;
  if (factor.kind === 'number') return true;
  if (factor.kind === 'group') return factor.delimiter === 'paren';
  return factor.kind === 'name' && isIndexLetter(factor, reading);
}

function isIndexLetter(item: Item, reading: Reading): boolean {
  const letter = spellItem(item);
  return (
    letter !== null &&
    (reading.boundLetter(letter) !== undefined ||
      reading.roleName(letter) !== null ||
      reading.role(letter) === undefined)
  );
}

/** c of n + c as it is typed; null for other labels. */
function typedOffset(label: Formula): number | null {
  if (label.kind === 'index') return label.name === ITERATION ? 0 : null;
  const [letter, more, ...others] = label.kind === 'add' ? label.terms : [];
  if (letter?.kind !== 'index' || letter.name !== ITERATION || more === undefined || others.length > 0) return null;
  const [sign, amount] = more.kind === 'negate' ? [-1, more.argument] : [1, more];
  return amount.kind === 'number' ? sign * amount.value.toNumber() : null;
}

/** The iterate at the present time is the current point. */
const current = (label: Formula, { scope: { currentOffset = 0 } }: Reading): Formula | null =>
  typedOffset(label) === currentOffset ? null : label;
