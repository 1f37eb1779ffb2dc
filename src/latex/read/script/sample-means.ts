/** Means over a sample in front of a loss or its gradient, which are the step's own loss. */
import { refuse } from '../../../base/problem.ts';
import type { Span } from '../../../base/span.ts';
import type { FractionItem, Item, NameItem } from '../../layout/item.ts';
import { spellItem, spellName } from '../../layout/item.ts';
import type { Reading } from '../reading.ts';
import { labelItems } from './read-index.ts';
import { isData } from './read-sample.ts';

/**
 * The items with every mean over a sample, \frac1B\sum_{z\in B} or \frac1m\sum_{i=1}^m before a loss or its gradient, taken away: the
 * mean is the step's own loss. What is not linear in the loss stays, and is refused where it is read.
 */
export function withoutMeans(items: readonly Item[], reading: Reading): readonly Item[] {
  if (reading.scope.samples === undefined) return items;
  let kept = items;
  for (let at = 0; at < kept.length; at += 1) {
    const sum = kept[at];
    if (sum?.kind !== 'command' || sum.text !== '\\sum') continue;
    const set = setOf(sum.sub, sum.sup, reading);
    if (set === null) continue;
    if (!isLinear(kept.slice(at + 1), reading)) {
      refuseMean(kept.slice(at + 1), set, sum.span, reading);
      continue;
    }
    kept = [...kept.slice(0, at + 1), ...ofSet(kept.slice(at + 1), set, reading)];
    const before = kept[at - 1]?.kind === 'command' && kept[at - 1]?.sup === null ? at - 2 : at - 1;
    const fraction = kept[before];
    if (fraction?.kind === 'fraction' && fraction.sup === null && isSizeOf(fraction.denominator, set, reading)) {
      // \nabla\frac1B\sum: the number stands in front of the derivative.
      const sign = kept[before - 1];
      const front = sign?.kind === 'command' && sign.text === '\\nabla' ? before - 1 : before;
      const rest = [...kept.slice(front, before), ...kept.slice(before + 1, at), ...kept.slice(at + 1)];
      kept = [...kept.slice(0, front), ...numeratorOf(fraction), ...rest];
    } else if (set.bounds === null) kept = [...kept.slice(0, at), ...kept.slice(at + 1)];
    else continue;
    at -= 1;
  }
  return kept;
}

/** The mean of \\nabla f_i/\\|\\nabla f_i\\| is not what the mean of f_i has: it is no function of the step's own loss. */
function refuseMean(items: readonly Item[], set: SampleSet, span: Span, reading: Reading): void {
  const isOfSample = set.name !== null || (set.bounds !== '' && reading.role(set.bounds ?? '') === undefined);
  if (!isOfSample || !holdsLoss(items, reading)) return;
  refuse(
    'mean-not-linear',
    'the mean over a sample of what is not linear in its loss is no function of the loss of the step',
    span,
    'Means of losses and of their gradients at one point are read. With one example in a step leave the sum out.',
  );
}

/**
 * The term with its losses named after what the sum runs over: f_i of 1 … N is another sample than f_{i_t}, and i \in B_{t-1} the sample of
 * another step.
 */
function ofSet(items: readonly Item[], { letter, bounds, label }: SampleSet, reading: Reading): readonly Item[] {
  const isShifted = label !== null && label.length > 1;
  if (letter === null || (!isShifted && (bounds === null || bounds === ''))) return items;
  const renamed = (item: NameItem): NameItem =>
    isShifted ? { ...item, sub: label } : { ...item, name: { ...item.name, core: `${letter}=1,…,${bounds}` } };
  const within = (part: readonly Item[]): readonly Item[] =>
    part.map((item): Item => {
      if (item.kind === 'group') return { ...item, items: within(item.items) };
      if (item.kind === 'fraction')
        return { ...item, numerator: within(item.numerator), denominator: within(item.denominator) };
      const [below, ...more] = item.sub ?? [];
      const isOwn = item.kind === 'name' && reading.special(item.name) === 'loss' && more.length === 0;
      return isOwn && below?.kind === 'name' && spellItem(below) === letter ? { ...item, sub: [renamed(below)] } : item;
    });
  const end = items.findIndex(item => item.kind === 'operator' && item.text !== '\\cdot');
  return end === -1 ? within(items) : [...within(items.slice(0, end)), ...items.slice(end)];
}

/** The numerator as a factor; none where it is 1. */
function numeratorOf({ numerator: items, span }: FractionItem): Item[] {
  const [only, ...more] = items;
  if (only?.kind === 'number' && only.text === '1' && more.length === 0) return [];
  return [{ kind: 'group', delimiter: 'brace', items, span, inner: null, sup: null, sub: null, primes: 0 }];
}

/** What a sum over a sample runs over: a set, or 1 … m. */
interface SampleSet {
  /** The letter that is summed over; null where it is a pair or has scripts. */
  readonly letter: string | null;
  /** Below the name of the set. */
  readonly label: readonly Item[] | null;
  readonly name: string | null;
  readonly bounds: string | null;
}

function setOf(sub: readonly Item[] | null, sup: readonly Item[] | null, reading: Reading): SampleSet | null {
  const [drawn, relation, ...rest] = sub ?? [];
  if (drawn === undefined || !isDrawn(drawn, reading)) return null;
  const letter = drawn.kind === 'name' ? spellItem(drawn) : null;
  if (relation === undefined) return sup === null ? { letter, label: null, name: null, bounds: '' } : null;
  const [first] = rest;
  if (relation.kind !== 'operator' || first === undefined || rest.length !== 1) return null;
  if (relation.text === '\\in')
    return first.kind === 'name' ? { letter, label: first.sub, name: spellName(first.name), bounds: null } : null;
  const [upper] = sup ?? [];
  const isCount = relation.text === '=' && first.kind === 'number' && first.text === '1' && sup?.length === 1;
  if (!isCount || upper === undefined) return null;
  const bounds = upper.kind === 'name' ? spellItem(upper) : upper.kind === 'group' ? spellGroup(upper) : null;
  return bounds === null || isRole(bounds, reading) ? null : { letter, label: null, name: null, bounds };
}

