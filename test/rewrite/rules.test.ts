import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/rewrite/pipelines.ts';
import { watch } from './law.ts';
import { OF_FUNCTIONS, OF_RULES } from './rewrites.ts';
import { SPOILS } from './twins.ts';

/** Expressions for each rule; more of them with the environment variable. */
const RUNS = Number(process.env.MODEQ_RULE_RUNS ?? 100);
/** A twin is looked for among so many expressions, by the run that found it first. */
const RUNS_OF_TWINS = 300;

it('every rule is looked at', () => {
  expect(OF_RULES.map(({ name }) => name)).toEqual(RULES.map(({ name }) => name));
});

describe.each([...OF_RULES, ...OF_FUNCTIONS])('$name', ({ rewrite, draw, twins, toZero }) => {
  it('keeps every value', () => {
    const seen = watch(rewrite, draw, RUNS);
    expect(seen.violations.slice(0, 3)).toEqual([]);
    expect(toZero ? seen.valued : seen.usable).toBeGreaterThanOrEqual(RUNS / 10);
  });

  it.each(twins)('a broken twin is caught: %s', name => {
    expect(watch(SPOILS[name](rewrite), draw, RUNS_OF_TWINS, { most: 1 }).violations).toHaveLength(1);
  });
});
