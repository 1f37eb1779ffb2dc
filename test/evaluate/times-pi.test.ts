/** Multiples of π in enclosures: where sine and cosine are rational they are exact, and everywhere the value lies in the ball. */
import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/number/rational.ts';
import { mayBeZero } from '../../src/evaluate/ring/ball.ts';
import { BallRing } from '../../src/evaluate/ring/ball-ring.ts';
import { type Enclosure, EnclosureRing } from '../../src/evaluate/ring/enclosure-ring.ts';
import type { Ring } from '../../src/evaluate/ring/ring.ts';
import { Random } from '../rewrite/random.ts';

const ring = new EnclosureRing(40);
const balls = new BallRing(60);
const of = (num: number, den = 1): Rational => Rational.of(num, den);
/** num/den · π. */
const angle = (num: number, den = 1): Enclosure => ring.multiply(of(num, den), ring.pi());

describe('a multiple of π', () => {
  it.each([
    [0, 1, of(0), of(1)],
    [1, 1, of(0), of(-1)],
    [2, 1, of(0), of(1)],
    [-3, 1, of(0), of(-1)],
    [101, 1, of(0), of(-1)],
    [1, 2, of(1), of(0)],
    [3, 2, of(-1), of(0)],
    [-1, 2, of(-1), of(0)],
    [7, 2, of(-1), of(0)],
    [1, 6, of(1, 2), null],
    [5, 6, of(1, 2), null],
    [-1, 6, of(-1, 2), null],
    [7, 6, of(-1, 2), null],
    [1, 3, null, of(1, 2)],
    [2, 3, null, of(-1, 2)],
    [5, 3, null, of(1, 2)],
    [1, 4, null, null],
    [1, 5, null, null],
    [1, 12, null, null],
  ])('%i/%i π has sine %s and cosine %s', (num, den, sine, cosine) => {
    for (const [value, wanted] of [
      [ring.sin(angle(num, den)), sine],
      [ring.cos(angle(num, den)), cosine],
    ] as const) {
      expect(value instanceof Rational).toBe(wanted !== null);
      if (wanted !== null) expect(String(value)).toBe(String(wanted));
    }
  });
  it('is known through sums, differences, negatives and quotients', () => {
    const pi = ring.pi();
    const half = ring.divide(pi, of(2));
    expect(String(ring.sin(ring.add(pi, half)))).toBe('-1');
    expect(String(ring.sin(ring.subtract(half, pi)))).toBe('-1');
    expect(String(ring.cos(ring.negate(pi)))).toBe('-1');
    expect(String(ring.divide(pi, half))).toBe('2');
    expect(String(ring.subtract(pi, ring.add(half, half)))).toBe('0');
    expect(ring.sign(ring.subtract(pi, half))).toBe(1);
    // What is no multiple of π any more.
    for (const other of [ring.multiply(pi, pi), ring.add(pi, of(1)), ring.divide(of(1), pi), ring.root(pi, 2)])
      expect(ring.sin(other) instanceof Rational).toBe(false);
    expect(() => ring.divide(pi, of(0))).toThrow('division by zero');
  });
});

/** A number made of π and fractions in a few operations. */
function drawn<T>(random: Random, on: Ring<T>): T {
  let value = on.pi();
  for (let count = random.int(1, 4); count > 0; count -= 1) {
    const by = on.fromRational(of(random.int(-7, 7), random.pick([1, 1, 2, 3, 6])));
    const kind = random.int(0, 5);
    if (kind === 0) value = on.add(value, on.multiply(by, on.pi()));
    else if (kind === 1) value = on.subtract(value, on.multiply(on.pi(), by));
    else if (kind === 2) value = on.negate(value);
    else if (kind === 3) value = on.add(value, by);
    else value = on.multiply(value, by);
  }
  return value;
}

interface Looked {
  readonly exact: number;
  readonly wrong: number;
}
/** How many values are exact, and how many differ from what balls say of them, which know nothing of π but its digits. */
function lookAt(sine: (on: EnclosureRing, angle: Enclosure) => Enclosure): Looked {
  let [exact, wrong] = [0, 0];
  for (let seed = 1; seed <= 300; seed += 1) {
    const value = sine(ring, drawn(new Random(seed), ring));
    const wanted = balls.sin(drawn(new Random(seed), balls));
    if (value instanceof Rational) exact += 1;
    if (!mayBeZero(balls.subtract(ring.ball(value), wanted))) wrong += 1;
  }
  return { exact, wrong };
}

describe('sines of angles drawn at random', () => {
  it('agree with balls', () => {
    const { exact, wrong } = lookAt((on, value) => on.sin(value));
    expect(wrong).toBe(0);
    expect(exact).toBeGreaterThan(60);
  });
  it('would not if the half turn were forgotten (broken twin)', () => {
    const twin = (on: EnclosureRing, value: Enclosure): Enclosure => {
      const found = on.sin(value);
      return found instanceof Rational ? found.abs() : found;
    };
    expect(lookAt(twin).wrong).toBeGreaterThan(0);
  });
});
