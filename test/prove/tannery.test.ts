/**
 * Tannery's theorem: a limit under a sum with a dominating series. Each condition by itself, bounds against values at integers drawn at
 * random, and a bound that forgets what grows, which the same values catch.
 */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { attempt } from '../../src/base/problem.ts';
import { withIndices } from '../../src/expression/arithmetic/assumptions.ts';
import { type Expression, expressionKey, openTerm, subtract } from '../../src/expression/core/expression.ts';
import type { Constraint } from '../../src/expression/core/domain.ts';
import type { FactorPower } from '../../src/expression/core/factor.ts';
import { asAtom, ITERATION_INDEX, openIndex, ZERO } from '../../src/expression/core/indices.ts';
import { makeTerm, type Term } from '../../src/expression/core/term.ts';
import type { LinearForm } from '../../src/number/linear-form.ts';
import { Bounds } from '../../src/prove/limit/bounded.ts';
import { largeN } from '../../src/prove/limit/large-n.ts';
import { limitProof } from '../../src/prove/limit/limit.ts';
import { lateFacts, lateTerm } from '../../src/prove/limit/late-range.ts';
import { dominatedSums } from '../../src/prove/limit/tannery.ts';
import { testZero } from '../../src/prove/zero/zero-test.ts';
import { checkProof } from '../../src/recheck/check-proof.ts';
import { sumOut } from '../../src/rewrite/rules/sums/resum.ts';
import { Random } from '../rewrite/random.ts';
import { ample, FACTS, typed } from '../rewrite/typed.ts';

const SPACE = { domains: FACTS.domains, odd: new Set<string>() };

const bounds = new Bounds({
  assumptions: FACTS,
  budget: ample(),
  closed: (expression: Expression, under) => sumOut(expression, under, ample()),
  note: () => {},
});

/** Whether the limit is the one that is typed; null where none is found. */
function tendsTo(text: string, limit: string): boolean | null {
  const found = attempt(() => largeN(typed(text), FACTS, new Budget(200_000)).value);
  if (!found.ok) return null;
  return testZero(subtract(found.value, typed(limit)), FACTS, new Budget(50_000)).kind === 'zero';
}

const isSame = (one: Expression, other: Expression): boolean =>
  testZero(subtract(one, other), FACTS, new Budget(50_000)).kind === 'zero';

/** A sum, its limit, and another value that it does not tend to. */
const DOMINATED: readonly (readonly [string, string])[] = [
  ['\\sum_{k=0}^{n} b^k\\frac{n+1}{n+k+1}', '\\frac1{1-b}'],
  ['\\sum_{k=0}^{n} b^k\\frac{n-k}{n+k+1}', '\\frac1{1-b}'],
  ['\\sum_{k=0}^{n} \\frac{b^k k^2}{1-a^{n-k+1}+a^{n+k+1}}', '\\frac{b(1+b)}{(1-b)^3}'],
  ['\\sum_{k=0}^{n} \\frac{b^k}{q+a^{n-k}+d^n}', '\\frac1{q(1-b)}'],
  ['\\sum_{k=0}^{n} \\frac{b^{n-k}}{q+a^{k}+d^n}', '\\frac1{q(1-b)}'],
  ['\\sum_{k=0}^{n} b^k\\exp(-a^{n-k}-a^{n+k})', '\\frac1{1-b}'],
  ['\\sum_{k=0}^{n} b^k\\left(1-\\frac1{n+1}\\right)^k', '\\frac1{1-b}'],
  ['\\sum_{k=0}^{n-1} b^k\\frac{n}{n-k}', '\\frac1{1-b}'],
  ['\\sum_{k=0}^{n} a^k\\sum_{l=0}^{n-k} \\frac{b^l}{1-d^{n+l+1}}', '\\frac1{(1-a)(1-b)}'],
  [
    '\\sum_{k=0}^{n} \\frac{b^k\\nabla_jE}{\\sqrt{(\\nabla_jE)^2(1-a^{n+k+1})+q}}',
    '\\frac{\\nabla_jE}{(1-b)\\sqrt{(\\nabla_jE)^2+q}}',
  ],
  // What moves away from every fixed time leaves nothing.
  ['\\sum_{k=0}^{n} b^k a^{n-k}\\frac{n+1}{n+k+1}', '0'],
  ['\\sum_{k=n-3}^{n} \\frac{b^k}{1+a^{n+k}}', '0'],
];

