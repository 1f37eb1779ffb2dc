/** Initial rows: the value that the first step reads, or the one that it would make. */
import { refuse } from '../../base/problem.ts';
import { number } from '../../formula/build.ts';
import { COMPONENT, type Formula } from '../../formula/formula.ts';
import type { Recurring } from './classify.ts';
import { shiftIteration, shiftLabels } from './counting.ts';
import { constantLabel, offsetFromIteration, shiftLabel } from '../label.ts';
import type { Counting, Optimizer } from '../model.ts';
import { nodes, rewrite } from '../replace.ts';
import type { NameRow, Row } from '../row.ts';

export interface Start {
  readonly right: Formula;
  /** The row gives the value that the first step would make, so that the recursion begins one step later. */
  readonly madeByFirstStep: boolean;
}

export function readStart(
  row: NameRow,
  recurring: ReadonlyMap<string, Recurring>,
  states: ReadonlySet<string>,
  counting: Counting,
): Start {
  const offset = recurring.get(row.name)?.offset ?? 1;
  const constant = (row.label && constantLabel(row.label)) ?? 0;
  if (!states.has(row.name)) {
    refuse(
      'initial-value-not-read',
      `${row.name} has no earlier value of its own, so its initial value is never read`,
      row.span,
      'Leave it out: the rule is the same without it.',
    );
  }
  // The label in the model: 0 is what the first step reads, 1 what it makes.
  const label = constant - (counting.states.get(row.name) ?? 0);
  if (label !== 0 && label !== 1) {
    refuse(
      'bad-initial-row',
      `the first step reads the value with the label ${counting.first + offset - 1}, not this one`,
      row.span,
    );
  }
  if ([...nodes(row.right)].some(node => node.kind === 'quantity' && node.name === row.name)) {
    refuse('definition-cycle', 'an initial value cannot use itself', row.span);
  }
  return { right: shiftIteration(row.right, -counting.first), madeByFirstStep: label === 1 };
}

/** The initial rows with the rows that they name put in, so that d_0 = g_0 is d_0 = ∇f_0(x_0) where g_t = ∇f_t(x_t). */
export function startsWrittenOut(
  initial: ReadonlyMap<string, NameRow>,
  recurring: ReadonlyMap<string, Recurring>,
): ReadonlyMap<string, NameRow> {
  const inserted = (node: Formula): Formula => {
    if (node.kind !== 'quantity') return node;
    const { row, offset = null } = recurring.get(node.name) ?? {};
    const label = node.labels[0] ? constantLabel(node.labels[0]) : null;
    const isWhole = node.indices.every(each => each.kind === 'index' && each.name === COMPONENT);
    const readsRows = row === undefined || [...nodes(row.right)].some(({ kind }) => kind === 'quantity');
    return offset === null || label === null || !isWhole || readsRows ? node : atStep(row.right, label - offset);
  };
  return new Map([...initial].map(([name, row]) => [name, { ...row, right: rewrite(row.right, inserted) }]));
}

/** The formula with n a number, in labels too. */
const atStep = (formula: Formula, n: number): Formula =>
  rewrite(formula, node => {
    const offset = offsetFromIteration(node);
    return offset === null ? node : shiftLabel(number(0), n + offset);
  });

/**
 * A state whose initial row gives its label 1 is counted one step later: its recursion then begins with the second step,
 * and every label of it goes down by one.
 */
export function startLater(optimizer: Optimizer, names: ReadonlySet<string>): Optimizer {
  if (names.size === 0) return optimizer;
  const counting: Counting = {
    first: 0,
    iterates: 0,
    losses: 0,
    schedules: 0,
    states: new Map([...names].map(name => [name, 1])),
  };
  const lower = (formula: Formula): Formula => shiftLabels(formula, counting);
  return {
    ...optimizer,
    startedLater: names,
    states: optimizer.states.map(state => ({
      ...state,
      right: lower(names.has(state.name) ? shiftIteration(state.right, 1) : state.right),
      initial: lower(state.initial),
    })),
    quantities: optimizer.quantities.map(quantity => ({ ...quantity, body: lower(quantity.body) })),
    update: lower(optimizer.update),
  };
}

interface Started {
  readonly rows: readonly Row[];
  readonly first?: { readonly value: 0 | 1; readonly text: string } | null;
}

/**
 * `x_1 = x_0` and `x_{-1} = x_0`: that the points before the first step are one, as the model has it. The later label is that of the first one: the first
 * counts the rows from 1.
 */
export function withoutEqualStarts<T extends Started>(typed: T): T {
  const later = (row: Row): number | null => {
    const own = row.kind === 'update' ? constantLabel(row.label) : null;
    const other = row.right.kind === 'iterate' && row.right.label !== null ? constantLabel(row.right.label) : null;
    return own !== null && other !== null && Math.abs(own - other) === 1 ? Math.max(own, other) : null;
  };
  const update = typed.rows.find(row => row.kind === 'update' && constantLabel(row.label) === null);
  const made = update?.label ? offsetFromIteration(update.label) : null;
  const pairs = typed.rows.filter(row => later(row) !== null);
  const [pair] = pairs;
  if (pair === undefined || made === null || made === undefined) return typed;
  const label = later(pair);
  // The value of the letter in the first step, which starts from that point.
  const value = (label ?? 0) + 1 - made;
  if ((value !== 0 && value !== 1) || pairs.some(row => later(row) !== label)) return typed;
  const isSaidOtherwise = typed.first != null && typed.first.value !== value;
  if (isSaidOtherwise)
    refuse(
      'two-readings',
      `by this row the first step has the number ${value}, and by ${typed.first?.text} another one`,
      pair.span,
      'Leave one of them out.',
    );
  const { source, start, end } = pair.span;
  const first =
    value === 1 && made === 1 ? { value: 1 as const, text: source.text.slice(start, end).trim() } : typed.first;
  return { ...typed, rows: typed.rows.filter(row => !pairs.includes(row)), ...(first == null ? {} : { first }) };
}
