/** Whether an equation is asked for where its rule switches, so that it has no value. */
import { type SwitchingSet, switchSteps } from '../formula/pieces/switching.ts';
import type { Evaluator } from './evaluator.ts';

/** `isZero` decides of the value of what must not vanish, in every step that the equation of step n looks at and in every component. */
export const meetsSwitch = <T>(
  switches: readonly SwitchingSet[],
  evaluator: Evaluator<T>,
  n: number,
  dimension: number,
  isZero: (value: T) => boolean,
): boolean =>
  switches.some(each =>
    switchSteps(each, n).some(step =>
      Array.from({ length: dimension }, (_, place) => place + 1).some(component =>
        isZero(evaluator.at(each.vanishing, step, component)),
      ),
    ),
  );
