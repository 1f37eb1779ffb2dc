/** What holds at the top of a statement: n ≥ 0. Terms outside it are dropped, an n that it fixes is inserted. */
import { closeConstraints, closureConstraints, type Constraint, impliedEquality } from '../expression/domain.ts';
import { type Expression, expressionOf } from '../expression/expression.ts';
import { factorForms } from '../expression/factor.ts';
import { ITERATION_INDEX, ZERO } from '../expression/indices.ts';
import { type RawTerm, substituteRaw, type Term } from '../expression/term.ts';
import { coefficientOf, constantForm } from '../number/linear-form.ts';

const FACTS: readonly Constraint[] = [{ left: ZERO, right: ITERATION_INDEX, bound: 0 }];

/** The expression under n ≥ 0. */
export function underContext(expression: Expression): Expression {
  const raws: RawTerm[] = [];
  let changed = false;
  for (const term of expression.terms) {
    const placed = placeTerm(term);
    if (placed !== term) changed = true;
    if (placed !== null) raws.push(placed);
  }
  return changed ? expressionOf(raws) : expression;
}

function placeTerm(term: Term): RawTerm | null {
  if (term.constraints.length === 0) return term;
  const closure = closeConstraints([...term.constraints, ...FACTS]);
  if (closure === null) return null;
  const fixed = impliedEquality(closure, index => index === ITERATION_INDEX);
  if (fixed !== null && fixed.other === ZERO && mentionsIteration(term)) {
    const condition: Constraint[] = [
      { left: ITERATION_INDEX, right: ZERO, bound: fixed.shift },
      { left: ZERO, right: ITERATION_INDEX, bound: -fixed.shift },
    ];
    const inserted = substituteRaw(term, new Map([[ITERATION_INDEX, constantForm(fixed.shift)]]));
    return { ...inserted, constraints: [...inserted.constraints, ...condition] };
  }
  const constraints = closureConstraints(closure).filter(
    c => !(c.left === ZERO && c.right === ITERATION_INDEX && c.bound >= 0),
  );
  const same =
    constraints.length === term.constraints.length &&
    constraints.every(c => term.constraints.some(d => d.left === c.left && d.right === c.right && d.bound === c.bound));
  return same ? term : { ...term, constraints };
}

/** Whether n occurs in the term apart from its domain. */
const mentionsIteration = (term: Term): boolean =>
  term.factors.some(({ factor, exponent }) =>
    [exponent.form, ...factorForms(factor)].some(form => coefficientOf(form, ITERATION_INDEX) !== 0),
  );
