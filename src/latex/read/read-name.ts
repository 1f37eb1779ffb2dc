/**
 * A letter and what follows it, by its role: index letter, declared or defined name, loss, parameters, step. Nothing is
 * guessed: a name without a role is refused.
 */
import { refuse } from '../../base/problem.ts';
import type { Formula } from '../../formula/formula.ts';
import { COMPONENT, PI } from '../../formula/formula.ts';
import { substituteLetters } from '../../formula/substitute.ts';
import type { Cursor } from '../layout/cursor.ts';
import { spanWithArgument } from '../layout/cursor.ts';
import type { Item, Name, NameItem } from '../layout/item.ts';
import { spellItem, spellItems, spellName, spellSubscript } from '../layout/item.ts';
import type { Primary, Trailing } from './primary.ts';
import { trailingOf, withNothingBehind } from './primary.ts';
import { readExponential } from './read-exponential.ts';
import { applySuperscript, withPower } from './read-factor.ts';
import { readIndicator } from './piece/indicator.ts';
import {
  parseCall,
  parseVectorCall,
  readArcTangentOfTwo,
  readClamp,
  readMeanSquare,
  readReciprocal,
} from './read-function.ts';
import { readIndexed } from './read-indexed.ts';
import { readNamedLoss } from './read-loss.ts';
import { readMatrix } from './read-matrix.ts';
import { readMean } from './piece/read-mean.ts';
import type { Reading } from './reading.ts';
import { timeIndex } from './reading.ts';
import type { NameRole } from './scope.ts';
import { labelItems, readIndex } from './script/read-index.ts';
import { readTime } from './script/read-point.ts';
import { readScripts } from './script/read-scripts.ts';
import { labelledStep, readStep } from './script/read-step.ts';
import { refuseUndefined } from './script/undefined-name.ts';
import { scalar, vectorOf } from './value.ts';

/** Reads the name at the cursor with its scripts and, where it has one, its argument. */
export function readName(cursor: Cursor, item: NameItem, reading: Reading): Primary {
  const base = spellName(item.name);
  // The formal argument of a definition hides every other meaning of its letter.
  if (reading.scope.points?.has(base)) return readParameters(cursor, item, reading);
  const sub = item.sub === null ? null : spellItems(item.sub);
  const full = sub === null ? base : spellSubscript(base, sub);
  const fullRole = sub === null ? undefined : reading.role(full);
  if (fullRole !== undefined) return readByRole(cursor, full, fullRole, { ...item, sub: null }, reading);
  const plainName = otherWeight(item, base, reading);
  if (plainName !== null) return readName(cursor, { ...item, name: plainName }, reading);
  const role = reading.role(base);
  const letter = spellItem({ ...item, sup: null });
  const bound = letter === null ? undefined : reading.boundLetter(letter);
  const needsScripts =
    role !== undefined &&
    (role.kind === 'state' || role.kind === 'quantity' || role.kind === 'schedule' || role.kind === 'vector');
  if (bound !== undefined && letter !== null && !(needsScripts && (item.sub !== null || labelItems(item.sup) !== null)))
    return readNumberLetter(cursor, { ...item, primes: 0 }, letter, reading);
  // A default letter is free as a name; bare, where the name would need scripts, it keeps its role, and the step its powers.
  const bare =
    needsScripts &&
    item.sub === null &&
    (item.sup === null
      ? reading.roleName(base) !== null || reading.special(item.name) === 'step'
      : reading.special(item.name) === 'step' && isNumeral(item.sup));
  if (role !== undefined && !bare) return readByRole(cursor, base, role, item, reading);
  const exponential = readExponential(item, base, reading);
  if (exponential !== null) {
    cursor.next();
    return withNothingBehind(exponential);
  }
  return (
    readReciprocal(cursor, item, base, reading) ??
    readClamp(cursor, item, base, reading) ??
    readMeanSquare(cursor, item, base, reading) ??
    readArcTangentOfTwo(cursor, item, base, reading) ??
    readIndicator(cursor, item, reading) ??
    readMean(cursor, item, base, reading) ??
    readMatrix(cursor, item, base, reading) ??
    readPi(cursor, item, base, reading) ??
    readByLetter(cursor, base, item, reading)
  );
}