const isRole = (letter: string, reading: Reading): boolean =>
  reading.roleName(letter) === '#n' || reading.roleName(letter) === '#p';

/** i, z, s_t or (x_i, y_i): names that mean nothing else. */
const isDrawn = (item: Item, reading: Reading): boolean =>
  item.kind === 'group' && item.delimiter === 'paren' ? isData(item.items, reading) : isFreeLetter(item, reading);

const isFreeLetter = (item: Item, reading: Reading): boolean => {
  if (item.kind !== 'name') return false;
  const letter = spellName(item.name);
  const isPlain = item.sup === null && (item.sub === null || (item.sub.length === 1 && item.sub[0]?.kind === 'name'));
  return isPlain && reading.role(letter) === undefined && !isRole(letter, reading);
};

/** |B| as |B|. */
function spellGroup(item: Item): string | null {
  const [only, ...more] = item.kind === 'group' && item.delimiter === 'abs' ? item.items : [];
  return only?.kind === 'name' && more.length === 0 ? `|${spellName(only.name)}|` : null;
}

/** Whether a denominator counts the sample: |B|, B, or the last number of i = 1, …, m; beside a set any letter of its own. */
function isSizeOf(denominator: readonly Item[], set: SampleSet, reading: Reading): boolean {
  const [only, ...more] = denominator;
  if (only === undefined || more.length > 0 || only.sup !== null) return false;
  const size = only.kind === 'name' ? spellItem(only) : spellGroup(only);
  if (size === null) return false;
  if (set.bounds !== null && set.bounds !== '') return size === set.bounds;
  if (only.kind !== 'name') return size === `|${set.name ?? ''}|`;
  return reading.role(size) === undefined && reading.special(only.name) === null;
}

/** Whether the term in front of the next sign is linear in the one loss that it holds: numbers, \nabla, the loss, its argument. */
function isLinear(items: readonly Item[], reading: Reading): boolean {
  const end = items.findIndex(item => item.kind === 'operator' && item.text !== '\\cdot');
  const term = end === -1 ? items : items.slice(0, end);
  let losses = 0;
  for (const [at, item] of term.entries()) {
    const before = term[at - 1];
    if (item.kind === 'command' && (item.text === '\\nabla' || item.text === '\\partial') && item.sup === null)
      continue;
    if (item.kind === 'operator' || item.kind === 'number' || (item.kind === 'evaluated' && item.items === null))
      continue;
    // The (i) of l^{(i)} is the sample, no power.
    if (
      item.kind === 'name' &&
      reading.special(item.name) === 'loss' &&
      (item.sup === null || labelItems(item.sup) !== null)
    )
      losses += 1;
    else if (
      item.kind === 'name' &&
      (reading.special(item.name) === 'step' || reading.role(spellItem(item) ?? '')?.kind === 'scalar')
    )
      continue;
    else if (item.kind === 'fraction' && item.sup === null) {
      // \frac{\partial L}{\partial w}, and a gradient over numbers; over what depends on the sample it is not linear.
      if (isDerivativeFraction(item)) losses += item.numerator.length > 1 ? 1 : 0;
      else if (!item.denominator.every(part => isNumber(part, reading))) return false;
      else if (isLinear(item.numerator, reading)) losses += 1;
      else if (!item.numerator.every(part => isNumber(part, reading))) return false;
    } else if (item.kind === 'group' && item.sup === null && item.sub === null) {
      const isArgument = before?.kind === 'name' && reading.special(before.name) === 'loss';
      // \nabla f_i(x - \eta\nabla f_i(x)): the point depends on the sample too.
      if (isArgument && holdsLoss(item.items, reading)) return false;
      if (isArgument) continue;
      if (item.delimiter === 'abs' || item.delimiter === 'norm' || !isLinear(item.items, reading)) return false;
      losses += 1;
    } else return false;
  }
  return losses === 1;
}

const isDerivativeFraction = ({ numerator, denominator }: FractionItem): boolean =>
  [numerator[0], denominator[0]].every(item => item?.kind === 'command' && item.text === '\\partial');

/** A number, a hyperparameter or the step, and what is made of such. */
function isNumber(item: Item, reading: Reading): boolean {
  if (item.kind === 'group') return item.items.every(part => isNumber(part, reading));
  if (item.kind === 'fraction') return [...item.numerator, ...item.denominator].every(part => isNumber(part, reading));
  if (item.kind === 'root') return item.radicand.every(part => isNumber(part, reading));
  if (item.kind !== 'name') return item.kind === 'number' || item.kind === 'operator';
  return reading.special(item.name) === 'step' || reading.role(spellItem(item) ?? '')?.kind === 'scalar';
}

/** Whether a loss stands in the items, at any depth. */
function holdsLoss(items: readonly Item[], reading: Reading): boolean {
  return items.some(item => {
    if (item.kind === 'group') return holdsLoss(item.items, reading);
    if (item.kind === 'fraction') return holdsLoss([...item.numerator, ...item.denominator], reading);
    if (item.kind === 'root') return holdsLoss(item.radicand, reading);
    return item.kind === 'name' && reading.special(item.name) === 'loss';
  });
}
