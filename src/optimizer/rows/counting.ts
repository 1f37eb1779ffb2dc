/**
 * From the labels as typed to the labels of the model, where the first step makes θ^{(1)} from θ^{(0)} with E_0.
 *
 * Let the letter have the value `first` in the first step and let its row make θ with the label n + a. Then n becomes
 * n + first, a typed label of θ or of a quantity goes down by first + a − 1, a state whose row makes n + d goes down by
 * first + d − 1, and, where rows count from 1, losses and schedules go down so that the first step uses the first one.
 */
import type { Formula } from '../../formula/formula.ts';
import { ITERATION } from '../../formula/formula.ts';
import type { Recurring } from './classify.ts';
import { constantLabel, iterationPlus, offsetFromIteration, shiftLabel } from '../label.ts';
import { leastLabelsInStep, refuseSumFromBefore, refuseSumFromOne } from './history-sums.ts';
import type { Counting, CountingSign, Notation, TypedCounting } from '../model.ts';
import { refuse } from '../../base/problem.ts';
import { nodes, rewrite } from '../replace.ts';
import { isArgument } from './insert-arguments.ts';
import type { NameRow, UpdateRow } from '../row.ts';

/** What decides how rows count. */
export interface CountedRows {
  readonly update: UpdateRow;
  /** a, 0 or 1. */
  readonly updateOffset: number;
  readonly rows: ReadonlyMap<string, Recurring>;
  readonly states: ReadonlySet<string>;
  readonly initial: ReadonlyMap<string, NameRow>;
  readonly notation: Notation;
  /** The first value of the letter that a row names, as `t = 1, 2, \dots`. */
  readonly typed: { readonly value: 0 | 1; readonly text: string } | null;
}

/** Decides how the rows count. Refuses sums over the past that fit none of the ways, or two. */
export function decideCounting(rowsAsTyped: CountedRows): TypedCounting {
  const given = startsAtZero(rowsAsTyped) ? { ...rowsAsTyped, typed: null } : rowsAsTyped;
  const { update, updateOffset, rows, states, initial, notation, typed } = given;
  const all = [update, ...[...rows.values()].map(({ row }) => row)];
  const right = all.map(row => row.right);
  const sign = signOf(given, right);
  const startsAtOne = typed ? typed.value === 1 : sign !== null;
  const first = startsAtOne ? 1 : 0;
  if (sign === 'update') for (const row of initial.values()) refuseStepToZero(row, notation);
  if (sign === null) for (const row of all) refuseSumFromOne(row.right, notation.iteration, row.span);
  // A first value may be made of a loss that no step reads any more.
  const starts = [...initial.values()].map(row => row.right);
  const least = [...right, ...starts].flatMap(formula => leastLabelsInStep(formula, first));
  const firstIndex = (kind: 'loss' | 'schedule'): number => {
    // Where rows count from 0, a sum from 1 leaves the first loss out; it says nothing of what the first one is called.
    const counted = least.filter(({ node, within }) => node.kind === kind && (startsAtOne || within === null));
    const own = counted.map(each => each.least);
    // The first step may use the first loss alone: f_k beside f_{k−1} in the step k = 1 is that loss, and f_0 one before it.
    const alone = counted.filter(({ within }) => within === null).map(each => each.least);
    const isFirst = startsAtOne && kind === 'loss' && Math.max(...alone) === 1;
    return isFirst || ((startsAtOne || notation.index === 'subscript') && Math.min(...own) === 1) ? 1 : 0;
  };
  const counting: TypedCounting = {
    first,
    iterates: first + updateOffset - 1,
    losses: firstIndex('loss'),
    schedules: startsAtOne ? firstIndex('schedule') : 0,
    states: new Map([...states].map(name => [name, first + (rows.get(name)?.offset ?? 1) - 1])),
    sign,
    typed: typed?.text ?? null,
  };
  for (const row of all) refuseSumFromBefore(row.right, first, node => downOf(node, counting), row.span);
  return counting;
}

/** `y_0 = x_{-1}` beside `x_k = y_k - …`: the step to x_0 is one, which the update alone would not tell. */
function refuseStepToZero({ right, span }: NameRow, { parameters: x, iteration: k }: Notation): void {
  const isBefore = [...nodes(right)].some(
    node => node.kind === 'iterate' && node.label !== null && constantLabel(node.label) === -1,
  );
  if (!isBefore) return;
  refuse(
    'two-readings',
    `the update makes ${x} with the label ${k}: its first step is that to ${x} with the label 1, or, by this first value, that to ${x} with the label 0`,
    span,
    `Number the points so that the rows say one of the two: ${x} with the label ${k} + 1 on the left of the update, and ${x} with the label 0 in the first value.`,
  );
}

