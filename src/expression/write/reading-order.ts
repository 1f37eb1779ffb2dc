/** The order in which terms, factors and letters are written. */
import { type Formula, COMPONENT } from '../../formula/formula.ts';
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
