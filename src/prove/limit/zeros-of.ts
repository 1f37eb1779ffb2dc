/**
 * Where a scalar that was divided by vanishes: values of one symbol in terms of the others. Complete or null: every zero in
 * the domains is among the answers, or none is given.
 */
import { Budget, BudgetSpent } from '../../base/budget.ts';
import { attempt } from '../../base/problem.ts';
import { type Assumptions, withDomain } from '../../expression/arithmetic/assumptions.ts';
import {
  add,
  asNumber,
  constant,
  type Expression,
  expressionOf,
  factorExpression,
  isZero,
  multiply,
  negate,
  subtract,
} from '../../expression/core/expression.ts';
import { exponentOf, integerExponent, isBelow } from '../../expression/core/factor.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { isScalar } from '../../expression/arithmetic/scalar.ts';
import { substituteSymbol } from '../../expression/calculus/substitute-symbol.ts';
import { isPlainTerm, singlePower } from '../../expression/core/single.ts';
import { instantiate } from '../../expression/core/template.ts';
import type { Domain } from '../../formula/declaration.ts';
import { WHOLE_LINE, intersect, isEmpty } from '../../formula/domain.ts';
import { Rational } from '../../number/rational.ts';
import { divideExpression } from '../../rewrite/divide-exactly.ts';
import { cancelFractions } from '../../rewrite/rules/fractions.ts';
import { unfold, unfoldScalars } from '../../rewrite/unfold.ts';
import { provablyNonzero } from '../sign/nonzero.ts';

/** symbol = by; `assumptions` are what then holds of the other symbols. */
export interface Zero {
  readonly symbol: string;
  readonly by: Expression;
  readonly assumptions: Assumptions;
}

/** Work for one divisor, in terms made. */
const STEPS = 4_000;

/** All values at which a scalar vanishes; null where they are not found. */
export function zerosOf(divisor: Expression, assumptions: Assumptions): readonly Zero[] | null {
  if (!isScalar(divisor)) return null;
  const budget = new Budget(STEPS);
  try {
    const found = attempt(() => zerosOfFactors(divisor, assumptions, budget));
    return found.ok ? found.value : null;
  } catch (error) {
    if (error instanceof BudgetSpent) return null;
    throw error;
  }
}

function zerosOfFactors(divisor: Expression, assumptions: Assumptions, budget: Budget): Zero[] | null {
  if (provablyNonzero(divisor, assumptions, budget)) return [];
  const [only] = divisor.terms;
  if (divisor.terms.length > 1 || only === undefined || only.constraints.length > 0)
    return zerosOfSum(divisor, assumptions, budget);
  const zeros: Zero[] = [];
  for (const { factor, exponent } of only.factors) {
    if (exponent.form.terms.length > 0) return null;
    // A negative power has a value where its base does not vanish, and vanishes nowhere.
    if (factor.kind === 'integer' || isBelow({ exponent })) continue;
    const part =
      factor.kind === 'symbol'
        ? caseOf(factor.name, constant(0), assumptions)
        : factor.kind === 'template'
          ? zerosOfFactors(instantiate(factor.template, factor.arguments), assumptions, budget)
          : null;
    if (part === null) return null;
    zeros.push(...part);
  }
  return zeros;
}

function zerosOfSum(divisor: Expression, assumptions: Assumptions, budget: Budget): Zero[] | null {
  const plain = withoutDenominators(unfoldScalars(cancelFractions(unfoldScalars(divisor, budget), budget), budget));
  if (plain === null) return null;
  const zeros: Zero[] = [];
  let rest = plain;
  for (const { symbol, by } of likely(plain)) {
    const root = subtract(symbolExpression(symbol), by);
    let divides = false;
    while (isZero(replaced(rest, symbol, by, assumptions, budget))) {
      const quotient = divideExpression(rest, root, budget);
      if (quotient === null) return null;
      rest = quotient;
      divides = true;
    }
    if (divides) zeros.push(...caseOf(symbol, by, assumptions));
    if (provablyNonzero(rest, assumptions, budget)) return zeros;
  }
  for (const symbol of symbolsOf(rest)) {
    const line = asLine(rest, symbol);
    if (line === null || !provablyNonzero(line.slope, assumptions, budget)) continue;
    const root = negate(multiply(line.rest, power(line.slope, Rational.minusOne, assumptions)));
    zeros.push(...caseOf(symbol, cancelFractions(unfoldScalars(root, budget), budget), assumptions));
    return zeros;
  }
  return null;
}

