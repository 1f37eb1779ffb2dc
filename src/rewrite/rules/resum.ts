/**
 * Resummation: Σ_x x^d r^x over a range with symbolic bounds, exactly, where x occurs in nothing but exponents and
 * polynomials. With q(x) such that r q(x+1) − q(x) = x^d the sum from a to b is q(b+1) r^{b+1} − q(a) r^a; for r = 1 q is a
 * polynomial (Faulhaber), else it has powers of r − 1 below, which is non-zero off a null set.
 */
import type { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import { type Assumptions, withIndices } from '../../expression/arithmetic/assumptions.ts';
import { closeConstraints, type Constraint, knownBound } from '../../expression/core/domain.ts';
import {
  add,
  type Expression,
  expressionOf,
  factorExpression,
  formExpression,
  multiply,
  ONE_EXPRESSION,
  type OpenedTerm,
  openTerm,
  sameExpression,
  scale,
  substituteIndices,
  subtract,
  sumOverAll,
  sumTerms,
  ZERO_EXPRESSION,
} from '../../expression/core/expression.ts';
import { exponentOf, type FactorPower, factorForms, integerExponent } from '../../expression/core/factor.ts';
import type { IndexFacts } from '../../expression/core/index-facts.ts';
import { asAtom, atomForm, DIMENSION_INDEX, freeSort, isBound, ZERO } from '../../expression/core/indices.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { powerOfForm } from '../../expression/arithmetic/power-of-form.ts';
import { makeTerm, type Term } from '../../expression/core/term.ts';
import {
  addForms,
  coefficientOf,
  type LinearForm,
  shiftForm,
  substituteForm,
  variableForm,
} from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { hasValue } from '../../expression/arithmetic/thin-zeros.ts';

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

/** Whether a bound index occurs only in exponents of symbols and in polynomials. */
function isUnanchored(term: Term, index: number): boolean {
  return term.factors.every(({ factor, exponent }) => {
    const inFactor = factorForms(factor).some(form => coefficientOf(form, index) !== 0);
    const inExponent = coefficientOf(exponent.form, index) !== 0;
    if (factor.kind === 'index') return !inFactor || (integerExponent(exponent) ?? -1) >= 0;
    if (factor.kind === 'symbol' || factor.kind === 'integer') return true;
    return !inFactor && !inExponent;
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
    x !== ZERO && x !== DIMENSION_INDEX && (isBound(x) ? term.sorts[x] : freeSort(x)) === 'coordinate';
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
  const kept = opened.constraints.filter(
    c => c.left !== x && c.right !== x && !followsThrough(opened.constraints, x, c),
  );
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

/** Σ_{x=lower}^{upper} of a product of powers r^{ax+…} and polynomials in x. */
function sumPowers(
  factors: readonly FactorPower[],
  x: number,
  lower: LinearForm,
  upper: LinearForm,
  assumptions: Assumptions,
): Expression {
  let ratio: Expression = ONE_EXPRESSION;
  let weight: Expression = ONE_EXPRESSION;
  let polynomial: Expression = ONE_EXPRESSION;
  for (const { factor, exponent } of factors) {
    const speed = coefficientOf(exponent.form, x);
    if (factor.kind === 'index') {
      const degree = integerExponent(exponent) ?? 0;
      const rest = { constant: factor.index.constant, terms: factor.index.terms.filter(([v]) => v !== x) };
      const entry = add(
        scale(factorExpression({ kind: 'index', index: variableForm(x) }), Rational.of(coefficientOf(factor.index, x))),
        formExpression(rest),
      );
      polynomial = multiply(polynomial, ...Array.from({ length: degree }, () => entry));
      continue;
    }
    const base = factorExpression(factor);
    const raised = powerOfForm(base, { constant: speed, terms: [] }) ?? power(base, Rational.of(speed), assumptions);
    ratio = multiply(ratio, raised);
    const without = {
      constant: exponent.constant,
      form: { constant: 0, terms: exponent.form.terms.filter(([v]) => v !== x) },
    };
    weight = multiply(weight, factorExpression(factor, without));
  }
  const primitive = antidifference(coefficientsIn(polynomial, x), ratio, assumptions);
  const at = (form: LinearForm): Expression =>
    multiply(
      substituteIndices(evaluate(primitive, x), new Map([[x, form]])),
      powerOfForm(ratio, form) ?? refuse('exponent-not-covered', 'this ratio cannot have an index in its exponent'),
    );
  const isPlain = sameExpression(ratio, ONE_EXPRESSION);
  const value = (form: LinearForm): Expression =>
    isPlain ? substituteIndices(evaluate(primitive, x), new Map([[x, form]])) : at(form);
  return multiply(weight, subtract(value(shiftForm(upper, 1)), value(lower)));
}

/** The coefficients c_d of Σ c_d x^d; they do not contain x. */
function coefficientsIn(polynomial: Expression, x: number): Expression[] {
  const result: Expression[] = [];
  for (const term of polynomial.terms) {
    const own = term.factors.find(({ factor }) => factor.kind === 'index' && coefficientOf(factor.index, x) !== 0);
    const degree = own === undefined ? 0 : (integerExponent(own.exponent) ?? 0);
    const rest = expressionOf([{ ...term, factors: term.factors.filter(power => power !== own) }]);
    while (result.length <= degree) result.push(ZERO_EXPRESSION);
    result[degree] = add(result[degree] ?? ZERO_EXPRESSION, rest);
  }
  return result;
}

const evaluate = (coefficients: readonly Expression[], x: number): Expression =>
  add(
    ...coefficients.map((c, d) =>
      d === 0 ? c : multiply(c, factorExpression({ kind: 'index', index: variableForm(x) }, exponentOf(d))),
    ),
  );

/** The coefficients of q with r·q(x+1) − q(x) = Σ c_d x^d. */
function antidifference(target: readonly Expression[], ratio: Expression, assumptions: Assumptions): Expression[] {
  const isPlain = sameExpression(ratio, ONE_EXPRESSION);
  const degree = target.length - 1 + (isPlain ? 1 : 0);
  const result: Expression[] = Array.from({ length: degree + 1 }, () => ZERO_EXPRESSION);
  const gap = subtract(ratio, ONE_EXPRESSION);
  const inverseGap = isPlain ? ONE_EXPRESSION : power(gap, Rational.minusOne, assumptions);
  for (let d = degree; d >= (isPlain ? 1 : 0); d -= 1) {
    // The coefficient of x^{d−1} (r = 1) or x^d: what higher powers of q leave, and the unknown q_d.
    const row = isPlain ? d - 1 : d;
    let rest = target[row] ?? ZERO_EXPRESSION;
    for (let e = d + 1; e <= degree; e += 1)
      rest = subtract(rest, multiply(ratio, scale(result[e] ?? ZERO_EXPRESSION, binomial(e, row))));
    result[d] = isPlain ? scale(rest, Rational.of(1, d)) : multiply(rest, inverseGap);
  }
  return result;
}

function binomial(n: number, k: number): Rational {
  let value = Rational.one;
  for (let i = 1; i <= k; i += 1) value = value.multiply(Rational.of(n - k + i, i));
  return value;
}
