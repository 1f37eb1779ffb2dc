/** One step at one point: what it says of values that are given, on both sides of where that begins to be wrong. */
import { describe, expect, it } from 'vitest';
import { type Expression, expressionKey, factorExpression } from '../../src/expression/core/expression.ts';
import { Rational } from '../../src/number/rational.ts';
import type { Ball } from '../../src/evaluate/ring/ball.ts';
import { BallRing } from '../../src/evaluate/ring/ball-ring.ts';
import type { ProofStep, SignOf, StepRelation } from '../../src/prove/trace.ts';
import { checkStep } from '../../src/recheck/check-step.ts';
import type { StepPoint, PointValue } from '../../src/recheck/step-outcome.ts';

const ring = new BallRing(40);
const third = ring.fromRational(Rational.of(1, 3));
/** Too near to zero to tell; no value; too much work. */
type Given = number | 'near' | 'none' | 'unknown';
const NEAR: Ball = ring.subtract(ring.multiply(third, ring.fromRational(Rational.of(3))), ring.one);

const named = (name: string): Expression => factorExpression({ kind: 'symbol', name });
const [A, B, C, D, M] = ['A', 'B', 'C', 'D', 'M'].map(named) as [
  Expression,
  Expression,
  Expression,
  Expression,
  Expression,
];

/** Values by name, at n, and at σ in a regime. */
type Worth = (at: number) => Given;
const at = (given: Given): PointValue => {
  if (given === 'none' || given === 'unknown') return { kind: given };
  return {
    kind: 'value',
    value: given === 'near' ? NEAR : ring.fromRational(Rational.parse(given.toFixed(15)) ?? Rational.zero),
  };
};
const pointOf = (worth: Readonly<Record<string, Worth | Given>>, n = 2, inside = true): StepPoint => {
  const known = new Map(Object.entries(worth).map(([name, given]) => [expressionKey(named(name)), given] as const));
  const find = (expression: Expression, where: number): PointValue => {
    const given = known.get(expressionKey(expression));
    if (given === undefined) throw new Error(`no value is given for ${expressionKey(expression)}`);
    return at(typeof given === 'function' ? given(where) : given);
  };
  return {
    ring,
    inside,
    value: expression => find(expression, n),
    later: find,
    next: expression => find(expression, n + 1),
    scaled: (expression, _, sigma) => find(expression, sigma.toNumber()),
  };
};
const step = (relation: StepRelation, before = A, after = B): ProofStep => ({
  rule: '',
  before,
  after,
  relation,
  lemmas: [],
});
const outcome = (
  relation: StepRelation,
  worth: Readonly<Record<string, Worth | Given>>,
  n = 2,
  inside = true,
): string => checkStep(step(relation), pointOf(worth, n, inside)).kind;

describe('an equality', () => {
  it.each([
    [1, 1, 'kept'],
    [0, 0, 'kept'],
    ['near', 0, 'kept'],
    [1, 2, 'broken'],
    [1, 'near', 'broken'],
    ['none', 1, 'nothing'],
    ['none', 'none', 'nothing'],
    [1, 'none', 'lost'],
    ['unknown', 1, 'unknown'],
    [1, 'unknown', 'unknown'],
  ] as const)('of %s and %s: %s', (before, after, wanted) => {
    expect(outcome({ kind: 'equal' }, { A: before, B: after })).toBe(wanted);
  });
});

