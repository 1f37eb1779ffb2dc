/**
 * One step at one point: whether what it says of the expression before it and the one after it is so there. Only values are
 * looked at.
 */
import { Rational } from '../number/rational.ts';
import { type Ball, mayBeZero, PrecisionLoss } from '../evaluate/ring/ball.ts';
import { rationalPower } from '../evaluate/ring/ring.ts';
import type { Expression } from '../expression/core/expression.ts';
import type { ProofStep } from '../prove/trace.ts';
import { checkContinuous, checkGrowth, checkTannery, checkToeplitz } from './check-limit-step.ts';
import { checkRecursion, checkSameSign, checkSign } from './check-sign-step.ts';
import { broken, KEPT, LOST, NOTHING, type StepOutcome, type StepPoint, UNKNOWN, noValueFrom } from './step-outcome.ts';

export function checkStep(step: ProofStep, point: StepPoint): StepOutcome {
  const { relation } = step;
  switch (relation.kind) {
    case 'equal':
      return multiplied(step, [], point);
    case 'times':
      return multiplied(step, relation.factors, point);
    case 'sign':
      return checkSign(step.before, relation, point);
    case 'recursion':
      return checkRecursion(step, relation, point);
    case 'same-sign':
      return checkSameSign(step, relation.where, point);
    case 'limit':
      return checkContinuous(step, relation.parts ?? [], point);
    case 'growth':
      return checkGrowth(step, relation.slow === true, point);
    case 'toeplitz':
      return checkToeplitz(step, relation, point);
    case 'tannery':
      return checkTannery(step, relation, point);
    case 'series':
      return series(step.before, relation, point);
  }
}

function multiplied({ before, after }: ProofStep, factors: readonly Expression[], point: StepPoint): StepOutcome {
  const { ring } = point;
  const first = point.value(before);
  if (first.kind !== 'value') return noValueFrom(first, NOTHING);
  const last = point.value(after);
  if (last.kind !== 'value') return noValueFrom(last, LOST);
  let expected = first.value;
  for (const factor of factors) {
    const by = point.value(factor);
    if (by.kind !== 'value') return noValueFrom(by, LOST);
    // Zero whatever the continuous variables are: the factor does not count at these integers.
    if (ring.isZero(by.value) && point.inside) continue;
    if (mayBeZero(by.value)) return UNKNOWN;
    expected = ring.multiply(by.value, expected);
  }
  if (mayBeZero(ring.subtract(last.value, expected))) return KEPT;
  return broken(
    factors.length === 0
      ? 'the values before and after it differ'
      : 'the value after it is not the one before it times its factors',
  );
}

/** Squares, so that their roots are exact. */
const NEAR = Rational.of(1, 64);
const NEARER = Rational.of(1, 1024);
/** What is left shrinks at least with this much more than the power that is claimed. */
const MORE = Rational.of(1, 4);

/**
 * What the terms leave of the expression must be smaller than σ^through: from one σ to the next it has to shrink by more than that
 * power does.
 */
function series(
  before: Expression,
  { regime, terms, through }: Extract<ProofStep['relation'], { readonly kind: 'series' }>,
  point: StepPoint,
): StepOutcome {
  const { ring } = point;
  const left: Ball[] = [];
  for (const sigma of [NEAR, NEARER]) {
    const value = point.scaled(before, regime, sigma);
    if (value.kind !== 'value') return noValueFrom(value, NOTHING);
    let rest = value.value;
    for (const { power, coefficient } of terms) {
      const by = point.value(coefficient);
      if (by.kind !== 'value') return noValueFrom(by, LOST);
      rest = ring.subtract(rest, ring.multiply(by.value, rationalPower(ring, ring.fromRational(sigma), power)));
    }
    left.push(rest);
  }
  const [far, near] = left;
  if (far === undefined || near === undefined) return UNKNOWN;
  if (mayBeZero(near)) return KEPT;
  try {
    // (σ₂/σ₁)^{through + ¼} with σ₂/σ₁ = 2^{−4}.
    const power = through.add(MORE).multiply(Rational.of(4));
    const shrink = rationalPower(ring, ring.fromRational(Rational.of(1, 2)), power);
    return ring.compare(ring.abs(near), ring.multiply(ring.abs(far), shrink)) > 0
      ? broken('what the terms leave does not become small enough')
      : KEPT;
  } catch (error) {
    if (error instanceof PrecisionLoss) return UNKNOWN;
    throw error;
  }
}