/** The case symbol = by; none where that is outside of the domains. */
function caseOf(symbol: string, by: Expression, assumptions: Assumptions): Zero[] {
  const own = assumptions.domain(symbol) ?? WHOLE_LINE;
  const number = asNumber(by);
  if (number !== null) return contains(own, number) ? [{ symbol, by, assumptions }] : [];
  const single = singlePower(by);
  if (single?.factor.kind !== 'symbol' || integerExponent(single.exponent) !== 1) return [{ symbol, by, assumptions }];
  const both = intersect(own, assumptions.domain(single.factor.name) ?? WHOLE_LINE);
  return isEmpty(both) ? [] : [{ symbol, by, assumptions: withDomain(assumptions, single.factor.name, both) }];
}

const contains = (domain: Domain, value: Rational): boolean =>
  !isEmpty(intersect(domain, { lower: value, lowerOpen: false, upper: value, upperOpen: false }));

const symbolExpression = (name: string): Expression => factorExpression({ kind: 'symbol', name });

const replaced = (
  value: Expression,
  symbol: string,
  by: Expression,
  assumptions: Assumptions,
  budget: Budget,
): Expression => unfold(substituteSymbol(value, symbol, by, assumptions), budget);

/** A polynomial in symbols; null where something else occurs. Symbols below a line are divisors of their own. */
function withoutDenominators(value: Expression): Expression | null {
  const least = new Map<string, number>();
  for (const term of value.terms) {
    if (!isPlainTerm(term)) return null;
    for (const { factor, exponent } of term.factors) {
      const whole = integerExponent(exponent);
      if (factor.kind !== 'symbol' || whole === null) return null;
      least.set(factor.name, Math.min(whole, least.get(factor.name) ?? 0));
    }
  }
  return multiply(
    value,
    ...[...least].map(([name, count]) => factorExpression({ kind: 'symbol', name }, exponentOf(-count))),
  );
}

function symbolsOf({ terms }: Expression): string[] {
  const found = new Set<string>();
  for (const { factors } of terms)
    for (const { factor } of factors) if (factor.kind === 'symbol') found.add(factor.name);
  return [...found].sort();
}

/** Equal symbols, squares, and the numbers 0, 1 and −1, in their domains or not. */
function likely(value: Expression): { readonly symbol: string; readonly by: Expression }[] {
  const symbols = symbolsOf(value);
  const pairs = symbols.flatMap(symbol =>
    symbols.flatMap(other => (other === symbol ? [] : [{ symbol, other: symbolExpression(other) }])),
  );
  return [
    ...symbols.flatMap(symbol => [0, 1, -1].map(number => ({ symbol, by: constant(number) }))),
    ...pairs.map(({ symbol, other }) => ({ symbol, by: other })),
    ...pairs.map(({ symbol, other }) => ({ symbol, by: multiply(other, other) })),
    ...pairs.map(({ symbol, other }) => ({ symbol, by: negate(other) })),
  ];
}

/** slope · symbol + rest. */
function asLine(value: Expression, symbol: string): { readonly slope: Expression; readonly rest: Expression } | null {
  const slopes: Expression[] = [];
  const rest: Expression[] = [];
  for (const term of value.terms) {
    const own = term.factors.find(({ factor }) => factor.kind === 'symbol' && factor.name === symbol);
    if (own === undefined) rest.push({ terms: [term] });
    else if (integerExponent(own.exponent) === 1)
      slopes.push(expressionOf([{ ...term, factors: term.factors.filter(each => each !== own) }]));
    else return null;
  }
  return slopes.length === 0 ? null : { slope: add(...slopes), rest: add(...rest) };
}