describe('a multiplication', () => {
  const times: StepRelation = { kind: 'times', factors: [M, C] };
  it.each([
    [2, 12, 2, 3, 'kept'],
    [2, 6, 2, 3, 'broken'],
    [2, 2, 2, 3, 'broken'],
    // A factor that is zero at these integers does not count.
    [2, 6, 0, 3, 'kept'],
    [2, 0, 0, 3, 'broken'],
    [2, 2, 0, 0, 'kept'],
    // Of one that may be zero nothing is known.
    [2, 6, 'near', 3, 'unknown'],
    [2, 0, 'near', 3, 'unknown'],
    [2, 6, 'none', 3, 'lost'],
    [2, 6, 'unknown', 3, 'unknown'],
    ['none', 6, 2, 3, 'nothing'],
  ] as const)('of %s to %s by %s and %s: %s', (before, after, m, c, wanted) => {
    expect(outcome(times, { A: before, B: after, M: m, C: c })).toBe(wanted);
  });
  it('by what is zero at the end of a domain tells nothing', () => {
    expect(outcome(times, { A: 2, B: 6, M: 0, C: 3 }, 2, false)).toBe('unknown');
    expect(outcome(times, { A: 2, B: 12, M: 2, C: 3 }, 2, false)).toBe('kept');
  });
});

describe('a sign', () => {
  const sign = (strict: boolean, where: readonly SignOf[] = [], exactly: SignOf | null = null): StepRelation => ({
    kind: 'sign',
    strict,
    where,
    exactly,
  });
  it.each([
    [1, 'kept', 'kept'],
    [0, 'broken', 'kept'],
    [-1, 'broken', 'broken'],
    ['near', 'unknown', 'unknown'],
    ['none', 'nothing', 'nothing'],
    ['unknown', 'unknown', 'unknown'],
  ] as const)('of %s: %s where it must be positive, %s where not negative', (value, strict, weak) => {
    expect(outcome(sign(true), { A: value })).toBe(strict);
    expect(outcome(sign(false), { A: value })).toBe(weak);
  });
  it.each([
    [1, 'broken', 'broken'],
    [0, 'nothing', 'broken'],
    [-1, 'nothing', 'nothing'],
    ['near', 'unknown', 'unknown'],
  ] as const)('is asked for where %s is positive: %s, or not negative: %s', (condition, strict, weak) => {
    expect(outcome(sign(true, [{ gap: C, strict: true }]), { A: -1, C: condition })).toBe(strict);
    expect(outcome(sign(true, [{ gap: C, strict: false }]), { A: -1, C: condition })).toBe(weak);
  });
  it('exactly where another one is', () => {
    const exactly = (strict: boolean): StepRelation => sign(true, [], { gap: C, strict });
    expect(outcome(exactly(true), { A: 1, C: 1 })).toBe('kept');
    expect(outcome(exactly(true), { A: -1, C: -1 })).toBe('kept');
    expect(outcome(exactly(true), { A: 1, C: -1 })).toBe('broken');
    expect(outcome(exactly(true), { A: -1, C: 1 })).toBe('broken');
    expect(outcome(exactly(true), { A: 0, C: 0 })).toBe('kept');
    expect(outcome(exactly(false), { A: 0, C: 0 })).toBe('broken');
    expect(outcome(exactly(true), { A: 1, C: 'near' })).toBe('unknown');
  });
  it('stays the same', () => {
    const same: StepRelation = { kind: 'same-sign', where: [{ gap: C, strict: true }] };
    expect(outcome(same, { A: 1, B: 7, C: 1 })).toBe('kept');
    expect(outcome(same, { A: -1, B: -7, C: 1 })).toBe('kept');
    expect(outcome(same, { A: 1, B: -7, C: 1 })).toBe('broken');
    expect(outcome(same, { A: 1, B: -7, C: 0 })).toBe('nothing');
    expect(outcome(same, { A: 1, B: 'near', C: 1 })).toBe('unknown');
    expect(outcome(same, { A: 1, B: 'none', C: 1 })).toBe('lost');
    expect(outcome(same, { A: 'none', B: 1, C: 1 })).toBe('nothing');
  });
});

