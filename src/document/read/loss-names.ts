/**
 * Names of modified losses: \hat f(x) = f(x) + …, f_1(x) := f(x) + …, E_{\mathrm{eff}} = E + …, \phi = f + …. The left side is
 * the letter of the loss with an accent or with an index that is no step's label, or another name, and the right side has the
 * plain loss. The plain loss itself is none, nor is one with the number of a batch behind =.
 */
import { attempt } from '../../base/problem.ts';
import { type Item, type NameItem, spellItem } from '../../latex/layout/item.ts';
import { layOut } from '../../latex/layout/layout.ts';
import type { Piece } from '../../latex/display/display.ts';
import { parseLetter } from '../../latex/layout/canonical-name.ts';
import type { Notation } from '../../optimizer/model.ts';
import { readLeftSide } from '../../latex/read/definition/read-left-side.ts';
import type { NameRole, NameScope } from '../../latex/read/scope.ts';
import { insideOf, isDerivedIn, mentionsName } from '../author/mentions.ts';

/** The canonical names of the modified losses that the pieces of a claim define; `taken` names mean something else. */
export function lossNames(pieces: readonly Piece[], scope: NameScope, taken: ReadonlySet<string>): Set<string> {
  const { notation } = scope;
  const names = new Set<string>();
  const flows = pieces.filter(({ left }) => {
    const side = attempt(() => readLeftSide(left, scope));
    return side.ok && side.value.kind === 'flow';
  });
  // With \dot x = -\nabla f_1(x) beside it f_1 is no batch; what an equation of motion uses in any other way is a quantity.
  const isDriving = (name: string): boolean => flows.some(({ right }) => isDerivedIn(right, name));
  const isUsed = (name: string): boolean => flows.some(({ right }) => mentionsName(right, name));
  for (const piece of pieces) {
    if (piece.relation !== '=' && piece.relation !== ':=') continue;
    const item = nameAlone(piece, notation);
    const name = item && spellItem(item);
    if (
      item &&
      name &&
      !taken.has(name) &&
      !isIndexed(item, notation) &&
      (isDriving(name) || (isFree(item, piece, notation) && !isUsed(name))) &&
      hasPlainLoss(piece, notation)
    )
      names.add(name);
  }
  return names;
}

/** How such a name is read. */
export const MODIFIED_LOSS: NameRole = {
  kind: 'quantity',
  indices: 0,
  labels: 0,
  indexSorts: [],
  hasArgument: true,
};

/** The left side where it is one name, perhaps at the parameters: f_1(x), \phi. */
function nameAlone({ left }: Piece, notation: Notation): NameItem | null {
  const laid = attempt(() => layOut(left));
  const [name, argument, ...more] = laid.ok ? laid.value : [];
  if (name?.kind !== 'name' || more.length > 0 || name.sup !== null || name.primes > 0) return null;
  if (argument === undefined) return name;
  const [point, time, ...others] = argument.kind === 'group' && argument.delimiter === 'paren' ? argument.items : [];
  const isPoint = point?.kind === 'name' && point.name.core === coreOf(notation.parameters) && others.length === 0;
  return isPoint && (time === undefined || time.kind === 'group') && argument.sup === null ? name : null;
}

const coreOf = (letter: string): string => parseLetter(letter)?.core ?? letter;

/** F_j, R_{t,j}: components and quantities of a step, no losses. The loss's own letter may have the number of a batch. */
function isIndexed({ name, sub }: NameItem, notation: Notation): boolean {
  if (sub === null || isWord(sub, notation)) return false;
  const letters = sub.flatMap(each => (each.kind === 'name' ? [each.name.core] : []));
  return name.core === coreOf(notation.loss) ? letters.includes(coreOf(notation.component)) : letters.length > 0;
}

/** Whether the name may be that of a modified loss. */
function isFree(item: NameItem, { relation }: Piece, notation: Notation): boolean {
  const { core, accents } = item.name;
  const letters = [notation.parameters, notation.step, notation.time, notation.iteration, notation.component];
  if (letters.map(coreOf).includes(core)) return false;
  if (accents.includes('\\dot') || accents.includes('\\ddot')) return false;
  if (core !== coreOf(notation.loss)) return item.sub === null || isWord(item.sub, notation);
  if (item.sub === null) return accents.length > 0;
  const isStep = item.sub.some(each => each.kind === 'name' && each.name.core === coreOf(notation.iteration));
  return !isStep && (accents.length > 0 || isWord(item.sub, notation) || relation === ':=');
}

/** A word, or the letter of the step: E_{\mathrm{eff}}, f_{GD}, f_h. */
function isWord(sub: readonly Item[], { step }: Notation): boolean {
  const [only, ...more] = sub;
  if (only === undefined) return false;
  if (more.length > 0) return sub.every(each => each.kind === 'name' && /^[A-Z]$/.test(each.name.core));
  if (only.kind === 'text' || only.kind === 'function') return true;
  return only.kind === 'name' && (only.name.core === coreOf(step) || only.name.core.startsWith('\\mathrm{'));
}

/** Whether the loss stands on the right without accent and index, and not only under derivatives, as in g := \\nabla f. */
function hasPlainLoss({ right }: Piece, { loss }: Notation): boolean {
  const laid = attempt(() => layOut(right));
  const isLoss = (item: Item): boolean =>
    item.kind === 'name' &&
    item.name.core === coreOf(loss) &&
    item.name.accents.length === 0 &&
    item.sub === null &&
    (item.sup === null || !isLabel(item.sup));
  const isSign = (item: Item | undefined): boolean =>
    (item?.kind === 'command' && (item.text === '\\nabla' || item.text === '\\partial')) ||
    (item?.kind === 'name' && item.name.core === 'D');
  return laid.ok && insideOf(laid.value).some(row => row.some((item, at) => isLoss(item) && !isSign(row[at - 1])));
}

const isLabel = ([first]: readonly Item[]): boolean => first?.kind === 'group' && first.delimiter === 'paren';
