/**
 * Rows as a program has them: each gives its name a new value, and a name means its newest one. Values without a label get
 * those of the step; a name that is given twice in one step keeps its last value, and the earlier one is written out where
 * it is read.
 */
import { refuse } from '../../base/problem.ts';
import { COMPONENT, type Formula } from '../../formula/formula.ts';
import { constantLabel, iterationPlus, offsetFromIteration } from '../label.ts';
import { refuseGivenTwice } from './given-twice.ts';
import { nodes, replaceIndex, rewrite } from '../replace.ts';
import type { NameRow, Row } from '../row.ts';

/** The label of parameters on the left that were typed without one. */
export const ASSIGNED = '#assigned';
const isAssigned = (label: Formula): boolean => label.kind === 'index' && label.name === ASSIGNED;

/** How the labels of a step are: its new values have n + made. */
export interface AssignmentStep {
  readonly made: number;
}

/** The rows in the order in which they act, with every value labelled; rows that are labelled once each stay as they are. */
export function actInOrder(all: readonly Row[], step: AssignmentStep): Row[] {
  // First values stand beside what acts in order.
  const isStart = (row: Row): boolean => row.kind === 'name' && row.label !== null && constantLabel(row.label) !== null;
  const starts = all.filter(isStart);
  const others = all.filter(row => !isStart(row));
  const isWithoutLabels = others.every(row => (row.kind === 'update' ? isAssigned(row.label) : row.label === null));
  return isWithoutLabels && starts.length > 0 ? [...inOrder(others, step), ...starts] : inOrder(all, step);
}

function inOrder(rows: readonly Row[], step: AssignmentStep): Row[] {
  refuseGivenTwice(rows);
  const hasUnlabelled = rows.some(row => row.kind === 'update' && isAssigned(row.label));
  const isProgram =
    hasUnlabelled && rows.every(row => (row.kind === 'update' ? isAssigned(row.label) : row.label === null));
  const states = isProgram ? readBeforeGiven(rows) : new Set<string>();
  const label = (made: boolean): Formula => iterationPlus(made ? step.made : step.made - 1);
  // First the labels: θ and the states of the step.
  const given = new Set<string>();
  let isMoved = false;
  const labelled = rows.map((row): Row => {
    const right =
      hasUnlabelled || states.size > 0
        ? withLabels(row.right, states, given, isMoved, hasUnlabelled, label)
        : row.right;
    if (row.kind === 'update') {
      if (!isAssigned(row.label)) return { ...row, right };
      isMoved = true;
      return { ...row, right, label: label(true) };
    }
    if (row.label === null && states.has(row.name)) {
      given.add(row.name);
      return { ...row, right, label: label(true) };
    }
    return { ...row, right };
  });
  return withoutEarlier(labelled);
}

/** The names that some row reads before it gives them, so that the value is one of the step before. */
function readBeforeGiven(rows: readonly Row[]): Set<string> {
  const names = new Set(rows.filter((row): row is NameRow => row.kind === 'name').map(row => row.name));
  const given = new Set<string>();
  const found = new Set<string>();
  for (const row of rows) {
    for (const node of nodes(row.right))
      if (node.kind === 'quantity' && names.has(node.name) && !given.has(node.name)) found.add(node.name);
    if (row.kind === 'name') given.add(row.name);
  }
  for (const name of found) {
    const own = rows.filter((row): row is NameRow => row.kind === 'name' && row.name === name);
    const [first] = own;
    const isKept = own.some(({ right }) =>
      [...nodes(right)].some(node => node.kind === 'quantity' && node.name === name),
    );
    if (first && !isKept)
      refuse(
        'read-before-given',
        `${name} is read before its row: the value of the step before, or the row stands too late`,
        first.span,
        'Put the row before the one that reads it, or write labels.',
      );
  }
  return found;
}

function withLabels(
  formula: Formula,
  states: ReadonlySet<string>,
  given: ReadonlySet<string>,
  isMoved: boolean,
  hasUnlabelled: boolean,
  label: (made: boolean) => Formula,
): Formula {
  return rewrite(formula, node => {
    if (node.kind === 'quantity' && node.labels.length === 0 && states.has(node.name))
      return { ...node, labels: [label(given.has(node.name))] };
    if (node.kind === 'iterate' && node.label === null && hasUnlabelled) return { ...node, label: label(isMoved) };
    return node;
  });
}

/** The key of the value that a row gives: a name, or the parameters, at a label. */
const keyOf = (row: Row): string | null => {
  const label = row.label === null ? 0 : offsetFromIteration(row.label);
  return label === null ? null : `${row.kind === 'update' ? '' : row.name}@${row.label === null ? 'none' : label}`;
};

/** Whether the formula reads the value with this key. */
const reads = (formula: Formula, key: string): boolean => [...nodes(formula)].some(node => keyOfUse(node) === key);

function keyOfUse(node: Formula): string | null {
  if (node.kind !== 'quantity' && node.kind !== 'iterate') return null;
  const label = node.kind === 'iterate' ? node.label : (node.labels[0] ?? null);
  const offset = label === null ? null : offsetFromIteration(label);
  if (label !== null && offset === null) return null;
  return `${node.kind === 'iterate' ? '' : node.name}@${offset ?? 'none'}`;
}

/** Rows that give again what a row before gave, reading it: the earlier value is inserted. Others stay, to be refused. */
function withoutEarlier(rows: readonly Row[]): Row[] {
  let kept = [...rows];
  for (let at = 0; at < kept.length; at += 1) {
    const row = kept[at];
    if (!row) continue;
    const key = keyOf(row);
    if (key === null) continue;
    const again = kept.findIndex((other, place) => place > at && keyOf(other) === key);
    const second = kept[again];
    // Between the two somebody reads the earlier value, or the second row does.
    if (!second || !kept.slice(at + 1, again + 1).some(other => reads(other.right, key))) continue;
    kept = kept.flatMap((other, place): Row[] => {
      if (place === at) return [];
      return [place > at && place <= again ? { ...other, right: inserted(other.right, key, row.right) } : other];
    });
    at -= 1;
  }
  return kept;
}

const inserted = (formula: Formula, key: string, value: Formula): Formula =>
  rewrite(formula, node => {
    if (keyOfUse(node) !== key) return node;
    const component = node.kind === 'iterate' ? node.component : node.kind === 'quantity' ? node.indices[0] : undefined;
    return component === undefined ? value : replaceIndex(value, COMPONENT, component);
  });