/** What says that the rows count from 1 or, where a row says it itself, how they count. */
function signOf(
  { typed, updateOffset, initial, rows, notation }: CountedRows,
  right: readonly Formula[],
): CountingSign {
  if (typed) return 'typed';
  if (updateOffset === 0) return 'update';
  if ([...initial.values()].some(startsFromFirst) || anchorsAtOne(right)) return 'first-iterate';
  if (notation.index !== 'subscript') return null;
  if ([...initial.values()].some(row => startsFromZero(row, rows))) return 'start';
  return right.some(dividesByZeroAtZero) ? 'correction' : null;
}

/** What is taken from the typed label of a node. */
function downOf(node: Formula, counting: Counting): number {
  switch (node.kind) {
    case 'loss':
      return counting.losses;
    case 'schedule':
      return counting.schedules;
    case 'quantity':
      return counting.states.get(node.name) ?? counting.iterates;
    default:
      return counting.iterates;
  }
}

/** `m_0 = \nabla f(x_0)` beside `m_k = …, k \ge 1`: there is a step from x_0, and the range is that of this row alone. */
const startsAtZero = ({ initial, updateOffset }: CountedRows): boolean =>
  updateOffset === 1 &&
  [...initial.values()].some(
    ({ label, right }) =>
      label !== null &&
      constantLabel(label) === 0 &&
      [...nodes(right)].some(node => node.kind === 'iterate' && node.label !== null && constantLabel(node.label) === 0),
  );

/** `m_0 = 0` beside `m_t = \beta m_{t-1} + …`: the first row made is m_1. */
function startsFromZero(row: NameRow, rows: ReadonlyMap<string, Recurring>): boolean {
  const recurring = rows.get(row.name);
  // y_0 = x_0 says where the points start, not how their rows count.
  const isOfStep = [...nodes(row.right)].some(node => node.kind === 'loss' || node.kind === 'iterate');
  return recurring?.offset === 0 && row.label !== null && constantLabel(row.label) === 0 && !isOfStep;
}

/** `y_1 = x_1`: the points start with the label 1. */
function startsFromFirst({ label, right }: NameRow): boolean {
  const labels = [...nodes(right)].flatMap(node =>
    node.kind === 'iterate' && node.label !== null ? (constantLabel(node.label) ?? []) : [],
  );
  return label !== null && constantLabel(label) === 1 && labels.length > 0 && labels.every(each => each === 1);
}

/** w_{t+1} = w_1 − η\sum_{i=1}^{t}…: the first point, of those with a number as label, has the label 1. */
const anchorsAtOne = (right: readonly Formula[]): boolean => {
  const labels = right.flatMap(formula =>
    [...nodes(formula)].flatMap(node =>
      node.kind === 'iterate' && node.label !== null ? (constantLabel(node.label) ?? []) : [],
    ),
  );
  return labels.length > 0 && labels.every(label => label === 1);
};

/** A denominator 1 − β^t, which is zero where t = 0. */
export function dividesByZeroAtZero(formula: Formula): boolean {
  return [...nodes(formula)].some(node => {
    if (node.kind !== 'divide' || node.denominator.kind !== 'add') return false;
    const [one, minus, ...others] = node.denominator.terms;
    if (others.length > 0 || one?.kind !== 'number' || !one.value.isOne() || minus?.kind !== 'negate') return false;
    const { argument } = minus;
    return (
      argument.kind === 'power' && argument.base.kind === 'parameter' && offsetFromIteration(argument.exponent) === 0
    );
  });
}

/** The formula with n replaced by n + amount; n + 1 − 1 is written n. */
export function shiftIteration(formula: Formula, amount: number): Formula {
  if (amount === 0) return formula;
  return rewrite(formula, node => {
    if (node.kind === 'index' && node.name === ITERATION) return { ...iterationPlus(amount), span: node.span };
    if (node.kind !== 'add') return node;
    const offset = offsetFromIteration(node);
    return offset === null ? node : { ...iterationPlus(offset), span: node.span };
  });
}

/** The labels of the formula taken to the model's, with n already replaced. */
export function shiftLabels(formula: Formula, counting: Counting): Formula {
  return rewrite(formula, node => {
    switch (node.kind) {
      case 'iterate':
        if (isArgument(node.label)) return node;
        return { ...node, label: shiftLabel(node.label ?? iterationPlus(counting.iterates), -counting.iterates) };
      case 'loss':
        return node.batch ? { ...node, batch: shiftLabel(node.batch, -counting.losses) } : node;
      case 'schedule':
        return { ...node, index: shiftLabel(node.index, -counting.schedules) };
      case 'quantity': {
        return { ...node, labels: node.labels.map(label => shiftLabel(label, -downOf(node, counting))) };
      }
      default:
        return node;
    }
  });
}
