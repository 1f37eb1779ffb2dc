/**
 * Named intermediate points inserted into the losses that are taken there: ∇_jE_n(y^{(n)}) with y^{(n)} = θ^{(n)} − … becomes
 * a gradient at θ^{(n)} − …, so that whoever expands it sees its distance from the parameters.
 */
import { COMPONENT, type Definition, type Formula } from '../../formula/formula.ts';
import { children, withChildren } from '../../formula/walk.ts';
import { shiftIteration } from './counting.ts';
import { offsetFromIteration } from '../label.ts';
import { nodes, replaceIndex, rewrite } from '../replace.ts';

/**
 * The formula with `quantities` inserted into the points of its losses, also where they use each other. Outside losses only
 * those in `points` are inserted.
 */
export function insertPoints(
  formula: Formula,
  quantities: ReadonlyMap<string, Definition>,
  points: ReadonlySet<string>,
): Formula {
  const pointsOnly = new Map([...quantities].filter(([name]) => points.has(name)));
  return rewrite(insert(formula, pointsOnly, []), node => {
    if (node.kind !== 'loss') return node;
    return { ...node, at: { index: node.at.index, body: insert(node.at.body, quantities, []) } };
  });
}

function insert(formula: Formula, quantities: ReadonlyMap<string, Definition>, open: readonly string[]): Formula {
  if (formula.kind === 'quantity' && !open.includes(formula.name)) {
    const definition = quantities.get(formula.name);
    const body = definition && bodyAt(formula, definition);
    if (body) return insert(body, quantities, [...open, formula.name]);
  }
  return withChildren(
    formula,
    children(formula).map(child => insert(child, quantities, open)),
  );
}

/** The body for the component and label of the use; null where they are not letters that can be put in its place. */
function bodyAt(use: Extract<Formula, { kind: 'quantity' }>, { indices, labels, body }: Definition): Formula | null {
  const [component] = use.indices;
  const label = use.labels[0];
  const offset = labels.length > 0 && label ? offsetFromIteration(label) : 0;
  if (offset === null || (indices.length > 0 && component?.kind !== 'index')) return null;
  const shifted = shiftIteration(body, offset);
  if (component?.kind !== 'index' || component.name === COMPONENT || indices.length === 0) return shifted;
  return binds(shifted, component.name) ? null : replaceIndex(shifted, COMPONENT, component);
}

/** Whether the letter would be caught by a binder over COMPONENT. */
const binds = (formula: Formula, letter: string): boolean =>
  [...nodes(formula)].some(node => {
    const inside = binderOf(node);
    return (
      inside !== null &&
      inside.index === letter &&
      [...nodes(inside.body)].some(each => each.kind === 'index' && each.name === COMPONENT)
    );
  });

function binderOf(node: Formula): { readonly index: string; readonly body: Formula } | null {
  switch (node.kind) {
    case 'sum':
    case 'product':
      return node;
    case 'loss':
    case 'quantity':
      return node.at;
    case 'vector-call':
    case 'norm':
      return node.argument;
    default:
      return null;
  }
}
