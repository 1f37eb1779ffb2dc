/**
 * Differences of older iterates as sequences of their own, for updates in which they feed each other by constants: a rule of three steps and more,
 * or one that is pulled to θ^{(0)} beside θ^{(n−1)}. With u^{(n+1)} = F^{(n)}, u^{(0)} = 0, and the states that keep its older values,
 * v^{(n+1)} = u^{(n)}, the iterates are θ^{(n−1)} = θ^{(n)} + h u^{(n)} and θ^{(n−2)} = θ^{(n)} + h (u^{(n)} + v^{(n)}); with the path
 * D^{(n+1)} = D^{(n)} + F^{(n)}, D^{(0)} = 0, it is θ^{(0)} = θ^{(n)} + h D^{(n)}. No sum over the past solves such a system.
 */
import { addSeries, type Series } from '../../expression/calculus/series.ts';
import { divide, index, iterate, number, step, subtraction } from '../../formula/build.ts';
import { asForm } from '../../expression/core/index-form.ts';
import { COMPONENT_INDEX, ITERATION_INDEX } from '../../expression/core/indices.ts';
import { COMPONENT, type Formula, ITERATION } from '../../formula/formula.ts';
import { variableForm } from '../../number/linear-form.ts';
import type { Optimizer, StateRow } from '../../optimizer/model.ts';
import { iterationPlus } from '../../optimizer/label.ts';
import { nodes } from '../../optimizer/replace.ts';
import { stepsBack, usesStart } from './labels-used.ts';
import type { SequenceNames } from './sequences.ts';
import { PATH, PREVIOUS_STEP, type StepRow } from './states-of-steps.ts';

/** u and its older values, and D where θ^{(0)} is read. */
export interface StepsFollowed {
  readonly steps: readonly StepRow[];
  readonly path: StepRow | null;
}

/** The sequences that an update with θ^{(n−1)} and earlier ones needs. */
export function stepsFollowed(optimizer: Optimizer): StepsFollowed {
  const { update, states, quantities, span } = optimizer;
  const formulas = [update, ...states.map(({ right }) => right), ...quantities.map(({ body }) => body)];
  const back = Math.max(1, ...formulas.flatMap(labelsBack));
  const row = (name: string, letters: readonly string[], from: Formula, to: Formula): StepRow => ({
    name,
    letters,
    difference: divide(subtraction(iterate(index(COMPONENT), from), iterate(index(COMPONENT), to)), step),
    componentwise: true,
    right: number(0),
    initial: number(0),
    recursive: true,
    span,
  });
  return {
    steps: Array.from({ length: back }, (_, age) =>
      row(`${PREVIOUS_STEP}${age === 0 ? '' : age}`, LETTERS.slice(age), iterationPlus(-age - 1), iterationPlus(-age)),
    ),
    path: usesStart(optimizer) ? row(PATH, ['D', 'S'], number(0), iterationPlus(0)) : null,
  };
}

const LETTERS = ['u', 'v', 'w', 'd', 'q', 'r', 's'];

export const rowsFollowed = (followed: StepsFollowed | null): readonly StepRow[] =>
  followed === null ? [] : [...followed.steps, ...(followed.path === null ? [] : [followed.path])];

/** F^{(n)} for u, u^{(n)} for what keeps it, D^{(n)} + F^{(n)} for the path; null for the rows of the optimizer. */
export function followedRow(
  followed: StepsFollowed | null,
  row: StateRow,
  makeStep: () => Series,
  names: SequenceNames,
  order: number,
): Series | null {
  if (followed === null) return null;
  const now = (each: StateRow): Series =>
    names.series(each, variableForm(ITERATION_INDEX), variableForm(COMPONENT_INDEX), order);
  if (row === followed.path) return addSeries(now(row), makeStep());
  const age = followed.steps.findIndex(({ name }) => name === row.name);
  const newer = followed.steps[age - 1];
  if (newer !== undefined) return now(newer);
  return age === 0 ? makeStep() : null;
}

function labelsBack(formula: Formula): number[] {
  return [...nodes(formula)].flatMap(node => {
    const label =
      node.kind === 'iterate' && node.label !== null
        ? asForm(node.label, new Map([[ITERATION, variableForm(ITERATION_INDEX)]]))
        : null;
    return label === null ? [] : (stepsBack(label) ?? []);
  });
}
