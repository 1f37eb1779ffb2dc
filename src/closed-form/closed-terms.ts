/**
 * The terms of an expression in closed form: sums over times are carried out where they can be, what is left is collected by
 * the sums over coordinates, and those that are gradients of a norm get its name.
 */
import { type Expression, expressionOf, factorExpression, multiply } from '../expression/core/expression.ts';
import { type FactorPower, substituteExponent, substituteFactor } from '../expression/core/factor.ts';
import { isBound } from '../expression/core/indices.ts';
import { substituteRaw } from '../expression/core/term.ts';
import { writeExpression } from '../expression/write/to-formula.ts';
import type { WrittenIndices } from '../expression/write/write-form.ts';
import type { Formula } from '../formula/formula.ts';
import { variableForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';
import { collect, type Group, type Rest } from '../rewrite/rules/collect-terms.ts';
import { Variables } from '../rewrite/polynomial-variables.ts';
import { ONE_POLYNOMIAL, polynomialOf, powerPolynomial, variablesOf } from '../algebra/polynomial.ts';
import { type Fraction, fractionOf, multiplyFractions, scaleFraction } from '../algebra/rational-function.ts';
import { boundIn, polynomialFactor } from '../rewrite/fraction-expression.ts';
import { recognise } from './recognise.ts';
import type { ClosedOptions } from './write-fraction.ts';

/** A fraction times factors that are sums or have a name. */
export interface ClosedTerm {
  readonly fraction: Fraction;
  readonly variables: Variables;
  readonly letters: WrittenIndices;
  /** Potentials whose gradients stand as factors. */
  readonly potentials: readonly Formula[];
  /** Other sums, with the fraction inside where it depends on their times. */
  readonly sums: readonly Formula[];
  /** The same factors in normal form, up to a number. */
  readonly multiplicand: Expression;
  /** Whether a sum over times is left. */
  readonly hasHistory: boolean;
}

/** The terms of an expression whose sums are carried out; null where a factor does not fit into fractions. */
export function closedTerms(
  expression: Expression,
  options: ClosedOptions,
  letters: WrittenIndices = new Map(),
): ClosedTerm[] | null {
  const variables = new Variables();
  // What is written is compared with what was derived for every n.
  const groups = collect(expression, variables, true);
  return groups?.map(group => closedTerm(group, { variables, options, letters })) ?? null;
}

interface Writing {
  readonly variables: Variables;
  readonly options: ClosedOptions;
  readonly letters: WrittenIndices;
}

function closedTerm({ fraction, rest }: Group, writing: Writing): ClosedTerm {
  const { variables, options, letters } = writing;
  const { apart, members } = coordinateSums(rest);
  let scaled = fraction;
  const potentials: Formula[] = [];
  const free = rest.factors.filter(power => boundIn(power).length === 0);
  const sums: Formula[] = free.map(({ factor, exponent }) =>
    writeExpression(factorExpression(factor, exponent), options, letters),
  );
  for (const each of apart) {
    const known = recognise(each, scalar => writeExpression(scalar, options, letters));
    if (known === null) {
      sums.push(writeExpression(expressionOf([{ coefficient: Rational.one, ...each }]), options, letters));
      continue;
    }
    scaled = scaleFraction(scaled, known.factor);
    potentials.push(known.potential);
  }
  if (members.length === 0) {
    const multiplicand = expressionOf([{ coefficient: Rational.one, ...rest }]);
    return { fraction: scaled, variables, letters, potentials, sums, multiplicand, hasHistory: false };
  }
  const inner = historySum(scaled, members, restTo(rest, members), variables);
  const others = [
    ...apart.map(each => expressionOf([{ coefficient: Rational.one, ...each }])),
    ...free.map(({ factor, exponent }) => factorExpression(factor, exponent)),
  ];
  return {
    fraction: inner.outside,
    variables,
    letters,
    potentials,
    sums: [writeExpression(inner.sum, options, letters), ...sums],
    multiplicand: multiply(inner.sum, ...others),
    hasHistory: true,
  };
}

/** Sums over coordinates alone that share nothing with the rest, each by itself. */
function coordinateSums(rest: Rest): { readonly apart: readonly Rest[]; readonly members: readonly number[] } {
  const { factors, sorts, constraints } = rest;
  const component = sorts.map((_, index) => index);
  const join = (among: readonly number[]): void => {
    const [first] = among;
    if (first === undefined) return;
    const least = Math.min(...among.map(index => component[index] ?? index));
    const joined = new Set(among.map(index => component[index] ?? index));
    component.forEach((own, index) => {
      if (joined.has(own)) component[index] = least;
    });
  };
  for (const power of factors) join(boundIn(power));
  for (const { left, right } of constraints) join([left, right].filter(isBound));
  const apart: Rest[] = [];
  const kept: number[] = [];
  for (const own of new Set(component)) {
    const members = sorts.flatMap((_, index) => (component[index] === own ? [index] : []));
    if (members.every(index => sorts[index] === 'coordinate')) apart.push(restTo(rest, members));
    else kept.push(...members);
  }
  return { apart, members: kept.sort((a, b) => a - b) };
}

/** The rest over these of its indices only, renumbered. */
function restTo({ factors, sorts, constraints }: Rest, members: readonly number[]): Rest {
  const map = new Map(members.map((index, position) => [index, variableForm(position)] as const));
  const isInside = (indices: readonly number[]): boolean => indices.some(index => members.includes(index));
  const { factors: own, constraints: bounds } = substituteRaw(
    {
      coefficient: Rational.one,
      factors: factors.filter(power => isInside(boundIn(power))),
      sorts,
      constraints: constraints.filter(({ left, right }) => isInside([left, right])),
    },
    map,
  );
  return { factors: own, sorts: members.map(index => sorts[index] ?? 'history'), constraints: bounds };
}

/** The sum over times, with those factors of the fraction inside that depend on them. */
function historySum(
  fraction: Fraction,
  members: readonly number[],
  rest: Rest,
  variables: Variables,
): { readonly outside: Fraction; readonly sum: Expression } {
  const { number, monomial, powers } = variables.factor(fraction.above);
  const isInside = (ids: readonly number[]): boolean => ids.some(id => isAtBound(variables, id));
  // ρ^{n−l}: powers of a symbol stay together.
  const names = new Set(monomial.filter(([id]) => isInside([id])).map(([id]) => nameOf(variables, id)));
  const isOuter = (id: number): boolean => !isInside([id]) && !names.has(nameOf(variables, id));
  const inside: FactorPower[] = variables.factorPowers(monomial.filter(([id]) => !isOuter(id)));
  let scale = Rational.one;
  const outer = monomial.filter(([id]) => isOuter(id));
  let outside: Fraction = { above: polynomialOf([{ coefficient: number, monomial: outer }]), below: [] };
  for (const [list, sign] of [
    [powers, 1],
    [fraction.below, -1],
  ] as const) {
    for (const { base, count } of list) {
      if (isInside(variablesOf(base))) {
        const own = polynomialFactor(base, sign * count, variables);
        inside.push(...own.factors);
        scale = scale.multiply(own.coefficient);
      } else if (sign === 1) outside = multiplyFractions(outside, fractionOf(powerPolynomial(base, count)));
      else outside = multiplyFractions(outside, { above: ONE_POLYNOMIAL, below: [{ base, count }] });
    }
  }
  const map = new Map(members.map((index, position) => [index, variableForm(position)] as const));
  const moved = inside.map(({ factor, exponent }) => ({
    factor: substituteFactor(factor, map),
    exponent: substituteExponent(exponent, map),
  }));
  const term = {
    coefficient: scale,
    factors: [...rest.factors, ...moved],
    sorts: rest.sorts,
    constraints: rest.constraints,
  };
  return { outside, sum: expressionOf([term]) };
}

function nameOf(variables: Variables, id: number): string {
  const variable = variables.get(id);
  return variable.kind === 'symbol' || variable.kind === 'power' ? variable.name : `#${id}`;
}

function isAtBound(variables: Variables, id: number): boolean {
  const variable = variables.get(id);
  if (variable.kind === 'symbol') return false;
  if (variable.kind === 'local') return boundIn({ factor: variable.factor, exponent: variable.unit }).length > 0;
  return isBound(variable.index);
}
