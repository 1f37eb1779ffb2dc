/** The lists of rules: each rule in a pipeline is one that has a test, and says where its side conditions are to be looked at. */
import { describe, expect, it } from 'vitest';
import { typed, FACTS, ample } from './typed.ts';
import { isZero } from '../../src/expression/core/expression.ts';
import { AT_THE_END, FRACTIONS, ON_A_LAYER, RULES } from '../../src/rewrite/pipelines.ts';
import { Bases } from '../../src/rewrite/rules/bases.ts';
import type { RuleTools } from '../../src/rewrite/rule.ts';

describe('every rule', () => {
  it.each(RULES.map(rule => [rule.name, rule] as const))('%s says what it asks for and where it is from', (_, rule) => {
    expect(rule.conditions.length).toBeGreaterThan(0);
    expect(new Set(rule.conditions).size).toBe(rule.conditions.length);
    expect(rule.source).not.toBe('');
  });
  it('has a name of its own', () => {
    expect(RULES.length).toBeGreaterThan(15);
    expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  });
  it('that divides or multiplies names its divisors', () => {
    for (const rule of RULES.filter(({ keeps }) => keeps === 'times')) expect(rule.conditions).toContain('divisors');
    // Those that move the ends of ranges.
    for (const name of ['sums in closed form', 'short sums written out', 'domains split into common cells'])
      expect(RULES.find(rule => rule.name === name)?.conditions).toContain('ranges');
  });
  it('of a pipeline is among them', () => {
    for (const rule of [...ON_A_LAYER, ...AT_THE_END]) expect(RULES).toContain(rule);
    expect(ON_A_LAYER.length).toBeGreaterThan(0);
    expect(AT_THE_END.length).toBeGreaterThan(0);
  });
});

describe('fractions added', () => {
  const context: RuleTools = {
    assumptions: FACTS,
    budget: ample(),
    bases: new Bases(FACTS, ample()),
    isZero,
    multiplied: [],
  };
  it('are zero or what they were', () => {
    for (const text of ['\\frac{1}{1-b}-\\frac{1}{1-a}-\\frac{b-a}{(1-a)(1-b)}', 'b-b+0'])
      expect(isZero(FRACTIONS.apply(typed(text), context))).toBe(true);
    for (const text of ['\\frac{1}{1-b}', 'b^{1/3}', '\\frac{1}{1-b}-\\frac{1}{1-a}']) {
      const value = typed(text);
      expect(FRACTIONS.apply(value, context)).toBe(value);
    }
  });
});
