/** That the law of rules.test.ts can fail: each rule, broken on purpose, is caught by it. */
import { describe, expect, it } from 'vitest';
import { watch } from './law.ts';
import { OF_FUNCTIONS, OF_RULES } from './rewrites.ts';
import { SPOILS } from './twins.ts';

/** A twin is looked for among so many expressions, by the run that found it first. */
const RUNS_OF_TWINS = 300;

describe.each([...OF_RULES, ...OF_FUNCTIONS])('$name', ({ rewrite, draw, twins }) => {
  it.each(twins)('a broken twin is caught: %s', name => {
    expect(watch(SPOILS[name](rewrite), draw, RUNS_OF_TWINS, { most: 1 }).violations).toHaveLength(1);
  });
});
