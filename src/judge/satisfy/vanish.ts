/**
 * Where a formula is zero at a sample, seen as a function of one number that it reads: the rational roots, found exactly from a
 * few values where it is a polynomial of degree one or two in that number, and looked at again.
 */
import { attempt } from '../../base/problem.ts';
import type { Budget } from '../../base/budget.ts';
import { DIMENSION, type Formula } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';
import { Evaluator } from '../../evaluate/evaluator.ts';
import type { Program } from '../../evaluate/program/program.ts';
import { RationalRing } from '../../evaluate/ring/rational-ring.ts';
import { environmentOf } from '../sample/sample-environment.ts';
import type { Sample } from '../sample/sample.ts';
import { type Adjustable, lettersAt } from './adjustable.ts';

const STEPS = 5_000;
/** What a value costs besides its parts. */
const A_VALUE = 16;
/** Longer numbers cost more than they are worth here. */
const MOST_BITS = 1_000;
const RING = new RationalRing(MOST_BITS);
const TWO = Rational.of(2);
const FOUR = Rational.of(4);

/** The exact value for one component; null where there is none, or it is no rational number, or much work. */
export function exactAt(
  program: Program,
  formula: Formula,
  sample: Sample,
  component: number,
  budget: Budget,
): Rational | null {
  budget.spend(A_VALUE);
  const evaluator = new Evaluator(program, environmentOf(sample, RING), budget);
  const letters = new Map(lettersAt(sample, component));
  letters.delete(DIMENSION);
  return budget.within(STEPS, () => {
    const value = attempt(() => evaluator.value(formula, letters));
    return value.ok ? value.value : null;
  });
}

/** The values of the number at which the formula vanishes, the others as they are; ascending. */
export function rootsIn(
  program: Program,
  formula: Formula,
  sample: Sample,
  component: number,
  adjustable: Adjustable,
  budget: Budget,
): Rational[] {
  const at = (value: Rational): Rational | null =>
    exactAt(program, formula, adjustable.set(sample, value), component, budget);
  const start = adjustable.value(sample);
  if (start === null) return [];
  const [x0, x1, x2] = pointsFrom(start, adjustable);
  // In a domain of one number it is a root or there is none.
  if (x1.equals(x0)) return at(x0)?.isZero() === true ? [x0] : [];
  const [f0, f1, f2] = [at(x0), at(x1), at(x2)];
  if (!f0 || !f1 || !f2) return [];
  const slope = f1.subtract(f0).divide(x1.subtract(x0));
  const curve = f2.subtract(f1).divide(x2.subtract(x1)).subtract(slope).divide(x2.subtract(x0));
  const found = curve.isZero()
    ? slope.isZero()
      ? []
      : [x0.subtract(f0.divide(slope))]
    : quadraticRoots(curve, slope.subtract(curve.multiply(x0.add(x1))), f0, x0);
  return found.filter(root => at(root)?.isZero() === true).sort((a, b) => a.compare(b));
}

/** Three different values, in the domain where that is an interval. */
function pointsFrom(start: Rational, { domain: { lower, upper } }: Adjustable): [Rational, Rational, Rational] {
  const toward = upper ?? (lower ? start.add(start.subtract(lower)).add(Rational.one) : start.add(TWO));
  const end = toward.equals(start) ? (lower ?? start.subtract(TWO)) : toward;
  const part = (num: number): Rational => start.add(end.subtract(start).multiply(Rational.of(num, 3)));
  return [start, part(1), part(2)];
}

/** Roots of a x² + b x + c, with c from the value f0 at x0. */
function quadraticRoots(a: Rational, b: Rational, f0: Rational, x0: Rational): Rational[] {
  const c = f0.subtract(a.multiply(x0).multiply(x0)).subtract(b.multiply(x0));
  const root = attempt(() => RING.root(b.multiply(b).subtract(FOUR.multiply(a).multiply(c)), 2));
  if (!root.ok) return [];
  const below = TWO.multiply(a);
  return [b.negate().subtract(root.value), b.negate().add(root.value)].map(above => above.divide(below));
}
