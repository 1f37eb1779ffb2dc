/** Derivatives of elementary functions at a number, beside closed forms (DLMF 4.2(iii), 4.20.1–2, 4.34). */
import { describe, expect, it } from 'vitest';
import { mayBeZero } from '../../src/evaluate/ring/ball.ts';
import { BallRing } from '../../src/evaluate/ring/ball-ring.ts';
import { Rational } from '../../src/number/rational.ts';
import { elementaryDerivative } from '../../src/recheck/elementary-function.ts';

const ring = new BallRing(30);
const X = ring.fromRational(Rational.of(2, 3));
const whole = (value: number) => ring.fromRational(Rational.of(value));
const squareOf = (value: typeof X): typeof X => ring.multiply(value, value);

const derivative = (name: string, order: number): typeof X => {
  const found = elementaryDerivative(name, order, ring, X);
  if (found === null) throw new Error(`${name} is not elementary`);
  return found.value;
};

const isEqual = (left: typeof X, right: typeof X): boolean => mayBeZero(ring.subtract(left, right));

const CASES: readonly (readonly [string, number, typeof X])[] = [
  ['exp', 3, ring.exp(X)],
  ['log', 1, ring.divide(ring.one, X)],
  ['log', 3, ring.divide(whole(2), ring.multiply(X, squareOf(X)))],
  ['sin', 2, ring.negate(ring.sin(X))],
  ['cos', 3, ring.sin(X)],
  ['sinh', 1, ring.cosh(X)],
  ['tanh', 1, ring.subtract(ring.one, squareOf(ring.tanh(X)))],
  ['tanh', 2, ring.multiply(whole(-2), ring.multiply(ring.tanh(X), ring.subtract(ring.one, squareOf(ring.tanh(X)))))],
];

describe('derivatives at a number', () => {
  it.each(CASES)('%s, number %d', (name, order, value) => {
    expect(isEqual(derivative(name, order), value)).toBe(true);
    // Neither the derivative before it nor twice its value passes.
    expect(isEqual(derivative(name, order), ring.multiply(whole(2), value))).toBe(false);
    if (name !== 'exp') expect(isEqual(derivative(name, order - 1), value)).toBe(false);
  });
  it('there is none of a function that is not elementary, and none where the value has none', () => {
    expect(elementaryDerivative('phi', 1, ring, X)).toBeNull();
    expect(() => elementaryDerivative('log', 1, ring, whole(-1))).toThrow();
    expect(() => elementaryDerivative('exp', 21, ring, X)).toThrow(/more than 20 derivatives/);
  });
});
