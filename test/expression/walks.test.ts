/** Every walk over the normal form that replaces or derives something, held against values for every kind of factor. */
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/base/problem.ts';
import { assumptionsOf } from '../../src/expression/arithmetic/assumptions.ts';
import { differentiate, symbolRule } from '../../src/expression/calculus/differentiate.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  freeIndicesOf,
  multiply,
  restrict,
  substituteIndices,
  sumOver,
  ZERO_EXPRESSION,
} from '../../src/expression/core/expression.ts';
import { COMPONENT_INDEX, ITERATION_INDEX, openIndex, ZERO } from '../../src/expression/core/indices.ts';
import { mapInside } from '../../src/expression/arithmetic/map-inside.ts';
import { isScalar } from '../../src/expression/arithmetic/scalar.ts';
import { substituteSymbol } from '../../src/expression/calculus/substitute-symbol.ts';
import { wrap } from '../../src/expression/core/template.ts';
import { hasThinZeros, hasValues } from '../../src/expression/arithmetic/thin-zeros.ts';
import type { Declaration } from '../../src/formula/declaration.ts';
import { shiftForm, variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import { type Ball, mayBeZero } from '../../src/evaluate/ring/ball.ts';
import { BallRing } from '../../src/evaluate/ring/ball-ring.ts';
import { FloatRing } from '../../src/evaluate/ring/float-ring.ts';
import { tightPoints } from '../../src/prove/tight-points.ts';
import { Interpreter } from '../../src/recheck/interpreter.ts';
import { randomWorld } from '../../src/recheck/random-world.ts';
import type { World } from '../../src/recheck/world.ts';
import { unfold, unfoldScalars } from '../../src/rewrite/unfold.ts';
import { Budget } from '../../src/base/budget.ts';
import { KINDS, SAMPLES, symbol } from './factor-kinds.ts';

const positive = (name: string): Declaration => ({
  kind: 'scalar',
  name,
  domain: { lower: Rational.zero, lowerOpen: true, upper: null, upperOpen: true },
  span: null,
});
const assumptions = assumptionsOf(['x', 'y', 'e'].map(positive));
const ring = new BallRing(40);
const PLACES = [0, 1, 3].flatMap(at => [
  { at, component: 1, seed: at + 1 },
  { at, component: 2, seed: 7 * at + 5 },
]);
type Point = (typeof PLACES)[number];

const worldAt = ({ seed }: Point): World<Ball> =>
  randomWorld(
    ring,
    { domains: assumptions.domains, odd: new Set() },
    { dimension: 2, seed, equal: false, ends: false },
  );

/** The value; null where there is none. */
function worthOf(expression: Expression, world: World<Ball>, { at, component }: Point): Ball | null {
  try {
    return new Interpreter(world).value(
      expression,
      new Map([
        [ITERATION_INDEX, at],
        [COMPONENT_INDEX, component],
      ]),
    );
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** What a walk makes of it; null where it refuses. */
function made<T>(walk: () => T): T | null {
  try {
    return walk();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** Both have a value and they are equal, or the first has none. Gives whether there was something to compare. */
function sameAt(expected: Ball | null, found: Ball | null): boolean {
  if (expected === null) return false;
  expect(found).not.toBeNull();
  if (found !== null) expect(mayBeZero(ring.subtract(expected, found))).toBe(true);
  return true;
}

const BY: readonly (readonly [string, Expression])[] = [
  ['1/3', constant(Rational.of(1, 3))],
  ['2', constant(2)],
  ['y', symbol('y')],
  ['y² + e', add(symbol('y', 2), symbol('e'))],
  ['0', ZERO_EXPRESSION],
];
/** What may refuse, by the sample and the value that is put in. */
const REFUSED: readonly RegExp[] = [
  // A negative power of 0.
  /(?:1\/x²|1\/Π x η_i).*: 0$/,
  // Numbers alone, i + 4/3: that none of them is zero is not known.
  /Π \(x \+ i \+ 1\).*: /,
  /Π x η_i.*: 0$/,
  // A function to a power with an index has no form.
  /exp\(x \+ n \+ 1\)\^n/,
  // A number or a sum under √ and ^n.
  /\(x² \+ e\)\^n.*: /,
  // A sequence contains what its recursion does, which is not seen.
  /s_j\^/,
];

it('there is a sample of every kind', () => {
  for (const samples of Object.values(KINDS)) expect(samples.length).toBeGreaterThan(0);
});

describe('a symbol replaced', () => {
  it.each(SAMPLES.flatMap(({ name, value }) => BY.map(([text, by]) => [`${name}: ${text}`, value, by] as const)))(
    '%s',
    (name, value, by) => {
      const image = made(() => substituteSymbol(value, 'x', by, assumptions));
      if (image === null) {
        expect(REFUSED.some(each => each.test(name))).toBe(true);
        return;
      }
      for (const point of PLACES) {
        const world = worldAt(point);
        const there = worthOf(by, world, point);
        if (there === null) throw new Error('a symbol has a value');
        const moved: World<Ball> = { ...world, symbol: each => (each === 'x' ? there : world.symbol(each)) };
        sameAt(worthOf(value, moved, point), worthOf(image, world, point));
      }
    },
  );

  it('keeps what holds at labels before 0', () => {
    // Σ_{k=−2}^{n} [k ≤ −1] x η_k, whose bracket came from inside a template.
    const k = openIndex('history');
    const range = [
      { left: ZERO, right: k, bound: 2 },
      { left: k, right: ITERATION_INDEX, bound: 0 },
    ];
    const early = restrict(
      multiply(symbol('x'), factorExpression({ kind: 'schedule', name: 'eta', index: variableForm(k) })),
      [{ left: k, right: ZERO, bound: -1 }],
    );
    const value = sumOver(wrap(add(early, symbol('x'))), k, 'history', range);
    const image = substituteSymbol(value, 'x', symbol('y'), assumptions);
    for (const point of PLACES) {
      const world = worldAt(point);
      const moved: World<Ball> = { ...world, symbol: () => world.symbol('y') };
      expect(sameAt(worthOf(value, moved, point), worthOf(image, world, point))).toBe(true);
    }
  });
});

describe('n moved', () => {
  it.each(SAMPLES.map(({ name, value }) => [name, value] as const))('%s', (_, value) => {
    const image = substituteIndices(value, new Map([[ITERATION_INDEX, variableForm(ITERATION_INDEX, 2)]]));
    for (const point of PLACES)
      sameAt(worthOf(value, worldAt(point), { ...point, at: point.at + 2 }), worthOf(image, worldAt(point), point));
  });
});

describe('the derivative by a symbol', () => {
  const STEP = Rational.of(1, 10n ** 12n);
  const floats = new FloatRing(40);
  it.each(SAMPLES.map(({ name, value }) => [name, value] as const))('%s', (name, value) => {
    const slope = made(() => differentiate(value, symbolRule('x')));
    if (slope === null) {
      expect(name).toMatch(/Π .*x|\^n|s_j\^/);
      return;
    }
    for (const point of PLACES) {
      const world = worldAt(point);
      const beside = (by: Rational): Ball | null =>
        worthOf(
          value,
          {
            ...world,
            symbol: each => (each === 'x' ? ring.add(world.symbol('x'), ring.fromRational(by)) : world.symbol(each)),
          },
          point,
        );
      const [after, before, found] = [beside(STEP), beside(STEP.negate()), worthOf(slope, world, point)];
      if (after === null || before === null) continue;
      if (found === null) throw new Error('the derivative has no value');
      const quotient = floats.divide(
        floats.subtract(after, before),
        floats.fromRational(STEP.multiply(Rational.of(2))),
      );
      const off = floats.abs(floats.subtract(quotient, found));
      const size = floats.add(floats.one, floats.abs(quotient));
      expect(floats.compare(off, floats.multiply(size, floats.fromRational(Rational.of(1, 10n ** 9n))))).toBeLessThan(
        0,
      );
    }
  });
});

describe('the batches moved', () => {
  it.each(SAMPLES.map(({ name, value }) => [name, value] as const))('%s', (name, value) => {
    const image = made(() =>
      mapInside(value, leaf =>
        leaf.kind === 'loss' && leaf.batch !== null ? { ...leaf, batch: shiftForm(leaf.batch, 3) } : leaf,
      ),
    );
    if (image === null) {
      expect(name).toMatch(/Π .*E/);
      return;
    }
    for (const point of PLACES) {
      const world = worldAt(point);
      const moved: World<Ball> = {
        ...world,
        loss: (batch, by, at) => world.loss(batch === null ? null : batch + 3, by, at),
      };
      sameAt(worthOf(value, moved, point), worthOf(image, world, point));
    }
  });
});

describe('multiplied out', () => {
  it.each(SAMPLES.map(({ name, value }) => [name, value] as const))('%s', (_, value) => {
    for (const point of PLACES)
      for (const walk of [unfold, unfoldScalars])
        sameAt(
          worthOf(value, worldAt(point), point),
          worthOf(walk(value, new Budget(10_000), assumptions), worldAt(point), point),
        );
  });
});

describe('what is said of an expression', () => {
  it.each(SAMPLES.map(({ name, value }) => [name, value] as const))('%s', (_, value) => {
    for (const point of PLACES) {
      const world = worldAt(point);
      const found = worthOf(value, world, point);
      if (isScalar(value)) {
        const other: World<Ball> = {
          ...world,
          loss: () => ring.zero,
          point: () => ring.zero,
          function: () => ring.zero,
        };
        sameAt(found, worthOf(value, other, point));
      }
      expect(hasValues(value, assumptions) && found === null, 'a value').toBe(false);
      // With other values of the letters at the same integers: gradients may be −1 where 1 + ∇E is not to vanish.
      const others = [0, 1000, 2000].map(more => {
        const elsewhere = { ...point, seed: point.seed + more };
        return worthOf(value, worldAt(elsewhere), elsewhere);
      });
      const vanishes = others.every(each => each !== null && ring.isZero(each));
      expect(hasThinZeros(value, assumptions) && vanishes, 'not zero').toBe(false);
    }
  });

  it.each(SAMPLES.map(({ name, value }) => [name, value] as const))('%s: its edges are found', (_, value) => {
    const proof = { goal: 'zero', what: '', start: value, steps: [] } as const;
    const points = tightPoints([proof], new Map([[ITERATION_INDEX, variableForm(ITERATION_INDEX)]]));
    const hasLabel = freeIndicesOf(value).has(ITERATION_INDEX);
    expect(points.length > 0 || !hasLabel).toBe(true);
  });
});

it('a product with a factor that vanishes at the value is refused', () => {
  const [, , sample] = KINDS.product;
  if (sample === undefined) throw new Error('there is a sample');
  expect(made(() => substituteSymbol(sample.value, 'x', constant(-2), assumptions))).toBeNull();
});
