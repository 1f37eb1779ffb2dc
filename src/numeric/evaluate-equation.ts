/**
 * The coefficients f_0, f_1, … of an equation as decimal numbers, every printed digit correct.
 *
 * Rounding errors are not bounded beforehand: a sum may cancel any number of digits. Each value is computed with growing
 * precision until two precisions round to the same digits; zero is believed where the value keeps shrinking with the
 * precision, as the rounding error of an exact zero does.
 */
import { Budget, BudgetSpent } from '../base/budget.ts';
import { attempt, refuse, type Result } from '../base/problem.ts';
import type { Definition, Formula } from '../formula/formula.ts';
import { type BigFloat, logarithmOfSize } from '../number/big-float.ts';
import type { Declaration } from '../optimizer/model.ts';
import { Evaluator } from './evaluator.ts';
import { FloatRing, printFloat } from './float-ring.ts';
import type { Instance } from './instance.ts';
import { instanceEnvironment } from './instance-environment.ts';
import { Program } from './program.ts';

export interface Equation {
  /** coefficients[q] belongs to h^q; they are free of h. */
  readonly coefficients: readonly Formula[];
  readonly definitions: readonly Definition[];
  readonly declarations: readonly Declaration[];
}

const GUARD_DIGITS = 15;
/** How often the precision is doubled before a value is given up. */
const MOST_DOUBLINGS = 6;
/** How often a value must have shrunk with the precision to count as zero. */
const SHRINKINGS = 3;

/**
 * values[q][j−1]: the coefficient of h^q in component j at the instance's n and θ, rounded to `digits` significant digits
 * and printed as decimal.js does ("0.125", "-1.5e-9", "0"). Refuses where a value does not exist (division by zero, a loss
 * that is not differentiable) or its digits cannot be settled.
 */
export function evaluateCoefficients(
  equation: Equation,
  instance: Instance,
  digits: number,
  budget: Budget = Budget.unlimited(),
): Result<string[][]> {
  return attempt(() => {
    try {
      return settle(precision => coefficientsAt(equation, instance, precision, budget), digits);
    } catch (error) {
      if (error instanceof BudgetSpent) return refuse('budget-spent', `the evaluation was stopped: ${error.reason}`);
      throw error;
    }
  });
}

const programs = new WeakMap<Equation, Program>();

/** The coefficients as computed with `precision` digits; sums may have cancelled some of them. */
export function coefficientsAt(
  equation: Equation,
  instance: Instance,
  precision: number,
  budget: Budget = Budget.unlimited(),
): BigFloat[][] {
  const { coefficients, definitions, declarations } = equation;
  const program = programs.get(equation) ?? new Program({ definitions, declarations });
  programs.set(equation, program);
  const evaluator = new Evaluator(program, instanceEnvironment(instance, new FloatRing(precision), null), budget);
  return coefficients.map(coefficient =>
    instance.theta.map((_, place) => evaluator.at(coefficient, instance.n, place + 1)),
  );
}

/** Repeats `compute` with growing precision until every value is settled to `digits` digits. */
function settle(compute: (precision: number) => BigFloat[][], digits: number): string[][] {
  let precision = digits + GUARD_DIGITS;
  const history = [compute(precision)];
  // A second look at nearly the same precision is enough where nothing cancels: wrong digits would differ.
  precision += GUARD_DIGITS;
  for (let round = 0; round <= MOST_DOUBLINGS; round += 1) {
    history.push(compute(precision));
    const printed = settled(history, digits);
    if (printed !== null) return printed;
    precision *= 2;
  }
  return refuse('digits-not-reached', `a value could not be settled to ${digits} digits with ${precision / 2} digits`);
}

/** The printed values; null where one is not settled yet. `history` has the rounds by growing precision. */
function settled(history: readonly BigFloat[][][], digits: number): string[][] | null {
  const last = history[history.length - 1] ?? [];
  const result: string[][] = [];
  for (const [q, row] of last.entries()) {
    const printedRow: string[] = [];
    for (const [place, value] of row.entries()) {
      const earlier = history.map(round => round[q]?.[place]).filter(old => old !== undefined);
      const before = earlier[earlier.length - 2];
      if (before === undefined) return null;
      const printed = printFloat(value, digits);
      if (printed !== printFloat(before, digits)) {
        if (!isShrinking(earlier)) return null;
        printedRow.push('0');
      } else printedRow.push(printed);
    }
    result.push(printedRow);
  }
  return result;
}

/** Whether the last sizes fell by more digits each time than a true value ever would, or reached zero. */
function isShrinking(values: readonly BigFloat[]): boolean {
  const sizes = values.map(logarithmOfSize);
  let falls = 0;
  for (let at = sizes.length - 1; at > 0; at -= 1) {
    const size = sizes[at] ?? 0;
    const before = sizes[at - 1] ?? 0;
    if (!(size < before - GUARD_DIGITS / 2 || (size === before && size === Number.NEGATIVE_INFINITY))) break;
    falls += 1;
  }
  return falls >= SHRINKINGS;
}
