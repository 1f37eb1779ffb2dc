/** Which iterates a rule reads besides θ^{(n)}: θ^{(n−1)} and earlier ones in its update, θ^{(0)} in its rows. */
import { asForm } from '../../expression/core/index-form.ts';
import { ITERATION_INDEX } from '../../expression/core/indices.ts';
import { type Definition, type Formula, ITERATION } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import type { Optimizer, StateRow } from '../../optimizer/model.ts';
import { nodesInserted } from '../../optimizer/checks/linear-coefficient.ts';

/** Whether a formula contains θ^{(n−1)} or an earlier one. */
export const usesPrevious = (formula: Formula): boolean => usesIterate(formula, label => stepsBack(label) !== null);

/** Whether the update, its rows inserted, or the row of a state contains one. */
export const readsPrevious = ({ update, states, quantities }: Optimizer): boolean =>
  [update, ...states.map(({ right }) => right)].some(formula =>
    usesIterate(formula, label => stepsBack(label) !== null, new Map(quantities.map(each => [each.name, each]))),
  );

/** Whether the update contains θ^{(0)}, its rows inserted. */
export const usesStart = ({ update, quantities }: Optimizer): boolean =>
  usesIterate(update, isStart, new Map(quantities.map(each => [each.name, each])));

/** c where the label is n − c with c ≥ 1. */
export const stepsBack = ({ constant, terms }: LinearForm): number | null =>
  terms.length === 1 && terms[0]?.[0] === ITERATION_INDEX && terms[0][1] === 1 && constant < 0 ? -constant : null;

export const isStart = ({ constant, terms }: LinearForm): boolean => constant === 0 && terms.length === 0;

/** Whether an iterate has a label of this kind; rows are looked at once each. */
function usesIterate(
  formula: Formula,
  is: (label: LinearForm) => boolean,
  rows: ReadonlyMap<string, Definition> = new Map(),
  seen = new Set<string>(),
): boolean {
  if (formula.kind === 'iterate' && formula.label !== null) {
    const label = asForm(formula.label, new Map([[ITERATION, variableForm(ITERATION_INDEX)]]));
    if (label !== null && is(label)) return true;
  }
  const row = formula.kind === 'quantity' && !seen.has(formula.name) ? rows.get(formula.name) : undefined;
  if (row !== undefined) seen.add(row.name);
  const parts = row === undefined ? children(formula) : [...children(formula), row.body];
  return parts.some(part => usesIterate(part, is, rows, seen));
}

/** Whether the row reads its own earlier value. */
export function readsItself({ name, right }: StateRow, { quantities }: Optimizer): boolean {
  const byName = new Map(quantities.map(each => [each.name, each]));
  return [...nodesInserted(right, byName)].some(node => node.kind === 'quantity' && node.name === name);
}
