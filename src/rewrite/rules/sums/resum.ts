/**
 * Resummation: Σ_x x^d r^x over a range with symbolic bounds, exactly, where x occurs in nothing but exponents and
 * polynomials. With q(x) such that r q(x+1) − q(x) = x^d the sum from a to b is q(b+1) r^{b+1} − q(a) r^a; for r = 1 q is a
 * polynomial (Faulhaber), else it has powers of r − 1 below, which is non-zero off a null set.
 */
import type { Budget } from '../../../base/budget.ts';
import { type Assumptions, withIndices } from '../../../expression/arithmetic/assumptions.ts';
import { closeConstraints, type Constraint, knownBound } from '../../../expression/core/domain.ts';
import {
  add,
  type Expression,
  factorExpression,
  multiply,
  type OpenedTerm,
  openTerm,
  scale,
  sumOverAll,
  sumTerms,
} from '../../../expression/core/expression.ts';
import { type FactorPower, factorForms, integerExponent } from '../../../expression/core/factor.ts';
import type { IndexFacts } from '../../../expression/core/index-facts.ts';
import { asAtom, atomForm, DIMENSION_INDEX, freeSort, isBound, ZERO } from '../../../expression/core/indices.ts';
import { isScalar } from '../../../expression/arithmetic/scalar.ts';
import { makeTerm, type Term } from '../../../expression/core/term.ts';
import {
  addForms,
  coefficientOf,
  type LinearForm,
  shiftForm,
  substituteForm,
  variableForm,
} from '../../../number/linear-form.ts';
import { sumPowers } from '../../sum-powers.ts';
import { hasValue } from '../../../expression/arithmetic/thin-zeros.ts';

/** The expression with every index summed out that occurs in exponents and polynomials only. */
export function sumOut(expression: Expression, assumptions: Assumptions, budget: Budget): Expression {
  const parts: Expression[] = [];
  let changed = false;
  for (const term of expression.terms) {
    budget.spend();
    const summed = sumOutTerm(term, assumptions, budget);
    if (summed !== null) changed = true;
    parts.push(summed ?? sumTerms([term]));
  }
  return changed ? add(...parts) : expression;
}

function sumOutTerm(term: Term, assumptions: Assumptions, budget: Budget): Expression | null {
  for (let index = 0; index < term.sorts.length; index += 1) {
    if (!isUnanchored(term, index)) continue;
    const range = rangeOf(term, index, assumptions.indices);
    if (range === null) continue;
    if ('split' in range) {
      const parts = range.split.flatMap(extra => {
        const part = makeTerm({ ...term, constraints: [...term.constraints, ...extra] });
        return part === null ? [] : [part];
      });
      return sumOut(sumTerms(parts), assumptions, budget);
    }
    return sumOut(closedForm(term, index, range.lower, range.upper, assumptions), assumptions, budget);
  }
  return null;
}

/** Whether a bound index occurs only in exponents of symbols and of sums of them, and in polynomials. */
function isUnanchored(term: Term, index: number): boolean {
  return term.factors.every(({ factor, exponent }) => {
    const inFactor = factorForms(factor).some(form => coefficientOf(form, index) !== 0);
    const inExponent = coefficientOf(exponent.form, index) !== 0;
    if (factor.kind === 'index') return !inFactor || (integerExponent(exponent) ?? -1) >= 0;
    if (factor.kind === 'symbol' || factor.kind === 'integer') return true;
    // (1 − β)^x, a sum of hyperparameters to such a power.
    const isBase = factor.kind === 'template' && isScalar(factor.template.body);
    return !inFactor && (!inExponent || isBase);
  });
}

type Range = { readonly lower: LinearForm; readonly upper: LinearForm } | { readonly split: readonly Constraint[][] };

/** The one lower and the one upper bound of an index; a split of the domain where two bounds compete; null if unbounded. */
function rangeOf(term: Term, index: number, known: IndexFacts): Range | null {
  const closure = closeConstraints([...term.constraints, ...known.constraints, ...coordinateFacts(term)]);
  if (closure === null) return null;
  const side = (which: 'left' | 'right'): { other: number; constant: number }[] => {
    const list = term.constraints
      .filter(c => c[which] === index)
      .map(c => (which === 'left' ? { other: c.right, constant: c.bound } : { other: c.left, constant: -c.bound }));
    if (term.sorts[index] === 'coordinate')
      list.push(which === 'left' ? { other: DIMENSION_INDEX, constant: 0 } : { other: ZERO, constant: 1 });
    return list;
  };
  const tightest = (
    list: { other: number; constant: number }[],
    upper: boolean,
  ): { other: number; constant: number } | Constraint[][] | null => {
    const [first, ...rest] = list;
    if (first === undefined) return null;
    let best = first;
    for (const item of rest) {
      const [low, high] = upper ? [best, item] : [item, best];
      // best is kept when it is always the tighter one.
      if (knownBound(closure, low.other, high.other) <= high.constant - low.constant) continue;
      if (knownBound(closure, high.other, low.other) <= low.constant - high.constant) {
        best = item;
        continue;
      }
      const gap = high.constant - low.constant;
      return [
        [{ left: low.other, right: high.other, bound: gap }],
        [{ left: high.other, right: low.other, bound: -gap - 1 }],
      ];
    }
    return best;
  };
  const lower = tightest(side('right'), false);
  const upper = tightest(side('left'), true);
  if (lower === null || upper === null) return null;
  if (Array.isArray(lower)) return { split: lower };
  if (Array.isArray(upper)) return { split: upper };
  const form = ({ other, constant: c }: { other: number; constant: number }): LinearForm => atomForm(other, c);
  return { lower: form(lower), upper: form(upper) };
}

