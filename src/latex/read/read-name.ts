/**
 * A letter and what follows it, by its role: index letter, declared or defined name, loss, parameters, step. Nothing is
 * guessed: a name without a role is refused.
 */
import { refuse } from '../../base/problem.ts';
import { COMPONENT, type Formula, PI, type Vector } from '../../formula/formula.ts';
import { substituteLetters } from '../../formula/substitute.ts';
import type { Cursor } from '../layout/cursor.ts';
import { spanWithArgument } from '../layout/cursor.ts';
import type { GroupItem, Item, Name, NameItem } from '../layout/item.ts';
import { spellItem, spellItems, spellName, spellSubscript } from '../layout/item.ts';
import { applySuperscript } from './read-factor.ts';
import { parseCall, readReciprocal, parseVectorCall } from './read-function.ts';
import { readExponential } from './read-exponential.ts';
import { isAppliedTo, isListOfVectors, primed, readVectors, refuseEither } from './read-field.ts';
import { labelItems, readIndex } from './script/read-index.ts';
import { holdsPoint, readPoint, readTime } from './script/read-point.ts';
import { readBatch, splitSample } from './script/read-sample.ts';
import { readMatrix } from './read-matrix.ts';
import { readScripts } from './script/read-scripts.ts';
import { labelledStep, readStep } from './script/read-step.ts';
import type { Primary, Trailing } from './primary.ts';
import { trailingOf } from './primary.ts';
import type { Reading } from './reading.ts';
import { timeIndex } from './reading.ts';
import type { NameRole } from './scope.ts';
import { parseLetter } from '../layout/canonical-name.ts';
import type { Notation } from '../../optimizer/model.ts';
import type { Value } from './value.ts';
import { asVector, isScalarValue, scalar, tensor, vectorOf } from './value.ts';

const plain = (value: Value): Primary => ({ value, trailing: null });

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
    return plain(exponential);
  }
  return (
    readReciprocal(cursor, item, base, reading) ??
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
  return plain(
    withPower(scalar({ ...reading.index(letter, null, item.span), span: item.inner }, item.span), item, reading),
  );
}

/** The superscript of a name that has no label. */
function withPower(value: Value, item: NameItem, reading: Reading): Value {
  if (item.primes > 0) refuse('unexpected-prime', 'a prime is read only after a function', item.span);
  return item.sup === null ? value : applySuperscript(value, item.sup, item.span, reading);
}

