/**
 * Terms taken into the sum that they belong to: f(b+1) + Σ_{k=a}^{b} f(k) = Σ_{k=a}^{b+1} f(k) for b ≥ a − 1, Σ_{k=a}^{b} f(k) − f(b) =
 * Σ_{k=a}^{b−1} f(k) for b ≥ a, the same at the other end, and sums over adjacent ranges as one. What stands under a sign or a root
 * then looks the same however its sum was cut, and a sum of what is positive is seen to be one.
 *
 * Source: Graham, Knuth, Patashnik, Concrete Mathematics, 2.3: terms split off.
 */
import type { Budget } from '../../../base/budget.ts';
import type { Constraint } from '../../../expression/core/domain.ts';
import { type Expression, sumTerms } from '../../../expression/core/expression.ts';
import { exponentKey, factorKey } from '../../../expression/core/factor.ts';
import type { IndexFacts } from '../../../expression/core/index-facts.ts';
import { atomForm, indexName } from '../../../expression/core/indices.ts';
import { makeTerm, type RawTerm, substituteRaw, type Term } from '../../../expression/core/term.ts';
import { addForms, type LinearForm, shiftForm } from '../../../number/linear-form.ts';

/** Expressions with more terms are left as they are. */
const MOST_TERMS = 24;

/** The expression with such terms in their sums; the same object where there are none. */
export function absorbEnds(expression: Expression, facts: IndexFacts, budget: Budget): Expression {
  if (expression.terms.length > MOST_TERMS) return expression;
  let current = expression;
  for (let next = absorbOnce(current, facts); next !== null; next = absorbOnce(current, facts)) {
    budget.spend(next.terms.length);
    current = next;
  }
  return current;
}

/** A sum over one time with one lower and one upper end. */
interface PlainSum {
  readonly term: Term;
  readonly lower: LinearForm;
  readonly upper: LinearForm;
  readonly atLower: Constraint;
  readonly atUpper: Constraint;
}

function absorbOnce({ terms }: Expression, facts: IndexFacts): Expression | null {
  for (const term of terms) {
    const sum = plainSum(term, facts);
    if (sum === null) continue;
    for (const other of terms) {
      if (other === term) continue;
      const made = withSingle(sum, other, facts) ?? withSum(sum, other, facts);
      if (made === null) continue;
      // Fewer terms each time.
      const next = sumTerms([...terms.filter(each => each !== term && each !== other), ...made]);
      if (next.terms.length < terms.length) return next;
    }
  }
  return null;
}

function plainSum(term: Term, facts: IndexFacts): PlainSum | null {
  if (term.sorts.length !== 1 || term.sorts[0] !== 'history') return null;
  const atLower = term.constraints.find(({ right }) => right === 0);
  const atUpper = term.constraints.find(({ left }) => left === 0);
  if (atLower === undefined || atUpper === undefined) return null;
  // What else is said, as that the range is not empty, has to be known; another end of the range is not.
  const others = term.constraints.filter(each => each !== atLower && each !== atUpper);
  const nonempty = { left: atLower.left, right: atUpper.right, bound: atLower.bound + atUpper.bound };
  const isKnown = (each: Constraint): boolean =>
    facts.implies(each) ||
    (each.left === nonempty.left && each.right === nonempty.right && each.bound >= nonempty.bound);
  if (!others.every(isKnown)) return null;
  return {
    term,
    atLower,
    atUpper,
    lower: shiftForm(atomForm(atLower.left), -atLower.bound),
    upper: shiftForm(atomForm(atUpper.right), atUpper.bound),
  };
}

/** The number of terms, where it is known not to be below `least`. */
const hasAtLeast = ({ lower, upper }: PlainSum, least: number, facts: IndexFacts): boolean =>
  facts.low(shiftForm(addForms(upper, lower, -1), 1)) >= least;

/** The sum with a term taken in or taken off at one of its ends; a term under a sum or a condition has another key. */
function withSingle(sum: PlainSum, other: Term, facts: IndexFacts): Term[] | null {
  const { term, lower, upper } = sum;
  const ends = [
    { place: shiftForm(upper, 1), least: 0, sign: 1, lowerBy: 0, upperBy: 1 },
    { place: shiftForm(lower, -1), least: 0, sign: 1, lowerBy: 1, upperBy: 0 },
    { place: upper, least: 1, sign: -1, lowerBy: 0, upperBy: -1 },
    { place: lower, least: 1, sign: -1, lowerBy: -1, upperBy: 0 },
  ];
  for (const { place, least, sign, lowerBy, upperBy } of ends) {
    if (!hasAtLeast(sum, least, facts)) continue;
    const there = valueAt(term, place);
    if (there === null || there.key !== other.key) continue;
    const isIt = other.coefficient.equals(sign > 0 ? there.coefficient : there.coefficient.negate());
    if (isIt) return madeOf(between(sum, lowerBy, upperBy));
  }
  return null;
}

/** Two sums over adjacent ranges as one. */
function withSum(sum: PlainSum, other: Term, facts: IndexFacts): Term[] | null {
  const next = plainSum(other, facts);
  if (next === null || !hasAtLeast(sum, 0, facts) || !hasAtLeast(next, 0, facts)) return null;
  const gap = addForms(next.lower, sum.upper, -1);
  if (gap.terms.length > 0 || gap.constant !== 1 || !next.term.coefficient.equals(sum.term.coefficient)) return null;
  if (factorsKey(sum.term) !== factorsKey(next.term)) return null;
  return madeOf({ ...sum.term, constraints: [sum.atLower, next.atUpper] });
}

/** The summand with its index, without the range. */
const factorsKey = ({ factors }: Term): string =>
  factors.map(({ factor, exponent }) => `${factorKey(factor, indexName)}${exponentKey(exponent, indexName)}`).join('*');

/** The summand at a place. */
function valueAt(term: Term, place: LinearForm): Term | null {
  return makeTerm(substituteRaw({ ...term, constraints: [], sorts: [] }, new Map([[0, place]]), []));
}

const between = ({ term, atLower, atUpper }: PlainSum, lowerBy: number, upperBy: number): RawTerm => ({
  ...term,
  constraints: [
    { ...atLower, bound: atLower.bound + lowerBy },
    { ...atUpper, bound: atUpper.bound + upperBy },
  ],
});

function madeOf(raw: RawTerm): Term[] {
  const made = makeTerm(raw);
  return made === null ? [] : [made];
}
