/** The factors that a sum has as a polynomial in what it is made of: 1 − x² is (1 − x)(1 + x), 1 − β^{2n} is (1 − β^n)(1 + β^n). */
import { type Monomial, multiplyMonomials, type Polynomial, polynomialOf } from '../algebra/polynomial.ts';
import { splitPolynomial } from '../algebra/split-polynomial.ts';
import { type Expression, expressionOf } from '../expression/core/expression.ts';
import { exponentFromForm, exponentKey, exponentOf, type FactorPower, factorKey } from '../expression/core/factor.ts';
import { indexName } from '../expression/core/indices.ts';
import { isPlainTerm } from '../expression/core/single.ts';
import type { RawTerm } from '../expression/core/term.ts';
import { scaleForm, variableForm } from '../number/linear-form.ts';

/** A factor, or a power of it by one index: β^n. */
interface Variable {
  readonly factor: FactorPower['factor'];
  /** The index in the exponent; null for the factor itself. */
  readonly index: number | null;
}

/** Expressions whose product is the given one; it alone where no factor is seen. */
export function factorsOf(expression: Expression): readonly Expression[] {
  const variables: Variable[] = [];
  const places = new Map<string, number>();
  const place = (key: string, variable: Variable): number => {
    const known = places.get(key);
    if (known !== undefined) return known;
    variables.push(variable);
    places.set(key, variables.length - 1);
    return variables.length - 1;
  };
  const terms: Polynomial[number][] = [];
  for (const term of expression.terms) {
    const { coefficient, factors } = term;
    if (!isPlainTerm(term)) return [expression];
    let monomial: Monomial = [];
    for (const { factor, exponent } of factors) {
      const key = factorKey(factor, indexName);
      if (!exponent.constant.isInteger()) return [expression];
      const powers: [number, number][] = exponent.form.terms.map(([index, count]) => [
        place(`${key}^${index}`, { factor, index }),
        count,
      ]);
      const constant = Number(exponent.constant.num) + exponent.form.constant;
      if (constant !== 0) powers.push([place(key, { factor, index: null }), constant]);
      monomial = powers.reduce((product, each) => multiplyMonomials(product, [each]), monomial);
    }
    terms.push({ coefficient, monomial });
  }
  const factors = splitPolynomial(polynomialOf(terms));
  return factors.length < 2 ? [expression] : factors.map(each => written(each, variables));
}

const written = (polynomial: Polynomial, variables: readonly Variable[]): Expression =>
  expressionOf(
    polynomial.map(
      ({ coefficient, monomial }): RawTerm => ({
        coefficient,
        factors: monomial.flatMap(([at, count]): FactorPower[] => {
          const variable = variables[at];
          if (variable === undefined) throw new Error('a variable that was never made');
          const { factor, index } = variable;
          return [
            {
              factor,
              exponent: index === null ? exponentOf(count) : exponentFromForm(scaleForm(variableForm(index), count)),
            },
          ];
        }),
        sorts: [],
        constraints: [],
      }),
    ),
  );

/** Equal for terms that differ in their coefficient alone, with the same letters for what is summed. */
export const keyOfFactors = ({
  factors,
  sorts,
  constraints,
}: Pick<RawTerm, 'factors' | 'sorts' | 'constraints'>): string => {
  const powers = factors.map(
    ({ factor, exponent }) => `${factorKey(factor, indexName)}${exponentKey(exponent, indexName)}`,
  );
  return `${powers.join('*')}|${JSON.stringify([sorts, constraints])}`;
};
