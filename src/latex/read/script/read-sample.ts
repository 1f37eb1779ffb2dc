/**
 * Losses of the sample that a step draws, in the rows of optimizers: f_{i_t}(x_t), f(x_t; \xi_t), L_B(\theta), means over a
 * batch. They are the step's own loss, with the sample's label where it has one.
 */
import { refuse } from '../../../base/problem.ts';
import type { Span } from '../../../base/span.ts';
import { COMPONENT, type Formula, SAMPLE } from '../../../formula/formula.ts';
import type { Item } from '../../layout/item.ts';
import { spellItem, spellName } from '../../layout/item.ts';
import { readIndex, sortOfEntry, splitCommas } from './read-index.ts';
import type { Reading } from '../reading.ts';

const ofSample = (span: Span): Formula => ({ kind: 'index', span, name: SAMPLE });

/** A second letter would be a second sample of the same step, which is no function of its own here. */
function remember(letter: string, span: Span, { scope }: Reading): void {
  const { samples } = scope;
  if (samples === undefined) return;
  samples.add(letter);
  refuseTwo(samples, span);
}

/** What is remembered of a loss with the label of its step, f_t, which beside a mean over all i is another one. */
const OF_STEP = '#step';
/** The name of a mean over 1 … N. */
const isMeanName = (name: string): boolean => name.includes('=');

/** f_t beside a mean over 1 … N: the loss of the step and one of all samples. */
function rememberStep(span: Span, { scope }: Reading): void {
  const { samples } = scope;
  if (samples === undefined) return;
  samples.add(OF_STEP);
  refuseTwo(samples, span);
}

function refuseTwo(samples: ReadonlySet<string>, span: Span): void {
  const named = [...samples].filter(each => each !== OF_STEP);
  const isMixed = samples.has(OF_STEP) && named.some(isMeanName);
  if (named.length > 1 || isMixed)
    refuse(
      'two-samples',
      `losses of two samples in one optimizer, ${[...named, ...(isMixed ? ['that of the step'] : [])].join(' and ')}`,
      span,
      named.some(isMeanName)
        ? 'The mean over all of them is one loss for all steps: write it without an index, as \\nabla f(x) beside \\nabla f_{i_t}(x).'
        : 'Each step has one loss; write both with the same letter if they are the same sample.',
    );
}

/** L_{\text{minibatch}}: the loss of the step's own batch. */
const BATCH_WORD = /^(?:\\mathrm\{)?(?:mini-?batch|batch)\}?$/i;

/** The number of a loss from its subscript: an index, the label of a sample i_t, or the step's own. */
export function readBatch(sub: readonly Item[], span: Span, reading: Reading): Formula {
  const [only, group, ...more] = sub;
  const word = only?.kind === 'text' ? only.text : only?.kind === 'name' ? (spellItem(only) ?? '') : '';
  if (reading.scope.samples !== undefined && sub.length === 1 && BATCH_WORD.test(word)) {
    remember('batch', span, reading);
    return ofSample(span);
  }
  if (only?.kind !== 'name' || more.length > 0 || only.sup !== null) return readIndex(sub, 'history', reading, span);
  const letter = spellName(only.name);
  const label = only.sub ?? (group?.kind === 'group' && group.delimiter === 'paren' ? group.items : null);
  const isNumber = reading.scope.ofStart === true && numberIn(label) !== null;
  if (label !== null && (isNumber || sortOfEntry(label, reading) === 'history')) {
    const primes = only.primes + label.reduce((sum, each) => sum + each.primes, 0);
    remember(`${letter}${"'".repeat(primes)}`, span, reading);
    return readIndex(label, 'history', reading, span);
  }
  if (reading.scope.samples === undefined || group !== undefined) return readIndex(sub, 'history', reading, span);
  const role = reading.roleName(letter);
  const isIndex = reading.boundLetter(letter) !== undefined || (role !== null && role !== COMPONENT);
  if (isIndex || reading.role(spellItem(only) ?? letter) !== undefined) {
    rememberStep(span, reading);
    return readIndex(sub, 'history', reading, span);
  }
  remember(letter, span, reading);
  return ofSample(span);
}

