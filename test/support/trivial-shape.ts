/**
 * The shape of a formula up to what writing and reading may change without changing its meaning: nesting of sums and of
 * products, where a minus of a product stands, derivatives of derivatives of a loss, numbers as quotients of naturals, names of bound indices, places.
 */
import * as build from '../../src/formula/build.ts';
import type { Formula, MultiplyNode } from '../../src/formula/formula.ts';
import { encodeFormula } from '../../src/formula/json.ts';
import type { Json } from '../../src/formula/json.ts';
import { children, withChildren } from '../../src/formula/walk.ts';
import { Rational } from '../../src/number/rational.ts';

/** A JSON value that is equal for formulas of the same trivial shape. */
export const trivialShape = (formula: Formula): Json => encodeFormula(shape(formula, new Map(), 0));

function shape(formula: Formula, names: ReadonlyMap<string, string>, depth: number): Formula {
  switch (formula.kind) {
    case 'number':
      return shapeNumber(formula.value);
    case 'index':
      return build.index(names.get(formula.name) ?? formula.name);
    case 'sum':
    case 'product': {
      const name = `bound ${depth}`;
      const inner = new Map(names).set(formula.index, name);
      const [lower, upper] = [shape(formula.lower, names, depth), shape(formula.upper, names, depth)];
      return { ...formula, span: null, index: name, lower, upper, body: shape(formula.body, inner, depth + 1) };
    }
    case 'add':
      return build.addition(
        ...formula.terms
          .map(term => shape(term, names, depth))
          .flatMap(term => (term.kind === 'add' ? term.terms : [term])),
      );
    case 'multiply':
      return shapeProduct(flatFactors(formula).map(factor => shape(factor, names, depth)));
    case 'derivative': {
      const argument = shape(formula.argument, names, depth);
      const by = formula.by.map(index => shape(index, names, depth));
      const merged = argument.kind === 'derivative' && argument.argument.kind === 'loss';
      return {
        ...formula,
        span: null,
        by: merged ? [...by, ...argument.by] : by,
        argument: merged ? argument.argument : argument,
      };
    }
    default: {
      const rebuilt = withChildren(
        formula,
        children(formula).map(child => shape(child, names, depth)),
      );
      return { ...rebuilt, span: null };
    }
  }
}

function shapeNumber(value: Rational): Formula {
  if (value.sign() < 0) return build.negation(shapeNumber(value.negate()));
  return value.isInteger()
    ? build.number(value)
    : build.divide(build.number(Rational.of(value.num)), build.number(Rational.of(value.den)));
}

function shapeProduct(factors: readonly Formula[]): Formula {
  const [first, ...others] = factors;
  if (first?.kind !== 'negate') return build.multiplication(...factors);
  const { argument } = first;
  return build.negation(
    shapeProduct(argument.kind === 'multiply' ? [...argument.factors, ...others] : [argument, ...others]),
  );
}

const flatFactors = (formula: MultiplyNode): Formula[] =>
  formula.factors.flatMap(factor => (factor.kind === 'multiply' ? flatFactors(factor) : [factor]));
