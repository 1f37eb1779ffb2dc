/** Left sides that only authors of programs and notes write: parameters without a label, and accents that tell points apart. */
import { attempt, refuse } from '../../base/problem.ts';
import { index } from '../../formula/build.ts';
import { COMPONENT } from '../../formula/formula.ts';
import type { Piece } from '../../latex/display/display.ts';
import type { NameItem } from '../../latex/layout/item.ts';
import { spellItem, spellName } from '../../latex/layout/item.ts';
import { layOut } from '../../latex/layout/layout.ts';
import { nameItemsIn } from './name-items.ts';
import { parseLetter } from '../../latex/layout/canonical-name.ts';
import { labelItems, splitIndices } from '../../latex/read/script/read-index.ts';
import type { LeftSide } from '../../latex/read/definition/left-side.ts';
import type { NameRole, NameScope } from '../../latex/read/scope.ts';
import type { Token } from '../../latex/notation/token.ts';
import { ASSIGNED } from '../../optimizer/rows/assignments.ts';
import type { Notation } from '../../optimizer/model.ts';

/** \theta = …, \theta_j \leftarrow …: the parameters that a program gives a new value; null where the side is something else. */
export function assignedParameters(
  left: readonly Token[],
  { notation, names }: NameScope,
): Extract<LeftSide, { kind: 'parameters-update' }> | null {
  const item = onlyName(left);
  if (!item || item.name.core !== coreOf(notation) || names.has(spellName(item.name))) return null;
  if (item.sup !== null || item.primes > 0) return null;
  const [only, ...more] = item.sub ?? [];
  const letter = only?.kind === 'name' && more.length === 0 ? spellItem(only) : null;
  if (item.sub !== null && letter === null) return null;
  const component = letter === null ? new Map() : new Map([[letter, { name: COMPONENT, sort: 'coordinate' as const }]]);
  return { kind: 'parameters-update', label: index(ASSIGNED), component: letter, letters: component };
}

function onlyName(tokens: readonly Token[]): NameItem | null {
  const laid = attempt(() => layOut(tokens));
  const [only, ...more] = laid.ok ? laid.value : [];
  return only?.kind === 'name' && more.length === 0 ? only : null;
}

const coreOf = ({ parameters }: Notation): string => parseLetter(parameters)?.core ?? parameters;

/**
 * Where rows make the parameters under several accents, \tilde\theta = \theta + … beside \theta = …, those with accents that the
 * notation does not have are values of their own.
 */
export function nameAccented(pieces: readonly Piece[], names: Map<string, NameRole>, notation: Notation): void {
  const core = coreOf(notation);
  const lefts = pieces.flatMap(({ left }) => {
    const item = onlyName(left);
    return item?.name.core === core ? [item] : [];
  });
  const spellings = new Set(lefts.map(({ name }) => spellName(name)));
  if (spellings.size < 2) return;
  const plain = spellName(parseLetter(notation.parameters) ?? { core, bold: false, accents: [] });
  const own = spellings.has(plain) ? plain : [...spellings].find(each => !each.startsWith('\\'));
  if (own === undefined) return;
  for (const item of lefts) {
    const name = spellName(item.name);
    if (name === own) continue;
    const hasLabel = item.sub !== null || item.sup !== null;
    names.set(
      name,
      hasLabel
        ? { kind: 'state', componentwise: true }
        : { kind: 'quantity', indices: 1, labels: 0, indexSorts: ['coordinate'] },
    );
  }
}

/**
 * Refuses an accent on the parameters on a right side, \\nabla f(\\tilde w) beside w_{t+1} = w_t - …, where no row makes them so: it is the point
 * of the step as little as it is sure to be another one.
 */
export function refuseUnmadeAccents(
  pieces: readonly Piece[],
  names: ReadonlyMap<string, NameRole>,
  notation: Notation,
): void {
  const core = coreOf(notation);
  const accentsOf = ({ name }: NameItem): string => name.accents.join(' ');
  const made = new Set([(parseLetter(notation.parameters)?.accents ?? []).join(' '), '']);
  const sides = pieces.map(({ left, right }) => ({ left: onlyName(left), right: attempt(() => layOut(right)) }));
  for (const { left } of sides) if (left?.name.core === core) made.add(accentsOf(left));
  const isMade = sides.some(({ left }) => left?.name.core === core);
  for (const { right } of sides)
    for (const item of isMade && right.ok ? nameItemsIn(right.value) : []) {
      if (item.name.core !== core || names.has(spellName(item.name)) || made.has(accentsOf(item))) continue;
      const typed = spellName(item.name);
      const { parameters, index: kind, iteration } = notation;
      const label = (text: string): string => (kind === 'subscript' ? `_${text}` : `^{(${text})}`);
      refuse(
        'accent-without-row',
        `no row makes ${typed}, and with this accent it is hardly the point ${parameters} of the step`,
        item.span,
        `If it is the point of the step, write ${parameters}${label(iteration)}; a snapshot that stays as it is, as in SVRG, is the first point, ${parameters}${label('0')}; any other needs a row ${typed} = ….`,
      );
    }
}

/** Refuses a rule that has the loss under two accents, \\nabla f_t - \\nabla\\tilde f_t: alone an accent means nothing, two spellings are hardly one loss. */
export function refuseTwoLosses(
  pieces: readonly Piece[],
  names: ReadonlyMap<string, NameRole>,
  notation: Notation,
): void {
  const core = parseLetter(notation.loss)?.core ?? notation.loss;
  const found = new Map<string, NameItem>();
  // \\tilde f_t(x) := f_t(x) + … makes it.
  const made = new Set(
    pieces.flatMap(({ left }) => {
      const laid = attempt(() => layOut(left));
      return laid.ok ? [...nameItemsIn(laid.value)].map(item => spellName(item.name)) : [];
    }),
  );
  const isOwn = (name: string): boolean => names.has(name) || made.has(name);
  for (const right of pieces.map(piece => attempt(() => layOut(piece.right))))
    for (const item of right.ok ? nameItemsIn(right.value) : [])
      if (item.name.core === core && !isOwn(spellName(item.name)) && !found.has(spellName(item.name)))
        found.set(spellName(item.name), item);
  const [first, second] = [...found];
  if (first === undefined || second === undefined) return;
  refuse(
    'two-losses',
    `losses with two accents in one rule, ${first[0]} and ${second[0]}`,
    second[1].span,
    `Each step has one loss; write both as ${notation.loss} if they are the same, else give the other one a row of its own.`,
  );
}

/** The role of the letter that is the gradient: with a label wherever the rows show one on it. */
export function roleOfGradient(gradient: string, pieces: readonly Piece[], notation: Notation): NameRole {
  const hasLabel = pieces.some(({ right }) => {
    const laid = attempt(() => layOut(right));
    return (
      laid.ok &&
      [...nameItemsIn(laid.value)].some(item => spellName(item.name) === gradient && isLabelled(item, notation))
    );
  });
  return hasLabel
    ? { kind: 'state', componentwise: true }
    : { kind: 'quantity', indices: 1, labels: 0, indexSorts: ['coordinate'] };
}

function isLabelled({ sub, sup }: NameItem, { index: kind, iteration }: Notation): boolean {
  if (kind === 'superscript') return labelItems(sup) !== null;
  return (sub === null ? [] : splitIndices(sub, true)).some(entry =>
    entry.some(each => each.kind === 'name' && spellItem(each) === iteration),
  );
}
