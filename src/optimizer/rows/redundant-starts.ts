/**
 * First values that a row gives by itself: y_0 = x_0 beside y_k = x_k + \beta(x_k − x_{k−1}), since the parameters before the first are the
 * first. With them left out y is a quantity of the points that the rows already have, not a state with a past of its own.
 */
import { index, number } from '../../formula/build.ts';
import { type Formula, ITERATION } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';
import { areEqualFormulas } from '../checks/equal-formulas.ts';
import { constantLabel } from '../label.ts';
import { nodes, replaceIndex, rewrite } from '../replace.ts';
import type { NameRow } from '../row.ts';
import type { Recurring } from './classify.ts';

/** The names whose initial row says what their row says; `first` is the label of the first iterate. */
export function redundantStarts(
  initial: ReadonlyMap<string, NameRow>,
  recurring: ReadonlyMap<string, Recurring>,
  first: number,
): string[] {
  return [...initial.values()]
    .filter(start => {
      const made = recurring.get(start.name);
      const label = start.label === null ? null : constantLabel(start.label);
      if (!made || made.offset === null || label === null || !isOfPoints(made.row.right)) return false;
      const value = replaceIndex(made.row.right, ITERATION, number(label - made.offset));
      return areEqualFormulas(fromFirst(value, first), fromFirst(start.right, first));
    })
    .map(({ name }) => name);
}

/** Whether nothing but points, n and scalars stands in it. */
const isOfPoints = (formula: Formula): boolean =>
  [...nodes(formula)].every(({ kind }) => kind !== 'quantity' && kind !== 'loss' && kind !== 'vector-call') &&
  [...nodes(formula)].some(({ kind }) => kind === 'iterate');

/** The formula with every iterate of a label up to the first as the first one. */
const fromFirst = (formula: Formula, first: number): Formula =>
  rewrite(formula, node => {
    const label = node.kind === 'iterate' && node.label !== null ? constantLabel(withNumbers(node.label)) : null;
    return node.kind === 'iterate' && label !== null && label <= first ? { ...node, label: index(ITERATION) } : node;
  });

/** 0 − 1 as the number −1. */
function withNumbers(formula: Formula): Formula {
  return rewrite(formula, node => {
    if (node.kind === 'negate' && node.argument.kind === 'number')
      return { ...node.argument, value: node.argument.value.negate() };
    if (node.kind !== 'add' || !node.terms.every(term => term.kind === 'number')) return node;
    const total = node.terms.reduce((sum, term) => (term.kind === 'number' ? sum.add(term.value) : sum), Rational.zero);
    return total.isInteger() ? { ...number(Number(total.num)), span: node.span } : node;
  });
}
