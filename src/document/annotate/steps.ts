/** Which letters of a rule may be its step. */
import { type Item, isOperator, type NameItem } from '../../latex/layout/item.ts';
import { type FoundSeed, itemsOf } from './found.ts';
import type { Made } from './rows.ts';

/** The letters that authors use for the step, the most usual first. */
const USUAL = [
  '\\eta',
  '\\alpha',
  'h',
  '\\gamma',
  '\\tau',
  's',
  'lr',
  '\\epsilon',
  '\\varepsilon',
  '\\delta',
  '\\mu',
  'a',
];

const RATE = '(?:learning[- ]rates?|step[- ]?sizes?|step[- ]lengths?)';
const LETTER = String.raw`(?:\\boldsymbol\s*)?(\\[A-Za-z]+|[A-Za-z])(?![A-Za-z])`;
const SAID = [
  new RegExp(String.raw`\b${RATE}\W{0,3}(?:(?:of|is|be|by|a|the|with)\s+)*(?:\$|\\\()\s*${LETTER}`, 'gi'),
  new RegExp(
    String.raw`(?:\$|\\\()\s*${LETTER}(?:_\{?\w\}?)?\s*(?:\$|\\\))\W{0,3}(?:(?:is|be|as|denotes|the|a|our|called)\s+)*${RATE}`,
    'gi',
  ),
];

/** The letters that the words of a document call a step size or a learning rate. */
export const saidSteps = (text: string): ReadonlySet<string> =>
  new Set(SAID.flatMap(pattern => [...text.matchAll(pattern)].map(found => found[1] ?? '')));

/**
 * The letters of a rule that may be its step, the likeliest first: those that the words call so, what stands right behind the sign of
 * the update or below its difference, what stands in the rows that the update uses, then the others of its display. `others` mean something else.
 */
export function stepsIn(
  update: Made,
  near: readonly Made[],
  { pieces }: FoundSeed,
  said: ReadonlySet<string>,
  others: ReadonlySet<string>,
): string[] {
  const first = [...behindSign(update.found.right, update.core), ...belowDifference(update.found.left)];
  const beside = [update, ...near].flatMap(({ found }) => [...itemsOf(found.right)]);
  const all = [...first, ...beside, ...pieces.flatMap(({ left, right }) => [...itemsOf([...left, ...right])])];
  const names = all.flatMap(item => stepName(item) ?? []).filter(name => !others.has(name));
  const isIn = (items: readonly Item[]): ReadonlySet<string> => new Set(items.flatMap(item => stepName(item) ?? []));
  const [leading, close] = [isIn(first), isIn(beside)];
  const plain = isIn(all.filter(item => item.kind !== 'name' || item.sub === null));
  const rank = (letter: string): number => {
    const usual = USUAL.indexOf(letter);
    // h of h \eta_n comes before \eta, which is then a schedule.
    const later =
      (said.has(letter) ? 0 : 8) + (leading.has(letter) ? 0 : close.has(letter) ? 2 : 4) + (plain.has(letter) ? 0 : 1);
    return (usual === -1 ? USUAL.length : usual) + later * (USUAL.length + 1);
  };
  return [...new Set(names)]
    .filter(letter => leading.has(letter) || said.has(letter) || USUAL.includes(letter))
    .sort((a, b) => rank(a) - rank(b));
}

/** \eta of \eta and of \eta_t, lr of \text{lr} and \mathrm{lr}; null where it is no name of a number. */
function stepName(item: Item): string | null {
  if (item.kind === 'text') return wordOf(item.text.trim());
  if (item.kind !== 'name' || item.name.accents.length > 0) return null;
  return nameOf(item);
}

function nameOf({ name: { core } }: NameItem): string | null {
  const word = /^\\mathrm\{(.*)\}$/.exec(core)?.[1];
  if (word !== undefined) return wordOf(word);
  return /^\\math/.test(core) ? null : core;
}

const wordOf = (text: string): string | null => (/^[A-Za-z]{2,12}$/.test(text) ? text : null);

/** The names between the sign behind the parameters and the next sign, in fractions too. */
function behindSign(right: readonly Item[], core: string): Item[] {
  const own = right.findIndex(item => item.kind === 'name' && item.name.core === core);
  const sign = right.findIndex((item, at) => at >= own && (isOperator(item, '-') || isOperator(item, '+')));
  const from = sign === -1 ? 0 : sign + 1;
  const end = right.findIndex((item, at) => at > from && (isOperator(item, '-') || isOperator(item, '+')));
  return [...factorsOf(right.slice(from, end === -1 ? right.length : end))];
}

/** τ of \frac{u^{n+1} − u^n}{τ}. */
const belowDifference = ([first]: readonly Item[]): readonly Item[] =>
  first?.kind === 'fraction' ? first.denominator : [];

/** Factors of a term, in the numerator of a fraction and in braces too. */
function* factorsOf(items: readonly Item[]): Generator<Item> {
  for (const item of items) {
    if (item.kind === 'fraction') yield* factorsOf(item.numerator);
    else if (item.kind === 'group' && item.delimiter === 'brace') yield* factorsOf(item.items);
    else yield item;
  }
}
