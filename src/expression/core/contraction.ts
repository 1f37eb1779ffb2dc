/** Elementary differentials as the sums over components that they are. */
import type { IndexSort } from '../../formula/formula.ts';
import { type LinearForm, sameForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { add, type Expression, expressionOf, mapFactors, scale } from './expression.ts';
import { type FactorPower, integerExponent, ONE_EXPONENT } from './factor.ts';
import type { DifferentialFactor } from './factors.ts';
import { COMPONENT_INDEX } from './indices.ts';
import type { Term } from './term.ts';
import type { Tree } from './tree.ts';

/** The sum of a tree of the one loss, component j. */
const written = new WeakMap<Tree, Expression>();

/** The sum over components that a differential is. */
export function contractionOf(factor: DifferentialFactor): Expression {
  const { tree, batch, component } = factor;
  const isPlain = batch === null && sameForm(component, variableForm(COMPONENT_INDEX));
  const known = isPlain ? written.get(tree) : undefined;
  if (known !== undefined) return known;
  const sum = madeFrom(factor);
  if (isPlain) written.set(tree, sum);
  return sum;
}

function madeFrom({ tree, batch, component }: DifferentialFactor): Expression {
  const factors: FactorPower[] = [];
  const sorts: IndexSort[] = [];
  const visit = ({ children }: Tree, root: LinearForm): void => {
    const edges = children.map((_, at) => variableForm(sorts.length + at));
    sorts.push(...children.map(() => 'coordinate' as const));
    factors.push({
      factor: { kind: 'loss', batch, coordinates: [root, ...edges], at: null },
      exponent: ONE_EXPONENT,
    });
    for (const [at, child] of children.entries()) visit(child, edges[at] ?? root);
  };
  visit(tree, component);
  return expressionOf([{ coefficient: Rational.one, factors, sorts, constraints: [] }]);
}

/** The expression with every differential as the sum that it is. */
export function inSums(expression: Expression): Expression {
  const terms: Term[] = [];
  const others: Term[] = [];
  for (const term of expression.terms) {
    const [own, ...more] = term.factors;
    const isAlone = own !== undefined && more.length === 0 && term.sorts.length + term.constraints.length === 0;
    if (isAlone && isDifferential(own)) terms.push(...scale(contractionOf(own.factor), term.coefficient).terms);
    else others.push(term);
  }
  if (terms.length === 0 && !others.some(({ factors }) => factors.some(isDifferential))) return expression;
  const inside = mapFactors({ terms: others }, own => (isDifferential(own) ? contractionOf(own.factor) : null));
  return add({ terms: terms.sort((a, b) => (a.key < b.key ? -1 : 1)) }, inside);
}

const isDifferential = (own: FactorPower): own is FactorPower & { readonly factor: DifferentialFactor } =>
  own.factor.kind === 'differential' && integerExponent(own.exponent) === 1;
