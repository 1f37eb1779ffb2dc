/**
 * What is known at a place, n ≥ 0 at the top of a statement: terms that it excludes are dropped, conditions that it implies
 * too, and an n or p that a domain fixes is inserted.
 */
import {
  closeConstraints,
  type Closure,
  closureConstraints,
  type Constraint,
  impliedEquality,
  knownBound,
} from '../expression/core/domain.ts';
import { type Expression, expressionOf } from '../expression/core/expression.ts';
import { factorForms } from '../expression/core/factor.ts';
import { IndexFacts } from '../expression/core/index-facts.ts';
import {
  atomForm,
  DIMENSION_INDEX,
  freeSort,
  isBound,
  isFormIndex,
  isSlot,
  ITERATION_INDEX,
  ZERO,
} from '../expression/core/indices.ts';
import { type RawTerm, substituteRaw, type Term } from '../expression/core/term.ts';
import { addForms, coefficientOf, constantForm, type LinearForm } from '../number/linear-form.ts';

/** The expression where the facts hold; by default at the top of a statement. */
export function underContext(expression: Expression, facts: IndexFacts = IndexFacts.TOP): Expression {
  const raws: RawTerm[] = [];
  let changed = false;
  for (const term of expression.terms) {
    const placed = placeTerm(term, facts);
    if (placed !== term) changed = true;
    if (placed !== null) raws.push(placed);
  }
  return changed ? expressionOf(raws) : expression;
}

function placeTerm(term: Term, facts: IndexFacts): RawTerm | null {
  if (term.constraints.length === 0) return term;
  const closure = closeConstraints([...term.constraints, ...facts.constraints]);
  if (closure === null) return null;
  for (const whole of [ITERATION_INDEX, DIMENSION_INDEX]) {
    const fixed = impliedEquality(closure, index => index === whole);
    if (fixed === null || fixed.other !== ZERO || !mentions(term, whole)) continue;
    const condition: Constraint[] = [
      { left: whole, right: ZERO, bound: fixed.shift },
      { left: ZERO, right: whole, bound: -fixed.shift },
    ];
    const inserted = substituteRaw(term, new Map([[whole, constantForm(fixed.shift)]]));
    // Written as where nothing is inserted, so that what is left cancels.
    const constraints = [...inserted.constraints, ...condition].filter(each => !facts.implies(each));
    return { ...inserted, constraints };
  }
  const letter = fixedLetter(term) ?? fixedByForm(term, closure);
  if (letter !== null) return placeLetter(term, letter);
  const constraints = closureConstraints(closure).filter(c => !facts.implies(c) && concerns(term, c));
  const same =
    constraints.length === term.constraints.length &&
    constraints.every(c => term.constraints.some(d => d.left === c.left && d.right === c.right && d.bound === c.bound));
  return same ? term : { ...term, constraints };
}

/** Whether the term speaks of both indices of a constraint: what facts say of other indices is no condition of its own. */
function concerns(term: Term, { left, right }: Constraint): boolean {
  const isKnown = (index: number): boolean =>
    index === ZERO || isBound(index) || term.constraints.some(c => c.left === index || c.right === index);
  return isKnown(left) && isKnown(right);
}

/** A free letter of the statement, or p, that the domain ties to another index and that still occurs in the factors. */
function fixedLetter(term: Term): { readonly variable: number; readonly form: LinearForm } | null {
  const isTime = (index: number): boolean =>
    !isBound(index) && !isSlot(index) && index > ITERATION_INDEX && freeSort(index) === 'history';
  const isLetter = (index: number): boolean => (index === DIMENSION_INDEX || isTime(index)) && mentions(term, index);
  const closure = closeConstraints(term.constraints);
  const found = closure === null ? null : impliedEquality(closure, isLetter);
  if (found === null || isBound(found.other)) return null;
  const form = atomForm(found.other, found.shift);
  if (coefficientOf(form, found.variable) !== 0) return null;
  return {
    variable: found.variable,
    form,
  };
}

/** n where the domain says n + p = 4 and both stand in the factors: 4 − p. */
function fixedByForm(term: Term, closure: Closure): { readonly variable: number; readonly form: LinearForm } | null {
  for (const index of closure.nodes.filter(isFormIndex)) {
    const bound = knownBound(closure, index, ZERO);
    if (!Number.isFinite(bound) || knownBound(closure, ZERO, index) !== -bound) continue;
    const whole = atomForm(index, -bound);
    if (whole.terms.some(([each]) => isSlot(each) || !mentions(term, each))) continue;
    const own = whole.terms.find(([, count]) => Math.abs(count) === 1);
    if (own === undefined) continue;
    const [variable, count] = own;
    return { variable, form: addForms(atomForm(variable), whole, -count) };
  }
  return null;
}

/** The same term with the letter's value in its factors; its domain still says so. */
function placeLetter(
  term: Term,
  { variable, form }: { readonly variable: number; readonly form: LinearForm },
): RawTerm {
  const inserted = substituteRaw({ ...term, constraints: [] }, new Map([[variable, form]]));
  return { ...inserted, constraints: term.constraints };
}

/** Whether the index occurs in the term apart from its domain. */
const mentions = (term: Term, index: number): boolean =>
  term.factors.some(({ factor, exponent }) =>
    [exponent.form, ...factorForms(factor)].some(form => coefficientOf(form, index) !== 0),
  );
