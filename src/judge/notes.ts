/** What a reader should know of how a claim was read: terms that are ignored, equations that are read as approximations. */
import { kindFacts, statesMotion } from '../notation/kinds.ts';
import type { Claim, Statement } from '../document/model.ts';
import { isMean } from '../notation/settings.ts';
import { meanNote, weakNotes } from '../document/conventions.ts';
import { degreeInStep } from '../formula/degree-in-step.ts';
import { regimeOf } from './keys/regime/scaling.ts';

/** One line a fact, each once. */
export function notesOf(claim: Claim): string[] {
  const definitions = new Map(claim.definitions.map(each => [each.name, each]));
  const notes = claim.statements.filter(statesMotion).flatMap(statement => {
    const highest = claim.order + kindFacts(statement.kind).extraPowers;
    const degree = degreeInStep(statement.right, definitions);
    const regime = regimeOf(claim, statement);
    return [
      ...(degree !== null && degree > highest ? [`terms above ${claim.notation.step}^${highest} are ignored`] : []),
      ...(regime !== null && statement.relation === '=' ? [`= is read as ≈ in the regime ${regime}`] : []),
    ];
  });
  const averaged = isMean(claim.setting) && claim.statements.some(statesMotion) ? [meanNote(claim.notation)] : [];
  return [
    ...new Set([
      ...notes,
      ...averaged,
      ...weakNotes(claim),
      ...claim.statements.flatMap(statement => withoutRemainder(claim, statement)),
    ]),
  ];
}

/** An equality of what follows from the rows is one of series in h, and without O(·) nothing typed says how far it goes. */
function withoutRemainder({ order, notation }: Claim, statement: Statement): string[] {
  const isOpen = statement.kind === 'expansion' && statement.relation === '=' && statement.remainder === null;
  return isOpen
    ? [`no O(·) is typed: the sides are compared up to and including ${notation.step}^${statement.order ?? order}`]
    : [];
}
