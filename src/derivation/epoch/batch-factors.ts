/**
 * Which batches a factor of the normal form depends on, and the same factor with other batches. Weights such as η_k or
 * β^{l−k} belong to the place in the epoch and not to the batch that stands there: they are left alone.
 */
import { refuse } from '../../base/problem.ts';
import { type Expression, factorExpression } from '../../expression/core/expression.ts';
import type { FactorPower } from '../../expression/core/factor.ts';
import type { Factor } from '../../expression/core/factors.ts';
import { isBound } from '../../expression/core/indices.ts';
import { bodyOf, mapInside } from '../../expression/arithmetic/map-inside.ts';
import { formKey, type LinearForm } from '../../number/linear-form.ts';

export const batchKey = (form: LinearForm): string => formKey(form, String);

/** The batches that a factor depends on. Refuses one that depends on a whole range of batches without being a sum. */
export function batchesIn(factor: Factor): LinearForm[] {
  const found = new Map<string, LinearForm>();
  collect(factor, found);
  return [...found.values()];
}

function collect(factor: Factor, found: Map<string, LinearForm>): void {
  if (factor.kind === 'loss' && factor.batch !== null) {
    if (factor.batch.terms.some(([index]) => isBound(index)))
      refuse(
        'mean-not-covered',
        'a root, a quotient or a function of several batches at once has no mean over their orders that is covered',
      );
    found.set(batchKey(factor.batch), factor.batch);
  }
  for (const term of bodyOf(factor)?.body.terms ?? []) for (const own of term.factors) collect(own.factor, found);
}

/** The factor power with the batches that `map` knows replaced. */
export const withBatches = ({ factor, exponent }: FactorPower, map: ReadonlyMap<string, LinearForm>): Expression =>
  mapInside(factorExpression(factor, exponent), leaf => {
    if (leaf.kind !== 'loss' || leaf.batch === null) return leaf;
    const batch = map.get(batchKey(leaf.batch));
    return batch === undefined ? leaf : { ...leaf, batch };
  });
