/**
 * Where a rule with pieces switches: the arguments of sign and |·|, the differences of what max and min compare, and norms. An expansion
 * in h holds where none of them vanishes in any step that it looks at; elsewhere the derived coefficients have no value.
 */
import type { Formula } from '../formula.ts';

/** One argument of a derived equation, at the current θ. */
export interface SwitchingSet {
  /** What must not vanish, in the iteration and the component; other letters range over all that they can be. */
  readonly shown: Formula;
  /** The product of it over those letters: zero exactly where one of them is. */
  readonly vanishing: Formula;
  /** The first step in which it is not zero by itself, as a momentum is that starts at zero. */
  readonly from: number;
  /** Whether the equation looks at it in all steps so far, or in the current one alone. */
  readonly past: boolean;
  /** Whether the current step makes it for the next one only, so that the steps before count. */
  readonly late?: true;
}

/** The steps at which the set is met by the equation of step n. */
export function switchSteps({ from, past, late }: Pick<SwitchingSet, 'from' | 'past' | 'late'>, n: number): number[] {
  const last = late ? n - 1 : n;
  return past ? Array.from({ length: Math.max(0, last - from + 1) }, (_, at) => from + at) : last >= from ? [last] : [];
}
