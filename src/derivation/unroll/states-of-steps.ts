/** The states that an update has besides its own, and what is not unrolled. */
import { refuse } from '../../base/problem.ts';
import type { Series } from '../../expression/calculus/series.ts';
import { type Expression, ZERO_EXPRESSION } from '../../expression/core/expression.ts';
import type { Formula } from '../../formula/formula.ts';
import type { LinearForm } from '../../number/linear-form.ts';
import type { Optimizer, StateRow } from '../../optimizer/model.ts';
import { atLabel, markerOf, ownMarker } from './markers.ts';

/** The step u^{(n+1)} = F^{(n)} of an update that uses θ^{(n−1)} or θ^{(n+1)}. */
export const PREVIOUS_STEP = '#step';
/** The path from the start, D^{(n+1)} = D^{(n)} + F^{(n)}. */
export const PATH = '#path';

/** A state that no row of the optimizer makes, with the letters that it may have. */
export interface StepRow extends StateRow {
  readonly letters: readonly string[];
  /** What it is at n. */
  readonly difference: Formula;
}

/** The first coefficient of a state that is not known, or one that is `more` later, as a marker. */
export function unknownOf(
  { states }: Optimizer,
  name: string,
  more: number,
  label: LinearForm,
  component: LinearForm,
): Expression {
  const number = name === PATH ? states.length + 1 : states.findIndex(state => state.name === name) + 1;
  return markerOf(number + more * (states.length + 2), label, component);
}

/**
 * A state's own earlier value while coefficient q of its recursion is solved: known below q, a marker at q, another one for each that a
 * quotient by h asks for beyond; zero at first for q < 0.
 */
export function ownValue(
  optimizer: Optimizer,
  { name, q, known }: { readonly name: string; readonly q: number; readonly known: readonly Expression[] },
  label: LinearForm,
  component: LinearForm,
  order: number,
): Series {
  const later = Array.from({ length: Math.max(0, order - Math.max(0, q)) }, (_, more) =>
    unknownOf(optimizer, name, more + 1, label, component),
  );
  if (q < 0) return later.length === 0 ? [] : [ZERO_EXPRESSION, ...later];
  return [...known.slice(0, q).map(value => atLabel(value, label, component)), ownMarker(component), ...later];
}

/** Refuses an update that is not θ^{(n)} + O(h). */
export const refuseNoSmallStep = ({ update, span }: Optimizer): never =>
  refuse(
    'step-not-small',
    'the update is not seen to be θ^{(n)} plus a step of order h',
    update.span ?? span,
    'States that are O(h) themselves and feed each other, or stand under a sign or a norm, are not followed: write them as h times a state.',
  );

/** Refuses a state, or a step where `row` is null, whose coefficient needs itself. */
export const refuseCoupledStates = (name: string, row: StateRow | null, optimizer: Optimizer): never =>
  refuse(
    'coupled-states',
    `${nameOf(name, optimizer)} needs another value that needs it at the same power of h`,
    row?.span ?? optimizer.span,
    'Values may feed each other through a factor h, as through the point of a gradient; other systems have to be solved by hand first.',
  );

/** What a message calls a state. */
const nameOf = (name: string, { notation }: Optimizer): string =>
  name === PREVIOUS_STEP || name === PATH ? `the step of ${notation.parameters}` : name.replace(/^#+(lag:)?/, '');