/** The point among the arguments of a loss, and the number that its sample says; null where there is only a point. */
export function splitSample(
  items: readonly Item[],
  span: Span,
  reading: Reading,
): { readonly point: readonly Item[]; readonly batch: Formula } | null {
  if (reading.scope.samples === undefined) return null;
  const parts = splitCommas(items);
  const points = parts.filter(part => !isData(part, reading));
  const [point, ...others] = points;
  if (point === undefined || others.length > 0) return null;
  const data = parts.filter(part => part !== point).flat();
  const [name, inner, ...rest] = point;
  // L(f_\theta(x), y): the parameters are the subscript of such a function.
  const own = modelPoint(point, reading);
  if (own !== null) {
    remember(dataName([...own.data, ...data], reading), span, reading);
    return { point: own.point, batch: labelOf([...own.data, ...data], reading) ?? ofSample(span) };
  }
  // L(f(x; \theta), y): the parameters stand in a function of the sample.
  const isModel = name?.kind === 'name' && inner?.kind === 'group' && inner.delimiter === 'paren' && rest.length === 0;
  if (isModel && isData([name], reading)) {
    const nested = splitSample(inner.items, span, reading);
    const batch = labelOf(data, reading);
    if (nested) return batch === null ? nested : { point: nested.point, batch };
  }
  if (data.length === 0) return null;
  remember(dataName(data, reading), span, reading);
  return { point, batch: labelOf(data, reading) ?? ofSample(span) };
}

/**
 * The number of the loss L(\hat y_i, y_i) of a prediction and what it should be, which names no point: it is the loss of that sample where the step
 * stands. Null for anything else.
 */
export function sampleAlone(items: readonly Item[], span: Span, reading: Reading): Formula | null {
  if (reading.scope.samples === undefined) return null;
  const parts = splitCommas(items);
  if (parts.length < 2 || !parts.every(part => isData(part, reading) && !part.some(({ kind }) => kind === 'operator')))
    return null;
  const data = parts.flat();
  // \hat y_i and y_i are of one sample.
  const names = new Set(data.flatMap(item => (item.kind === 'name' ? [item.name.core] : [])));
  remember([...names].join(','), span, reading);
  return labelOf(data, reading) ?? ofSample(span);
}

/** The parameters of a model f_{\theta_t}(x_i) and what it is applied to; null for anything else. */
function modelPoint(
  items: readonly Item[],
  reading: Reading,
): { readonly point: readonly Item[]; readonly data: readonly Item[] } | null {
  const [name, inner, ...rest] = items;
  if (name?.kind !== 'name' || inner?.kind !== 'group' || inner.delimiter !== 'paren' || rest.length > 0) return null;
  if (!hasParametersBelow(name, reading) || name.sub === null || !isData(inner.items, reading)) return null;
  return { point: name.sub, data: inner.items };
}

const hasParametersBelow = (item: Item, reading: Reading): boolean =>
  item.sub?.length === 1 && item.sub[0]?.kind === 'name' && reading.special(item.sub[0].name) === 'parameters';

const dataName = (data: readonly Item[], { scope }: Reading): string =>
  data
    .flatMap(item => (item.kind === 'name' ? [[item, scope.ofStart ? null : numberIn(item.sub)] as const] : []))
    .map(([{ name, primes }, number]) => {
      const letter = `${spellName(name)}${"'".repeat(primes)}`;
      return number?.kind === 'number' ? `${letter}_${number.text}` : letter;
    })
    .join(',');

/** The number of \xi_0 in the row of a first value; in any other row \xi_1 and \xi_2 are two samples of every step. */
const numberIn = (sub: readonly Item[] | null): Item | null => {
  const [only, ...more] = sub ?? [];
  return only?.kind === 'number' && more.length === 0 ? only : null;
};

/** Whether the items are made of names that mean nothing else: \xi_t, (a_i, b_i), x^{(i)}. */
export function isData(items: readonly Item[], reading: Reading): boolean {
  return (
    items.length > 0 &&
    items.every(item => {
      if (item.kind === 'group') return isData(item.items, reading);
      if (item.kind !== 'name') return item.kind === 'operator' || item.kind === 'text';
      if (hasParametersBelow(item, reading)) return false;
      const special = reading.special(item.name);
      const full = spellItem({ ...item, sup: null });
      const isKnown = [spellName(item.name), full].some(each => each !== null && reading.role(each) !== undefined);
      return !isKnown && special !== 'parameters' && special !== 'step' && special !== 'loss';
    })
  );
}

/** The label in the scripts of a sample: t of \xi_t and of z_{i_t}. */
function labelOf(data: readonly Item[], reading: Reading): Formula | null {
  for (const item of data) {
    if (item.kind === 'group') {
      const inner = labelOf(item.items, reading);
      if (inner !== null) return inner;
    }
    if (item.kind !== 'name' || item.sub === null) continue;
    if (reading.scope.ofStart && numberIn(item.sub) !== null) return readIndex(item.sub, 'history', reading, item.span);
    const [first] = item.sub;
    if (first?.kind === 'name' && first.sub !== null) {
      const inner = labelOf([first], reading);
      if (inner !== null) return inner;
    }
    // z_{k,j}: the example j of the step k.
    for (const part of splitCommas(item.sub))
      if (sortOfEntry(part, reading) === 'history') return readIndex(part, 'history', reading, item.span);
  }
  return null;
}
