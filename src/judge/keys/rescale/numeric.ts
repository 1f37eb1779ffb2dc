/** rescale=: another step size in numbers. */
import { ballRing, enclose } from '../../../evaluate/ring/enclose.ts';
import { Evaluator } from '../../../evaluate/evaluator.ts';
import { Program } from '../../../evaluate/program/program.ts';
import { SeriesRing } from '../../../evaluate/ring/series-ring.ts';
import type { Formula } from '../../../formula/formula.ts';
import type { Declaration } from '../../../optimizer/model.ts';
import type { RowKey, RowSource } from '../../numeric/row-source.ts';
import { environmentOf } from '../../sample/sample-environment.ts';

export const rescaledRows: RowKey = (source, { claim, declarations }) =>
  claim.rescale === null ? source : rescaled(source, claim.rescale, declarations);

/**
 * The equation with the step c·h in place of h, in the time that still counts h a step: θ̇ = c·F(θ; c·h), whose map is that
 * of the old one at c·h. Coefficient q is multiplied by c^{q+1}.
 */
function rescaled(source: RowSource, step: Formula, declarations: readonly Declaration[]): RowSource {
  const program = new Program({ declarations });
  return {
    at: (sample, digits, budget) => {
      const outcome = source.at(sample, digits, budget);
      if (outcome.kind === 'unusable') return outcome;
      const value = enclose(digits, base => {
        const series = new SeriesRing(base, 3);
        const environment = environmentOf(sample, series, { step: series.monomial(base.one, 1) });
        return new Evaluator(program, environment, budget).value(step).map(coefficient => base.ball(coefficient));
      });
      if (!value.ok) return { kind: 'unusable', reason: value.problems[0]?.message ?? 'the new step has no value' };
      const ring = ballRing(digits);
      const [constant, factor, square] = value.value;
      if (!constant || !factor || !square || !ring.isZero(constant) || !ring.isZero(square))
        return { kind: 'unusable', reason: 'the new step size is not a multiple of h' };
      let power = ring.one;
      const rows = outcome.rows.map(row => {
        power = ring.multiply(power, factor);
        return row.map(entry => ring.multiply(entry, power));
      });
      return { kind: 'values', rows };
    },
  };
}