describe('a limit under a sum with a dominating series', () => {
  it.each(DOMINATED)('%s → %s', (text, limit) => {
    expect(tendsTo(text, limit)).toBe(true);
    expect(tendsTo(text, `${limit}+1`)).toBe(false);
  });

  it('takes n under each of several sums', () => {
    const sums = ['a', 'b', 'd'].map(r => `\\sum_{k=0}^{n}\\frac{(n+1)${r}^{n-k}}{k+1}`);
    expect(tendsTo(sums.join('+'), '\\frac{1}{1-a}+\\frac{1}{1-b}+\\frac{1}{1-d}')).toBe(true);
  });

  it('names the theorem and is checked again step by step', () => {
    const before = typed('\\sum_{k=0}^{n} b^k\\frac{n+1}{n+k+1}');
    const limit = largeN(before, FACTS, new Budget(100_000));
    expect(limit.theorems.join()).toContain('Tannery');
    expect(limit.rates).toEqual([]);
    expect(checkProof(limitProof('it', before, limit), { space: SPACE, seed: 1 }).broken).toBeNull();
  });
});

describe('what a limit under a sum divides by', () => {
  const divisorsOf = (text: string): readonly string[] =>
    largeN(typed(text), FACTS, new Budget(200_000)).divisors.map(expressionKey);
  it.each([
    ['\\sum_{k=0}^{n}b^k\\exp(\\frac{a^{n+k}}{x-y})', ['x-y']],
    ['\\sum_{k=0}^{n}b^k\\exp(a^{n+k}(x-y))', []],
    ['\\sum_{k=0}^{n}\\frac{b^k}{q+a^{n+k}x^2}', []],
    // With gradients it is the statement's own, which has no value where it vanishes.
    ['\\sum_{k=0}^{n}b^k\\exp(\\frac{a^{n+k}}{\\nabla_jE})', []],
  ])('%s', (text, wanted) => {
    expect(divisorsOf(text)).toEqual(wanted.map(each => expressionKey(typed(each))));
  });
});

describe('there is none', () => {
  it.each([
    ['where nothing is summable', '\\sum_{k=0}^{n} \\frac{1}{n+k+1}'],
    ['where the base may be 1', '\\sum_{k=0}^{n} c^k\\frac{n+1}{n+k+1}'],
    ['where the base may be above 1', '\\sum_{k=0}^{n} u^k\\frac{n+1}{n+k+1}'],
    ['where the sign of the base is not known', '\\sum_{k=0}^{n} x^k\\frac{n+1}{n+k+1}'],
    ['where the quantity grows towards the end', '\\sum_{k=0}^{n} \\frac{a^k}{b^{k}+d^n}'],
    ['where a denominator comes near 0', '\\sum_{k=0}^{n} \\frac{b^k}{a^{n-k}+d^{n+k}}'],
    ['where a denominator may be negative', '\\sum_{k=0}^{n} \\frac{b^k}{1-2a^{n-k+1}+d^{n+k}}'],
    ['where a power of n is left', '\\sum_{k=0}^{n} b^k\\frac{n^2}{n+k+1}'],
    ['where the limit at a fixed time is not known', '\\sum_{k=0}^{n} b^k\\frac{\\eta_{n}}{n+k+1}'],
    ['where the terms alternate with n', '\\sum_{k=0}^{n} b^k\\frac{(-1)^n}{1+a^{n+k}}'],
  ])('%s', (_, text) => {
    expect(tendsTo(text, '0')).toBe(null);
  });
});

