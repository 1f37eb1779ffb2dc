/** Elementary differentials as the sums over components that they are. */
import type { IndexSort } from '../../formula/formula.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { type Expression, expressionOf, mapFactors } from './expression.ts';
import { type FactorPower, integerExponent, ONE_EXPONENT } from './factor.ts';
import type { DifferentialFactor } from './factors.ts';
import type { Tree } from './tree.ts';

/** The sum over components that a differential is. */
export function contractionOf({ tree, batch, component }: DifferentialFactor): Expression {
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
export const inSums = (expression: Expression): Expression =>
  expression.terms.some(({ factors }) => factors.some(isDifferential))
    ? mapFactors(expression, own => (isDifferential(own) ? contractionOf(own.factor) : null))
    : expression;

const isDifferential = (own: FactorPower): own is FactorPower & { readonly factor: DifferentialFactor } =>
  own.factor.kind === 'differential' && integerExponent(own.exponent) === 1;
