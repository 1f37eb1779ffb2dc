/**
 * An expression collected by its quantities: terms that differ only by what depends on hyperparameters and on n become one
 * term, whose weight is one fraction with its denominators cancelled where they divide the numerator.
 *
 * Source: the distributive law; Knuth, The Art of Computer Programming 2, 4.6.1, for the divisions.
 */
import { keyOfFactors } from '../factors-of.ts';
import type { Budget } from '../../base/budget.ts';
import { type Assumptions, NO_ASSUMPTIONS } from '../../expression/arithmetic/assumptions.ts';
import {
  add,
  type Expression,
  expressionOf,
  factorExpression,
  mapFactors,
  multiply,
} from '../../expression/core/expression.ts';
import { exponentOf, type FactorPower, factorForms, factorKey, timesBelow } from '../../expression/core/factor.ts';
import { indexName, isBound } from '../../expression/core/indices.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { isScalar } from '../../expression/arithmetic/scalar.ts';
import { instantiate, wrap } from '../../expression/core/template.ts';
import type { Term } from '../../expression/core/term.ts';
import { Rational } from '../../number/rational.ts';
import { Bases } from './bases.ts';
import { cancelFractions } from './fractions.ts';
import { cancelInN } from './rational-in-n.ts';
import { unfoldScalars } from '../unfold.ts';

/** The same value off the zeros of denominators. */
export function collectScalars(expression: Expression, assumptions: Assumptions, budget: Budget): Expression {
  const bases = new Bases(assumptions, budget);
  const groups = new Map<string, { readonly rest: Term; readonly weights: Expression[] }>();
  for (const term of expression.terms) {
    const own = term.factors.filter(isWeight);
    const rest: Term = {
      ...term,
      coefficient: Rational.one,
      factors: term.factors.filter(power => !own.includes(power)),
    };
    const key = keyOfFactors(rest);
    const group = groups.get(key) ?? { rest, weights: [] };
    groups.set(key, group);
    group.weights.push(expressionOf([{ coefficient: term.coefficient, factors: own, sorts: [], constraints: [] }]));
  }
  return add(
    ...[...groups.values()].map(({ rest, weights }) =>
      multiply(asFraction(add(...weights), bases, budget), expressionOf([rest])),
    ),
  );
}

/** A factor of hyperparameters and n without a summed index. */
function isWeight({ factor, exponent }: FactorPower): boolean {
  const free = [exponent.form, ...factorForms(factor)].every(form => form.terms.every(([index]) => !isBound(index)));
  if (!free) return false;
  if (factor.kind === 'symbol' || factor.kind === 'integer' || factor.kind === 'index') return true;
  return factor.kind === 'template' && isScalar(factor.template.body);
}

/** The weight as numerator, kept together, times whole negative powers. */
function asFraction(weight: Expression, bases: Bases, budget: Budget): Expression {
  const open = cancelInN(cancelFractions(cancelInN(withWholeBases(bases.canonical(weight))), budget));
  const below = denominatorsOf(open);
  if (below.length === 0) return wrap(open);
  const raised = multiply(
    open,
    ...below.map(({ factor, exponent }) => factorExpression(factor, exponentOf(-exponent))),
  );
  const numerator = cancelInN(unfoldScalars(raised, budget));
  return multiply(
    wrap(numerator),
    ...below.map(({ factor, exponent }) => factorExpression(factor, exponentOf(exponent))),
  );
}

/** Denominators such as 1 − 1/β as (β − 1)/β. */
function withWholeBases(expression: Expression): Expression {
  return mapFactors(expression, ({ factor, exponent }) => {
    const count = timesBelow({ exponent });
    if (factor.kind !== 'template' || count === 0) return null;
    const body = instantiate(factor.template, factor.arguments);
    const lowest = new Map<string, number>();
    for (const { factors } of body.terms)
      for (const own of factors) {
        const times = timesBelow(own);
        if (own.factor.kind !== 'symbol' || times === 0) continue;
        lowest.set(own.factor.name, Math.min(-times, lowest.get(own.factor.name) ?? -times));
      }
    if (lowest.size === 0) return null;
    const raise = (sign: number): Expression[] =>
      [...lowest].map(([name, power]) => factorExpression({ kind: 'symbol', name }, exponentOf(sign * power)));
    const raised = wrap(multiply(body, ...raise(-1)));
    return power(multiply(raised, ...raise(1)), Rational.of(-count), NO_ASSUMPTIONS);
  });
}

/** Index factors and templates in negative powers, each with its least power. */
function denominatorsOf(
  expression: Expression,
): { readonly factor: FactorPower['factor']; readonly exponent: number }[] {
  const found = new Map<string, { readonly factor: FactorPower['factor']; readonly exponent: number }>();
  for (const { factors } of expression.terms) {
    for (const { factor, exponent } of factors) {
      const count = timesBelow({ exponent });
      if ((factor.kind !== 'index' && factor.kind !== 'template') || count === 0) continue;
      const key = factorKey(factor, indexName);
      found.set(key, { factor, exponent: Math.min(-count, found.get(key)?.exponent ?? 0) });
    }
  }
  return [...found.values()];
}
