/**
 * The sign of a difference of two indices by the integers: sign(u) = [u > 0] − [u < 0] and |u| = u [u > 0] − u [u < 0], where u
 * is a (x − y) + c, so that both brackets are bounds of indices as those of sums are. A sum over k of sign(k − 8) falls into its
 * parts below and above 8. At u = 0 a negative power has no value, and what stands here in its place is 0.
 */
import type { Budget } from '../../base/budget.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import type { Constraint } from '../../expression/core/domain.ts';
import { add, constant, type Expression, multiply, restrict } from '../../expression/core/expression.ts';
import { asAtom, ZERO } from '../../expression/core/indices.ts';
import { linearParts } from '../../expression/core/single.ts';
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
    const { above, below } = line;
    const { indices } = facts;
    const to = Rational.of(found.exponent);
    const size = (by: number): Expression =>
      found.kind === 'sign'
        ? constant(Rational.of(by).power(found.exponent))
        : multiply(constant(Rational.of(by).power(found.exponent)), power(found.argument, to, facts));
    return add(
      ...(indices.excludes(above) ? [] : [restrict(size(1), indices.implies(above) ? [] : [above])]),
      ...(indices.excludes(below) ? [] : [restrict(size(-1), indices.implies(below) ? [] : [below])]),
    );
  });
}

/** u > 0 and u < 0. */
interface Line {
  readonly above: Constraint;
  readonly below: Constraint;
}

/** An expression that is a (x − y) + c with indices x and y, one of which may be missing, or a form of free ones; null for every other. */
function asLine(expression: Expression): Line | null {
  const linear = linearParts(expression);
  if (linear === null) return null;
  const slopes = new Map<number, Rational>();
  let { constant: offset } = linear;
  for (const { factor, by } of linear.parts) {
    if (factor.kind !== 'index') return null;
    offset = offset.add(by.multiply(Rational.of(factor.index.constant)));
    for (const [index, count] of factor.index.terms)
      slopes.set(index, (slopes.get(index) ?? Rational.zero).add(by.multiply(Rational.of(count))));
  }
  const moving = [...slopes].filter(([, slope]) => !slope.isZero());
  const [first, second, ...more] = moving;
  if (first === undefined) return null;
  if (more.length > 0 || (second !== undefined && !second[1].equals(first[1].negate()))) return asWhole(moving, offset);
  // u = a (x − y) + c with a > 0.
  const [a, x, y] =
    first[1].sign() === 1
      ? [first[1], first[0], second?.[0] ?? ZERO]
      : [first[1].negate(), second?.[0] ?? ZERO, first[0]];
  const zero = offset.negate().divide(a);
  const floor = Number(zero.floor());
  return {
    above: { left: y, right: x, bound: -floor - 1 },
    below: { left: x, right: y, bound: zero.isInteger() ? floor - 1 : floor },
  };
}

/** n + p − 4 as one index that stands for n + p, and a number; null where a summed index is in it, or a fraction. */
function asWhole(moving: readonly (readonly [number, Rational])[], offset: Rational): Line | null {
  if (!offset.isInteger() || !moving.every(([, slope]) => slope.isInteger())) return null;
  const terms = moving
    .map(([index, slope]) => [index, Number(slope.num)] as const)
    .sort((one, other) => one[0] - other[0]);
  const whole = asAtom({ constant: 0, terms });
  if (whole === null) return null;
  const by = Number(offset.num);
  return {
    above: { left: ZERO, right: whole.index, bound: by - 1 },
    below: { left: whole.index, right: ZERO, bound: -by - 1 },
  };
}
