/** limit=: both sides for n → ∞, in normal form. */
import { Budget } from '../../../base/budget.ts';
import type { ModifiedEquation } from '../../../derivation/derive.ts';
import { assumptionsOf } from '../../../expression/arithmetic/assumptions.ts';
import { type Expression, subtract } from '../../../expression/core/expression.ts';
import { inEveryCase } from '../../../prove/limit/in-every-case.ts';
import { largeN } from '../../../prove/limit/large-n.ts';
import { limitProof } from '../../../prove/limit/limit.ts';
import { type Settling, stepsToLimit, usualValues } from '../../../prove/limit/settling.ts';
import type { Proof } from '../../../prove/trace.ts';
import { PROOF_STEPS } from '../../symbolic/proof-budget.ts';
import type { Pair, Sides, ZeroTask } from '../../symbolic/sides.ts';

/** Differences of the limits n → ∞ of both sides, in general and where something that was divided by vanishes. */
export function limitsOf(
  pairs: readonly Pair[],
  { declarations, budget, record }: Pick<ZeroTask, 'declarations' | 'budget' | 'record'>,
): Sides {
  const assumptions = assumptionsOf(declarations);
  const rates = new Set<string>();
  const theorems = new Set<string>();
  const proofs: Proof[] = [];
  let isSlow = false;
  const list = pairs.flatMap(({ what, derived, claimed }) =>
    inEveryCase([derived, claimed], assumptions, budget, (sides, given) => {
      const found = sides.map(side => largeN(side, given, budget));
      for (const limit of found) {
        for (const rate of limit.rates) rates.add(rate);
        for (const theorem of limit.theorems) theorems.add(theorem);
        isSlow ||= limit.isSlow;
      }
      const [a, b] = found;
      if (a === undefined || b === undefined) throw new Error('there are two sides');
      if (sides[0] === derived) proofs.push(limitProof(what, derived, a), limitProof(what, claimed, b));
      return { result: subtract(b.value, a.value), divisors: [...a.divisors, ...b.divisors] };
    }).map(({ where, result }) => ({ what: `${what}${where}`, value: result })),
  );
  record?.proofs.push(...proofs);
  return { differences: list, rates: isSlow ? [] : [...rates], theorems: [...theorems], limits: proofs };
}

const settlings = new WeakMap<readonly Expression[], Settling>();

/** Steps to the limit of a derived equation at usual values, measured once. */
export function settlingOf({ expressions, optimizer }: ModifiedEquation): Settling {
  const known = settlings.get(expressions);
  if (known !== undefined) return known;
  const assumptions = assumptionsOf(optimizer.declarations);
  const pairs = expressions.map(value => ({ value, limit: largeN(value, assumptions, new Budget(PROOF_STEPS)).value }));
  const settling = stepsToLimit(pairs, usualValues(optimizer.declarations), assumptions);
  settlings.set(expressions, settling);
  return settling;
}
