/** What the conditions of a statement give to its proof: the least n, and values that are equal. */
import { isAlongRuns } from '../../notation/kinds.ts';
import { Budget } from '../../base/budget.ts';
import { attempt } from '../../base/problem.ts';
import type { Claim, Condition, Statement } from '../../document/model.ts';
import { type Assumptions, assumptionsOf, NO_ASSUMPTIONS } from '../../expression/arithmetic/assumptions.ts';
import {
  asNumber,
  type Expression,
  expressionOf,
  freeIndicesOf,
  negate,
  restrict,
  substituteIndices,
  subtract,
} from '../../expression/core/expression.ts';
import { factorKey, plainExponent } from '../../expression/core/factor.ts';
import { singleTerm } from '../../expression/core/single.ts';
import { instantiate } from '../../expression/core/template.ts';
import { FormulaReader } from '../../expression/read/from-formula.ts';
import { ROLE_LETTERS } from '../../expression/core/index-form.ts';
import { DIMENSION_INDEX, freeSort, indexName, ITERATION_INDEX, ZERO } from '../../expression/core/indices.ts';
import { coefficient } from '../../expression/calculus/series.ts';
import { substituteSymbol } from '../../expression/calculus/substitute-symbol.ts';
import { COMPONENT, DIMENSION, type Formula, ITERATION } from '../../formula/formula.ts';
import { constantForm, variableForm } from '../../number/linear-form.ts';
import type { Declaration } from '../../optimizer/model.ts';
import { whereSignIs } from '../../prove/sign/cases-of-signs.ts';
import { underContext } from '../../rewrite/context.ts';
import { mapWrittenOut, rebuilt } from '../../rewrite/map-deep.ts';
import { meaningOf } from './claim-meaning.ts';
import { assumedIteration, conditionedIteration } from '../stated/earlier-times.ts';
import type { Sides } from './sides.ts';
import { conditionsOf } from '../unsupported.ts';

/**
 * The differences where the conditions hold: a = b put in, n from its least value on. Others are left to the samples. An
 * expansion counts n from there already.
 */
export function underConditions(
  sides: Sides,
  claim: Claim,
  statement: Statement,
  declarations: readonly Declaration[],
): Sides {
  const comparisons = conditionsOf(claim, statement).flatMap(condition => condition.comparisons);
  if (comparisons.length === 0 || claim.limit !== null) return sides;
  const assumptions = assumptionsOf(declarations);
  const reader = new FormulaReader({ ...meaningOf(claim, declarations, 0), stepIsSymbol: true });
  const isExpansion = isAlongRuns(statement);
  const counted = isExpansion ? assumedIteration(claim, statement) : 0;
  const value = (formula: Formula): Expression => later(coefficient(reader.series(formula, ROLE_LETTERS), 0), counted);
  const putOne = (inner: Expression, { left, relation, right }: Comparison): Expression => {
    if (relation === '=' && left.kind === 'parameter')
      return substituteSymbol(inner, left.name, value(right), assumptions);
    const whole = relation === '=' && left.kind === 'index' ? wholeNumber(value(right)) : null;
    if (whole !== null && left.kind === 'index') return atInteger(inner, left.name, whole);
    const gap = attempt(() => subtract(value(left), value(right)));
    return gap.ok ? withKnownSign(inner, gap.value, relation, assumptions) : inner;
  };
  const put = (difference: Expression): Expression => comparisons.reduce(putOne, difference);
  const from = isExpansion ? 0 : conditionedIteration(claim, statement);
  const changed = attempt(() =>
    sides.differences.map(({ what, value: difference }) => ({ what, value: later(put(difference), from) })),
  );
  return changed.ok ? { ...sides, differences: changed.value } : sides;
}

type Comparison = Condition['comparisons'][number];

const wholeNumber = (value: Expression): number | null => {
  const number = asNumber(value);
  return number?.isInteger() === true ? Number(number.num) : null;
};

