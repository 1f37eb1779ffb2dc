/** What the formulas of a document show of its letters: what stands behind ∇ is a loss, what it is taken at are the parameters. */
import { type Item, spellItem } from '../../latex/layout/item.ts';
import { type FoundSeed, insides, itemsOf } from './found.ts';
import { isFlow } from './rows.ts';

/** How often each letter occurs in a role. */
export type Tally = ReadonlyMap<string, number>;

export interface Hint {
  readonly losses: Tally;
  /** Letters at which gradients are taken. */
  readonly points: Tally;
  /** Letters of what equations of motion move. */
  readonly movers: Tally;
  /** Letters of the time in `\dot x(s)`, `s \in […]`, `\frac{dx}{ds}`. */
  readonly times: Tally;
  /** Letters of components on the left of equations of motion. */
  readonly components: Tally;
  /** Letters up to which sums from 1 go. */
  readonly bounds: Tally;
}

class Counts {
  readonly map = new Map<string, number>();
  add(letter: string): void {
    this.map.set(letter, (this.map.get(letter) ?? 0) + 1);
  }
}

export function evidenceOf(formulas: readonly FoundSeed[]): Hint {
  const losses = new Counts();
  const points = new Counts();
  const movers = new Counts();
  const times = new Counts();
  const components = new Counts();
  const bounds = new Counts();
  for (const { pieces } of formulas) {
    for (const found of pieces) {
      for (const side of [found.left, found.right]) {
        gradients(side, losses, points);
        for (const item of itemsOf(side)) noteBound(item, bounds);
      }
      if (isFlow(found)) motion(found.left, movers, times, components);
    }
  }
  return {
    losses: losses.map,
    points: points.map,
    movers: movers.map,
    times: times.map,
    components: components.map,
    bounds: bounds.map,
  };
}

/** d of \sum_{i=1}^d. */
function noteBound(item: Item, bounds: Counts): void {
  if (item.kind !== 'command' || item.text !== '\\sum' || item.sup?.length !== 1) return;
  const core = coreOf(item.sup[0]);
  const from = item.sub?.at(-1);
  if (core !== null && from?.kind === 'number' && from.text === '1') bounds.add(core);
}

/** The letters of a tally, the most frequent first. */
export const ranked = (tally: Tally): string[] => [...tally].sort((a, b) => b[1] - a[1]).map(([letter]) => letter);

/** The letter of a name without accents and boldness. */
const coreOf = (item: Item | undefined): string | null => (item?.kind === 'name' ? item.name.core : null);

function gradients(items: readonly Item[], losses: Counts, points: Counts): void {
  for (const [at, item] of items.entries()) {
    if (item.kind === 'command' && (item.text === '\\nabla' || item.text === '\\partial')) {
      if (item.sub?.length === 1) noteScript(item.sub[0], points);
      noteLoss(items.slice(at + 1), losses, points);
    }
    if (item.kind === 'name' && item.primes > 0 && isParenthesis(items[at + 1])) {
      losses.add(item.name.core);
      notePoints(items[at + 1], points);
    }
    if (item.kind === 'fraction') noteQuotient(item.numerator, item.denominator, losses, points);
    if (item.kind === 'evaluated') for (const each of item.sub ?? []) noteScript(each, points);
    for (const inner of insides(item)) gradients(inner, losses, points);
  }
}

/** \nabla_\theta, |_{w_t}: Greek and Latin letters that are no component. */
function noteScript(item: Item | undefined, points: Counts): void {
  const core = coreOf(item);
  if (core !== null && item?.kind === 'name' && (item.sub !== null || !/^[ijklmnrsabc]$/.test(core))) points.add(core);
}

/** Behind ∇: the first name that is no expectation, also in a parenthesis or behind a mean over a batch. */
function noteLoss(items: readonly Item[], losses: Counts, points: Counts): void {
  for (const [at, item] of items.entries()) {
    if (item.kind === 'fraction' || item.kind === 'number') continue;
    if (item.kind === 'command' && /^\\(?:sum|nabla|partial|mathbb)/.test(item.text)) continue;
    if (item.kind === 'group') noteLoss(item.items, losses, points);
    if (item.kind !== 'name') return;
    if (item.name.core.startsWith('\\mathbb{')) continue;
    losses.add(item.name.core);
    const argument = items.slice(at + 1).find(each => each.kind === 'group' || each.kind === 'operator');
    if (isParenthesis(argument)) notePoints(argument, points);
    return;
  }
}

/** \frac{\partial L}{\partial w_t}. */
function noteQuotient(above: readonly Item[], below: readonly Item[], losses: Counts, points: Counts): void {
  const [partial, loss] = above;
  const [under, point] = below;
  const isQuotient = [partial, under].every(each => each?.kind === 'command' && each.text === '\\partial');
  if (!isQuotient) return;
  const own = coreOf(loss);
  if (own !== null) losses.add(own);
  const by = coreOf(point);
  if (by !== null) points.add(by);
}

const isParenthesis = (item: Item | undefined): item is Extract<Item, { kind: 'group' }> =>
  item?.kind === 'group' && (item.delimiter === 'paren' || item.delimiter === 'bracket' || item.delimiter === 'brace');

/** The first letter of an argument: θ of (θ^{(n)} − hμv^{(n)}). */
function notePoints(item: Item | undefined, points: Counts): void {
  if (item?.kind !== 'group') return;
  const first = item.items.find(each => each.kind === 'name');
  const core = coreOf(first);
  if (core !== null) points.add(core);
}

function motion(left: readonly Item[], movers: Counts, times: Counts, components: Counts): void {
  const [first, second] = left;
  const isFraction = first?.kind === 'fraction';
  const name = isFraction ? (first.numerator[1] ?? second) : first?.kind === 'name' ? first : second;
  if (name?.kind !== 'name') return;
  movers.add(name.name.core);
  const letter = name.sub?.length === 1 && name.sub[0]?.kind === 'name' ? spellItem(name.sub[0]) : null;
  if (letter !== null && /^[a-z]$/.test(letter)) components.add(letter);
  const time = isFraction ? first.denominator[1] : timeOf(left);
  const core = coreOf(time);
  if (core !== null) times.add(core);
}

/** s of \dot x(s). */
function timeOf(left: readonly Item[]): Item | undefined {
  const argument = left[1];
  return argument?.kind === 'group' && argument.items.length === 1 ? argument.items[0] : undefined;
}
