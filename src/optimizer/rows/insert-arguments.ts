/**
 * Rows with an argument, as F(\theta) := E_n(\theta) + … : a function of its point. While rows are counted the argument is an
 * iterate with the label {@link ARGUMENT}; then a use at the point of its own label stays a use by name, and at another
 * point the body is inserted there.
 */
import { refuse } from '../../base/problem.ts';
import { index } from '../../formula/build.ts';
import { type Definition, type Formula, ITERATION, type QuantityNode, type Vector } from '../../formula/formula.ts';
import { atPoint, inlined } from '../../formula/substitute.ts';
import { iterationPlus, offsetFromIteration } from '../label.ts';
import type { Optimizer } from '../model.ts';
import { nodes, rewrite } from '../replace.ts';

/** The label of the argument in the body of a row that has one. */
const ARGUMENT = '#argument';

/** A row's right side with its argument, read as the current point, marked. */
export const markArgument = (right: Formula): Formula =>
  rewrite(right, node => (node.kind === 'iterate' && node.label === null ? { ...node, label: index(ARGUMENT) } : node));

export const isArgument = (label: Formula | null): boolean => label?.kind === 'index' && label.name === ARGUMENT;

const hasArgument = (formula: Formula): boolean =>
  [...nodes(formula)].some(node => node.kind === 'iterate' && isArgument(node.label));

const withArgument = (formula: Formula, label: Formula | null): Formula =>
  rewrite(formula, node => (node.kind === 'iterate' && isArgument(node.label) ? { ...node, label } : node));

/** The optimizer without arguments: every use has the point of its label or is written out. */
export function insertArguments(optimizer: Optimizer): Optimizer {
  const rows = new Map(optimizer.quantities.map(row => [row.name, row]));
  const inside = (formula: Formula, open: readonly string[] = []): Formula =>
    rewrite(formula, node => {
      const row = node.kind === 'quantity' && node.at !== null ? rows.get(node.name) : undefined;
      if (node.kind !== 'quantity' || node.at === null || row === undefined) return node;
      if (isOwnPoint(node, node.at)) return { ...node, at: null };
      if (!hasArgument(row.body)) return refuseOtherPoint(node);
      if (open.includes(row.name))
        return refuse('definition-cycle', `${row.name} is defined through itself`, node.span);
      const body = inlined({ ...node, at: null }, { ...row, body: withArgument(row.body, null) });
      return inside(atPoint(body, node.at), [...open, row.name]);
    });
  const own = (row: Definition): Definition => ({
    ...row,
    body: inside(withArgument(row.body, index(ITERATION)), [row.name]),
  });
  return {
    ...optimizer,
    states: optimizer.states.map(state => ({ ...state, right: inside(state.right), initial: inside(state.initial) })),
    quantities: optimizer.quantities.map(own),
    update: inside(optimizer.update),
  };
}

/** Whether a use is taken at θ^{(l)} for its own label l. */
function isOwnPoint(use: QuantityNode, { body }: Vector): boolean {
  if (body.kind !== 'iterate') return false;
  const [label = iterationPlus(0)] = use.labels;
  const [point, own] = [offsetFromIteration(body.label ?? iterationPlus(0)), offsetFromIteration(label)];
  return point !== null && point === own;
}

const refuseOtherPoint = ({ name, span }: QuantityNode): never =>
  refuse(
    'other-point',
    `${name} is taken at another point than that of its row`,
    span,
    `Give its row an argument, as ${name}(\\theta) := …, to use it at other points.`,
  );
