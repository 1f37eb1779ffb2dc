/** The order in which terms, factors and letters are written. */
import { type Formula, COMPONENT } from '../../formula/formula.ts';
import type { Factor } from '../core/factor.ts';
import type { Term } from '../core/term.ts';

/** 1 − β, sums before what is added to them, positive terms before negative ones. */
export function inReadingOrder(terms: readonly Term[]): Term[] {
  const weight = (term: Term): number =>
    (term.sorts.length > 0 ? -1000 : 0) + (term.coefficient.sign() < 0 ? 100 : 0) + term.factors.length;
  return [...terms].sort((a, b) => weight(a) - weight(b));
}
/** Bound letters before the component's own. */
export const inLetterOrder = (coordinates: readonly Formula[]): Formula[] =>
  [...coordinates].sort(
    (a, b) => Number(a.kind === 'index' && a.name === COMPONENT) - Number(b.kind === 'index' && b.name === COMPONENT),
  );
/** Scalars first, then gradients and points, then quantities. */
export function rank(factor: Factor): number {
  return {
    integer: 0,
    symbol: 1,
    index: 1,
    schedule: 2,
    product: 2,
    point: 3,
    loss: 4,
    recursive: 5,
    template: 5,
    function: 5,
    'vector-function': 5,
  }[factor.kind];
}
