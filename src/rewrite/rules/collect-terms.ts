/**
 * An expression as a sum of fractions times what is summed over coordinates and times: everything that depends on free
 * indices only, and every scalar, goes into the fraction; terms with the same rest are added.
 */
import type { Constraint } from '../../expression/core/domain.ts';
import type { Expression } from '../../expression/core/expression.ts';
import {
  exponentOf,
  type FactorPower,
  factorForms,
  integerExponent,
  plainExponent,
  substituteExponent,
  substituteFactor,
} from '../../expression/core/factor.ts';
import type { Factor } from '../../expression/core/factors.ts';
import { isBound, ZERO } from '../../expression/core/indices.ts';
import { labelTerm } from '../../expression/core/label.ts';
import { isScalar } from '../../expression/arithmetic/scalar.ts';
import { instantiate } from '../../expression/core/template.ts';
import { type RawTerm, substituteRaw, type Term } from '../../expression/core/term.ts';
import type { IndexSort } from '../../formula/formula.ts';
import { variableForm } from '../../number/linear-form.ts';
import {
  addFractions,
  type Fraction,
  fractionOf,
  isZeroFraction,
  multiplyFractions,
  reciprocalOf,
  scaleFraction,
  ZERO_FRACTION,
} from '../../algebra/rational-function.ts';
import { constantPolynomial, polynomialOf } from '../../algebra/polynomial.ts';
import { Rational } from '../../number/rational.ts';
import type { Variables } from '../polynomial-variables.ts';

/** Factors that are summed over the bound indices 0, 1, … of `sorts`, and components of θ. */
export interface Rest {
  readonly factors: readonly FactorPower[];
  readonly sorts: readonly IndexSort[];
  readonly constraints: readonly Constraint[];
}

export interface Group {
  /** May contain powers and indices at the bound indices of `rest`. */
  readonly fraction: Fraction;
  readonly rest: Rest;
}

/**
 * The groups of an expression, those that vanish left out; null where a factor does not fit. An expression without groups
 * is zero (off the zeros of denominators). With `forAnyN` conditions on n alone are dropped: the caller must make sure of
 * the value where they do not hold.
 */
export function collect(expression: Expression, variables: Variables, forAnyN = false): Group[] | null {
  const groups = new Map<string, { rest: Rest; parts: Fraction[] }>();
  for (const term of expression.terms) {
    const split = splitTerm(term, variables, forAnyN);
    if (split === null) return null;
    const known = groups.get(split.key);
    if (known === undefined) groups.set(split.key, { rest: split.rest, parts: [split.fraction] });
    else known.parts.push(split.fraction);
  }
  return [...groups.values()]
    .map(({ rest, parts }) => ({ rest, fraction: addFractions(...parts) }))
    .filter(({ fraction }) => !isZeroFraction(fraction));
}

/** Whether a factor power belongs to the rest. */
function isOfRest({ factor, exponent }: FactorPower): boolean {
  // θ_j stands apart: −∇_jE/R − λθ_j, not one fraction.
  if (factor.kind === 'point') return true;
  const forms = [...factorForms(factor), exponent.form];
  if (!forms.some(form => form.terms.some(([index]) => isBound(index)))) return false;
  return !isScalarFactor(factor);
}

const isScalarFactor = (factor: Factor): boolean =>
  factor.kind === 'symbol' ||
  factor.kind === 'integer' ||
  factor.kind === 'index' ||
  (factor.kind === 'template' && isScalar(factor.template.body));

