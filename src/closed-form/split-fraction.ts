/** Sums of simpler fractions that a fraction of hyperparameters and indices is. */
import type { Variables } from '../rewrite/polynomial-variables.ts';
import { variablesOf } from '../algebra/polynomial.ts';
import {
  addFractions,
  type Fraction,
  isZeroFraction,
  substituteFraction,
  subtractFractions,
} from '../algebra/rational-function.ts';

/** Sums that a fraction is: its limit and what decays, and functions of different hyperparameters. */
export function splitsOf(fraction: Fraction, variables: Variables): Fraction[][] {
  const ids = [
    ...new Set([...variablesOf(fraction.above), ...fraction.below.flatMap(({ base }) => variablesOf(base))]),
  ];
  const powers = ids.filter(id => variables.get(id).kind === 'power');
  const names = [...new Set(ids.flatMap(id => namesOfVariable(id, variables)))];
  const found: Fraction[][] = [];
  const limit = without(fraction, powers, variables);
  if (powers.length > 0 && limit !== null && !isZeroFraction(limit))
    found.push([limit, subtractFractions(fraction, limit)]);
  for (const name of names.length > 1 ? names : []) {
    const own = ids.filter(id => namesOfVariable(id, variables).includes(name));
    const others = ids.filter(id => namesOfVariable(id, variables).some(each => each !== name));
    const [alone, rest, neither] = [
      without(fraction, others, variables),
      without(fraction, own, variables),
      without(fraction, [...own, ...others], variables),
    ];
    if (alone === null || rest === null || neither === null) continue;
    if (!isZeroFraction(subtractFractions(addFractions(fraction, neither), addFractions(alone, rest)))) continue;
    found.push([alone, subtractFractions(rest, neither)], [subtractFractions(alone, neither), rest]);
  }
  return found.map(parts => parts.filter(part => !isZeroFraction(part))).filter(parts => parts.length > 1);
}

/** The fraction at 0 for these variables; null where it has no value there. */
function without(fraction: Fraction, ids: readonly number[], variables: Variables): Fraction | null {
  let current: Fraction | null = fraction;
  for (const id of ids) current = current === null ? null : substituteFraction(current, id, [], variables.factor);
  return current;
}

/** The hyperparameter that a variable is or is a power of. */
export function namesOfVariable(id: number, variables: Variables): string[] {
  const variable = variables.get(id);
  return variable.kind === 'symbol' || variable.kind === 'power' ? [variable.name] : [];
}
