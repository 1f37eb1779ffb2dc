/**
 * The limit n → ∞ without repetition, uniformly in the number m \ge n + 1 of batches. The derived side is Σ_{a,e} G_{a,e}(n)/(m − a)^e + G_0(n),
 * and 1/(m − a)^e is positive and largest at m = n + 1 for n \ge a: where G_{a,e}(n)/(n + 1 − a)^e tends to 0 for each of them, all of it tends
 * to the limit of G_0, uniformly in m.
 */
import type { Budget } from '../../../base/budget.ts';
import { refuse } from '../../../base/problem.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  multiply,
  sumTerms,
  withOpened,
  ZERO_EXPRESSION,
} from '../../../expression/core/expression.ts';
import { type FactorPower, factorForms, integerExponent } from '../../../expression/core/factor.ts';
import { BATCHES_INDEX, ITERATION_INDEX } from '../../../expression/core/indices.ts';
import type { Term } from '../../../expression/core/term.ts';
import { variableForm } from '../../../number/linear-form.ts';
import { unfold } from '../../../rewrite/unfold.ts';
import type { Pair } from '../../symbolic/sides.ts';

/** The pair without m, and a pair for each fraction in m, which is to vanish. */
export function withManyBatches({ what, derived, claimed }: Pair, budget: Budget): Pair[] {
  const open = unfold(derived, budget);
  const groups = new Map<string, { terms: Term[]; root: number; exponent: number }>();
  const plain: Term[] = [];
  for (const term of open.terms) {
    const own = term.factors.filter(mentionsBatches);
    if (own.length === 0) plain.push(term);
    else {
      const { root, exponent } = fractionOf(own);
      const key = `${root} ${exponent}`;
      const group = groups.get(key) ?? { terms: [], root, exponent };
      group.terms.push(term);
      groups.set(key, group);
    }
  }
  if (groups.size === 0) return [{ what, derived, claimed }];
  const fractions = [...groups.values()].map(
    ({ terms, root, exponent }): Pair => ({
      what: `what ${what} have beside 1/(m − ${root})${exponent === 1 ? '' : `^${exponent}`}`,
      derived: atFewestBatches(terms),
      claimed: ZERO_EXPRESSION,
    }),
  );
  return [{ what, derived: sumTerms(plain), claimed }, ...fractions];
}

const mentionsBatches = ({ factor, exponent }: FactorPower): boolean =>
  [...factorForms(factor), exponent.form].some(form => form.terms.some(([index]) => index === BATCHES_INDEX));

/** a and e of 1/(m − a)^e with a, e \ge 1. */
function fractionOf(powers: readonly FactorPower[]): { root: number; exponent: number } {
  const [own, ...more] = powers;
  const exponent = own === undefined ? null : integerExponent(own.exponent);
  if (own?.factor.kind === 'index' && more.length === 0 && exponent !== null && exponent < 0) {
    const { constant: shift, terms } = own.factor.index;
    if (terms.length === 1 && terms[0]?.[1] === 1 && shift < 0) return { root: -shift, exponent: -exponent };
  }
  return refuse('no-limit', 'how the number of batches stands in it is not covered by the limit');
}

/** The terms with n + 1 in the place of m. */
const atFewestBatches = (terms: readonly Term[]): Expression =>
  add(
    ...terms.map(term =>
      withOpened(term, powers =>
        multiply(
          constant(1),
          ...powers.map(({ factor, exponent }) =>
            factor.kind === 'index' && mentionsBatches({ factor, exponent })
              ? factorExpression(
                  { kind: 'index', index: variableForm(ITERATION_INDEX, factor.index.constant + 1) },
                  exponent,
                )
              : factorExpression(factor, exponent),
          ),
        ),
      ),
    ),
  );