describe('the ways in which a sum is dominated', () => {
  /** The series and whether every fixed choice of times leaves the range, for each set of times counted from the end. */
  const waysOf = (term: Term | null | undefined, facts = FACTS): readonly (readonly [Expression, boolean] | null)[] =>
    (term == null ? [] : dominatedSums(term, facts, bounds)).map(find => {
      const sum = find();
      return sum === null ? null : [sum.sizes, sum.isLeft];
    });
  const late = (text: string): Term | null | undefined => typed(text).terms.map(term => lateTerm(term, FACTS))[0];
  const QUOTIENT = '\\frac{n+1}{n+k+1}';
  const BOTH = '\\frac{1}{1-d^{n+l+1}}';
  const pairs = (weights: string): string => `\\sum_{k=0}^{n}\\sum_{l=0}^{n-k}${weights}`;
  const below = (weights: string): string => `\\sum_{k=0}^{n}\\sum_{l=0}^{k}${weights}`;
  const square = (weights: string): string => `\\sum_{k=0}^{n}\\sum_{l=0}^{n}${weights}`;
  it.each<readonly [string, readonly (readonly [string, boolean] | null)[]]>([
    [`\\sum_{k=0}^{n}b^k${QUOTIENT}`, [['\\sum_{k=0}^{n}b^k', false], null]],
    [`\\sum_{k=0}^{n}(-b)^k${QUOTIENT}`, [['\\sum_{k=0}^{n}b^k', false], null]],
    [`\\sum_{k=0}^{n}(-2)^{-k}${QUOTIENT}`, [['\\sum_{k=0}^{n}2^{-k}', false], null]],
    [`\\sum_{k=0}^{n}k b^k${QUOTIENT}`, [['\\sum_{k=0}^{n}k b^k', false], null]],
    [`\\sum_{k=0}^{n}(k-3)^2b^k${QUOTIENT}`, [['\\sum_{k=0}^{n}(k-3)^2b^k', false], null]],
    [`\\sum_{k=0}^{3}(k-3)b^k${QUOTIENT}`, [['\\sum_{k=0}^{3}(3-k)b^k', false]]],
    [`\\sum_{k=0}^{n}\\frac{b^k}{k+1}${QUOTIENT}`, [['\\sum_{k=0}^{n}b^k', false], null]],
    [`\\sum_{k=0}^{n}b^{n-k}${QUOTIENT}`, [null, ['\\sum_{k=0}^{n}b^k', false]]],
    [`\\sum_{k=5}^{n-2}b^{n-k}${QUOTIENT}`, [null, ['\\sum_{k=2}^{n-5}b^k', false]]],
    [`\\sum_{k=n-3}^{n}b^k${QUOTIENT}`, [['\\sum_{k=n-3}^{n}b^k', false], null]],
    [`\\sum_{i=1}^{p}\\nabla_iE\\sum_{k=0}^{n}b^k${QUOTIENT}`, [['\\sum_{k=0}^{n}b^k', false], null]],
    // n/(n − k + 1) is at most a constant times k − 4, where k is 5 and more.
    [`\\sum_{k=5}^{n}b^k\\frac{n}{n-k+1}`, [['\\sum_{k=5}^{n}b^k(k-4)', false], null]],
    // The sign of x and of v is not known, or negative; k − 3 changes its sign.
    [`\\sum_{k=0}^{n}x^k${QUOTIENT}`, [null, null]],
    [`\\sum_{k=0}^{n}v^{-k}${QUOTIENT}`, [null, null]],
    [`\\sum_{k=0}^{n}(k-3)b^k${QUOTIENT}`, [null, null]],
    // l ≤ n − k = m: none counted from n, m, l, and both.
    [pairs(`a^kb^l${BOTH}`), [[below('b^l'), false], [square('a^kb^l'), false], null, [below('a^l'), false]]],
    // l ≤ k, where k, l, or both are counted from n: l + k' ≤ n holds at fixed times, l' + k ≥ n at none.
    [below(`a^kb^l${BOTH}`), [[below('a^kb^l'), false], [square('b^l'), false], [square('a^l'), true], null]],
    [below(`a^{n-k}b^{n-l}${BOTH}`), [null, [square('a^l'), false], [square('b^l'), true], [below('b^ka^l'), false]]],
  ])('%s', (text, wanted) => {
    const found = waysOf(late(text));
    const isAmong = ([sizes, isLeft]: readonly [string, boolean]): boolean =>
      found.some(each => each?.[1] === isLeft && isSame(each[0], typed(sizes)));
    for (const each of wanted) if (each !== null) expect(isAmong(each), each[0]).toBe(true);
    expect(found.map(each => each === null).sort()).toEqual(wanted.map(each => each === null).sort());
  });

  const LETTER = openIndex('history');
  const WITH_LETTER = withIndices(FACTS, FACTS.indices.with([{ left: ZERO, right: LETTER, bound: 0 }]));
  /** Σ b^{k or n − k or 2n − k} (n + 1)/(n + k + 1) over a range with ends such as 2n and n + l. */
  const between = (
    weight: string,
    lower: LinearForm,
    upper: LinearForm,
    ...more: readonly Constraint[]
  ): Term | null => {
    const [term] = typed(`\\sum_{k=0}^{n}${weight}${QUOTIENT}`).terms;
    const [from, to] = [asAtom(lower), asAtom(upper)];
    if (term === undefined || from === null || to === null) throw new Error('a range was made');
    const made = makeTerm({
      ...term,
      constraints: [
        { left: from.index, right: 0, bound: -from.shift },
        { left: 0, right: to.index, bound: to.shift },
        ...more,
      ],
    });
    return made === null ? null : lateTerm(made, WITH_LETTER);
  };
  const times = (speed: number, ...more: readonly (readonly [number, number])[]): LinearForm => ({
    constant: 0,
    terms: [[ITERATION_INDEX, speed] as const, ...more],
  });
  it('counts from ends that grow faster than others, and from no other', () => {
    // 0 ≤ 2n − k ≤ n, and no end at all at fixed times.
    expect(waysOf(between('b^{2n-k}', times(1), times(2))).map(each => (each === null ? null : each[1]))).toEqual([
      null,
      false,
    ]);
    // n − l ≤ k ≤ n: n − k is at most l, which does not grow.
    const fromZero = { left: ZERO, right: 0, bound: 0 };
    expect(waysOf(between('b^{n-k}', times(1, [LETTER, -1]), times(1), fromZero), WITH_LETTER)).toEqual([null, null]);
    expect(waysOf(between('b^{n-k}', { constant: 0, terms: [] }, times(1)), WITH_LETTER)).toHaveLength(2);
  });
});