/** The value at n = c, p = c or j = c; with one component each index of a component is 1. */
function atInteger(value: Expression, name: string, c: number): Expression {
  if (name === COMPONENT) return atComponent(value, c);
  if (name === ITERATION) return substituteIndices(value, new Map([[ITERATION_INDEX, constantForm(c)]]));
  if (name !== DIMENSION) return value;
  const components = [...freeIndicesOf(value)].filter(
    each => each !== DIMENSION_INDEX && freeSort(each) === 'coordinate',
  );
  const single =
    c === 1
      ? ofOneComponent(substituteIndices(value, new Map(components.map(each => [each, constantForm(1)]))))
      : value;
  return underContext(
    restrict(single, [
      { left: DIMENSION_INDEX, right: ZERO, bound: c },
      { left: ZERO, right: DIMENSION_INDEX, bound: -c },
    ]),
  );
}

/** The value in component c, which there is for p ≥ c. */
function atComponent(value: Expression, c: number): Expression {
  const [own] = ROLE_LETTERS.get(COMPONENT)?.terms ?? [];
  if (own === undefined || c < 1) return value;
  const there = substituteIndices(value, new Map([[own[0], constantForm(c)]]));
  return underContext(restrict(there, [{ left: ZERO, right: DIMENSION_INDEX, bound: -c }]));
}

/** The value with one component alone, at every depth. */
function ofOneComponent(value: Expression): Expression {
  const here = value.terms.some(({ sorts }) => sorts.includes('coordinate')) ? withOneComponent(value) : value;
  return mapWrittenOut(here, NO_ASSUMPTIONS, ({ factor, exponent }) => {
    const plain = plainExponent(exponent);
    if ((factor.kind !== 'template' && factor.kind !== 'function') || plain === null) return null;
    const body = instantiate(factor.template, factor.arguments);
    const image = ofOneComponent(body);
    return image === body ? null : rebuilt(factor, image, plain, NO_ASSUMPTIONS);
  });
}

/** Sums over all components with the one that there is. */
const withOneComponent = ({ terms }: Expression): Expression =>
  expressionOf(
    terms.map(term => ({
      ...term,
      constraints: [
        ...term.constraints,
        ...term.sorts.flatMap((sort, index) =>
          sort === 'coordinate'
            ? [
                { left: ZERO, right: index, bound: -1 },
                { left: index, right: ZERO, bound: 1 },
              ]
            : [],
        ),
      ],
    })),
  );

/** The signs and absolute values that a condition on their argument gives. */
function withKnownSign(
  value: Expression,
  gap: Expression,
  relation: Comparison['relation'],
  assumptions: Assumptions,
): Expression {
  const budget = new Budget(CONDITION_STEPS);
  switch (relation) {
    case '>':
      return whereSignIs(value, gap, 'positive', assumptions, budget);
    case '<':
      return whereSignIs(value, negate(gap), 'positive', assumptions, budget);
    case '=':
      return withoutFactor(whereSignIs(value, gap, 'zero', assumptions, budget), gap);
    case '\\ge':
      return whereSignIs(value, gap, 'not negative', assumptions, budget);
    case '\\le':
      return whereSignIs(value, negate(gap), 'not negative', assumptions, budget);
    default:
      return value;
  }
}

/** Work for one condition, in terms made. */
const CONDITION_STEPS = 4_000;

/** The value where one factor is zero: without the terms that have it to a positive power. */
function withoutFactor(value: Expression, zero: Expression): Expression {
  const [own, ...others] = singleTerm(zero)?.factors ?? [];
  if (own?.factor.kind !== 'loss' || others.length > 0) return value;
  const key = factorKey(own.factor, indexName);
  const kept = value.terms.filter(
    ({ factors }) =>
      !factors.some(
        ({ factor, exponent }) => factorKey(factor, indexName) === key && plainExponent(exponent)?.sign() === 1,
      ),
  );
  return kept.length === value.terms.length ? value : { terms: kept };
}

/** The value at n + c. */
const later = (value: Expression, c: number): Expression =>
  c === 0 ? value : substituteIndices(value, new Map([[ITERATION_INDEX, variableForm(ITERATION_INDEX, c)]]));
