/** Makes formulas vanish at a sample by one number that each of them reads. */
import { Budget } from '../../base/budget.ts';
import type { Claim } from '../../document/model.ts';
import type { Formula } from '../../formula/formula.ts';
import { Program } from '../../numeric/program.ts';
import type { Draw } from '../draw-sample.ts';
import type { Sample, SampleSpace } from '../sample.ts';
import { adjustablesOf, lies } from './adjustable.ts';
import { exactAt, rootsIn } from './vanish.ts';

/** One after the other, for one component; null where one of them cannot be made zero exactly. */
export function madeZero(
  zeros: readonly Formula[],
  { claim, space }: { readonly claim: Claim; readonly space: SampleSpace },
  start: Sample,
  component: number,
  draw: Draw,
): Sample | null {
  const program = new Program({ definitions: claim.definitions, declarations: space.declarations });
  const budget = Budget.unlimited();
  const isZero = (sample: Sample): boolean =>
    zeros.every(zero => exactAt(program, zero, sample, component, budget)?.isZero() === true);
  let sample = start;
  for (const zero of zeros) {
    if (exactAt(program, zero, sample, component, budget)?.isZero() === true) continue;
    const found = adjustablesOf([zero], space, component).flatMap(adjustable =>
      rootsIn(program, zero, sample, component, adjustable, budget)
        .filter(root => lies(root, adjustable.domain))
        .map(root => adjustable.set(sample, root)),
    );
    const chosen = found[found.length === 0 ? 0 : draw.integer(0, found.length - 1)];
    if (!chosen) return null;
    sample = chosen;
  }
  return isZero(sample) ? sample : null;
}