/**
 * In a claim \boldsymbol M is the vector whose components a row defines as M_j, and g_j a component of \boldsymbol g, where the
 * name as it is typed means nothing itself; null else.
 */
function otherWeight({ name, sub }: NameItem, base: string, reading: Reading): Name | null {
  if (reading.scope.where !== 'claim' || reading.role(base) !== undefined || reading.special(name) !== null)
    return null;
  if (reading.boundLetter(base) !== undefined || reading.roleName(base) !== null) return null;
  const other = { ...name, bold: !name.bold };
  const role = reading.role(spellName(other));
  const isVector =
    role?.kind === 'vector' ||
    (role?.kind === 'quantity' && role.indices > 0 && role.indexSorts?.every(sort => sort === 'coordinate') === true) ||
    (role?.kind === 'state' && role.componentwise);
  return isVector && (name.bold || sub !== null) ? other : null;
}

const isNumeral = (items: readonly Item[]): boolean => items.length === 1 && items[0]?.kind === 'number';

/** A letter that counts, used as a number: n in β^n. */
function readNumberLetter(cursor: Cursor, item: NameItem, letter: string, reading: Reading): Primary {
  cursor.next();
  if (item.primes > 0) refuse('unexpected-prime', 'a prime is read only after a function', item.span);
  const index = reading.index(letter, null, item.span);
  if (reading.scope.where === 'optimizer' && index.kind === 'index' && index.name === COMPONENT)
    refuse(
      'index-sort',
      `${letter} counts components; here it would be a number, the place of the component`,
      item.span,
      `A component stands in the subscript, as v_{${letter}}; for a number of its own choose another letter.`,
    );
  return withNothingBehind(withPower(scalar({ ...index, span: item.inner }, item.span), item, reading));
}

function readByRole(cursor: Cursor, name: string, role: NameRole, item: NameItem, reading: Reading): Primary {
  switch (role.kind) {
    case 'scalar':
      cursor.next();
      if (item.sub !== null) refuseUndefined(item);
      return withNothingBehind(
        withPower(scalar({ kind: 'parameter', span: item.inner, name }, item.span), item, reading),
      );
    case 'schedule': {
      cursor.next();
      const label = item.sub ?? labelItems(item.sup);
      if (label === null) return refuse('missing-index', `expected a subscript: ${name} is a schedule`, item.span);
      const index = readIndex(label, 'history', reading, item.span);
      const value = scalar({ kind: 'schedule', span: item.inner, name, index }, item.span);
      return withNothingBehind(withPower(value, item.sub === null ? { ...item, sup: null } : item, reading));
    }
    case 'function':
      cursor.next();
      if (item.sub !== null) refuseUndefined(item);
      return parseCall(cursor, name, item, reading);
    case 'vector-function':
      cursor.next();
      return parseVectorCall(cursor, name, role.result, item, reading);
    case 'vector': {
      cursor.next();
      const component = (index: Formula): Formula => ({
        kind: 'quantity',
        span: item.inner,
        name,
        indices: [index],
        labels: [],
        at: null,
      });
      const value =
        item.sub === null
          ? vectorOf(item.span, component)
          : scalar(component(readIndex(item.sub, 'coordinate', reading, item.span)), item.span);
      return withNothingBehind(withPower(value, item, reading));
    }
    case 'state':
      return readIndexed(
        cursor,
        name,
        { indices: role.componentwise ? 1 : 0, labels: 1, historyIndex: false },
        item,
        reading,
        { isFactorBehind: role.isFactorBehind === true },
      );
    case 'quantity':
      return readIndexed(
        cursor,
        name,
        {
          indices: role.indices,
          labels: role.labels,
          historyIndex: role.indexSorts?.[0] === 'history',
          ...(role.indexSorts ? { sorts: role.indexSorts } : {}),
        },
        item,
        reading,
        { hasArgument: role.hasArgument === true },
      );
  }
}

