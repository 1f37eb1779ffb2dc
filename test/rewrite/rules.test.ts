import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/rewrite/pipelines.ts';
import { watch } from './law.ts';
import { OF_FUNCTIONS, OF_RULES } from './rewrites.ts';

/** Expressions for each rule; more of them with the environment variable. */
const RUNS = Number(process.env.MODEQ_RULE_RUNS ?? 100);

it('every rule is looked at', () => {
  expect(OF_RULES.map(({ name }) => name)).toEqual(RULES.map(({ name }) => name));
});

describe.each([...OF_RULES, ...OF_FUNCTIONS])('$name', ({ rewrite, draw, toZero }) => {
  it('keeps every value', () => {
    const seen = watch(rewrite, draw, RUNS);
    expect(seen.violations.slice(0, 3)).toEqual([]);
    expect(toZero ? seen.valued : seen.usable).toBeGreaterThanOrEqual(RUNS / 10);
  });
});
