/**
 * Sums and products over the past in an optimizer's rows: Σ_{i=1}^{t} g_i. With which number the past begins follows from how
 * the rows count; a sum that fits none of the ways, or two of them, is refused.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { oneLine } from '../../formula/one-line.ts';
import type { BigNode, Formula } from '../../formula/formula.ts';
import { ITERATION } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { constantLabel, offsetFromIteration } from '../label.ts';
import { nodes } from '../replace.ts';

type Labelled = Extract<Formula, { kind: 'loss' | 'schedule' | 'quantity' | 'iterate' }>;

const labelOf = (node: Labelled): Formula | null =>
  node.kind === 'loss'
    ? node.batch
    : node.kind === 'schedule'
      ? node.index
      : node.kind === 'iterate'
        ? node.label
        : (node.labels[0] ?? null);

/** A use of a label, and the least value that it has in the first step; `within` is the innermost sum that it counts in. */
export interface LeastLabel {
  readonly node: Labelled;
  readonly least: number;
  readonly within: BigNode | null;
}

/** The least labels in the step in which the iteration letter has the value `first`. Labels of another form are left out. */
export function leastLabelsInStep(formula: Formula, first: number): LeastLabel[] {
  const found: LeastLabel[] = [];
  const visit = (node: Formula, ranges: ReadonlyMap<string, { least: number; sum: BigNode } | null>): void => {
    if (node.kind === 'loss' || node.kind === 'schedule' || node.kind === 'quantity' || node.kind === 'iterate') {
      const label = labelOf(node);
      const use = label && least(label, first, ranges);
      if (use) found.push({ node, ...use });
    }
    if ((node.kind === 'sum' || node.kind === 'product') && node.sort === 'history') {
      visit(node.lower, ranges);
      visit(node.upper, ranges);
      const lower = least(node.lower, first, ranges);
      visit(node.body, new Map([...ranges, [node.index, lower && { least: lower.least, sum: node }]]));
      return;
    }
    for (const child of children(node)) visit(child, ranges);
  };
  visit(formula, new Map());
  return found;
}

function least(
  label: Formula,
  first: number,
  ranges: ReadonlyMap<string, { least: number; sum: BigNode } | null>,
): { least: number; within: BigNode | null } | null {
  const constant = constantLabel(label);
  if (constant !== null) return { least: constant, within: null };
  const offset = offsetFromIteration(label);
  if (offset !== null) return { least: first + offset, within: null };
  for (const [letter, range] of ranges) {
    const own = range && offsetFromIteration(renamed(label, letter));
    if (range && typeof own === 'number') return { least: range.least + own, within: range.sum };
  }
  return null;
}

/** The label with a bound letter in the place of n, so that it is read as n + c; null letters stay. */
const renamed = (label: Formula, letter: string): Formula =>
  label.kind === 'index'
    ? label.name === letter
      ? { ...label, name: ITERATION }
      : label.name === ITERATION
        ? { ...label, name: letter }
        : label
    : label.kind === 'add'
      ? { ...label, terms: label.terms.map(term => renamed(term, letter)) }
      : label.kind === 'negate'
        ? { ...label, argument: renamed(label.argument, letter) }
        : label;

/** Whether the sum runs over labels of the past: what it adds up has the label that it counts. */
const isOverThePast = (sum: BigNode): boolean =>
  [...nodes(sum.body)].some(node => {
    if (node.kind !== 'loss' && node.kind !== 'schedule' && node.kind !== 'quantity' && node.kind !== 'iterate')
      return false;
    const label = labelOf(node);
    return label !== null && [...nodes(label)].some(each => each.kind === 'index' && each.name === sum.index);
  });

/** Every sum and product over the past in the formula. */
const sumsOverThePast = (formula: Formula): BigNode[] =>
  [...nodes(formula)].filter(
    (node): node is BigNode =>
      (node.kind === 'sum' || node.kind === 'product') && node.sort === 'history' && isOverThePast(node),
  );

/** Refuses Σ_{i=1}^{t} where nothing says whether the rows count from 0, so that it leaves the first step out, or from 1. */
export function refuseSumFromOne(formula: Formula, letter: string, place: Span): void {
  for (const sum of sumsOverThePast(formula)) {
    const offset = offsetFromIteration(sum.upper);
    if (constantLabel(sum.lower) !== 1 || offset === null || offset > 0) continue;
    const [begin, from] = [`${letter} = 0, 1, \\dots`, `${letter} = 1, 2, \\dots`];
    refuse(
      'count-from',
      `this sum from 1 has two readings: all steps so far, if the rows count from 1, or all but the first, if they count from 0`,
      sum.span ?? place,
      `Say how the rows count: put \\quad ${from} behind a row for the first reading, ${begin} for the second.`,
    );
  }
}

/** Refuses a sum that begins before the first step: Σ_{i=0}^{t} g_i in rows that count from 1. */
export function refuseSumFromBefore(
  formula: Formula,
  first: number,
  shift: (node: Labelled) => number,
  place: Span,
): void {
  for (const { node, least: typed, within } of leastLabelsInStep(formula, first)) {
    if (within === null || node.kind === 'iterate' || typed - shift(node) >= 0) continue;
    refuse(
      'count-from',
      `this sum begins with the label ${typed}, and the first step has the label ${shift(node)}: ${oneLine(node)} does not exist there`,
      within.span ?? place,
      'Begin the sum with the first step, or count the rows from 0.',
    );
  }
}
