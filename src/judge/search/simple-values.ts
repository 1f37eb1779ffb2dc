/** Simple rational values beside those that a search ended at: where two sides meet they mostly meet at one of these. */
import { Rational } from '../../number/rational.ts';
import type { Sample } from '../sample/sample.ts';
import type { Adjustable } from '../satisfy/adjustable.ts';
import { withValue } from './variables.ts';

/** All numbers rounded to multiples of 1/q, which keeps x = y and x = w + 2. */
const LARGEST_GRID = 24;
const LARGEST_DENOMINATOR = 100_000n;
/** How near a simple number has to be. */
const NEAR = Rational.of(1, 10_000);

const half = Rational.of(1, 2);
const roundedTo = (value: Rational, q: number): Rational =>
  Rational.of(value.multiply(Rational.of(q)).add(half).floor(), BigInt(q));

/** The convergents of a number, the simplest first. */
export function convergents(value: Rational): Rational[] {
  const found: Rational[] = [];
  let rest = value;
  let [p0, q0, p1, q1] = [0n, 1n, 1n, 0n];
  for (;;) {
    const whole = rest.floor();
    [p0, q0, p1, q1] = [p1, q1, whole * p1 + p0, whole * q1 + q0];
    if (q1 > LARGEST_DENOMINATOR) return found;
    found.push(Rational.of(p1, q1));
    const part = rest.subtract(Rational.of(whole));
    if (part.isZero()) return found;
    rest = part.inverse();
  }
}

/** Samples at simple values of these numbers near those of the given one. */
export function* simplified(sample: Sample, variables: readonly Adjustable[]): Generator<Sample> {
  const withAll = (simple: (value: Rational) => Rational): Sample | null => {
    let result: Sample | null = sample;
    for (const variable of variables) {
      const value = result && variable.value(result);
      if (result && value) result = withValue(result, variable, simple(value));
    }
    return result;
  };
  for (let q = 1; q <= LARGEST_GRID; q += 1) {
    const rounded = withAll(value => roundedTo(value, q));
    if (rounded) yield rounded;
  }
  for (const near of [Rational.of(1, 100), NEAR, NEAR.multiply(NEAR)]) {
    const simple = withAll(
      value => convergents(value).find(each => each.subtract(value).abs().compare(near) <= 0) ?? value,
    );
    if (simple) yield simple;
  }
}
