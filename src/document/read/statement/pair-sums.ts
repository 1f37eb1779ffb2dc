/** \sum_{i<j} where j is the letter of the component: all pairs, or the i below the statement's own j. */
import { refuse } from '../../../base/problem.ts';
import { COMPONENT, type Formula } from '../../../formula/formula.ts';
import { children } from '../../../formula/walk.ts';
import { nodes } from '../../../optimizer/replace.ts';
import type { Notation } from '../../../optimizer/model.ts';

/** Refuses the letter of the component in the range of a sum where nothing else in the statement has it, so that it may be summed over too. */
export function refusePairsOfComponents(sides: readonly Formula[], { component }: Notation): void {
  const found: Formula[] = [];
  if (sides.some(side => hasOwnComponent(side, found))) return;
  const [sum] = found;
  if (sum?.kind !== 'sum' && sum?.kind !== 'product') return;
  refuse(
    'component-or-bound',
    `${component} stands in the range of this ${sum.kind} and nowhere outside of it: it is summed over as well, or it is the statement's own component`,
    sum.span,
    `For all pairs take another letter, or bind both: \\sum_{1 \\le i < k \\le p}; for one component write ${component} on the other side too.`,
  );
}

/** Whether the component occurs otherwise than in the range of a sum and under that sum; such sums are collected. */
function hasOwnComponent(formula: Formula, found: Formula[]): boolean {
  if (formula.kind === 'index') return formula.name === COMPONENT;
  if ((formula.kind === 'sum' || formula.kind === 'product') && [formula.lower, formula.upper].some(hasComponent)) {
    found.push(formula);
    return false;
  }
  return children(formula).some(child => hasOwnComponent(child, found));
}

const hasComponent = (formula: Formula): boolean =>
  [...nodes(formula)].some(node => node.kind === 'index' && node.name === COMPONENT);
