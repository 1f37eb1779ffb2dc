/** regime=: the leading terms of the derived side beside the terms that are shown, in normal form. */
import { assumptionsOf } from '../../../expression/arithmetic/assumptions.ts';
import { coefficient, type Series } from '../../../expression/calculus/series.ts';
import { isZero } from '../../../expression/core/expression.ts';
import type { Formula } from '../../../formula/formula.ts';
import { inEveryCase } from '../../../prove/limit/in-every-case.ts';
import { largeN } from '../../../prove/limit/large-n.ts';
import { limitProof } from '../../../prove/limit/limit.ts';
import { compareInRegime } from '../../../prove/regime/regime-difference.ts';
import { signsOfGradients } from '../../../prove/sign/sign-cases.ts';
import type { Pair, Sides, ZeroTask } from '../../symbolic/sides.ts';
import { regimeOf, scalingOf, shownTerms } from './scaling.ts';

/**
 * Both sides expanded in a regime, after n → ∞ where the claim says so, for every power of h; `read` gives the series of one
 * term that is shown. Where a term that is shown vanishes nothing is said of what is as small.
 */
export function inRegime(
  { claim, statement, declarations, optimizer, budget, record }: ZeroTask,
  pairs: readonly Pair[],
  read: (formula: Formula) => Series,
): Sides {
  const regime = regimeOf(claim, statement);
  if (regime === null) throw new Error('a regime is given');
  const symbols = declarations.flatMap(d => (d.kind === 'scalar' ? [d.name] : []));
  const scaling = scalingOf(regime, statement, symbols, optimizer);
  const shown = shownTerms(statement.right).map(read);
  const theorems = new Set<string>();
  const compared = pairs.flatMap(({ what, derived }, q) => {
    const terms = shown.map(series => signsOfGradients(coefficient(series, q)));
    return inEveryCase([derived, ...terms], assumptionsOf(declarations), budget, ([own, ...others], given) => {
      if (own === undefined) throw new Error('there is a derived side');
      if (others.some((term, at) => isZero(term) && !isZero(terms[at] ?? term))) return null;
      const limit = claim.limit === null ? null : largeN(own, given, budget);
      for (const theorem of limit?.theorems ?? []) theorems.add(theorem);
      const result = compareInRegime(what, signsOfGradients(limit?.value ?? own), others, scaling, given, budget);
      if (own === derived) {
        if (limit !== null) record?.proofs.push(limitProof(what, own, limit));
        for (const { before, terms: parts, through } of result.expansions)
          record?.expansion(what, before, { regime: scaling, terms: parts, through });
      }
      return { result, divisors: [...(limit?.divisors ?? []), ...result.divisors] };
    });
  });
  return {
    differences: compared.flatMap(({ where, result }) =>
      result.differences.map(({ what, value }) => ({ what: `${what}${where}`, value })),
    ),
    rates: [],
    shown: compared.filter(({ where }) => where === '').flatMap(({ result }) => result.shown),
    theorems: [...theorems],
  };
}
