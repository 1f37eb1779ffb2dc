/** What the facts say of ranges, zeros and values is counted out: nothing that is claimed may fail at a point that they allow. */
import { expect, it } from 'vitest';
import { absolute } from '../../src/expression/arithmetic/power.ts';
import { isPositive } from '../../src/expression/arithmetic/assumptions.ts';
import { type Expression, freeIndicesOf } from '../../src/expression/core/expression.ts';
import { IndexFacts } from '../../src/expression/core/index-facts.ts';
import { DIMENSION_INDEX, ITERATION_INDEX, ZERO } from '../../src/expression/core/indices.ts';
import { hasThinZeros, hasValues } from '../../src/expression/arithmetic/thin-zeros.ts';
import { mayBeZero } from '../../src/evaluate/ring/ball.ts';
import { isProbablyNonzero } from '../../src/rewrite/probably-nonzero.ts';
import { probe } from '../../src/rewrite/probe.ts';
import { subtract, add, multiply } from '../../src/expression/core/expression.ts';
import { Interpreter } from '../../src/recheck/interpreter.ts';
import { constantForm, type LinearForm, variableForm } from '../../src/number/linear-form.ts';
import { Draw, LETTER } from './draw.ts';
import { integers, ring, valueAt, valueOrNull, worldAt } from './law.ts';
import { Random } from './random.ts';
import { FACTS, typed } from './typed.ts';

const RUNS = 4 * Number(process.env.MODEQ_RULE_RUNS ?? 100);

type Outcome = 'value' | 'zero' | 'none' | 'negative';

/** What is seen of an expression at some integers that the facts allow, in several worlds each. */
function seenOf(
  expression: Expression,
  draw: Draw,
  random: Random,
): { readonly at: string; readonly worlds: Outcome[] }[] {
  const letters = freeIndicesOf(expression);
  return [0, 1, 2, 3, 4, 7].flatMap(n => {
    const p = random.int(1, 3);
    const indices = integers(letters, n, p, draw.facts, random);
    if (indices === null) return [];
    const worlds = [1, 2, 3, 4].map((round): Outcome | null => {
      const found = valueAt(new Interpreter(worldAt(p, round + n * 7, draw.facts, null)), expression, indices);
      if (found.kind === 'unknown') return null;
      if (found.kind === 'none') return 'none';
      if (ring.isZero(found.value) || mayBeZero(found.value)) return 'zero';
      return ring.sign(found.value) < 0 ? 'negative' : 'value';
    });
    return [{ at: JSON.stringify([...indices]), worlds: worlds.flatMap(each => each ?? []) }];
  });
}

interface Claims {
  claimed: number;
  drawn: number;
  wrong: string[];
}

/** How often a claim is made, and where it fails. */
function count(
  make: (draw: Draw) => Expression,
  claim: (expression: Expression, draw: Draw) => boolean,
  fails: (worlds: readonly Outcome[]) => boolean,
): Claims {
  const claims: Claims = { claimed: 0, drawn: 0, wrong: [] };
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const random = new Random(seed);
    const draw = new Draw(random);
    const expression = valueOrNull(() => make(draw));
    if (expression === null) continue;
    claims.drawn += 1;
    if (!claim(expression, draw)) continue;
    claims.claimed += 1;
    for (const { at, worlds } of seenOf(expression, draw, random))
      if (worlds.length > 0 && fails(worlds)) claims.wrong.push(`seed ${seed} at ${at}: ${worlds}`);
  }
  return claims;
}

const mixed = (draw: Draw): Expression =>
  draw.random.oneOf([
    () => draw.binomial(),
    () => multiply(draw.binomial(), draw.scalar()),
    () => add(draw.binomial(), draw.scalar()),
    () => draw.quantity(1),
    () => draw.cumulative(),
    () => multiply(draw.denominator(), draw.scalar()),
    () => draw.anything(1),
  ]);

it('what has thin zeros is zero at no integers for all hyperparameters', () => {
  const { claimed, wrong } = count(
    mixed,
    (e, { facts }) => hasThinZeros(e, facts),
    worlds => worlds.every(each => each === 'zero'),
  );
  expect(wrong).toEqual([]);
  expect(claimed).toBeGreaterThan(RUNS / 10);
  const twin = count(
    mixed,
    e => e.terms.length > 0,
    worlds => worlds.every(each => each === 'zero'),
  );
  expect(twin.wrong.length).toBeGreaterThan(0);
});

it('what has values has one at all integers for some hyperparameters', () => {
  const { claimed, wrong } = count(
    mixed,
    (e, { facts }) => hasValues(e, facts),
    worlds => worlds.every(each => each === 'none'),
  );
  expect(wrong).toEqual([]);
  expect(claimed).toBeGreaterThan(RUNS / 10);
  const twin = count(
    mixed,
    () => true,
    worlds => worlds.every(each => each === 'none'),
  );
  expect(twin.wrong.length).toBeGreaterThan(0);
});

