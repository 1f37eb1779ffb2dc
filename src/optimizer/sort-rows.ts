/** The rows of an optimizer by what they make: the parameters, values of every step, first values. */
import { refuse } from '../base/problem.ts';
import { positionAt, type Span } from '../base/span.ts';
import { areEqualFormulas } from './checks/equal-formulas.ts';
import { constantLabel, offsetFromIteration } from './label.ts';
import type { Notation } from './model.ts';
import type { NameRow, Row, UpdateRow } from './row.ts';
import type { Recurring } from './rows/classify.ts';
import { shiftIteration } from './rows/counting.ts';

/** The one row that makes the parameters, and the label that it makes less n. */
export function findUpdate(text: { readonly rows: readonly Row[]; readonly notation: Notation; readonly span: Span }): {
  update: UpdateRow;
  offset: number;
} {
  const updates = text.rows.filter(row => row.kind === 'update');
  const recurring = updates.filter(row => constantLabel(row.label) === null);
  const fixed = updates.find(row => constantLabel(row.label) !== null);
  if (fixed)
    refuse(
      'fixed-start',
      'the starting point of the parameters is free and cannot be given',
      fixed.span,
      constantLabel(fixed.label) === 1
        ? 'If it is the first step as the other rows make it, leave it out, and a range such as t = 1, 2, … behind them, so that they count from 0.'
        : 'Leave it out; the first value of a state has a row of its own.',
    );
  const [update, second] = recurring;
  if (!update) {
    const { parameters: letter, iteration, component, index } = text.notation;
    const made = index === 'subscript' ? `${letter}_{${iteration}+1}` : `${letter}_${component}^{(${iteration}+1)}`;
    const hint = `One row must make the parameters, as ${made} = ….`;
    return refuse('no-update', 'no row updates the parameters', text.span, hint);
  }
  if (second) {
    const { line } = positionAt(update.span.source.text, update.span.start);
    refuse(
      'two-updates',
      `the parameters are updated twice, here and in line ${line}`,
      second.span,
      'Exactly one row updates them: give a point in between a name of its own, as y_t, or put another rule behind a comment of its own.',
    );
  }
  const offset = offsetFromIteration(update.label);
  if (offset !== 0 && offset !== 1) {
    refuse('bad-label', 'the update must make θ^{(n+1)} or θ^{(n)}', update.label.span ?? update.span);
  }
  return { update, offset };
}

/** Rows that make a value in every step, and first values, by their names. */
export function sortRows(rows: readonly Row[]): { recurring: Map<string, Recurring>; initial: Map<string, NameRow> } {
  const recurring = new Map<string, Recurring>();
  const initial = new Map<string, NameRow>();
  for (const row of rows) {
    if (row.kind !== 'name') continue;
    const constant = row.label && constantLabel(row.label) !== null;
    const kind = constant ? initial : recurring;
    const before = kind.get(row.name);
    if (before) {
      if ('row' in before && isSameLater(before, row)) continue;
      refuse(
        'two-rows',
        `${row.name} is given by two rows`,
        row.span,
        'Each name has one row, and perhaps an initial one.',
      );
    }
    if (constant) {
      initial.set(row.name, row);
      continue;
    }
    const offset = row.label && offsetFromIteration(row.label);
    if (row.label && offset === null) {
      refuse('bad-label', 'a row makes a value with the label n or n plus a number', row.label.span ?? row.span);
    }
    recurring.set(row.name, { row, offset });
  }
  for (const row of initial.values()) {
    if (!recurring.has(row.name)) {
      const hint = `Add the row that makes ${row.name} in every step.`;
      refuse('state-never-updated', `${row.name} has an initial value and is never updated`, row.span, hint);
    }
  }
  return { recurring, initial };
}

/** \mu_{t+1} = … beside \mu_t = …, where it is the same row one step on. */
function isSameLater({ row, offset }: Recurring, later: NameRow): boolean {
  const own = later.label && offsetFromIteration(later.label);
  if (offset === null || own === null || own === offset) return false;
  return areEqualFormulas(shiftIteration(row.right, own - offset), later.right);
}