/** 1 ≤ x ≤ p for every coordinate that the domain speaks of, and 1 ≤ p. */
function coordinateFacts(term: Term): Constraint[] {
  const mentioned = new Set(term.constraints.flatMap(({ left, right }) => [left, right]));
  const isCoordinate = (x: number): boolean =>
    x !== DIMENSION_INDEX && (isBound(x) ? term.sorts[x] : freeSort(x)) === 'coordinate';
  return [
    { left: ZERO, right: DIMENSION_INDEX, bound: -1 },
    ...[...mentioned].filter(isCoordinate).flatMap((x): Constraint[] => [
      { left: ZERO, right: x, bound: -1 },
      { left: x, right: DIMENSION_INDEX, bound: 0 },
    ]),
  ];
}

/** The term summed over one of its indices in closed form; its domain keeps what makes the range non-empty. */
function closedForm(
  term: Term,
  index: number,
  lower: LinearForm,
  upper: LinearForm,
  assumptions: Assumptions,
): Expression {
  const opened = openTerm(term);
  const open = new Map(opened.open.map((to, from) => [from, variableForm(to)] as const));
  const x = opened.open[index] ?? ZERO;
  const uses = (power: FactorPower): boolean =>
    [power.exponent.form, ...factorForms(power.factor)].some(form => coefficientOf(form, x) !== 0);
  const moving = opened.factors.filter(uses);
  const fixed = opened.factors.filter(power => !uses(power));
  const ends: Ends = { lower: substituteForm(lower, open), upper: substituteForm(upper, open) };
  const sum = sumPowers(moving, x, ends.lower, ends.upper, assumptions);
  const others = opened.open.filter(other => other !== x);
  const constraints = conditionAfter(opened, x, fixed, ends, assumptions);
  return scale(
    sumOverAll(
      multiply(...fixed.map(({ factor, exponent }) => factorExpression(factor, exponent)), sum),
      others,
      opened.sorts.filter((_, i) => i !== index),
      constraints,
    ),
    opened.coefficient,
  );
}

/**
 * What is left of the domain without the index. The closed form is right for a range that is empty by one, so among free indices
 * lower ≤ upper + 1 is all that must hold, where the domain needs no more to tell which bounds are the tightest and where what stands before
 * the sum has a value at the added place too (1/n at n = 0 has none); else the range stays as it is.
 */
function conditionAfter(
  opened: OpenedTerm,
  x: number,
  fixed: readonly FactorPower[],
  { lower, upper }: Ends,
  assumptions: Assumptions,
): Constraint[] {
  const rest = opened.constraints.filter(c => c.left !== x && c.right !== x);
  // A sum around it would start one earlier, with a term that is zero.
  if ([...lower.terms, ...upper.terms].some(([index]) => opened.open.includes(index))) return rest;
  const kept = rest.filter(c => !followsThrough(opened.constraints, x, c));
  const relaxed = [...kept, atMost(lower, shiftForm(upper, 1))];
  const known = assumptions.indices.with(relaxed);
  if (!opened.constraints.every(c => isImplied(c, x, { lower, upper }, known))) return rest;
  const edge = withIndices(assumptions, known.with([atMost(shiftForm(upper, 1), lower)]));
  return edge.indices.isEmpty || fixed.every(own => hasValue(own, edge)) ? relaxed : rest;
}

/** Whether a bound of x follows from the tightest ones. */
function isImplied({ left, right, bound }: Constraint, x: number, { lower, upper }: Ends, known: IndexFacts): boolean {
  const side = (index: number): LinearForm => atomForm(index);
  if (left === x) return known.high(addForms(upper, side(right), -1)) <= bound;
  if (right === x) return known.high(addForms(side(left), lower, -1)) <= bound;
  return true;
}

/** Whether a constraint of a closed domain follows from two that speak of x. */
function followsThrough(constraints: readonly Constraint[], x: number, target: Constraint): boolean {
  const closure = closeConstraints(constraints);
  return closure !== null && knownBound(closure, target.left, x) + knownBound(closure, x, target.right) <= target.bound;
}

interface Ends {
  readonly lower: LinearForm;
  readonly upper: LinearForm;
}

/** left ≤ right as a constraint, for the ends of ranges. */
function atMost(left: LinearForm, right: LinearForm): Constraint {
  const [a, b] = [left, right].map(asAtom);
  if (a == null || b == null) throw new Error('the end of a range is an index up to a number');
  return { left: a.index, right: b.index, bound: b.shift - a.shift };
}
