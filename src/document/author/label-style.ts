/**
 * How an optimizer's rows label their values, seen from the parameters: x_{k+1}, x^{(k+1)} or x^{k+1}, and with which letter.
 * Nothing is taken where the scripts leave a choice: two letters, or a letter that is never shifted.
 */
import { attempt } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Item, NameItem } from '../../latex/layout/item.ts';
import { isOperator, spellItem } from '../../latex/layout/item.ts';
import { layOut } from '../../latex/layout/layout.ts';
import { labelItems, splitCommas } from '../../latex/read/script/read-index.ts';
import type { Token } from '../../latex/notation/token.ts';

export interface LabelStyle {
  readonly letter: string;
  /** `bare`: superscripts without parentheses; `argument`: w(t+1). */
  readonly style: 'subscript' | 'superscript' | 'bare' | 'argument';
  /** The first label with the letter. */
  readonly span: Span;
}

/** A script that may be a label: its letter, and whether a number is added. */
interface Label {
  readonly letter: string;
  readonly shifted: boolean;
  readonly span: Span;
}

/** The style of the rows whose sides are `sides`; null where it is not sure. */
export function labelStyleOf(sides: readonly (readonly Token[])[], parameters: string): LabelStyle | null {
  const items = sides.flatMap(side => {
    const laid = attempt(() => layOut(side));
    return laid.ok ? [...allItems(laid.value)] : [];
  });
  const names = items.filter((item): item is NameItem => item.kind === 'name');
  const own = names.filter(({ name }) => name.core === parameters);
  // Ruder's "v_t = …, \theta = \theta - v_t": where the parameters have no labels at all the states' are looked at.
  const isBare = own.every(({ sub, sup }) => sub === null && sup === null);
  const hasNoLabel = own.every(({ sub, sup }) => sup === null && !labelsIn(sub).some(({ shifted }) => shifted));
  const ofArguments = hasNoLabel ? single(items.flatMap(argumentLabels(parameters)), 'argument') : null;
  if (ofArguments) return ofArguments;
  const others = (): LabelStyle | null => styleOf(names.filter(({ name }) => name.core !== parameters));
  if (isBare) return others();
  // One display of several: x_t alone, beside v_t and v_{t-1}.
  const style = styleOf(own) ?? others();
  const isShown = own.every(({ sub, sup }) =>
    [sub, labelItems(sup)].flatMap(labelsIn).every(({ letter }) => letter === style?.letter),
  );
  return isShown ? style : styleOf(own);
}

/** The labels in parentheses or brackets behind the parameters. */
const argumentLabels =
  (parameters: string) =>
  (item: Item, at: number, items: readonly Item[]): Label[] => {
    const before = items[at - 1];
    const isBehind = before?.kind === 'name' && before.name.core === parameters;
    const isArgument = item.kind === 'group' && (item.delimiter === 'paren' || item.delimiter === 'bracket');
    return isBehind && isArgument ? labelsIn(item.items) : [];
  };

function styleOf(names: readonly NameItem[]): LabelStyle | null {
  const inParentheses = names.flatMap(({ sup }) => labelsIn(labelItems(sup)));
  if (inParentheses.length > 0) return single(inParentheses, 'superscript');
  if (names.some(({ sup }) => labelItems(sup) !== null)) return null;
  return (
    single(
      names.flatMap(({ sub }) => labelsIn(sub)),
      'subscript',
    ) ??
    single(
      names.flatMap(({ sup }) => labelsIn(sup)),
      'bare',
    )
  );
}

/** The one letter of the labels; another letter may stand there only where it is never shifted, as a component does. */
function single(labels: readonly Label[], style: LabelStyle['style']): LabelStyle | null {
  const letters = new Set(labels.filter(({ shifted }) => shifted).map(({ letter }) => letter));
  const [letter] = letters;
  if (letter === undefined || letters.size > 1) return null;
  const first = labels.find(label => label.letter === letter);
  return first ? { letter, style, span: first.span } : null;
}

