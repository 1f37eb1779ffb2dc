/** What the statements of a document make: the name on the left, and whether it is the next iterate of itself. */
import { type Item, isOperator, type NameItem, spellItem, spellName } from '../../latex/layout/item.ts';
import { labelItems, splitCommas } from '../../latex/read/script/read-index.ts';
import { type FoundSeed, type FoundPiece, itemsOf, makesValue } from './found.ts';

/** The name that a statement makes: m of `m_t = …`, \hat m of `\hat m_t = …`, x of `x_{t+1} - x_t = …`. */
export interface Made {
  readonly item: NameItem;
  /** With its accents, without scripts. */
  readonly name: string;
  readonly core: string;
  /** The right side, or what stands behind the difference, has the name too. */
  readonly recurs: boolean;
  /** Its own earlier value stands there alone, with the coefficient one. */
  readonly isDirect: boolean;
  readonly found: FoundPiece;
}

/** What a statement makes; null where its left side is no name. */
export function madeBy(found: FoundPiece): Made | null {
  if (!makesValue(found)) return null;
  const [first, second, third] = found.left;
  if (first?.kind === 'name' && !isFlowName(first) && (second === undefined || isLabelGroup(second, third)))
    return made(first, found);
  const difference = first?.kind === 'fraction' && found.left.length === 1 ? first.numerator : found.left;
  const [next, minus, own] = difference;
  const isDifference = difference.length === 3 && next?.kind === 'name' && isOperator(minus, '-');
  if (!isDifference || own?.kind !== 'name' || own.name.core !== next.name.core) return null;
  return { ...made(next, found), recurs: true, isDirect: true };
}

const isFlowName = ({ name }: NameItem): boolean => name.accents.some(each => each === '\\dot' || each === '\\ddot');

/** The (t+1) of w(t+1), with nothing behind it. */
const isLabelGroup = (item: Item, behind: Item | undefined): boolean =>
  behind === undefined && item.kind === 'group' && (item.delimiter === 'paren' || item.delimiter === 'bracket');

function made(item: NameItem, found: FoundPiece): Made {
  const { core } = item.name;
  const own = found.right.flatMap((each, at) => (each.kind === 'name' && each.name.core === core ? [at] : []));
  const recurs = [...itemsOf(found.right)].some(each => each.kind === 'name' && each.name.core === core);
  const isDirect = own.some(at => endsTerm(found.right[at - 1]) && endsTerm(found.right[at + 1]));
  return { item, name: spellName(item.name), core, recurs, isDirect, found };
}

/** Whether a term ends beside the item: a sign, the end, or the label in a parenthesis. */
const endsTerm = (item: Item | undefined): boolean =>
  item === undefined || isOperator(item, '+') || isOperator(item, '-') || item.kind === 'group';

/** What the statements of a formula make, in order. */
export const madeIn = (formula: FoundSeed): Made[] => formula.pieces.flatMap(each => madeBy(each) ?? []);

/** The spelling of a name with its subscript, as \beta_1; null where its subscript is no part of a name. */
export const fullName = (item: NameItem): string | null => spellItem({ ...item, sup: null });

/** Whether the name has a constant label, as m_0, m^{(0)}, so that the statement gives a first value. */
export function isFirstValue({ item }: Made): boolean {
  const scripts = [item.sub, labelItems(item.sup)].flatMap(script => (script === null ? [] : splitCommas(script)));
  return scripts.some(entry => entry.at(-1)?.kind === 'number' && entry.every(isConstant));
}

/** A number, or the sign before it. */
const isConstant = (item: Item): boolean => item.kind === 'number' || isOperator(item, '-');

/** Whether the statement is an equation of motion: \dot x = …, dx/dt = …, \partial_t x = …. */
export function isFlow({ left, piece }: FoundPiece): boolean {
  if (piece.relation === null) return false;
  const [first, second] = left;
  if (first?.kind === 'name') return isFlowName(first);
  if (first?.kind === 'command' && first.text === '\\partial') return second?.kind === 'name' && first.sub !== null;
  if (first?.kind !== 'fraction') return false;
  const [under] = first.denominator;
  const [over] = first.numerator;
  const isD = under?.kind === 'name' && /^(?:d|\\mathrm\{d\})$/.test(under.name.core);
  return isD && over?.kind === 'name' && over.name.core === under.name.core && first.denominator.length === 2;
}
