/**
 * n taken under a sum: beside a denominator x + c of a summed time, a factor n is (n + d − x) + (x + c) − c − d, so that
 * n Σ ρ^{n−k}/(k+1) becomes sums whose weights leave every fixed time. Equal term by term.
 *
 * Source: Graham, Knuth, Patashnik, Concrete Mathematics, 2.3: the distributive law of sums.
 */
import {
  add,
  constant,
  type Expression,
  factorExpression,
  multiply,
  openTerm,
  scale,
  sumOverAll,
} from '../../expression/core/expression.ts';
import { exponentOf, type FactorPower, timesAbove, timesBelow } from '../../expression/core/factor.ts';
import { ITERATION_INDEX } from '../../expression/core/indices.ts';
import type { Term } from '../../expression/core/term.ts';
import { addForms, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';

/** The term with one factor a n + b written so; null where it has none beside such a denominator, or x no bound n + d. */
export function iterationUnderSum(term: Term): Expression | null {
  const opened = openTerm(term);
  const late = opened.factors.find(isLate);
  const below = opened.factors.find(own => isDenominator(own, opened.open));
  if (late?.factor.kind !== 'index' || below?.factor.kind !== 'index') return null;
  const [time] = below.factor.index.terms;
  const [slope] = late.factor.index.terms;
  if (time === undefined || slope === undefined) return null;
  const [x, a] = [time[0], slope[1]];
  const last = opened.constraints.find(({ left, right }) => left === x && right === ITERATION_INDEX);
  if (last === undefined) return null;
  // a n + b = a (n + d − x) + a (x + c) + (b − a d − a c), where x ≤ n + d.
  const gap = factorExpression({
    kind: 'index',
    index: addForms(variableForm(ITERATION_INDEX, last.bound), variableForm(x), -1),
  });
  const rest = constant(late.factor.index.constant - a * (last.bound + below.factor.index.constant));
  const parts = [scale(gap, Rational.of(a)), scale(factorExpression(below.factor), Rational.of(a)), rest];
  const others = opened.factors.filter(own => own !== late).map(asExpression);
  const lowered = factorExpression(late.factor, exponentOf(late.exponent.constant.subtract(Rational.one)));
  const body = add(...parts.map(part => multiply(constant(opened.coefficient), part, lowered, ...others)));
  return sumOverAll(body, opened.open, opened.sorts, opened.constraints);
}

const asExpression = ({ factor, exponent }: FactorPower): Expression => factorExpression(factor, exponent);

/** a n + b to a positive power. */
const isLate = ({ factor, exponent }: FactorPower): boolean =>
  factor.kind === 'index' &&
  timesAbove({ exponent }) !== 0 &&
  factor.index.terms.length === 1 &&
  factor.index.terms[0]?.[0] === ITERATION_INDEX;

/** x + c to a negative power, with a summed time x. */
const isDenominator = ({ factor, exponent }: FactorPower, times: readonly number[]): boolean =>
  factor.kind === 'index' &&
  timesBelow({ exponent }) !== 0 &&
  factor.index.terms.length === 1 &&
  factor.index.terms[0]?.[1] === 1 &&
  times.includes(factor.index.terms[0][0]);
