/**
 * From the labels as typed to the labels of the model, where the first step makes θ^{(1)} from θ^{(0)} with E_0.
 *
 * Let the letter have the value `first` in the first step and let its row make θ with the label n + a. Then n becomes
 * n + first, a typed label of θ or of a quantity goes down by first + a − 1, a state whose row makes n + d goes down by
 * first + d − 1, and, where rows count from 1, losses and schedules go down so that the first step uses the first one.
 */
import type { Formula } from '../formula/formula.ts';
import { ITERATION } from '../formula/formula.ts';
import type { Recurring } from './classify.ts';
import { constantLabel, iterationPlus, offsetFromIteration, shiftLabel } from './label.ts';
import type { Notation } from './model.ts';
import { nodes, rewrite } from './replace.ts';
import { isArgument } from './insert-arguments.ts';
import type { NameRow, UpdateRow } from './row.ts';

export interface Counting {
  /** The letter's value in the first step, 0 or 1. */
  readonly first: number;
  /** What is taken from a typed label of θ or a quantity. */
  readonly iterates: number;
  /** What is taken from a typed index of a loss. */
  readonly losses: number;
  readonly schedules: number;
  /** What is taken from a typed label of a state. */
  readonly states: ReadonlyMap<string, number>;
}

/** Decides how the rows count. `updateOffset` is a, 0 or 1. */
export function decideCounting(
  update: UpdateRow,
  updateOffset: number,
  rows: ReadonlyMap<string, Recurring>,
  states: ReadonlySet<string>,
  initial: ReadonlyMap<string, NameRow>,
  index: Notation['index'],
): Counting {
  const right = [update.right, ...[...rows.values()].map(({ row }) => row.right)];
  const startsAtOne =
    updateOffset === 0 ||
    (index === 'subscript' &&
      ([...initial.values()].some(row => startsFromZero(row, rows)) || right.some(dividesByZeroAtZero)));
  const first = startsAtOne ? 1 : 0;
  const firstIndex = (kind: 'loss' | 'schedule'): number => {
    const offsets = right.flatMap(formula => indexOffsets(formula, kind));
    const least = Math.min(...offsets) + first;
    return (startsAtOne || index === 'subscript') && least === 1 ? 1 : 0;
  };
  return {
    first,
    iterates: first + updateOffset - 1,
    losses: firstIndex('loss'),
    schedules: startsAtOne ? firstIndex('schedule') : 0,
    states: new Map([...states].map(name => [name, first + (rows.get(name)?.offset ?? 1) - 1])),
  };
}

/** `m_0 = 0` beside `m_t = \beta m_{t-1} + …`: the first row made is m_1. */
function startsFromZero(row: NameRow, rows: ReadonlyMap<string, Recurring>): boolean {
  const recurring = rows.get(row.name);
  const hasGradient = [...nodes(row.right)].some(node => node.kind === 'loss');
  return recurring?.offset === 0 && row.label !== null && constantLabel(row.label) === 0 && !hasGradient;
}

/** A denominator 1 − β^t, which is zero where t = 0. */
function dividesByZeroAtZero(formula: Formula): boolean {
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

function indexOffsets(formula: Formula, kind: 'loss' | 'schedule'): number[] {
  const offsets: number[] = [];
  for (const node of nodes(formula)) {
    if (node.kind !== kind) continue;
    const at = node.kind === 'loss' ? node.batch : node.index;
    const offset = at && offsetFromIteration(at);
    if (typeof offset === 'number') offsets.push(offset);
  }
  return offsets;
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
        const down = counting.states.get(node.name) ?? counting.iterates;
        return { ...node, labels: node.labels.map(label => shiftLabel(label, -down)) };
      }
      default:
        return node;
    }
  });
}
