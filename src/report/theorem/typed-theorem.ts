/** A theorem with the labels that the author of its optimizer counts, so that it can be copied into the document as a claim. */
import { isEpoch } from '../../notation/settings.ts';
import { countsAlike, definitionWithTypedLabels, letterShift, withTypedLabels } from '../../document/typed-labels.ts';
import type { Formula } from '../../formula/formula.ts';
import type { Theorem } from './theorem-parts.ts';

/** The same theorem in the author's counting; the very same where that is the model's. */
export function typedTheorem<T extends Theorem>(theorem: T): T {
  const { optimizer, limit = null, regime = null, form, from } = theorem;
  if (countsAlike(optimizer)) return theorem;
  // In a limit or a regime a flow stands without its interval.
  const counted = {
    namesStep: form === 'map' || (limit === null && regime === null && !isEpoch(theorem.setting)),
  };
  const typed = (formula: Formula): Formula => withTypedLabels(formula, optimizer, counted);
  return {
    ...theorem,
    coefficients: theorem.coefficients.map(typed),
    definitions: theorem.definitions.map(each => definitionWithTypedLabels(each, optimizer, counted)),
    ...(theorem.losses ? { losses: theorem.losses.map(typed) } : {}),
    ...(theorem.inserted ? { inserted: theorem.inserted.map(typed) } : {}),
    ...(theorem.whole ? { whole: typed(theorem.whole) } : {}),
    ...(from === undefined || from === 0 ? {} : { from: from + letterShift(optimizer, counted) }),
  };
}
