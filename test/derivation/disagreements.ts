/** The derived equations of an optimizer run beside its rows. */
import { Budget } from '../../src/base/budget.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { followEquation } from '../../src/judge/follow-equation.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';

/** Setting, order and outcome wherever an equation of one of the first three orders does not follow the optimizer. */
export const disagreements = (optimizer: Optimizer): string[] =>
  (['mini-batch', 'full-batch'] as const).flatMap(setting =>
    [0, 1, 2].flatMap(order => {
      const derived = deriveModifiedEquation(optimizer, { order, setting });
      if (!derived.ok) throw new Error(derived.problems[0]?.message);
      const { coefficients, definitions } = derived.value;
      const equation = { coefficients, definitions, declarations: optimizer.declarations };
      const budget = new Budget(20_000_000);
      const { kind } = followEquation({ optimizer, equation, order, setting, seed: 3, runs: 3, budget });
      return kind === 'agrees' ? [] : [`${setting} ${order} ${kind}`];
    }),
  );
