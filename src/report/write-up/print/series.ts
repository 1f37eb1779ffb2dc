/** Series in h as one writes them by hand. */
import type { Formula } from '../../../formula/formula.ts';
import { present } from '../../theorem/present.ts';
import { powersOfStep } from '../../theorem/theorem-parts.ts';
import type { DisplayRow } from '../model/write-up.ts';

/** start + h^s c_0 + h^{s+1} c_1 + …, with s the `lowest` power and every coefficient as it is printed by itself. */
export const seriesInStep = (coefficients: readonly Formula[], lowest: number, start?: Formula): Formula =>
  powersOfStep(
    coefficients.map(formula => present(formula, () => false)),
    lowest,
    start,
  );

/** dθ/dt = c_0 + h c_1 + … as a row of a display, with `tail` behind it. */
export const flowRow = (coefficients: readonly Formula[], tail: string): DisplayRow => ({
  left: { kind: 'flow' },
  relation: '=',
  right: seriesInStep(coefficients, 0),
  current: 'moving',
  remainder: null,
  tail,
});