const [A, B] = [0.4, 0.6];

/** Factors with what they are worth. */
const FACTORS: readonly (readonly [string, (n: number, k: number) => number])[] = [
  ['b^{k}', (_, k) => B ** k],
  ['a^{n-k}', (n, k) => A ** (n - k)],
  ['b^{n+k}', (n, k) => B ** (n + k)],
  ['a^{-k}', (_, k) => A ** -k],
  ['b^{k-n}', (n, k) => B ** (k - n)],
  ['a^{2k-n}', (n, k) => A ** (2 * k - n)],
  ['(n+1)', n => n + 1],
  ['(n-k)', (n, k) => n - k],
  ['(k+2)', (_, k) => k + 2],
  ['\\frac1{n+1}', n => 1 / (n + 1)],
  ['\\frac1{n+k+1}', (n, k) => 1 / (n + k + 1)],
  ['\\frac1{n-k+1}', (n, k) => 1 / (n - k + 1)],
  ['\\frac1{1-a^{k+1}}', (_, k) => 1 / (1 - A ** (k + 1))],
  ['\\frac1{1-a^{n-k+1}+b^{n+k}}', (n, k) => 1 / (1 - A ** (n - k + 1) + B ** (n + k))],
  ['\\frac1{a^k+b^n}', (n, k) => 1 / (A ** k + B ** n)],
  ['\\exp(a^{k}-a^{n-k})', (n, k) => Math.exp(A ** k - A ** (n - k))],
  ['\\left(1-a^{n-k+1}\\right)^{k}', (n, k) => (1 - A ** (n - k + 1)) ** k],
  ['\\sqrt{1+b^{n+k}}', (n, k) => Math.sqrt(1 + B ** (n + k))],
];

