/** The parameters, or the loss of a step, under two accents in one statement: alone an accent means nothing, beside the plain letter it does. */
import { attempt, refuse } from '../../../base/problem.ts';
import type { NameItem } from '../../../latex/layout/item.ts';
import { spellName } from '../../../latex/layout/item.ts';
import { layOut } from '../../../latex/layout/layout.ts';
import { parseLetter } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { nameItemsIn } from '../../author/name-items.ts';

/** Accents that say nothing: of a derivative in time, and of the solution of the modified equation. */
const OWN: ReadonlySet<string> = new Set(['\\dot', '\\ddot', '\\tilde']);

/** `isNamed`: whether a name is declared or defined, so that it is a letter of its own. */
export function refuseTwoSpellings(
  { left, right }: { readonly left: readonly Token[]; readonly right: readonly Token[] },
  { parameters, loss }: Notation,
  isNamed: (name: string) => boolean,
): void {
  const openIn = (side: readonly Token[]): NameItem[] => {
    const laid = attempt(() => layOut(side));
    return laid.ok ? [...nameItemsIn(laid.value)].filter(({ name }) => !isNamed(spellName(name))) : [];
  };
  const onRight = openIn(right);
  const ofPoints = [...openIn(left), ...onRight].filter(({ name }) => name.core === coreOf(parameters));
  const points = twoOf(ofPoints, parameters);
  if (points)
    refuse(
      'two-points',
      `${spellName(points.other.name)} beside ${spellName(points.one.name)}: with two accents in one statement they are hardly the same point`,
      points.other.span,
      `If they are the same, write ${parameters} for both; another point is a vector of its own, where ${spellName(points.other.name)} vector.`,
    );
  // With a tilde it is a modified loss.
  const labelled = onRight.filter(
    ({ name, sub, sup }) =>
      name.core === coreOf(loss) && !name.accents.includes('\\tilde') && (sub !== null || sup !== null),
  );
  const losses = twoOf(labelled, loss);
  if (losses)
    refuse(
      'two-losses',
      `losses with two accents in one statement, ${spellName(losses.one.name)} and ${spellName(losses.other.name)}`,
      losses.other.span,
      `Each step has one loss; write both as ${loss} if they are the same.`,
    );
}

const coreOf = (letter: string): string => parseLetter(letter)?.core ?? letter;

/** Two of the names whose accents differ in more than what says nothing. */
function twoOf(
  names: readonly NameItem[],
  letter: string,
): { readonly one: NameItem; readonly other: NameItem } | null {
  const own = new Set(parseLetter(letter)?.accents ?? []);
  const accentsOf = ({ name }: NameItem): string =>
    name.accents.filter(accent => !OWN.has(accent) && !own.has(accent)).join(' ');
  const [one] = names;
  const other = one && names.find(each => accentsOf(each) !== accentsOf(one));
  if (one === undefined || other === undefined) return null;
  return accentsOf(other) === '' ? { one: other, other: one } : { one, other };
}
