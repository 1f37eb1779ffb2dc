/**
 * Rows with an argument, as F(\theta) := E_n(\theta) + … : a function of its point. While rows are counted the argument is an
 * iterate with the label {@link ARGUMENT}; then a use at the point of its own label stays a use by name, and at another
 * point the body is inserted there.
 */
import { refuse } from '../../base/problem.ts';
import { index } from '../../formula/build.ts';
import { type Definition, type Formula, ITERATION, type QuantityNode, type Vector } from '../../formula/formula.ts';
import { atPoint, inlined } from '../../formula/substitute.ts';
import { constantLabel, iterationPlus, offsetFromIteration } from '../label.ts';
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
  const derived = (formula: Formula): Formula => inside(derivedByArgument(formula, rows));
  const own = (row: Definition): Definition => ({
    ...row,
    body: inside(derivedByArgument(withArgument(row.body, index(ITERATION)), rows), [row.name]),
  });
  return {
    ...optimizer,
    states: optimizer.states.map(state => ({ ...state, right: derived(state.right), initial: derived(state.initial) })),
    quantities: optimizer.quantities.map(own),
    update: derived(optimizer.update),
  };
}

/**
 * ∇F_t(x_t) of a row with an argument in which other points stand too, F_t(x) := f_t(x) + (λ/2)‖x − x_0‖²: the derivative by the argument,
 * which is the one by x_t where the row does not name that point as well. Where its argument is the only point it is the same.
 */
function derivedByArgument(formula: Formula, rows: ReadonlyMap<string, Definition>): Formula {
  return rewrite(formula, node => {
    if (node.kind !== 'derivative' || node.asked === undefined || node.asked.by !== null) return node;
    const use = node.argument;
    const row = use.kind === 'quantity' && use.at !== null ? rows.get(use.name) : undefined;
    if (use.kind !== 'quantity' || use.at === null || row === undefined || !hasArgument(row.body)) return node;
    const points = [...nodes(inlined({ ...use, at: null }, row))].flatMap(each =>
      each.kind === 'iterate' && !isArgument(each.label) ? [placeOf(each.label)] : [],
    );
    const own = use.at.body.kind === 'iterate' ? placeOf(use.at.body.label) : null;
    if (points.length === 0 || own === null || points.some(place => place === null || place === own)) return node;
    return { ...node, asked: { by: use.at } };
  });
}

/** A label that is n plus a number or a number, in words; null for any other. */
function placeOf(label: Formula | null): string | null {
  if (label === null) return 'n0';
  const offset = offsetFromIteration(label);
  if (offset !== null) return `n${offset}`;
  const constant = constantLabel(label);
  return constant === null ? null : `${constant}`;
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