const LENGTHS = [10, 20, 40, 80, 160, 320];
/** The greatest sizes over k = 0 … n at these n. */
const greatest = (values: readonly ((n: number, k: number) => number)[]): readonly number[] =>
  LENGTHS.map(n =>
    Math.max(...Array.from({ length: n + 1 }, (_, k) => values.reduce((size, value) => size * value(n, k), 1))),
  );
/** What is bounded does not go on growing. */
function grows(values: readonly ((n: number, k: number) => number)[]): boolean {
  const [, , , before = 0, middle = 0, last = 0] = greatest(values);
  return last > 1.5 * middle && middle > 1.5 * before;
}

/** The factors under the sum, and what is known of n and k there. */
function under(text: string): {
  readonly factors: readonly FactorPower[];
  readonly k: number;
  readonly facts: typeof FACTS;
} {
  const [term] = typed(`\\sum_{k=0}^{n}\\eta_k ${text}`).terms;
  if (term === undefined) throw new Error('one term was read');
  const { factors, open, constraints } = openTerm(term);
  const facts = withIndices(FACTS, lateFacts(FACTS, constraints));
  const k = open[0];
  if (k === undefined) throw new Error('one letter is summed');
  return { factors: factors.filter(({ factor }) => factor.kind !== 'schedule'), k, facts };
}

describe('a bound that is uniform in n and k', () => {
  const draws = Array.from({ length: 250 }, (_, seed) => {
    const random = new Random(seed);
    return random.list(1, 4, () => random.pick(FACTORS));
  });
  /** Made in the first test that asks for them. */
  let known: readonly ReturnType<typeof judgedDraw>[] | null = null;
  const judged = (): NonNullable<typeof known> => {
    known ??= draws.map(judgedDraw);
    return known;
  };
  const judgedDraw = (draw: (typeof draws)[number]) => {
    const { factors, k, facts } = under(draw.map(([text]) => text).join(' '));
    const isBounded = (of: readonly FactorPower[]): boolean => bounds.growth(of, [], facts.indices) !== null;
    const grown = bounds.growth(factors, [{ constant: 0, terms: [[k, 1]] }], facts.indices);
    return {
      values: draw.map(([, value]) => value),
      isBounded: isBounded(factors),
      grown: grown?.length ?? null,
      /** Without a look at the numbers that grow. */
      twin: isBounded(factors.filter(({ factor }) => factor.kind !== 'index')),
    };
  };
  it('is there at integers drawn at random', () => {
    const bounded = judged().filter(each => each.isBounded);
    expect(bounded.length).toBeGreaterThan(draws.length / 10);
    expect(bounded.filter(({ values }) => grows(values))).toEqual([]);
  });
  it('is there beside powers of 1 + k, where these are given', () => {
    const beside = judged().flatMap(({ grown, values }) => (grown === null || grown === 0 ? [] : [{ grown, values }]));
    expect(beside.length).toBeGreaterThan(0);
    for (const { grown, values } of beside)
      expect(grows([...values, (_: number, k: number) => (k + 1) ** -grown])).toBe(false);
  });
  it('is missed where numbers that grow are forgotten', () => {
    expect(judged().some(({ twin, values }) => twin && grows(values))).toBe(true);
  });
});