/** π is the number where it means nothing else; null for any other name. */
function readPi(cursor: Cursor, item: NameItem, base: string, reading: Reading): Primary | null {
  if (base !== PI || item.sub !== null || reading.special(item.name) !== null || reading.roleName(base) !== null)
    return null;
  cursor.next();
  return withNothingBehind(
    withPower(scalar({ kind: 'parameter', span: item.inner, name: PI }, item.span), item, reading),
  );
}

/** Letters without a declaration: loss, parameters, step, n, j, p, m, t. */
function readByLetter(cursor: Cursor, base: string, item: NameItem, reading: Reading): Primary {
  const special = reading.special(item.name);
  switch (special) {
    case 'loss':
      return readNamedLoss(cursor, item, reading);
    case 'parameters':
      return readParameters(cursor, item, reading);
    case 'step':
      cursor.next();
      return withNothingBehind(
        withPower(readStep(item, reading) ?? refuseUndefined(item), labelledStep(item), reading),
      );
    case 'time':
      cursor.next();
      return withNothingBehind(withPower(scalar(timeValue(item, reading), item.span), item, reading));
    case null: {
      const letter = item.sub === null ? reading.roleLetter(base, item.span) : null;
      if (letter === null) return refuseUndefined(item);
      return readNumberLetter(cursor, item, base, reading);
    }
  }
}

/** t is the time; t_k is kh. */
function timeValue(item: NameItem, reading: Reading): Formula {
  if (item.sub === null) return timeIndex(item.span);
  return {
    kind: 'multiply',
    span: item.span,
    factors: [readIndex(item.sub, 'history', reading, item.span), { kind: 'step', span: item.span }],
  };
}

/** θ_j^{(k)}, θ, \tilde\theta_j(t), \tilde\theta(t_k). */
function readParameters(cursor: Cursor, item: NameItem, reading: Reading): Primary {
  cursor.next();
  const { motion } = reading.scope;
  const isVelocity = item.name.accents[0] === '\\dot' && item.sub === null && item.sup === null && item.primes === 0;
  if (isVelocity && motion !== undefined)
    return withNothingBehind(vectorOf(item.span, index => substituteLetters(motion, new Map([[COMPONENT, index]]))));
  if (item.name.accents.includes('\\dot') || item.name.accents.includes('\\ddot'))
    return refuse('time-derivative', 'a time derivative is read only alone on the left side', item.span);
  if (item.primes > 0) refuse('unexpected-prime', 'a prime is read only after a function', item.span);
  const scripts = readScripts(
    item,
    { indices: 1, labels: 1, historyIndex: false, optionalLabel: true },
    spellName(item.name),
    reading,
  );
  let label = scripts.labels[0] ?? null;
  let trailing: Trailing | null = null;
  let span = scripts.power === null ? item.span : (item.inner ?? item.span);
  const group = cursor.peek();
  if (scripts.power === null && group?.kind === 'group' && group.delimiter === 'paren') {
    const time = reading.subscriptLabels && scripts.labels.length > 0 ? undefined : readTime(group.items, reading);
    if (time !== undefined) {
      if (label !== null) return refuse('label-misplaced', 'both an iteration label and a time', group.span);
      cursor.next();
      label = time.label;
      trailing = trailingOf(group);
      span = spanWithArgument(item.span, group.inner);
    }
  }
  const component = (index: Formula): Formula => ({ kind: 'iterate', span, component: index, label });
  const only = scripts.indices?.[0];
  const value = only === undefined ? vectorOf(span, component) : scalar(component(only), span);
  return {
    value: scripts.power === null ? value : applySuperscript(value, scripts.power, item.span, reading),
    trailing,
  };
}
