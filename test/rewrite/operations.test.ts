import { describe, expect, it } from 'vitest';
import { expressionOf } from '../../src/expression/core/expression.ts';
import { watchWorth, type Worth } from './law.ts';
import { OPERATIONS } from './operations.ts';

const RUNS = Number(process.env.MODEQ_RULE_RUNS ?? 100);

const TWINS: readonly (readonly [string, (made: Worth) => Worth['result']])[] = [
  [
    'a sign turned',
    ({ result: { terms } }) => ({
      terms: terms.map((term, at) => (at === 0 ? { ...term, coefficient: term.coefficient.negate() } : term)),
    }),
  ],
  ['a term left out', ({ result: { terms } }) => ({ terms: terms.slice(1) })],
  [
    'bounds one too wide',
    ({ result: { terms } }) =>
      expressionOf(
        terms.map(term => ({ ...term, constraints: term.constraints.map(c => ({ ...c, bound: c.bound + 1 })) })),
      ),
  ],
  [
    'a factor left out',
    ({ result: { terms } }) => expressionOf(terms.map(term => ({ ...term, factors: term.factors.slice(1) }))),
  ],
];

/** What these make has no ranges of its own. */
const WITHOUT_RANGES: ReadonlySet<string> = new Set(['power', 'powerOfForm']);

describe.each(OPERATIONS)('$name', ({ name, make }) => {
  it('is worth what numbers say', () => {
    const seen = watchWorth(make, RUNS);
    expect(seen.violations.slice(0, 3)).toEqual([]);
    expect(seen.usable).toBeGreaterThanOrEqual(RUNS / 10);
  });

  it.each(TWINS.filter(([twin]) => twin !== 'bounds one too wide' || !WITHOUT_RANGES.has(name)))(
    'a broken twin is caught: %s',
    (_, spoiled) => {
      const twin = (...args: Parameters<typeof make>): Worth => {
        const made = make(...args);
        return { ...made, result: spoiled(made) };
      };
      expect(watchWorth(twin, 200, { most: 1 }).violations).toHaveLength(1);
    },
  );
});