/** The labels among the entries of a script: ℓ, ℓ + c, ℓ − c. */
function labelsIn(script: readonly Item[] | null): Label[] {
  return (script === null ? [] : splitCommas(script)).flatMap((entry): Label[] => {
    const [first, sign, amount, ...more] = entry;
    if (first?.kind !== 'name' || more.length > 0) return [];
    const letter = spellItem(first);
    if (letter === null || first.sub !== null) return [];
    if (sign === undefined) return [{ letter, shifted: false, span: first.span }];
    const isShift = (isOperator(sign, '+') || isOperator(sign, '-')) && amount?.kind === 'number';
    return isShift ? [{ letter, shifted: true, span: first.span }] : [];
  });
}

/** Every item, those inside others too, but those of scripts. */
function* allItems(items: readonly Item[]): Generator<Item> {
  for (const item of items) {
    yield item;
    if (item.kind === 'group') yield* allItems(item.items);
    if (item.kind === 'fraction') yield* allItems([...item.numerator, ...item.denominator]);
    if (item.kind === 'root') yield* allItems(item.radicand);
    if (item.kind === 'evaluated') yield* allItems(item.items ?? []);
  }
}

/** The letters that stand in scripts with a number added, as i of x_{t,i-1}: they count something that follows on itself. */
export function shiftedLetters(sides: readonly (readonly Token[])[]): ReadonlySet<string> {
  const items = sides.flatMap(side => {
    const laid = attempt(() => layOut(side));
    return laid.ok ? [...allItems(laid.value)] : [];
  });
  const scripts = items.flatMap(item => [item.sub, item.sup === null ? null : (labelItems(item.sup) ?? item.sup)]);
  return new Set(scripts.flatMap(labelsIn).flatMap(({ letter, shifted }) => (shifted ? [letter] : [])));
}

/** The letters that sums up to a step count, as s of \sum_{s=0}^{t}: they are labels. */
export function summedLabels(sides: readonly (readonly Token[])[], iteration: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const tokens of sides)
    for (const [at, { text }] of tokens.entries()) {
      if (text !== '\\sum') continue;
      const solid = tokens.slice(at + 1, at + 30).filter(({ kind }) => kind !== 'space');
      const [, letter, inBraces, alone] =
        /^_\{([a-z]|\\[a-z]+)=[^{}]*\}\^(?:\{([^{}]*)\}|(.))/.exec(solid.map(token => token.text).join('')) ?? [];
      if (letter !== undefined && (inBraces ?? alone ?? '').includes(iteration)) found.add(letter);
    }
  return found;
}

/** The one letter beside the labels on the left sides, x_{t+1,i}, w_i^{(t+1)}, which counts the components; null where there is none or more. */
export function componentOfLefts(lefts: readonly (readonly Token[])[], iteration: string): string | null {
  const found = new Set<string>();
  for (const left of lefts) {
    const laid = attempt(() => layOut(left));
    const [item, argument] = laid.ok ? laid.value : [];
    if (item?.kind !== 'name' || isFunctionOf(argument, iteration)) continue;
    const scripts = [item.sub, labelItems(item.sup)].flatMap(script => (script === null ? [] : splitCommas(script)));
    const letters = scripts.flatMap(entry =>
      entry.length === 1 && entry[0]?.kind === 'name' ? (spellItem(entry[0]) ?? []) : [],
    );
    const hasLabel =
      labelsIn(scripts.flat()).length > 0 ||
      scripts.some(entry => entry.some(each => each.kind === 'name' && spellItem(each) === iteration));
    if (hasLabel) for (const letter of letters) if (letter !== iteration && /^[a-z]$/.test(letter)) found.add(letter);
  }
  const [only, ...more] = found;
  return only !== undefined && more.length === 0 ? only : null;
}

/** Whether the item is an argument `(u)` with another letter than the iteration's. */
const isFunctionOf = (item: Item | undefined, iteration: string): boolean =>
  item?.kind === 'group' &&
  item.items.length === 1 &&
  item.items.some(each => each.kind === 'name' && spellItem(each) !== iteration);
