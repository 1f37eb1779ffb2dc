/**
 * Expressions of the normal form: sums of canonical terms, sorted by key, no key twice. Immutable.
 *
 * Addition merges terms with equal keys; multiplication distributes. What must stay together is wrapped in a template
 * factor first (see template.ts).
 */
import { work } from '../../base/work.ts';
import type { IndexSort } from '../../formula/formula.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import type { Constraint } from './domain.ts';
import { type Exponent, type FactorPower, ONE_EXPONENT } from './factor.ts';
import type { Factor } from './factors.ts';
import { IndexFacts } from './index-facts.ts';
import { openIndex } from './indices.ts';
import { freeIndices, makeTerm, type RawTerm, substituteRaw, type Term } from './term.ts';

export interface Expression {
  readonly terms: readonly Term[];
}

export const ZERO_EXPRESSION: Expression = { terms: [] };

/** The sum of raw terms, in canonical form. */
export function expressionOf(raws: Iterable<RawTerm>): Expression {
  const terms: Term[] = [];
  for (const raw of raws) {
    const term = makeTerm(raw);
    if (term !== null) terms.push(term);
  }
  return sumTerms(terms);
}

/** The sum of canonical terms. */
export function sumTerms(terms: readonly Term[]): Expression {
  if (terms.length === 0) return ZERO_EXPRESSION;
  const byKey = new Map<string, Term>();
  for (const term of terms) {
    const known = byKey.get(term.key);
    byKey.set(
      term.key,
      known === undefined ? term : { ...known, coefficient: known.coefficient.add(term.coefficient) },
    );
  }
  const left = [...byKey.values()].filter(term => !term.coefficient.isZero());
  return { terms: left.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)) };
}

export const constant = (value: Rational | number): Expression =>
  expressionOf([
    { coefficient: typeof value === 'number' ? Rational.of(value) : value, factors: [], sorts: [], constraints: [] },
  ]);

export const ONE_EXPRESSION: Expression = constant(1);

/** A single factor to a power. */
export const factorExpression = (factor: Factor, exponent: Exponent = ONE_EXPONENT): Expression =>
  expressionOf([{ coefficient: Rational.one, factors: [{ factor, exponent }], sorts: [], constraints: [] }]);

/** The linear form as a number: n − k + 1. */
export function formExpression(form: LinearForm): Expression {
  if (form.terms.length === 0) return constant(form.constant);
  return factorExpression({ kind: 'index', index: form });
}

export function add(...summands: readonly Expression[]): Expression {
  const nonzero = summands.filter(s => s.terms.length > 0);
  if (nonzero.length <= 1) return nonzero[0] ?? ZERO_EXPRESSION;
  return sumTerms(nonzero.flatMap(s => s.terms));
}

export function scale(expression: Expression, by: Rational): Expression {
  if (by.isOne()) return expression;
  if (by.isZero()) return ZERO_EXPRESSION;
  return { terms: expression.terms.map(term => ({ ...term, coefficient: term.coefficient.multiply(by) })) };
}

export const negate = (expression: Expression): Expression => scale(expression, Rational.minusOne);
export const subtract = (left: Expression, right: Expression): Expression => add(left, negate(right));

/** The product of two raw terms; the bound indices of the second are renumbered, so nothing is captured. */
function multiplyRaw(left: RawTerm, right: RawTerm): RawTerm {
  const offset = left.sorts.length;
  const shifted =
    offset === 0 || right.sorts.length === 0
      ? right
      : substituteRaw(right, new Map(right.sorts.map((_, i) => [i, variableForm(i + offset)])));
  return {
    coefficient: left.coefficient.multiply(right.coefficient),
    factors: [...left.factors, ...shifted.factors],
    sorts: [...left.sorts, ...right.sorts],
    constraints: [...left.constraints, ...shifted.constraints],
  };
}

export function multiply(...factors: readonly Expression[]): Expression {
  let result: Expression | null = null;
  for (const factor of factors) {
    if (factor.terms.length === 0) return ZERO_EXPRESSION;
    if (result === null) result = factor;
    else result = multiplyTwo(result, factor);
  }
  return result ?? ONE_EXPRESSION;
}

function multiplyTwo(left: Expression, right: Expression): Expression {
  const plainLeft = asNumber(left);
  if (plainLeft !== null) return scale(right, plainLeft);
  const plainRight = asNumber(right);
  if (plainRight !== null) return scale(left, plainRight);
  // Counted before they are made: what is too much does not fill the memory either.
  work(left.terms.length * right.terms.length);
  const raws: RawTerm[] = [];
  for (const a of left.terms) for (const b of right.terms) raws.push(multiplyRaw(a, b));
  return expressionOf(raws);
}

/** The value of an expression that is a number; null for every other. */
export function asNumber(expression: Expression): Rational | null {
  const only = expression.terms[0];
  if (only === undefined) return Rational.zero;
  if (expression.terms.length > 1 || only.factors.length > 0 || only.sorts.length > 0 || only.constraints.length > 0)
    return null;
  return only.coefficient;
}

export const isZero = (expression: Expression): boolean => expression.terms.length === 0;

