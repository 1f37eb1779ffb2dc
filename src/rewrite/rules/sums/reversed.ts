/**
 * Sums counted from the other end: Σ_{x=0}^{y} f(y − x) = Σ_{x=0}^{y} f(x). An index that stands in denominators, schedules and
 * definitions as y − x + c alone, and whose bounds are numbers and y up to numbers, is counted from y down, so that two sums
 * over the same things in opposite orders are one.
 */
import type { Budget } from '../../../base/budget.ts';
import type { Constraint } from '../../../expression/core/domain.ts';
import { type Expression, expressionOf } from '../../../expression/core/expression.ts';
import { type FactorPower, factorForms, timesAbove } from '../../../expression/core/factor.ts';
import { ZERO } from '../../../expression/core/indices.ts';
import { type RawTerm, substituteRaw, type Term } from '../../../expression/core/term.ts';
import { addForms, coefficientOf, type LinearForm, variableForm } from '../../../number/linear-form.ts';

/** The expression with such sums counted from the other end; the same object where there are none. */
export function countedUp(expression: Expression, budget: Budget): Expression {
  let changed = false;
  const raws = expression.terms.map((term): RawTerm => {
    for (const [index, sort] of term.sorts.entries()) {
      const end = sort === 'history' ? endOf(term, index) : null;
      if (end === null) continue;
      budget.spend();
      changed = true;
      return turned(term, index, end);
    }
    return term;
  });
  return changed ? expressionOf(raws) : expression;
}

/** The index y with which x is counted down everywhere it is anchored; null where there is none, or none alone. */
function endOf(term: Term, index: number): number | null {
  const anchors = term.factors.flatMap(own => anchorsOf(own, index));
  const [first, ...others] = anchors;
  const end = first?.terms.find(([other]) => other !== index)?.[0] ?? null;
  if (first === undefined || end === null) return null;
  const isDown = (form: LinearForm): boolean =>
    form.terms.length === 2 && coefficientOf(form, index) === -1 && coefficientOf(form, end) === 1;
  if (![first, ...others].every(isDown)) return null;
  const isPlain = ({ left, right }: Constraint): boolean =>
    (left !== index && right !== index) || [ZERO, end].includes(left === index ? right : left);
  return term.constraints.every(isPlain) ? end : null;
}

/** The forms in which x is no plain weight: all but exponents and polynomials. */
function anchorsOf({ factor, exponent }: FactorPower, index: number): LinearForm[] {
  if (factor.kind === 'index' && timesAbove({ exponent }) !== 0) return [];
  return factorForms(factor).filter(form => coefficientOf(form, index) !== 0);
}

/** The term with y − x in place of x. */
function turned(term: Term, index: number, end: number): RawTerm {
  const down = addForms(variableForm(end), variableForm(index), -1);
  const own = term.constraints.filter(({ left, right }) => left === index || right === index);
  const rest = term.constraints.filter(each => !own.includes(each));
  const moved = substituteRaw({ ...term, constraints: rest }, new Map([[index, down]]));
  const side = (other: number): number => (other === ZERO ? end : ZERO);
  const turn = ({ left, right, bound }: Constraint): Constraint =>
    left === index ? { left: side(right), right: index, bound } : { left: index, right: side(left), bound };
  return { ...moved, constraints: [...rest, ...own.map(turn)] };
}