it('what is positive is never negative', () => {
  const make = (draw: Draw): Expression => (draw.random.chance(30) ? absolute(mixed(draw), draw.facts) : mixed(draw));
  const { claimed, wrong } = count(
    make,
    (e, { facts }) => isPositive(e, facts),
    worlds => worlds.includes('negative'),
  );
  expect(wrong).toEqual([]);
  expect(claimed).toBeGreaterThan(RUNS / 20);
  const twin = count(
    make,
    () => true,
    worlds => worlds.includes('negative'),
  );
  expect(twin.wrong.length).toBeGreaterThan(0);
});

it('bounds of linear forms hold wherever the facts do', () => {
  let known = 0;
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const random = new Random(seed);
    const index = (): number => random.pick([ITERATION_INDEX, LETTER, DIMENSION_INDEX, ZERO]);
    const facts = IndexFacts.NONE.with(
      random.list(1, 4, () => ({ left: index(), right: index(), bound: random.int(-2, 3) })),
    );
    const form: LinearForm = random
      .list(0, 3, () => random.pick([ITERATION_INDEX, LETTER, DIMENSION_INDEX]))
      .reduce(
        (sum, each) => {
          const times = random.pick([-2, -1, 1, 2]);
          const terms = new Map(sum.terms).set(each, times);
          return { constant: sum.constant, terms: [...terms].sort((a, b) => a[0] - b[0]) };
        },
        constantForm(random.int(-3, 3)),
      );
    const [low, high] = [facts.low(form), facts.high(form)];
    if (Number.isFinite(low) || Number.isFinite(high)) known += 1;
    for (let n = -4; n <= 6; n += 1)
      for (let l = -4; l <= 6; l += 1)
        for (let p = 1; p <= 4; p += 1) {
          const value = (x: number): number => (x === ITERATION_INDEX ? n : x === LETTER ? l : x === ZERO ? 0 : p);
          if (!facts.constraints.every(({ left, right, bound }) => value(left) - value(right) <= bound)) continue;
          const own = form.terms.reduce((sum, [x, times]) => sum + times * value(x), form.constant);
          expect(own >= low && own <= high, `seed ${seed}: ${own} not in ${low} … ${high}`).toBe(true);
        }
  }
  expect(known).toBeGreaterThan(RUNS / 4);
  expect(IndexFacts.TOP.low(variableForm(ITERATION_INDEX, -1))).toBe(-1);
});

it('the probe sees what is not zero, and only that, without any rule', () => {
  let [nonzero, seen, zeros] = [0, 0, 0];
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const draw = new Draw(new Random(seed), 'top');
    const parts = valueOrNull(() => [draw.anything(2), draw.anything(1), draw.anything(1)]);
    const [a, b, c] = parts ?? [];
    if (a === undefined || b === undefined || c === undefined) continue;
    const sums = valueOrNull(() => ({
      zero: {
        terms: [...multiply(a, add(b, c)).terms, ...subtract({ terms: [] }, add(multiply(a, b), multiply(a, c))).terms],
      },
    }));
    if (sums === null) continue;
    zeros += 1;
    expect(isProbablyNonzero(sums.zero), `seed ${seed}`).toBe(false);
    const found = [0, 2, 4].some(n => {
      const probed = probe(a, { n, p: 2, seed: 23 });
      return probed !== null && Math.abs(probed.value) > 1e-3 * probed.size && probed.size > 0;
    });
    const worlds = seenOf(a, draw, new Random(seed)).filter(({ worlds: all }) =>
      all.some(each => each === 'value' || each === 'negative'),
    );
    if (worlds.length < 5 || !found) continue;
    nonzero += 1;
    if (isProbablyNonzero(a)) seen += 1;
  }
  expect(zeros).toBeGreaterThan(RUNS / 2);
  expect(nonzero).toBeGreaterThan(RUNS / 10);
  expect(seen / nonzero).toBeGreaterThan(0.95);
});

it.each([
  '\\sum_{k=0}^{n}\\eta_k',
  '\\sum_{k=0}^{n}b^{n-k}\\eta_k^2',
  '\\sum_{k=0}^{n}(k+1)\\eta_k',
  '\\sum_{k=0}^{n}\\sum_{l=0}^{k}\\eta_k\\eta_l+q\\eta_n',
])('a sum of terms that are positive where all values are 1 has thin zeros: %s', text => {
  expect(hasThinZeros(typed(text), FACTS)).toBe(true);
});
it.each([
  // Empty at n = 0, zero at w = 0, at k = 3 = n, at x = 0, and for all values together.
  '\\sum_{k=1}^{n}\\eta_k',
  '\\sum_{k=2}^{n-1}\\eta_k^2',
  '\\sum_{k=0}^{n}w\\eta_k-\\sum_{k=0}^{n}w\\eta_k^2',
  '(n-3)\\sum_{k=0}^{n}\\eta_k',
  '\\sum_{k=0}^{n}(k-3)\\eta_k',
  'x\\sum_{k=0}^{n}\\eta_k-x\\eta_0',
  '\\sum_{k=0}^{n}\\eta_k-\\sum_{k=0}^{n-1}\\eta_k-\\eta_n^2',
])('nothing is said of one that may be empty or cancel: %s', text => {
  expect(hasThinZeros(typed(text), FACTS)).toBe(false);
});