function splitTerm(
  term: Term,
  variables: Variables,
  forAnyN: boolean,
): { readonly key: string; readonly rest: Rest; readonly fraction: Fraction } | null {
  const constraints = forAnyN
    ? term.constraints.filter(({ left, right }) => isBound(left) || isBound(right))
    : term.constraints;
  const shifts = new Map(
    term.sorts.flatMap((sort, index) =>
      sort === 'history' ? [[index, variableForm(index, startOf(term, index))] as const] : [],
    ),
  );
  const moved = substituteRaw({ ...term, constraints }, shifts);
  const rest: RawTerm = { ...moved, coefficient: Rational.one, factors: moved.factors.filter(isOfRest) };
  const { position, key } = labelTerm(rest);
  const map = new Map(position.map((to, from) => [from, variableForm(to)] as const));
  const sorts: IndexSort[] = [...term.sorts];
  position.forEach((to, from) => {
    sorts[to] = term.sorts[from] ?? 'history';
  });
  const { factors, constraints: renamed } = substituteRaw(rest, map, sorts);
  const scalars = moved.factors
    .filter(power => !isOfRest(power))
    .map(({ factor, exponent }) => ({
      factor: substituteFactor(factor, map),
      exponent: substituteExponent(exponent, map),
    }));
  const parts = scalars.map(power => powerFraction(power, variables));
  const known = parts.flatMap(part => (part === null ? [] : [part]));
  if (known.length < parts.length) return null;
  const fraction = scaleFraction(multiplyFractions(...known), term.coefficient);
  return { key: `${sorts.join()}|${key}`, rest: { factors, sorts, constraints: renamed }, fraction };
}

/**
 * What is added to a time so that it starts where it should: where it stands in the rest its least occurrence has no
 * constant, else it begins at 0. Terms are labelled with their scalars, which are no part of the rest.
 */
function startOf({ factors, constraints }: Term, index: number): number {
  const constants = factors
    .filter(isOfRest)
    .flatMap(({ factor }) => factorForms(factor))
    .filter(form => form.terms.length === 1 && form.terms[0]?.[0] === index && form.terms[0][1] === 1)
    .map(form => form.constant);
  if (constants.length > 0) return -Math.min(...constants);
  const lower = constraints.find(({ left, right }) => left === ZERO && right === index);
  return lower === undefined ? 0 : -lower.bound;
}

/** A factor power without a sum as a fraction. */
function powerFraction(power: FactorPower, variables: Variables): Fraction | null {
  const { factor, exponent } = power;
  const whole = integerExponent(exponent);
  if (factor.kind === 'index' && whole !== null)
    return wholePower(fractionOf(variables.form(factor.index)), whole, variables);
  if (factor.kind === 'integer' && plainExponent(exponent)?.isInteger())
    return fractionOf(constantPolynomial(Rational.of(factor.value).power(whole ?? 0)));
  const plain = plainExponent(exponent);
  if (factor.kind === 'template' && plain !== null && isScalar(factor.template.body)) {
    // (1−ρ)^{3/2} is (1−ρ)√(1−ρ).
    const body = fractionFrom(instantiate(factor.template, factor.arguments), variables);
    const root = variables.monomial({ factor, exponent: exponentOf(plain.subtract(Rational.of(plain.floor()))) });
    if (body === null || root === null) return null;
    return multiplyFractions(
      wholePower(body, Number(plain.floor()), variables),
      fractionOf(polynomialOf([{ coefficient: Rational.one, monomial: root }])),
    );
  }
  const monomial = variables.monomial(power);
  return monomial === null ? null : fractionOf(polynomialOf([{ coefficient: Rational.one, monomial }]));
}

function wholePower(base: Fraction, exponent: number, variables: Variables): Fraction {
  const factors = Array.from({ length: Math.abs(exponent) }, () => base);
  if (exponent >= 0) return multiplyFractions(...factors);
  const numerator = reciprocalOf(base.above, variables.factor);
  const denominators = base.below.flatMap(({ base: polynomial, count }) =>
    Array.from({ length: count }, () => fractionOf(polynomial)),
  );
  return multiplyFractions(...factors.flatMap(() => [numerator, ...denominators]));
}

/** An expression without sums as a fraction; null for others. */
export function fractionFrom(expression: Expression, variables: Variables): Fraction | null {
  let total = ZERO_FRACTION;
  for (const term of expression.terms) {
    if (term.sorts.length > 0) return null;
    const parts: Fraction[] = [];
    for (const power of term.factors) {
      const part = powerFraction(power, variables);
      if (part === null) return null;
      parts.push(part);
    }
    total = addFractions(total, scaleFraction(multiplyFractions(...parts), term.coefficient));
  }
  return total;
}
