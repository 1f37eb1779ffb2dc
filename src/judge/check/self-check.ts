/**
 * What is printed, beside the optimizer itself: the equation of `derive` and `eval` runs in series of h next to the iterates, and a limit is
 * compared with the equation at large n. What does not hold is never printed: it is an error of the program, and thrown.
 *
 * The series route shares only formula trees and exact numbers with the derivation.
 */
import { type MeanOf, type Setting, type StepSetting, isEpoch, isMean } from '../../notation/settings.ts';
import { Budget } from '../../base/budget.ts';
import type { Definition, Formula } from '../../formula/formula.ts';
import { evaluateCoefficients } from '../../evaluate/evaluate-equation.ts';
import { type FollowForm, followOptimizer } from '../../evaluate/series/follow.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { usesOneLoss } from '../../optimizer/checks/one-loss.ts';
import { plainInstance } from './plain-instance.ts';
import { withinBudget } from '../within-budget.ts';

/** The part of a theorem that is checked. */
export interface Printed {
  readonly optimizer: Optimizer;
  readonly setting: Setting;
  readonly order: number;
  readonly form: 'flow' | 'map';
  /** What a mean over the batches is taken of. */
  readonly mean?: MeanOf;
  readonly coefficients: readonly Formula[];
  readonly definitions: readonly Definition[];
  /** Further right sides of the same equation. */
  readonly inserted?: readonly Formula[] | null;
  readonly whole?: Formula | null;
}

/** What is printed does not follow from the optimizer: the program is wrong, never the user. */
export class PrintedWrongly extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PrintedWrongly';
  }
}

/** The next where one has no value. */
const SEEDS = [1, 2, 3];
const STEPS = 3;
const DIGITS = 30;
/** A check that costs more than a derivation does is given up; the clock takes no part. */
const MOST_STEPS = 400_000;

/**
 * Throws {@link PrintedWrongly} where a right side does not follow the optimizer to its order. False where a side has no value along the
 * first steps, so that nothing was compared; what costs too much is not told.
 */
export function checkPrinted(printed: Printed): boolean {
  const { optimizer, setting, order, form, coefficients, definitions, inserted = null, whole = null } = printed;
  if (isEpoch(setting) || isMean(setting)) return true;
  const { declarations } = optimizer;
  const own = usesOneLoss(optimizer) ? ONE_LOSS : setting;
  const sides: { coefficients: readonly Formula[]; form: FollowForm }[] = [{ coefficients, form }];
  if (inserted) sides.push({ coefficients: inserted, form });
  if (whole && form === 'flow') sides.push({ coefficients: [whole], form });
  return sides
    .map(side => {
      const equation = { coefficients: side.coefficients, definitions, declarations };
      let hasNone = true;
      for (const seed of SEEDS) {
        const found = differenceFrom(optimizer, equation, side.form, own, order, seed);
        hasNone &&= found === 'none';
        if (found === 'none' || found === 'costly') continue;
        if (found !== null) throw new PrintedWrongly(`the derived equation does not follow the optimizer: ${found}`);
        break;
      }
      return !hasNone;
    })
    .every(Boolean);
}

/** A loss without an index has a value where all steps share it. */
const ONE_LOSS = 'full-batch' satisfies StepSetting;

/** Where they differ; null: nowhere; `none`: one has no value; `costly`: not found out. */
function differenceFrom(
  optimizer: Optimizer,
  equation: Parameters<typeof followOptimizer>[1],
  form: FollowForm,
  setting: StepSetting,
  order: number,
  seed: number,
): string | null {
  const followed = withinBudget(
    () =>
      followOptimizer(optimizer, equation, plainInstance(optimizer, STEPS, setting, seed), {
        steps: STEPS,
        terms: order + 2,
        digits: DIGITS,
        form,
        budget: new Budget(MOST_STEPS),
      }),
    () => null,
  );
  if (followed === null) return 'costly';
  if (!followed.ok) return 'none';
  const early = followed.value.find(({ power }) => power !== null && power <= order + 1);
  return early ? `after ${early.step} steps they differ at h^${early.power}` : null;
}

/** Hyperparameters in general position lie between 1/5 and 4/5 of their domains, so that powers have faded by then. */
const LATE = [48, 96];
const LIMIT_DIGITS = 15;
const LIMIT_STEPS = 3_000_000;
/** Of a limit that is missed: the deviation, and how little it still changes. */
const MISSED = 1e-4;
const STILL = 0.02;

/** Throws where the coefficients at large n have settled elsewhere than at the printed limit. */
export function checkLimit(printed: Printed, finite: Omit<Printed, 'inserted' | 'whole'>): void {
  const { optimizer, coefficients, definitions } = printed;
  const { declarations } = optimizer;
  for (const seed of [1, 2]) {
    const values = LATE.map(n => {
      const instance = plainInstance(optimizer, n, 'full-batch', seed);
      const at = (equation: Pick<Printed, 'coefficients' | 'definitions'>): number[] | null => {
        const found = withinBudget(
          () =>
            evaluateCoefficients(
              { coefficients: equation.coefficients, definitions: equation.definitions, declarations },
              instance,
              LIMIT_DIGITS,
              new Budget(LIMIT_STEPS),
            ),
          () => null,
        );
        return found?.ok ? found.value.flat().map(Number) : null;
      };
      return { limit: at({ coefficients, definitions }), finite: at(finite) };
    });
    const [before, last] = values;
    if (!before?.finite || !last?.finite || !last.limit) continue;
    for (const [place, limit] of last.limit.entries()) {
      const [early, late] = [before.finite[place] ?? Number.NaN, last.finite[place] ?? Number.NaN];
      const deviation = Math.abs(late - limit);
      const isFar = deviation > MISSED * Math.max(Math.abs(late), Math.abs(limit));
      if (isFar && Math.abs(late - early) < STILL * deviation)
        throw new PrintedWrongly(
          `the limit for large n is not that of the equation: ${limit} is to be printed, at n = ${LATE.at(-1)} the coefficient is ${late}`,
        );
    }
  }
}
