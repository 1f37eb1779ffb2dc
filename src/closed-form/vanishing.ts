/** For which first steps a term vanishes: (n+1)β^{n+1}/(1−β^{n+1}) − β/(1−β) is zero at n = 0. */
import { ITERATION_INDEX } from '../expression/core/indices.ts';
import {
  constantPolynomial,
  type Polynomial,
  substitutePolynomial,
  variablePolynomial,
  variablesOf,
} from '../algebra/polynomial.ts';
import type { ClosedTerm } from './closed-terms.ts';

/** So many first steps are looked at. */
const FIRST_STEPS = 3;

/** The least n from which on the fraction of a term does not vanish, as far as the first steps show. */
export function vanishesUpTo({ fraction, variables }: ClosedTerm): number {
  const at = (n: number): Polynomial | null => {
    let current: Polynomial | null = fraction.above;
    for (const id of variablesOf(fraction.above)) {
      const variable = variables.get(id);
      if (variable.kind === 'index' && variable.index === ITERATION_INDEX)
        current = current && substitutePolynomial(current, id, constantPolynomial(n));
      if (variable.kind === 'power' && variable.index === ITERATION_INDEX)
        current = current && substitutePolynomial(current, id, variablePolynomial(variables.symbol(variable.name), n));
    }
    return current;
  };
  for (let n = FIRST_STEPS; n > 0; n -= 1) if (at(n - 1)?.length === 0) return n;
  return 0;
}
