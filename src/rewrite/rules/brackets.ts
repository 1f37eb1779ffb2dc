/**
 * The sign of a difference of two indices by the integers: sign(u) = [u > 0] − [u < 0] and |u| = u [u > 0] − u [u < 0], where u
 * is a (x − y) + c, so that both brackets are bounds of indices as those of sums are. A sum over k of sign(k − 8) falls into its
 * parts below and above 8. At u = 0 a negative power has no value, and what stands here in its place is 0.
 */
import type { Budget } from '../../base/budget.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import type { Constraint } from '../../expression/core/domain.ts';
import {
  add,
  constant,
  type Expression,
  formExpression,
  multiply,
  restrict,
} from '../../expression/core/expression.ts';
import { integerExponent } from '../../expression/core/factor.ts';
import { asAtom, ZERO } from '../../expression/core/indices.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { Rational } from '../../number/rational.ts';
import { mapDeep } from '../map-deep.ts';
import { asSignOrSize } from '../size-and-sign.ts';

/** The expression with every sign and absolute value of a difference of two indices as brackets, at every depth. */
export function signsAsBrackets(expression: Expression, assumptions: Assumptions, budget: Budget): Expression {
  return mapDeep(expression, assumptions, (own, facts) => {
    const found = asSignOrSize(own);
    const line = found === null ? null : asLine(found.argument);
    if (found === null || line === null) return null;
    budget.spend();
    const { above, below, value } = line;
    const { indices } = facts;
    const to = Rational.of(found.exponent);
    const size = (by: number): Expression =>
      found.kind === 'sign'
        ? constant(Rational.of(by).power(found.exponent))
        : multiply(constant(Rational.of(by).power(found.exponent)), power(value, to, facts));
    return add(
      ...(indices.excludes(above) ? [] : [restrict(size(1), indices.implies(above) ? [] : [above])]),
      ...(indices.excludes(below) ? [] : [restrict(size(-1), indices.implies(below) ? [] : [below])]),
    );
  });
}

interface Line {
  /** u > 0 and u < 0. */
  readonly above: Constraint;
  readonly below: Constraint;
  readonly value: Expression;
}

/** An expression that is a (x − y) + c with indices x and y, one of which may be missing, or a form of free ones; null for every other. */
function asLine(expression: Expression): Line | null {
  const slopes = new Map<number, Rational>();
  let level = Rational.zero;
  for (const { coefficient, factors, sorts, constraints } of expression.terms) {
    const [own, ...others] = factors;
    if (sorts.length + constraints.length + others.length > 0) return null;
    if (own === undefined) {
      level = level.add(coefficient);
      continue;
    }
    if (own.factor.kind !== 'index' || integerExponent(own.exponent) !== 1) return null;
    level = level.add(coefficient.multiply(Rational.of(own.factor.index.constant)));
    for (const [index, count] of own.factor.index.terms)
      slopes.set(index, (slopes.get(index) ?? Rational.zero).add(coefficient.multiply(Rational.of(count))));
  }
  const moving = [...slopes].filter(([, slope]) => !slope.isZero());
  const [first, second, ...more] = moving;
  if (first === undefined) return null;
  if (more.length > 0 || (second !== undefined && !second[1].equals(first[1].negate()))) return asWhole(moving, level);
  // u = a (x − y) + c with a > 0.
  const [a, x, y] =
    first[1].sign() > 0
      ? [first[1], first[0], second?.[0] ?? ZERO]
      : [first[1].negate(), second?.[0] ?? ZERO, first[0]];
  const zero = level.negate().divide(a);
  const floor = Number(zero.floor());
  const form = (index: number): Expression => (index === ZERO ? constant(0) : formExpression(variable(index)));
  const whole = { constant: Number(level.num), terms: forms(a, x, y) };
  const isWhole = a.isInteger() && level.isInteger();
  return {
    above: { left: y, right: x, bound: -floor - 1 },
    below: { left: x, right: y, bound: zero.isInteger() ? floor - 1 : floor },
    value: isWhole
      ? formExpression(whole)
      : add(multiply(constant(a), form(x)), multiply(constant(a.negate()), form(y)), constant(level)),
  };
}

/** n + p − 4 as one index that stands for n + p, and a number; null where a summed index is in it, or a fraction. */
function asWhole(moving: readonly (readonly [number, Rational])[], level: Rational): Line | null {
  if (!level.isInteger() || !moving.every(([, slope]) => slope.isInteger())) return null;
  const terms = moving
    .map(([index, slope]) => [index, Number(slope.num)] as const)
    .sort((one, other) => one[0] - other[0]);
  const sign = (terms[0]?.[1] ?? 1) > 0 ? 1 : -1;
  const positive = { constant: 0, terms: terms.map(([index, slope]) => [index, sign * slope] as const) };
  const whole = asAtom(positive);
  if (whole === null) return null;
  const constantPart = Number(level.num);
  const above = { left: ZERO, right: whole.index, bound: sign * constantPart - 1 };
  const below = { left: whole.index, right: ZERO, bound: -sign * constantPart - 1 };
  return {
    above: sign > 0 ? above : below,
    below: sign > 0 ? below : above,
    value: formExpression({ constant: constantPart, terms }),
  };
}

const variable = (index: number): { constant: number; terms: readonly (readonly [number, number])[] } => ({
  constant: 0,
  terms: [[index, 1]],
});

const forms = (a: Rational, x: number, y: number): (readonly [number, number])[] =>
  [[x, Number(a.num)] as const, [y, -Number(a.num)] as const]
    .filter(([index]) => index !== ZERO)
    .sort((one, other) => one[0] - other[0]);