describe('a recursion a(n + 1) = r a(n) + b(n)', () => {
  const recursion = (strict: boolean): StepRelation => ({ kind: 'recursion', ratio: M, strict, where: [] });
  // a(n) = 2ⁿ + c with r = 2 and b = −c.
  const sequence = (c: number): Readonly<Record<string, Worth | Given>> => ({ A: n => 2 ** n + c, M: 2, B: -c });
  it('begins with what has the sign', () => {
    expect(outcome(recursion(true), sequence(0))).toBe('kept');
    expect(outcome(recursion(true), sequence(-1))).toBe('broken');
    expect(outcome(recursion(false), sequence(-1))).toBe('kept');
    expect(outcome(recursion(false), sequence(-2))).toBe('broken');
  });
  it('is one, with a ratio that is not negative', () => {
    expect(outcome(recursion(true), { ...sequence(0), B: 1 })).toBe('broken');
    expect(outcome(recursion(true), { ...sequence(0), M: 3 })).toBe('broken');
    expect(outcome(recursion(false), { A: n => (-2) ** n + 9, M: -2, B: 27 })).toBe('broken');
    expect(outcome(recursion(true), { ...sequence(0), M: 'none' })).toBe('unknown');
    expect(outcome(recursion(true), { ...sequence(0), A: n => (n > 2 ? 'none' : 1) })).toBe('nothing');
  });
});

describe('a limit', () => {
  const limit: StepRelation = { kind: 'limit' };
  it.each([
    ['1 + 2^{-n} to 1', (n: number) => 1 + 2 ** -n, 1, 'kept'],
    ['1 + 1/n to 1', (n: number) => 1 + 1 / n, 1, 'kept'],
    ['1 to 1', () => 1, 1, 'kept'],
    ['1 + 2^{-n} to 2', (n: number) => 1 + 2 ** -n, 2, 'broken'],
    ['1 to 0', () => 1, 0, 'broken'],
    // Nothing is to be seen yet.
    ['1/(1 + 2^{100−n}) to 1', (n: number) => 1 / (1 + 2 ** (100 - n)), 1, 'kept'],
    ['n to 0', (n: number) => n, 0, 'kept'],
  ] as const)('of %s: %s', (_, sequence, end, wanted) => {
    expect(outcome(limit, { A: sequence, B: end })).toBe(wanted);
  });
  it('of what has no value', () => {
    expect(outcome(limit, { A: () => 'none', B: 0 })).toBe('nothing');
    expect(outcome(limit, { A: () => 1, B: 'none' })).toBe('lost');
    expect(outcome(limit, { A: () => 'unknown', B: 0 })).toBe('unknown');
  });
  it('of parts that are at theirs is near its own', () => {
    const parts: StepRelation = { kind: 'limit', parts: [{ before: C, after: D }] };
    const slow = (n: number): number => 0.5 + 1 / n;
    expect(outcome(parts, { A: slow, B: 0.5, C: () => 1, D: 1 })).toBe('broken');
    expect(outcome(parts, { A: n => 0.5 + 0.01 / n, B: 0.5, C: () => 1, D: 1 })).toBe('kept');
    expect(outcome(parts, { A: slow, B: 0.5, C: n => 1 + 1 / n, D: 1 })).toBe('kept');
    const late = (n: number): number => 1 / (1 + 2 ** (100 - n));
    expect(outcome(parts, { A: late, B: 1, C: n => 2 ** -n / 1e7, D: 0 })).toBe('kept');
  });
  it('of powers shrinks', () => {
    const growth: StepRelation = { kind: 'growth' };
    expect(outcome(growth, { A: n => 2 ** -n, B: 0 })).toBe('kept');
    expect(outcome(growth, { A: n => 1 / n, B: 0 })).toBe('kept');
    expect(outcome(growth, { A: n => n ** -0.2, B: 0 })).toBe('broken');
    expect(outcome(growth, { A: () => 1, B: 0 })).toBe('broken');
    expect(outcome(growth, { A: n => n, B: 0 })).toBe('broken');
    expect(outcome(growth, { A: () => 'none', B: 0 })).toBe('nothing');
  });
  it('of weights that are bounded and leave every fixed time', () => {
    const toeplitz: StepRelation = { kind: 'toeplitz', sizes: C, fixed: [D] };
    const tends = { A: (n: number) => 1 + 2 ** -n, B: 1 };
    expect(outcome(toeplitz, { ...tends, C: n => 2 - 2 ** -n, D: n => 2 ** -n })).toBe('kept');
    expect(outcome(toeplitz, { ...tends, C: () => 1, D: n => 1 / n })).toBe('kept');
    expect(outcome(toeplitz, { ...tends, C: n => n, D: n => 2 ** -n })).toBe('broken');
    expect(outcome(toeplitz, { ...tends, C: n => Math.log(n), D: n => 2 ** -n })).toBe('broken');
    expect(outcome(toeplitz, { ...tends, C: () => 1, D: () => 0.5 })).toBe('broken');
    expect(outcome(toeplitz, { ...tends, C: () => 1, D: n => n ** -0.2 })).toBe('broken');
    expect(outcome(toeplitz, { ...tends, C: () => 1, D: () => 0 })).toBe('kept');
    expect(outcome(toeplitz, { ...tends, B: 2, C: () => 1, D: n => 2 ** -n })).toBe('broken');
    expect(outcome(toeplitz, { ...tends, C: () => 'none', D: () => 0 })).toBe('unknown');
  });
  it('of terms below a dominating series', () => {
    const tannery: StepRelation = { kind: 'tannery', sizes: C, dominated: D };
    const tends = { A: (n: number) => 1 + 2 ** -n, B: 1 };
    expect(outcome(tannery, { ...tends, C: n => 2 - 2 ** -n, D: n => 3 - 2 ** -n })).toBe('kept');
    expect(outcome(tannery, { ...tends, C: () => 1, D: n => 1 / n })).toBe('kept');
    expect(outcome(tannery, { ...tends, C: n => n, D: () => 1 })).toBe('broken');
    expect(outcome(tannery, { ...tends, C: () => 1, D: n => n })).toBe('broken');
    expect(outcome(tannery, { ...tends, C: () => 1, D: n => Math.log(n) })).toBe('broken');
    expect(outcome(tannery, { ...tends, B: 2, C: () => 1, D: () => 1 })).toBe('broken');
    expect(outcome(tannery, { ...tends, C: () => 1, D: () => 'none' })).toBe('unknown');
  });
});

