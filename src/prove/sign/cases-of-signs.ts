/**
 * Cases of the signs of u₁, u₂, …, of which an expression contains signs and absolute values: where u > 0, sign(u) is 1 and |u|
 * is u; where u < 0 they are −1 and −u; where u = 0 both are 0, which is a value. An expression is zero when it is in every
 * case. The last needs no proof where the expression has no value at u = 0 anyway. A case that a sure sign excludes is none.
 *
 * Sufficient only: in a case nothing else is used of it, but that u = 0 can be put in where it fixes n or a symbol.
 */
import type { Budget } from '../../base/budget.ts';
import { attempt } from '../../base/problem.ts';
import { type Assumptions, isPositive } from '../../expression/arithmetic/assumptions.ts';
import {
  constant,
  type Expression,
  expressionKey,
  freeIndicesOf,
  isZero,
  negate,
  scale,
  subtract,
} from '../../expression/core/expression.ts';
import { factorKey, plainExponent } from '../../expression/core/factor.ts';
import { applyFunction } from '../../expression/arithmetic/functions.ts';
import { indexName } from '../../expression/core/indices.ts';
import { absolute, power } from '../../expression/arithmetic/power.ts';
import { singleTerm } from '../../expression/core/single.ts';
import { wrap } from '../../expression/core/template.ts';
import { Rational } from '../../number/rational.ts';
import { Bases } from '../../rewrite/rules/bases.ts';
import { mapWrittenOut } from '../../rewrite/map-deep.ts';
import { isProbablyNonzero } from '../../rewrite/probably-nonzero.ts';
import { asSignOrSize } from '../../rewrite/size-and-sign.ts';
import { takeSignsApart } from '../../rewrite/rules/signs-apart.ts';
import { provablyAbove } from './nonzero.ts';
import { whereZero } from './sign-cases.ts';

type Test = (expression: Expression) => boolean;
/** What is asked of the expression where all of `positive` are above zero. */
export type TestInCase = (expression: Expression, positive: readonly Expression[]) => boolean;

/** More arguments than this are not split. */
const MOST = 4;

/** Whether the expression is zero in every case; `isZero` decides expressions without these signs. False where there are no cases. */
export function isZeroInCases(expression: Expression, test: Test, assumptions: Assumptions, budget: Budget): boolean {
  const list = argumentsOf(expression, assumptions);
  if (list.length === 0) return false;
  const unified = unify(expression, list, test, assumptions);
  const left = argumentsOf(unified, assumptions);
  if (left.length > MOST) return false;
  return split(unified, left, test, assumptions, budget);
}

/** Whether something holds of the expression in every case of its signs; false where there are none or too many. */
export function holdsInCases(
  expression: Expression,
  test: TestInCase,
  assumptions: Assumptions,
  budget: Budget,
): boolean {
  const list = argumentsOf(expression, assumptions);
  return list.length > 0 && list.length <= MOST && split(expression, list, test, assumptions, budget);
}

function split(
  value: Expression,
  [argument, ...others]: readonly Expression[],
  test: TestInCase,
  assumptions: Assumptions,
  budget: Budget,
  positive: readonly Expression[] = [],
): boolean {
  if (argument === undefined) return test(value, positive);
  budget.spend(value.terms.length);
  const rest = (next: Expression, ...more: readonly Expression[]): boolean =>
    split(next, others, test, assumptions, budget, [...positive, ...more]);
  const below = negate(argument);
  const isAbove = (): boolean => rest(put(value, argument, 1, assumptions), argument);
  const isBelow = (): boolean => rest(put(value, argument, -1, assumptions), below);
  if (provablyAbove(argument, assumptions, budget)) return isAbove();
  if (provablyAbove(below, assumptions, budget)) return isBelow();
  return (
    isAbove() &&
    (isPositive(argument, assumptions) || isBelow()) &&
    holdsAtZero(value, argument, next => rest(next), assumptions)
  );
}

function holdsAtZero(value: Expression, argument: Expression, rest: Test, assumptions: Assumptions): boolean {
  if (hasPole(value, argument)) return true;
  const there = attempt(() => put(value, argument, 0, assumptions));
  if (!there.ok) return false;
  return rest(there.value) || whereZero(there.value, argument, assumptions).some(rest);
}

/** Whether a term that stands in no range, but for that of all components, has no value where the argument is zero. */
function hasPole({ terms }: Expression, argument: Expression): boolean {
  const [only, ...more] = wrap(argument).terms;
  const [own] = only?.factors ?? [];
  const key = more.length > 0 || own === undefined ? null : factorKey(own.factor, indexName);
  return terms.some(
    ({ constraints, factors }) =>
      constraints.length === 0 &&
      factors.some(each => {
        if (plainExponent(each.exponent)?.sign() !== -1) return false;
        const found = asSignOrSize(each);
        return found === null ? factorKey(each.factor, indexName) === key : isArgument(found.argument, argument) !== 0;
      }),
  );
}

