/**
 * Which names of an optimizer are states and which are intermediate quantities.
 *
 * A row with its own earlier value is a state; so is a row that gets its own earlier value back through intermediate
 * rows, where no row on the way is a state by itself; so is a row whose earlier value is read and has an initial row.
 */
import { refuse } from '../../base/problem.ts';
import type { Formula } from '../../formula/formula.ts';
import { offsetFromIteration } from '../label.ts';
import { directUses } from '../checks/recursive-states.ts';
import { nodes } from '../replace.ts';
import type { NameRow } from '../row.ts';

/** A recurring row: its label is the iteration letter plus `offset`, or it has none (null). */
export interface Recurring {
  readonly row: NameRow;
  readonly offset: number | null;
}

/**
 * The names of `rows` that are states; `formulas` are all right sides. Refuses circles of intermediate rows.
 */
export function findStates(
  rows: ReadonlyMap<string, Recurring>,
  initialised: ReadonlySet<string>,
  formulas: readonly Formula[],
): Set<string> {
  const own = [...rows.values()].filter(({ row }) => usesItself(row, rows) || row.keeps === true);
  const states = new Set(own.map(({ row }) => row.name));
  for (const name of initialised) if (isReadLater(name, rows, formulas)) states.add(name);
  // Every round makes one more row a state, so this ends.
  for (let circle = findCircle(rows, states); circle; circle = findCircle(rows, states)) {
    // The value that reaches furthest is the one that a step makes; the others are read from the values of its start.
    const furthest = circle.toSorted(
      (left, right) => (rows.get(right)?.offset ?? -1) - (rows.get(left)?.offset ?? -1),
    )[0];
    const candidate = circle.find(name => initialised.has(name)) ?? furthest;
    if (candidate === undefined || states.has(candidate) || !goesBack(circle, rows)) {
      const row = rows.get(circle[0] ?? '')?.row;
      return refuse('definition-cycle', `these rows need each other at the same step: ${circle.join(', ')}`, row?.span);
    }
    states.add(candidate);
    // One that keeps the value of a step before, as k^{(n+1)} = m^{(n)} beside m^{(n+1)} = βk^{(n)} + g, is a state as well.
    for (const name of circle) if (keepsOlder(name, rows, states, formulas)) states.add(name);
  }
  return states;
}

const uses = (formula: Formula): Extract<Formula, { kind: 'quantity' }>[] =>
  [...nodes(formula)].filter(node => node.kind === 'quantity');

const offsetOf = (use: Extract<Formula, { kind: 'quantity' }>): number | null => {
  const label = use.labels[0];
  return label ? offsetFromIteration(label) : null;
};

/** Whether a value that an earlier step made is read, so that the first step reads one that no step made. */
function isReadLater(name: string, rows: ReadonlyMap<string, Recurring>, formulas: readonly Formula[]): boolean {
  const made = rows.get(name)?.offset ?? null;
  return formulas.flatMap(uses).some(use => {
    const offset = use.name === name ? offsetOf(use) : null;
    return made !== null && offset !== null && offset < made;
  });
}

/** Whether an earlier value of the row is read, for which it would need a state's value from before the one that a step starts from. */
function keepsOlder(
  name: string,
  rows: ReadonlyMap<string, Recurring>,
  states: ReadonlySet<string>,
  formulas: readonly Formula[],
): boolean {
  const { row, offset: made = null } = rows.get(name) ?? {};
  if (row === undefined || made === null || states.has(name)) return false;
  const read = formulas.flatMap(uses).flatMap(use => (use.name === name ? (offsetOf(use) ?? []) : []));
  const back = made - Math.min(made, ...read);
  return (
    back > 0 &&
    uses(row.right).some(use => {
      const offset = states.has(use.name) ? offsetOf(use) : null;
      const own = rows.get(use.name)?.offset ?? null;
      return offset !== null && own !== null && offset - back < own - 1;
    })
  );
}

function usesItself(row: NameRow, rows: ReadonlyMap<string, Recurring>): boolean {
  const left = rows.get(row.name)?.offset ?? null;
  const own = uses(row.right).filter(use => use.name === row.name);
  const direct = new Set(directUses(row.right, new Map()));
  for (const use of own) {
    const offset = offsetOf(use);
    if (left === null || offset === null) {
      refuse('bad-label', `${row.name} uses itself without saying at which step`, use.span ?? row.span);
    }
    if (offset > left || (offset === left && direct.has(use))) {
      const hint =
        offset > left
          ? `A step reads values of the steps before: most likely ${row.name} with a label less than that on the left is meant.`
          : 'Through a factor h it may: elsewhere solve the row for it.';
      refuse(
        'definition-cycle',
        `${row.name} uses its own value of the same or a later step`,
        use.span ?? row.span,
        hint,
      );
    }
    if (offset < left - 1) {
      refuse(
        'state-too-far-back',
        `${row.name} uses its own value of more than one step before`,
        use.span ?? row.span,
        'Introduce a second name for the earlier value.',
      );
    }
  }
  return own.length > 0;
}

/** A circle of intermediate rows, in the order in which they need each other; null when there is none. */
function findCircle(rows: ReadonlyMap<string, Recurring>, states: ReadonlySet<string>): string[] | null {
  const done = new Set<string>(states);
  const path: string[] = [];
  const visit = (name: string): string[] | null => {
    if (done.has(name) || !rows.has(name)) return null;
    const seen = path.indexOf(name);
    if (seen !== -1) return path.slice(seen);
    path.push(name);
    for (const use of uses(rows.get(name)?.row.right ?? { kind: 'step', span: null })) {
      const circle = visit(use.name);
      if (circle) return circle;
    }
    path.pop();
    done.add(name);
    return null;
  };
  for (const name of rows.keys()) {
    const circle = visit(name);
    if (circle) return circle;
  }
  return null;
}

/** Whether going once around the circle leads to an earlier step, so that one of its rows can be a state. */
function goesBack(circle: readonly string[], rows: ReadonlyMap<string, Recurring>): boolean {
  let total = 0;
  for (const [position, name] of circle.entries()) {
    const next = circle[(position + 1) % circle.length];
    const row = rows.get(name);
    const left = row?.offset ?? 0;
    const offsets = uses(row?.row.right ?? { kind: 'step', span: null })
      .filter(use => use.name === next)
      .map(offsetOf);
    total += Math.max(...offsets.map(offset => (offset ?? left) - left));
  }
  return total < 0;
}