/** Equality of canonical forms: sound; false says nothing by itself. */
export function sameExpression(left: Expression, right: Expression): boolean {
  if (left.terms.length !== right.terms.length) return false;
  return left.terms.every((term, i) => {
    const other = right.terms[i];
    return other !== undefined && term.key === other.key && term.coefficient.equals(other.coefficient);
  });
}

/** A text that is equal exactly for equal canonical forms. */
export const expressionKey = (expression: Expression): string =>
  expression.terms.map(t => `${t.coefficient}·${t.key}`).join(' + ');

/** Replaces free index variables, simultaneously. Bound indices are renumbered where needed, so nothing is captured. */
export function substituteIndices(expression: Expression, map: ReadonlyMap<number, LinearForm>): Expression {
  if (map.size === 0) return expression;
  return expressionOf(expression.terms.map(term => substituteRaw(term, map)));
}

/** Σ of the expression over the free index `open`, which becomes bound, under the given constraints. */
export function sumOver(
  expression: Expression,
  open: number,
  sort: IndexSort,
  constraints: readonly Constraint[],
): Expression {
  return expressionOf(expression.terms.map(term => closeTerm(term, open, sort, constraints)));
}

function closeTerm(term: Term, open: number, sort: IndexSort, constraints: readonly Constraint[]): RawTerm {
  const bound = term.sorts.length;
  const extended: RawTerm = {
    ...term,
    sorts: [...term.sorts, sort],
    constraints: [...term.constraints, ...constraints],
  };
  return substituteRaw(extended, new Map([[open, variableForm(bound)]]));
}

/** Restricts every term to the constraints (an Iverson bracket as a factor). */
export const restrict = (expression: Expression, constraints: readonly Constraint[]): Expression =>
  expressionOf(expression.terms.map(term => ({ ...term, constraints: [...term.constraints, ...constraints] })));

/** The free index variables of all terms. */
export function freeIndicesOf(expression: Expression): Set<number> {
  const found = new Set<number>();
  for (const term of expression.terms) for (const index of freeIndices(term)) found.add(index);
  return found;
}

/** Σ over several open indices at once; the constraints speak of the open indices. */
export function sumOverAll(
  expression: Expression,
  open: readonly number[],
  sorts: readonly IndexSort[],
  constraints: readonly Constraint[],
): Expression {
  return expressionOf(
    expression.terms.map(inner => {
      const offset = inner.sorts.length;
      const closing = new Map(open.map((index, i) => [index, variableForm(i + offset)] as const));
      return substituteRaw(
        { ...inner, sorts: [...inner.sorts, ...sorts], constraints: [...inner.constraints, ...constraints] },
        closing,
      );
    }),
  );
}

/** A term with every bound index replaced by a fresh open index. */
export interface OpenedTerm {
  readonly coefficient: Rational;
  readonly factors: readonly FactorPower[];
  readonly open: readonly number[];
  readonly sorts: readonly IndexSort[];
  readonly constraints: readonly Constraint[];
}

export function openTerm(term: Term): OpenedTerm {
  const open = term.sorts.map(sort => openIndex(sort));
  const raw =
    open.length === 0 ? term : substituteRaw(term, new Map(open.map((index, i) => [i, variableForm(index)] as const)));
  return { coefficient: term.coefficient, factors: raw.factors, open, sorts: term.sorts, constraints: raw.constraints };
}

/**
 * Rewrites a term from inside its sums: `rewrite` gets the factors with every bound index replaced by a fresh open index
 * and returns an expression in them, which is then summed over the term's domain again and multiplied by its coefficient.
 */
export function withOpened(term: Term, rewrite: (factors: readonly FactorPower[]) => Expression): Expression {
  const opened = openTerm(term);
  const body = scale(rewrite(opened.factors), opened.coefficient);
  return opened.open.length === 0 && opened.constraints.length === 0
    ? body
    : sumOverAll(body, opened.open, opened.sorts, opened.constraints);
}

/** Replaces every factor power for which `map` gives an expression, and multiplies out; the same object if none does. */
export const mapFactors = (expression: Expression, map: (power: FactorPower) => Expression | null): Expression =>
  mapFactorsUnder(expression, IndexFacts.NONE, map);

/** The same; `map` is also told what is known of the indices of a factor: the facts, and the domain of its term. */
export function mapFactorsUnder(
  expression: Expression,
  facts: IndexFacts,
  map: (power: FactorPower, inside: IndexFacts) => Expression | null,
): Expression {
  const parts: Expression[] = [];
  const untouched: Term[] = [];
  for (const term of expression.terms) {
    const opened = openTerm(term);
    const inside = facts.with(opened.constraints);
    const images = opened.factors.map(power => map(power, inside));
    if (images.every(image => image === null)) {
      untouched.push(term);
      continue;
    }
    const kept = opened.factors.filter((_, i) => images[i] === null);
    const rest = expressionOf([{ coefficient: opened.coefficient, factors: kept, sorts: [], constraints: [] }]);
    const body = multiply(rest, ...images.flatMap(image => (image === null ? [] : [image])));
    parts.push(
      opened.open.length === 0 && opened.constraints.length === 0
        ? body
        : sumOverAll(body, opened.open, opened.sorts, opened.constraints),
    );
  }
  return parts.length === 0 ? expression : add({ terms: untouched }, ...parts);
}