/**
 * The expression where `above` is positive, or zero: its sign and absolute value put in. Where it is one or the other (`not negative`)
 * the absolute value is put in alone, since |u| = u holds at u = 0 too. The same object where neither occurs, or where what is
 * known of `above` is not known of one thing.
 */
export function whereSignIs(
  value: Expression,
  above: Expression,
  sign: 'positive' | 'zero' | 'not negative',
  assumptions: Assumptions,
  budget: Budget,
): Expression {
  const tools = { bases: new Bases(assumptions, budget), budget };
  const only = singleTerm(takeSignsApart(applyFunction('sign', 'odd', 0, above), assumptions, tools));
  const [own, ...others] = only?.factors ?? [];
  const found = own === undefined ? null : asSignOrSize(own);
  if (only === null || others.length > 0 || found?.kind !== 'sign' || found.exponent !== 1) return value;
  const by = only.coefficient.sign() < 0 ? -1 : 1;
  const known = sign === 'zero' ? 0 : by;
  // Roots of squares that are multiplied out become absolute values once bases are brought to one form.
  for (const same of [() => value, () => tools.bases.canonical(value)]) {
    const apart = takeSignsApart(same(), assumptions, tools);
    const image = put(apart, found.argument, known, assumptions, sign === 'not negative');
    if (image !== apart)
      return sign === 'not negative' && hasSignOf(image, found.argument, assumptions) ? value : image;
  }
  return value;
}

/** The expression with sign(u) = s and |u| = s u, or with the latter alone, at every depth. */
const put = (
  value: Expression,
  argument: Expression,
  sign: 1 | -1 | 0,
  assumptions: Assumptions,
  sizesAlone = false,
): Expression =>
  mapWrittenOut(value, assumptions, own => {
    const found = asSignOrSize(own);
    const same = found === null ? 0 : isArgument(found.argument, argument);
    if (found === null || same === 0 || (sizesAlone && found.kind === 'sign')) return null;
    const base = found.kind === 'sign' ? constant(same * sign) : scaledBy(argument, sign);
    return power(base, Rational.of(found.exponent), assumptions);
  });

/** Whether sign(u) stands in the expression: |u| sign(u) is left to the cases. */
function hasSignOf(value: Expression, argument: Expression, assumptions: Assumptions): boolean {
  let has = false;
  mapWrittenOut(value, assumptions, own => {
    const found = asSignOrSize(own);
    if (found?.kind === 'sign' && isArgument(found.argument, argument) !== 0) has = true;
    return null;
  });
  return has;
}

const scaledBy = (argument: Expression, sign: 1 | -1 | 0): Expression =>
  sign === 0 ? constant(0) : sign === 1 ? argument : negate(argument);

/** 1 where an argument is u, −1 where it is −u, else 0. */
function isArgument(argument: Expression, u: Expression): 1 | -1 | 0 {
  const key = expressionKey(u);
  if (expressionKey(argument) === key) return 1;
  return expressionKey(negate(argument)) === key ? -1 : 0;
}

/** The arguments of signs and absolute values, without those of a summed index. */
function argumentsOf(expression: Expression, assumptions: Assumptions): Expression[] {
  const found: Expression[] = [];
  const outside = freeIndicesOf(expression);
  mapWrittenOut(expression, assumptions, own => {
    const argument = asSignOrSize(own)?.argument;
    if (argument === undefined) return null;
    const isOuter = [...freeIndicesOf(argument)].every(index => outside.has(index));
    if (isOuter && found.every(each => isArgument(each, argument) === 0)) found.push(argument);
    return null;
  });
  return found;
}

/** Arguments that are proved to be equal, or equal but for their sign, written alike. */
function unify(expression: Expression, list: readonly Expression[], test: Test, assumptions: Assumptions): Expression {
  const kept: Expression[] = [];
  return list.reduce((value, argument) => {
    const equal = kept.find(each => isSame(each, argument, test));
    const opposite = equal ?? kept.find(each => isSame(negate(each), argument, test));
    if (opposite === undefined) {
      kept.push(argument);
      return value;
    }
    const by = equal ?? negate(opposite);
    return mapWrittenOut(value, assumptions, own => {
      const found = asSignOrSize(own);
      const same = found === null ? 0 : isArgument(found.argument, argument);
      if (found === null || same === 0) return null;
      const base =
        found.kind === 'size'
          ? absolute(by, assumptions)
          : scale(applyFunction('sign', 'odd', 0, by), Rational.of(same));
      return power(base, Rational.of(found.exponent), assumptions);
    });
  }, expression);
}

const isSame = (one: Expression, other: Expression, test: Test): boolean => {
  const gap = subtract(one, other);
  return isZero(gap) || (!isProbablyNonzero(gap) && test(gap));
};
