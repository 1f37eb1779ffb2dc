/** Whether an update reads points before the current one. */
import type { Expression } from '../expression/core/expression.ts';
import type { Factor } from '../expression/core/factors.ts';
import { ITERATION_INDEX } from '../expression/core/indices.ts';
import { instantiate } from '../expression/core/template.ts';
import type { LinearForm } from '../number/linear-form.ts';

/** Whether it has a point other than θ^{(n)}. */
export const readsPast = (value: Expression): boolean =>
  value.terms.some(({ factors }) => factors.some(({ factor }) => hasLabel(factor, isPast)));

export const isPast = (label: LinearForm): boolean =>
  !(
    label.constant === 0 &&
    label.terms.length === 1 &&
    label.terms[0]?.[0] === ITERATION_INDEX &&
    label.terms[0][1] === 1
  );

/** Whether some point in the factor has a label that is wanted. */
export function hasLabel(factor: Factor, wanted: (label: LinearForm) => boolean): boolean {
  if ('at' in factor) return factor.at !== null && wanted(factor.at);
  return (
    'template' in factor &&
    instantiate(factor.template, factor.arguments).terms.some(({ factors }) =>
      factors.some(power => hasLabel(power.factor, wanted)),
    )
  );
}
