/**
 * Exact division by a polynomial in symbols and their powers β, β^n, …: the terms of the numerator are grouped by everything
 * else that they contain, and each group is divided as a polynomial. Exponents may be negative.
 */
import { work } from '../base/work.ts';
import type { Budget } from '../base/budget.ts';
import { type Expression, expressionOf } from '../expression/core/expression.ts';
import { type FactorPower, factorKey } from '../expression/core/factor.ts';
import { indexName, isBound } from '../expression/core/indices.ts';
import { isPlainTerm } from '../expression/core/single.ts';
import type { RawTerm, Term } from '../expression/core/term.ts';
import { Rational } from '../number/rational.ts';

/** A term as a monomial times a rest. */
interface Split {
  /** Exponents by variable: the symbol itself, or the symbol with an index in its exponent. */
  readonly exponents: ReadonlyMap<string, number>;
  readonly rest: readonly FactorPower[];
  /** Equal for terms whose rests and domains are equal. */
  readonly key: string;
}

const splits = new WeakMap<Term, Split>();
const SEPARATOR = '@';

function splitOf(term: Term): Split {
  const known = splits.get(term);
  if (known !== undefined) return known;
  const exponents = new Map<string, number>();
  const rest: FactorPower[] = [];
  for (const own of term.factors) {
    const { factor, exponent } = own;
    const isMonomial =
      factor.kind === 'symbol' &&
      exponent.constant.isInteger() &&
      exponent.form.terms.every(([index]) => !isBound(index));
    if (!isMonomial) {
      rest.push(own);
      continue;
    }
    if (!exponent.constant.isZero()) exponents.set(factor.name, Number(exponent.constant.num));
    for (const [index, count] of exponent.form.terms) exponents.set(`${factor.name}${SEPARATOR}${index}`, count);
  }
  const domain = `${term.sorts.join()}|${term.constraints.map(c => `${c.left},${c.right},${c.bound}`).join(';')}`;
  const names = rest.map(
    ({ factor, exponent }) =>
      `${factorKey(factor, indexName)}^${exponent.constant}+${JSON.stringify(exponent.form.terms)}`,
  );
  const split = { exponents, rest, key: [domain, ...names].join('*') };
  splits.set(term, split);
  return split;
}

/** Exponents by place in a list of variables, greatest first in lexicographic order. */
interface Power {
  readonly exponents: readonly number[];
  coefficient: Rational;
}

type Polynomial = Map<string, Power>;

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function leading(polynomial: Polynomial): Power | null {
  let best: Power | null = null;
  for (const power of polynomial.values()) {
    if (best === null || compare(power.exponents, best.exponents) > 0) best = power;
  }
  return best;
}

function addTo(polynomial: Polynomial, exponents: readonly number[], coefficient: Rational): void {
  const key = exponents.join();
  const known = polynomial.get(key);
  if (known === undefined) {
    polynomial.set(key, { exponents, coefficient });
    return;
  }
  const sum = known.coefficient.add(coefficient);
  if (sum.isZero()) polynomial.delete(key);
  else known.coefficient = sum;
}

/** The quotient; null when the division leaves a remainder or the divisor contains anything but symbols. */
export function divideExpression(numerator: Expression, divisor: Expression, budget: Budget): Expression | null {
  const below = divisor.terms.map(term => ({ term, split: splitOf(term) }));
  if (below.length === 0 || below.some(({ term, split }) => split.rest.length > 0 || !isPlainTerm(term))) return null;
  const variables = [
    ...new Set([...numerator.terms, ...divisor.terms].flatMap(term => [...splitOf(term).exponents.keys()])),
  ].sort();
  const placed = (split: Split): number[] => variables.map(name => split.exponents.get(name) ?? 0);
  const by: Polynomial = new Map();
  for (const { term, split } of below) addTo(by, placed(split), term.coefficient);
  const groups = new Map<string, { readonly like: Term; readonly polynomial: Polynomial }>();
  for (const term of numerator.terms) {
    const split = splitOf(term);
    const group = groups.get(split.key) ?? { like: term, polynomial: new Map() };
    groups.set(split.key, group);
    addTo(group.polynomial, placed(split), term.coefficient);
  }
  const quotient: RawTerm[] = [];
  for (const { like, polynomial } of groups.values()) {
    const part = quotientOf(polynomial, by, budget);
    if (part === null) return null;
    for (const power of part) quotient.push(termOf(power, variables, like));
  }
  return expressionOf(quotient);
}

function quotientOf(numerator: Polynomial, divisor: Polynomial, budget: Budget): Power[] | null {
  const lead = leading(divisor);
  if (lead === null) return null;
  const quotient: Power[] = [];
  const limit = 8 * numerator.size + 32;
  for (let top = leading(numerator); top !== null; top = leading(numerator)) {
    if (quotient.length > limit || numerator.size > limit) return null;
    budget.spend();
    work(divisor.size + Math.ceil(numerator.size / 8));
    const exponents = top.exponents.map((exponent, at) => exponent - (lead.exponents[at] ?? 0));
    const coefficient = top.coefficient.divide(lead.coefficient);
    quotient.push({ exponents, coefficient });
    for (const power of divisor.values())
      addTo(
        numerator,
        power.exponents.map((exponent, at) => exponent + (exponents[at] ?? 0)),
        power.coefficient.multiply(coefficient).negate(),
      );
  }
  return quotient;
}

/** The monomial times the rest of a term. */
function termOf({ exponents, coefficient }: Power, variables: readonly string[], like: Term): RawTerm {
  const symbols = variables.flatMap((variable, at): FactorPower[] => {
    const count = exponents[at] ?? 0;
    if (count === 0) return [];
    const [name = variable, index] = variable.split(SEPARATOR);
    const exponent =
      index === undefined
        ? { constant: Rational.of(count), form: { constant: 0, terms: [] } }
        : { constant: Rational.zero, form: { constant: 0, terms: [[Number(index), count] as const] } };
    return [{ factor: { kind: 'symbol', name }, exponent }];
  });
  return {
    coefficient,
    factors: [...splitOf(like).rest, ...symbols],
    sorts: like.sorts,
    constraints: like.constraints,
  };
}
