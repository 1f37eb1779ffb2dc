/**
 * Sums over the whole history and values of the start as states: Σ_{k=0}^{n} b_k is s^{(n+1)} with s^{(n+1)} = s^{(n)} + b_n, and what
 * has the label 0 is kept as it is. The iterates are the same.
 */
import { addition, index, number, quantity } from '../../formula/build.ts';
import { type BigNode, COMPONENT, type Formula, ITERATION } from '../../formula/formula.ts';
import { children, withChildren } from '../../formula/walk.ts';
import { constantLabel, iterationPlus, offsetFromIteration } from '../label.ts';
import type { Optimizer, StateRow } from '../model.ts';
import { nodes, replaceIndex } from '../replace.ts';
import { mentionsAnywhere } from '../row-ranges.ts';

const here = index(ITERATION);
const component = index(COMPONENT);

/** The optimizer in this form; what is not of this shape stays. */
export function withRecursions(optimizer: Optimizer): Optimizer {
  const made: StateRow[] = [];
  const keep = (right: (own: Formula) => Formula, initial: Formula, label: Formula): Formula => {
    const name = `#s${made.length}`;
    made.push({
      name,
      componentwise: true,
      right: right(quantity(name, [component], [here])),
      initial,
      span: optimizer.span,
    });
    return quantity(name, [component], [label]);
  };
  const convert = (formula: Formula): Formula => {
    if (formula.kind === 'sum' && isWholeHistory(formula)) {
      const upper = offsetFromIteration(formula.upper) ?? 0;
      const term = replaceIndex(formula.body, formula.index, here);
      return keep(own => addition(own, term), number(0), iterationPlus(upper + 1));
    }
    if (isOfStart(formula)) return keep(own => own, formula, here);
    // A point of a loss stays where it is.
    if (formula.kind === 'loss') return formula;
    return withChildren(formula, children(formula).map(convert));
  };
  const update = convert(optimizer.update);
  return made.length === 0 ? optimizer : { ...optimizer, states: [...optimizer.states, ...made], update };
}

/** Σ_{k=0}^{n} or Σ_{k=0}^{n−1} of terms that do not depend on n. */
function isWholeHistory({ sort, lower, upper, body }: BigNode): boolean {
  const last = offsetFromIteration(upper);
  return (
    sort === 'history' &&
    constantLabel(lower) === 0 &&
    (last === 0 || last === -1) &&
    !mentionsAnywhere(body, ITERATION)
  );
}

/** θ_j^{(0)}, or a gradient at θ^{(0)}. */
function isOfStart(formula: Formula): boolean {
  if (formula.kind !== 'iterate' && formula.kind !== 'derivative') return false;
  if (mentionsAnywhere(formula, ITERATION)) return false;
  const points = [...nodes(formula)].filter(node => node.kind === 'iterate');
  return (
    points.length > 0 &&
    points.every(({ label }) => label !== null && constantLabel(label) === 0) &&
    (formula.kind === 'derivative' ? formula.by : [formula.component]).every(
      each => each.kind === 'index' && each.name === COMPONENT,
    )
  );
}
