/** Values of normal forms in whole and rational numbers, exactly, for rewritings that keep them. */
import { expect } from 'vitest';
import { Refusal } from '../../src/base/problem.ts';
import type { Expression } from '../../src/expression/core/expression.ts';
import { COMPONENT_INDEX, ITERATION_INDEX } from '../../src/expression/core/indices.ts';
import { Rational } from '../../src/number/rational.ts';
import { RationalRing } from '../../src/evaluate/ring/rational-ring.ts';
import { Interpreter } from '../../src/recheck/interpreter.ts';
import { typed } from './typed.ts';

const never = (): never => {
  throw new Error('nothing of this kind occurs');
};
/** b = 1/2, a = 1/3, x = 5; η_i = i² + 1 and ∇_jE_k = 2^k + k. */
const VALUES: Readonly<Record<string, Rational>> = { b: Rational.of(1, 2), a: Rational.of(1, 3), x: Rational.of(5) };
export const valueAt = (value: Expression, n: number, dimension = 2): string =>
  new Interpreter({
    ring: new RationalRing(),
    dimension,
    symbol: name => VALUES[name] ?? Rational.of(7),
    schedule: (_, i) => Rational.of(i * i + 1),
    loss: batch =>
      Rational.of(2)
        .power(batch ?? 9)
        .add(Rational.of(batch ?? 9)),
    moment: never,
    point: never,
    recursive: never,
    function: never,
    vectorFunction: never,
  })
    .value(
      value,
      new Map([
        [ITERATION_INDEX, n],
        [COMPONENT_INDEX, 1],
      ]),
    )
    .toString();
export const N = [0, 1, 2, 3, 4, 5, 6];
/** What a rewriting makes of what is typed, which has the same values. */
export const same = (make: (value: Expression) => Expression, text: string): Expression => {
  const before = typed(text);
  const after = make(before);
  for (const dimension of [1, 2, 4])
    for (const n of N) {
      const wanted = attempted(() => valueAt(before, n, dimension));
      if (wanted !== null) expect(valueAt(after, n, dimension), `n = ${n}, p = ${dimension}`).toBe(wanted);
    }
  return after;
};

/** Null where there is no value. */
function attempted(find: () => string): string | null {
  try {
    return find();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
