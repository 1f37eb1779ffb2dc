/** A term as nested sums: every factor and every constraint at the innermost index that it speaks of, each exactly once. */
import { describe, expect, it } from 'vitest';
import { isBound } from '../../src/expression/core/indices.ts';
import { factorForms } from '../../src/expression/core/factor.ts';
import { levelsOf } from '../../src/recheck/term-levels.ts';
import { SAMPLES } from '../expression/factor-kinds.ts';
import { typed } from '../rewrite/typed.ts';

const sums = [
  '\\sum_{k=0}^{n}a^{n-k}\\nabla_jE_k',
  'x\\sum_{k=0}^{n}\\sum_{l=0}^{k}a^{k-l}c^{n-k}\\nabla_jE_l',
  '\\sum_{i=1}^{p}\\nabla_iE_n\\sum_{k=0}^{n-1}a^k\\nabla_j\\nabla_iE_k',
];
const terms = [...sums.map(typed), ...SAMPLES.map(({ value }) => value)].flatMap(value => value.terms);

describe('levels of a term', () => {
  it('there are nested sums among the terms', () => {
    expect(terms.filter(({ sorts }) => sorts.length > 1).length).toBeGreaterThan(1);
  });
  it.each(terms.map(term => [term.key, term] as const))('%s', (_, term) => {
    const { conditions, outer, levels } = levelsOf(term);
    expect(levels.map(({ sort }) => sort)).toEqual(term.sorts);
    const factors = [outer, ...levels.map(level => level.factors)];
    const constraints = [conditions, ...levels.map(level => level.constraints)];
    expect(new Set(factors.flat())).toEqual(new Set(term.factors));
    expect(factors.flat()).toHaveLength(term.factors.length);
    expect(constraints.flat()).toHaveLength(term.constraints.length);
    // Level 0 stands outside of all sums; level at + 1 may use the indices 0 … at and has to use `at`.
    for (const [level, own] of factors.entries())
      for (const { factor, exponent } of own) {
        const used = [exponent.form, ...factorForms(factor)].flatMap(form => form.terms.map(([index]) => index));
        expect(Math.max(-1, ...used.filter(isBound))).toBe(level - 1);
      }
    for (const [level, own] of constraints.entries())
      for (const { left, right } of own) expect(Math.max(-1, ...[left, right].filter(isBound))).toBe(level - 1);
  });
});
