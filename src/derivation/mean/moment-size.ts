/**
 * Sizes where the covariance of one batch is declared to be of size 1/h: a central moment of r parts has the size h^{−r/2}, one of three parts 1/h
 * at most (the noise is hardly skew). What is left beside terms that vanish with h are the terms of size 1 and more.
 */
import { refuse } from '../../base/problem.ts';
import { bodyOf } from '../../expression/arithmetic/map-inside.ts';
import type { Expression } from '../../expression/core/expression.ts';
import { type FactorPower, integerExponent } from '../../expression/core/factor.ts';
import type { Factor } from '../../expression/core/factors.ts';

/** The terms of the coefficient of h^power that are of size 1 or larger. */
export const ofSizeOne = ({ terms }: Expression, power: number): Expression => ({
  terms: terms.filter(({ factors }) => power <= factors.reduce((sum, own) => sum + sizeOf(own), 0)),
});

/** Which power of 1/h the factor has. */
function sizeOf({ factor, exponent }: FactorPower): number {
  if (factor.kind !== 'moment') return hasMoment(factor) ? notCovered() : 0;
  const count = integerExponent(exponent);
  if (count === null || count < 1) return notCovered();
  const parts = factor.others.length + 1;
  return count * (parts === 3 ? 1 : parts / 2);
}

const hasMoment = (factor: Factor): boolean =>
  (bodyOf(factor)?.body.terms ?? []).some(({ factors }) =>
    factors.some(own => own.factor.kind === 'moment' || hasMoment(own.factor)),
  );

const notCovered = (): never =>
  refuse(
    'mean-not-covered',
    'a root, a quotient or a function of a covariance has no power of h as its size that is covered',
  );

/** Refuses a coefficient of h^power with terms that are larger than 1. */
export function requireSizeOne(coefficient: Expression, power: number): Expression {
  const isLarge = coefficient.terms.some(
    ({ factors }) =>
      power < factors.reduce((sum, own) => sum + sizeOf(own), 0) ||
      factors.some(({ factor }) => factor.kind === 'moment' && factor.others.length > 1),
  );
  if (isLarge)
    refuse(
      'mean-not-covered',
      'with noise of this size the moments of a step are derived of rules that are linear in the gradients',
    );
  return coefficient;
}
