/** Sums of few terms written out: Σ_{k=n−1}^{n} a_k is a_{n−1} + a_n, under whatever else the domain asks of k. */
import type { Budget } from '../../../base/budget.ts';
import { closeConstraints, knownBound } from '../../../expression/core/domain.ts';
import { type Expression, expressionOf } from '../../../expression/core/expression.ts';
import { atomForm, isBound } from '../../../expression/core/indices.ts';
import { type RawTerm, substituteRaw, type Term } from '../../../expression/core/term.ts';
import { type LinearForm, variableForm } from '../../../number/linear-form.ts';

/** Sums of more terms than this stay as they are. */
const MOST_TERMS = 8;

/** The expression without sums of times whose ends differ by a small number; the same object where there is none. */
export function writeOutShortSums(expression: Expression, budget: Budget): Expression {
  const queue: Term[] = [...expression.terms];
  const rest: Term[] = [];
  let changed = false;
  for (let term = queue.pop(); term !== undefined; term = queue.pop()) {
    budget.spend();
    const places = shortRange(term);
    if (places === null) {
      rest.push(term);
      continue;
    }
    changed = true;
    for (const place of places.values) queue.push(...expressionOf([at(term, places.index, place)]).terms);
  }
  return changed ? expressionOf(rest) : expression;
}

/** A summed time with all places that its domain leaves to it; null where there is none with few. */
function shortRange(term: Term): { readonly index: number; readonly values: readonly LinearForm[] } | null {
  const closure = closeConstraints(term.constraints);
  if (closure === null) return null;
  for (const [index, sort] of term.sorts.entries()) {
    if (sort !== 'history') continue;
    for (const other of closure.nodes) {
      if (other === index || (isBound(other) && term.sorts[other] !== 'history')) continue;
      const [low, high] = [-knownBound(closure, other, index), knownBound(closure, index, other)];
      // index − other lies between the two, without end where nothing is known.
      if (high - low >= MOST_TERMS) continue;
      const values = Array.from({ length: high - low + 1 }, (_, i) => atomForm(other, low + i));
      return { index, values };
    }
  }
  return null;
}

/** The term with one value of a summed index, in free indices or one that follows; those after it are renumbered. */
function at(term: Term, index: number, value: LinearForm): RawTerm {
  const map = new Map<number, LinearForm>();
  // Each that follows; there are fewer than all.
  term.sorts.forEach((_, later) => {
    map.set(index + 1 + later, variableForm(index + later));
  });
  const terms = value.terms.map(([each, count]) => [isBound(each) ? each - 1 : each, count] as const);
  map.set(index, { ...value, terms });
  return substituteRaw(
    term,
    map,
    term.sorts.filter((_, i) => i !== index),
  );
}
