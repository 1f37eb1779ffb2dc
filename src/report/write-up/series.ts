/** Series in h as one writes them by hand. */
import type { Formula } from '../../formula/formula.ts';
import { present } from '../theorem/present.ts';
import { powersOfStep } from '../theorem/theorem-parts.ts';

/** start + h^s c_0 + h^{s+1} c_1 + …, with s the `lowest` power and every coefficient as it is printed by itself. */
export const seriesInStep = (coefficients: readonly Formula[], lowest: number, start?: Formula): Formula =>
  powersOfStep(
    coefficients.map(formula => present(formula, () => false)),
    lowest,
    start,
  );