describe('an expansion', () => {
  const series = (through: number): StepRelation => ({
    kind: 'series',
    regime: { small: 'e', dimension: Rational.one, direction: 1, alone: false },
    terms: [
      { power: Rational.zero, coefficient: C },
      { power: Rational.one, coefficient: D },
    ],
    through: Rational.of(through),
  });
  // 1 + 3σ + 5σ².
  const value = (s: number): number => 1 + 3 * s + 5 * s * s;
  it('is right up to smaller order than its last term', () => {
    expect(outcome(series(1), { A: value, C: 1, D: 3 })).toBe('kept');
    expect(outcome(series(2), { A: value, C: 1, D: 3 })).toBe('broken');
    expect(outcome(series(1), { A: value, C: 1, D: 4 })).toBe('broken');
    expect(outcome(series(0), { A: value, C: 1, D: 4 })).toBe('kept');
    expect(outcome(series(0), { A: value, C: 2, D: 3 })).toBe('broken');
    expect(outcome(series(9), { A: s => 1 + 3 * s, C: 1, D: 3 })).toBe('kept');
  });
  it('has values', () => {
    expect(outcome(series(1), { A: () => 'none', C: 1, D: 3 })).toBe('nothing');
    expect(outcome(series(1), { A: value, C: 'none', D: 3 })).toBe('lost');
    expect(outcome(series(1), { A: () => 'unknown', C: 1, D: 3 })).toBe('unknown');
  });
});
