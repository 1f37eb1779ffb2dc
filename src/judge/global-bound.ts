/**
 * Global bounds ‖θ̃(nh) − θ^{(n)}‖ ≤ C h^{q+1}: the formal part is that the equation of order q is proved; the rest is a named
 * theorem, whose hypotheses about the losses no computation here checks. So the best verdict is `conditional`.
 *
 * Source: Hairer, Lubich, Wanner, Geometric Numerical Integration, chapter IX, and the discrete Grönwall inequality.
 */
import type { Claim, Statement } from '../document/model.ts';
import type { Library } from './claim-context.ts';
import { type StatementVerdict, undecided } from './verdict.ts';

export interface BoundedEquation {
  readonly claim: Claim;
  readonly statement: Statement;
}

const statesFlow = ({ kind }: Statement): boolean => kind === 'flow' || kind === 'modified-loss';

/** The equation whose solution θ̃ is: a flow of the claim itself, else of the first given claim that has one; else null. */
export function boundedEquation(claim: Claim, library: Library): BoundedEquation | null {
  const given = claim.given.flatMap(id => library.claims.get(id) ?? []);
  for (const source of [claim, ...given]) {
    const statement = source.statements.find(statesFlow);
    if (statement) return { claim: source, statement };
  }
  return null;
}

const THEOREM =
  'a one-step error of h^{q+2} and a Lipschitz bound give a global error of h^{q+1} for nh ≤ T (discrete Grönwall inequality; Hairer, Lubich, Wanner, chapter IX)';

/** `about`: the equation whose verdict is `equation`, of order `order`; q is the order that the bound needs. */
export function globalBoundVerdict(
  bound: Statement,
  q: number,
  equation: { readonly verdict: StatementVerdict; readonly about: string; readonly order: number },
): StatementVerdict {
  const { verdict, about, order } = equation;
  if (order < q)
    return undecided(bound, `a bound by h^${q + 1} needs an equation of order ${q}; ${about} is one of order ${order}`);
  if (verdict.verdict !== 'proved')
    return undecided(bound, `the bound rests on ${about}, which is ${verdict.verdict}`, verdict.evidence);
  return {
    ...verdict,
    id: bound.id,
    verdict: 'conditional',
    message: `${about} is proved; the bound follows by a theorem whose hypotheses about the losses are not checked`,
    assumptions: [
      ...verdict.assumptions,
      `not checked: all E_k have partial derivatives up to order ${q + 3}, bounded uniformly in k where the iterates run`,
      'not checked: iterates and solution stay in that region for nh \\le T',
    ],
    steps: [`checked: ${about} is right to order ${q}`, `theorem: ${THEOREM}`],
    counterexample: null,
  };
}
