/** The loss of a batch before the first, by the convention of its optimizer. */
import { refuse } from '../../base/problem.ts';
import type { BeforeFirst } from '../../notation/before-first.ts';
import type { Loss } from './loss.ts';
import { PolynomialLoss } from './polynomial-loss.ts';

const NOTHING = new PolynomialLoss([]);

/** E_batch for batch < 0. `single` is the one loss of the full batch, null where every step has its own; `earlier` are E_{−1}, E_{−2}, …. */
export function lossBeforeFirst(
  batch: number,
  beforeFirst: BeforeFirst | undefined,
  {
    single,
    first,
    earlier,
  }: { readonly single: Loss | null; readonly first: Loss | undefined; readonly earlier: readonly Loss[] },
): Loss {
  if (beforeFirst === 'zero') return NOTHING;
  const found = single ?? (beforeFirst === 'first' ? first : earlier[-batch - 1]);
  return (
    found ??
    refuse(
      'index-out-of-range',
      `the loss of batch ${batch}, before the first, is not given`,
      null,
      'an instance has it in "earlier", E_{-1} first',
    )
  );
}
