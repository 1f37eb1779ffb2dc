/**
 * The coefficients f_0, f_1, … of an equation as decimal numbers, every printed digit correct.
 *
 * Each value is computed with a bound of its error, with growing precision until all numbers within the bound round to the
 * same digits. No bound can tell a number from zero: a value that cancels to
 * 350 digits beyond those asked for is zero.
 */
import { isEpoch } from '../notation/settings.ts';
import { Budget, BudgetSpent } from '../base/budget.ts';
import { attempt, Refusal, refuse, type Result } from '../base/problem.ts';
import { BATCHES, COMPONENT, type Definition, type Formula, ITERATION } from '../formula/formula.ts';
import type { SwitchingSet } from '../formula/pieces/switching.ts';
import { decimalsWith } from '../number/decimal.ts';
import type { Declaration } from '../optimizer/model.ts';
import { type Ball, mayBeZero, PrecisionLoss, printBall } from './ring/ball.ts';
import { BallRing } from './ring/ball-ring.ts';
import { Evaluator } from './evaluator.ts';
import type { Instance } from './instance/instance.ts';
import { instanceEnvironment } from './instance/instance-environment.ts';
import { meetsSwitch } from './meets-switch.ts';
import { nestSums } from './nest/nest-sums.ts';
import { Program } from './program/program.ts';

export interface Equation {
  /** coefficients[q] belongs to h^q; they are free of h. */
  readonly coefficients: readonly Formula[];
  readonly definitions: readonly Definition[];
  readonly declarations: readonly Declaration[];
  /** Where the coefficients have no value, whatever their formulas give. */
  readonly switches?: readonly SwitchingSet[];
}

/** Digits beyond those asked for, round after round. */
const GUARD_DIGITS = [12, 50, 150, 350, 1000, 2500];
/** From this round on, a value that may still be zero is zero. */
const ROUND_OF_ZERO = 3;

/**
 * values[q][j−1]: the coefficient of h^q in component j at the instance's n and θ, rounded to `digits` significant digits
 * (half away from zero) and printed as decimal.js does ("0.125", "-1.5e-9", "0"). Refuses where a value does not exist
 * (division by zero, a loss that is not differentiable) or its digits cannot be settled.
 */
export function evaluateCoefficients(
  equation: Equation,
  instance: Instance,
  digits: number,
  budget: Budget = Budget.unlimited(),
): Result<string[][]> {
  return attempt(() => {
    try {
      return printEvery(equation, instance, digits, budget);
    } catch (error) {
      if (error instanceof BudgetSpent) return refuse('budget-spent', `the evaluation was stopped: ${error.reason}`);
      throw error;
    }
  });
}

const prepared = new WeakMap<Equation, { readonly program: Program; readonly coefficients: readonly Formula[] }>();

/** The equation compiled once, with its sums in an order that costs little. */
function prepare(equation: Equation): { readonly program: Program; readonly coefficients: readonly Formula[] } {
  const known = prepared.get(equation);
  if (known) return known;
  // A quantity may stand at other labels than n.
  const definitions = equation.definitions.map(each => ({ ...each, body: nestSums(each.body, { isFromZero: false }) }));
  const made = {
    program: new Program({ definitions, declarations: equation.declarations }),
    coefficients: equation.coefficients.map(each => nestSums(each, { isFromZero: true })),
  };
  prepared.set(equation, made);
  return made;
}

/** Prints every value, those whose digits are not known yet again with twice the digits. */
function printEvery(equation: Equation, instance: Instance, digits: number, budget: Budget): string[][] {
  const { program, coefficients } = prepare(equation);
  const printed = coefficients.map(() => instance.theta.map((): string | null => null));
  for (const [round, guard] of GUARD_DIGITS.entries()) {
    const evaluator = new Evaluator(program, instanceEnvironment(instance, new BallRing(digits + guard), null), budget);
    if (!avoidsSwitches(equation, evaluator, instance, round)) continue;
    printed.forEach((row, q) => {
      const coefficient = coefficients[q];
      row.forEach((known, place) => {
        if (known !== null || coefficient === undefined) return;
        row[place] = digitsOf(() => evaluator.value(coefficient, lettersOf(instance, place + 1)), digits, round);
      });
    });
    const values = printed.map(row => row.filter(value => value !== null));
    if (values.every(row => row.length === instance.theta.length)) return values;
  }
  return refuse('digits-not-reached', `a value could not be settled to ${digits} digits`);
}

/** Whether the point surely is none at which the rule switches; false where these digits do not tell. Refuses a switch. */
function avoidsSwitches(
  { switches = [] }: Equation,
  evaluator: Evaluator<Ball>,
  { n, theta }: Instance,
  round: number,
): boolean {
  const isLast = round >= ROUND_OF_ZERO;
  let isOpen = false;
  const isZero = (value: Ball): boolean => {
    if (mayBeZero(value)) isOpen = true;
    return mayBeZero(value) && isLast;
  };
  try {
    if (!meetsSwitch(switches, evaluator, n, theta.length, isZero)) return !isOpen;
  } catch (error) {
    if (!(error instanceof PrecisionLoss)) throw error;
    if (isLast) throw new Refusal(error.problem);
    return false;
  }
  return refuse(
    'no-value-at-switch',
    'the rule switches at this point: the coefficients of every order have no value there',
    null,
    'A sign, a bar, a maximum and a minimum are expanded where what they are taken of does not vanish.',
  );
}

/** n and j; in an epoch m = n + 1 and j. */
const lettersOf = ({ n, setting }: Instance, component: number): ReadonlyMap<string, number> =>
  new Map([isEpoch(setting) ? [BATCHES, n + 1] : [ITERATION, n], [COMPONENT, component]]);

/** The value printed; null where the bound of its error leaves a digit open. */
function digitsOf(compute: () => Ball, digits: number, round: number): string | null {
  try {
    const value = compute();
    const printed = printBall(value, digits);
    if (printed !== null) return printed;
    if (mayBeZero(value)) return round >= ROUND_OF_ZERO ? '0' : null;
    return round >= ROUND_OF_ZERO ? printHalfway(value, digits) : null;
  } catch (error) {
    if (!(error instanceof PrecisionLoss)) throw error;
    if (round >= ROUND_OF_ZERO) throw new Refusal(error.problem);
    return null;
  }
}

/** A number that equals a decimal halfway between two of `digits` digits to 300 digits more: rounded away from zero. */
function printHalfway(value: Ball, digits: number): string | null {
  const longer = printBall(value, digits + 300);
  return longer === null ? null : new (decimalsWith(digits + 400))(longer).toSignificantDigits(digits).toString();
}