function readByRole(cursor: Cursor, name: string, role: NameRole, item: NameItem, reading: Reading): Primary {
  switch (role.kind) {
    case 'scalar':
      cursor.next();
      if (item.sub !== null) refuseUndefined(item);
      return plain(withPower(scalar({ kind: 'parameter', span: item.inner, name }, item.span), item, reading));
    case 'schedule': {
      cursor.next();
      const label = item.sub ?? labelItems(item.sup);
      if (label === null) return refuse('missing-index', `expected a subscript: ${name} is a schedule`, item.span);
      const index = readIndex(label, 'history', reading, item.span);
      const value = scalar({ kind: 'schedule', span: item.inner, name, index }, item.span);
      return plain(withPower(value, item.sub === null ? { ...item, sup: null } : item, reading));
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
      return plain(withPower(value, item, reading));
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

/** States and quantities: indices, labels, and an argument in parentheses that holds just a point. */
function readIndexed(
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

/** π is the number where it means nothing else; null for any other name. */
function readPi(cursor: Cursor, item: NameItem, base: string, reading: Reading): Primary | null {
  if (base !== PI || item.sub !== null || reading.special(item.name) !== null || reading.roleName(base) !== null)
    return null;
  cursor.next();
  return plain(withPower(scalar({ kind: 'parameter', span: item.inner, name: PI }, item.span), item, reading));
}

/** Letters without a declaration: loss, parameters, step, n, j, p, m, t. */
function readByLetter(cursor: Cursor, base: string, item: NameItem, reading: Reading): Primary {
  const special = reading.special(item.name);
  switch (special) {
    case 'loss':
      return readLoss(cursor, item, reading);
    case 'parameters':
      return readParameters(cursor, item, reading);
    case 'step':
      cursor.next();
      return plain(withPower(readStep(item, reading) ?? refuseUndefined(item), labelledStep(item), reading));
    case 'time':
      cursor.next();
      return plain(withPower(scalar(timeValue(item, reading), item.span), item, reading));
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

/** \tilde E is another loss than E, a modified one as a rule, unless the document writes the losses of batches so. */
function refuseOtherLoss({ name, span }: NameItem, { scope }: Reading): void {
  const spelled = spellName(name);
  if (name.accents.length === 0 || scope.batchLosses?.has(spelled) || isNotationLoss(spelled, scope.notation)) return;
  refuse(
    'other-loss',
    `${spelled} is another loss than ${scope.notation.loss}, and nothing defines it here`,
    span,
    `Define it in the claim, ${spelled} = …, or name the claim that does with given=ID. If it is the loss, say so: notation loss={${spelled}}.`,
  );
}

function isNotationLoss(spelled: string, { loss }: Notation): boolean {
  const own = parseLetter(loss);
  return own !== null && spellName(own) === spelled;
}

/** E_k(point); without parentheses the current point. */
function readLoss(cursor: Cursor, item: NameItem, reading: Reading): Primary {
  const start = cursor.at;
  cursor.next();
  if (item.name.accents.includes('\\dot'))
    return refuse('undefined-name', 'the derivative of the loss in time is not defined', item.span);
  const isClaim = reading.scope.where === 'claim';
  if (isClaim && item.sub === null && labelItems(item.sup) === null) refuseOtherLoss(item, reading);
  // f'(x) is the gradient of the loss, f''(x) in a claim its Hessian.
  const isDerived = item.primes === 1 || (item.primes > 0 && isClaim);
  if (item.primes > 0 && !isDerived) refuse('unexpected-prime', 'a prime is read only after a function', item.span);
  const label = labelItems(item.sup);
  const isNumber = label?.length === 1 && label[0]?.kind === 'number';
  let batch = item.sub === null ? null : readBatch(item.sub, item.span, reading);
  // L^{(n)}; L^{(2)} could be a derivative.
  if (batch === null && label !== null && !isNumber) batch = readBatch(label, item.span, reading);
  const power = { ...item, primes: 0, sup: label === null ? item.sup : null };
  const group = cursor.peek();
  let at: Vector = {
    index: '#c',
    body: { kind: 'iterate', span: null, component: { kind: 'index', span: null, name: '#c' }, label: null },
  };
  let trailing: Trailing | null = null;
  let span = item.inner ?? item.span;
  if (
    group?.kind === 'group' &&
    group.delimiter === 'paren' &&
    !(isDerived && isClaim && isListOfVectors(group, reading))
  ) {
    if (
      isDerived &&
      isClaim &&
      item.primes > 1 &&
      !group.items.some(part => part.kind === 'name' && reading.isPointName(part.name))
    )
      refuseEither(group, `${spellName(item.name)}${"'".repeat(item.primes)}`);
    cursor.next();
    const sampled = splitSample(group.items, group.span, reading);
    batch ??= sampled?.batch ?? null;
    at = asVector(readPoint(sampled?.point ?? group.items, reading, group.span));
    trailing = trailingOf(group);
    span = spanWithArgument(item.span, group.inner);
  }
  const argument: Formula = { kind: 'loss', span, batch, at };
  const value = isDerived ? primed(scalar(argument, span), item.primes, span) : scalar(argument, span);
  if (label !== null && batch === null)
    return refuse(
      'label-misplaced',
      'a parenthesised superscript is an iteration label; expected the number of a batch as a subscript of the loss',
      item.span,
    );
  if (isDerived && isClaim && trailing === null && power.sup === null)
    return readVectors(cursor, value, start, reading);
  return { value: withPower(value, power, reading), trailing };
}

/** θ_j^{(k)}, θ, \tilde\theta_j(t), \tilde\theta(t_k). */
function readParameters(cursor: Cursor, item: NameItem, reading: Reading): Primary {
  cursor.next();
  const { motion } = reading.scope;
  const isVelocity = item.name.accents[0] === '\\dot' && item.sub === null && item.sup === null && item.primes === 0;
  if (isVelocity && motion !== undefined)
    return plain(vectorOf(item.span, index => substituteLetters(motion, new Map([[COMPONENT, index]]))));
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

function refuseUndefined(item: NameItem): never {
  const sub = item.sub === null ? null : spellItems(item.sub);
  const base = spellName(item.name);
  const name = sub === null ? base : spellSubscript(base, sub);
  return refuse('undefined-name', `${name} is neither declared nor defined`, item.span, hintFor(name, sub));
}

/** A word is as likely a function; an argmin or a projection is none of a step that is known by its formula. */
function hintFor(name: string, sub: string | null): string {
  const word = /^\\(?:mathrm|boldsymbol)\{([A-Za-z]{2,})\}/.exec(name)?.[1] ?? '';
  if (/^arg(?:min|max)$/.test(word))
    return 'Write the step that it comes to: the minimum of f(x) + \\|x - x_k\\|^2/(2h) is x_{k+1} = x_k - h\\nabla f(x_{k+1}).';
  if (word === 'clip')
    return 'Write a smooth form: c\\tanh(x/c) for a clip at c, component by component; it is not smooth itself.';
  if (/^(?:prox|proj|Proj)/.test(word)) return 'Write the step without it: a projection or a proximal map is not read.';
  if (/^[A-Za-z]{3,}$/.test(word))
    return `declare it, a number with \`where ${name} > 0\`, a function of a number with \`where ${name} smooth\`, or define it with :=`;
  return sub === null || /^\d+$/.test(sub)
    ? `declare it, for example with \`where ${name} > 0\`, or define it with :=`
    : 'Define it by a row with :=, or name what defines it with given=ID.';
}
