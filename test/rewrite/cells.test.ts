/** Domains split into common cells: what cannot be has none, what is decided is not split, and where every cut lies. */
import { describe, expect, it } from 'vitest';
import type { Constraint } from '../../src/expression/core/domain.ts';
import { type Expression, expressionKey, restrict } from '../../src/expression/core/expression.ts';
import {
  COMPONENT_INDEX,
  DIMENSION_INDEX,
  ITERATION_INDEX,
  openIndex,
  ZERO,
} from '../../src/expression/core/indices.ts';
import { splitIntoCells } from '../../src/rewrite/rules/sums/cells.ts';
import { same } from './exact.ts';
import { ample, typed } from './typed.ts';

const make = (value: Expression): Expression => splitIntoCells(value, ample());
const atMost = (left: number, bound: number, right = ZERO): Constraint => ({ left, right, bound });
const atLeast = (left: number, bound: number, right = ZERO): Constraint => ({
  left: right,
  right: left,
  bound: -bound,
});
const cells = (text: string, ...conditions: Constraint[]): number =>
  make(restrict(typed(text), conditions)).terms.length;

describe('what is known of n, of p and of components', () => {
  const other = openIndex('coordinate');
  it('leaves no cell where it cannot be', () => {
    expect(cells('b', atMost(ITERATION_INDEX, -1))).toBe(0);
    expect(cells('b', atMost(DIMENSION_INDEX, 0))).toBe(0);
    for (const index of [COMPONENT_INDEX, other]) {
      expect(cells('b', atMost(index, 0))).toBe(0);
      expect(cells('b', atLeast(index, 1, DIMENSION_INDEX))).toBe(0);
    }
  });
  it('leaves one where it can', () => {
    expect(cells('b', atMost(ITERATION_INDEX, 0))).toBe(1);
    expect(cells('b', atMost(DIMENSION_INDEX, 1))).toBe(1);
    for (const index of [COMPONENT_INDEX, other]) {
      expect(cells('b', atMost(index, 1))).toBe(1);
      expect(cells('b', atLeast(index, 0, DIMENSION_INDEX))).toBe(1);
    }
    // A label is not known to be positive, as a component is.
    expect(cells('b', atMost(openIndex('history'), -3))).toBe(1);
  });
  it('needs no cut of its own', () => {
    const both = (text: string, condition: Constraint): number =>
      make({ terms: [...typed('a').terms, ...restrict(typed(text), [condition]).terms] }).terms.length;
    // n ≥ 0 always holds: one cell for each. n ≥ 1 does not: a is cut there.
    expect(both('b', atLeast(ITERATION_INDEX, 0))).toBe(2);
    expect(both('b', atLeast(ITERATION_INDEX, 1))).toBe(3);
    expect(both('b', atLeast(DIMENSION_INDEX, 1))).toBe(2);
    expect(both('b', atLeast(DIMENSION_INDEX, 2))).toBe(3);
    expect(both('b', atLeast(COMPONENT_INDEX, 1))).toBe(2);
    expect(both('b', atLeast(COMPONENT_INDEX, 2))).toBe(3);
    expect(both('b', atMost(COMPONENT_INDEX, 0, DIMENSION_INDEX))).toBe(2);
    expect(both('b', atMost(COMPONENT_INDEX, -1, DIMENSION_INDEX))).toBe(3);
  });
});

describe('cells', () => {
  it.each([
    // One term is one cell, where its ends are far apart.
    ['\\sum_{k=0}^{n}\\nabla_jE_k', 1],
    ['\\sum_{k=2}^{n-1}\\nabla_jE_k', 1],
    ['\\sum_{i=1}^{p}\\nabla_iE', 1],
    // Few values beside another index are cells of their own.
    ['\\sum_{k=n-1}^{n}\\eta_k', 2],
    ['\\sum_{k=n-3}^{n}\\eta_k', 4],
    ['\\sum_{k=n-4}^{n}\\eta_k', 1],
    ['\\sum_{k=0}^{1}\\eta_k', 2],
    // Each is cut where the other begins or ends, from either side.
    ['\\sum_{k=0}^{n}\\nabla_jE_k+a\\sum_{k=0}^{n-1}\\nabla_jE_k', 3],
    ['\\sum_{k=0}^{n}\\nabla_jE_k+a\\sum_{k=1}^{n-1}\\nabla_jE_k', 4],
    ['\\sum_{k=0}^{n}\\nabla_jE_k+a\\sum_{k=3}^{n}\\nabla_jE_k', 3],
    ['\\sum_{i=1}^{p}\\nabla_iE+a\\sum_{i=2}^{p}\\nabla_iE', 3],
    ['\\sum_{i=1}^{p}\\nabla_iE+a\\sum_{i=j}^{p}\\nabla_iE', 3],
    ['\\sum_{i=1}^{p}\\nabla_iE+a\\nabla_jE', 2],
    // Times and components are no more compared with each other's constants than terms without a sum are.
    ['\\sum_{i=1}^{p}\\nabla_iE+a\\sum_{k=3}^{n}\\eta_k', 2],
    ['\\sum_{i=3}^{p}\\nabla_iE+a\\sum_{k=0}^{n}\\eta_k', 2],
    ['b+\\sum_{k=0}^{n}\\eta_k+a\\sum_{k=0}^{n-1}\\eta_k', 4],
    // Both indices of a square are cut where one index of another sum ends.
    ['\\sum_{k=0}^{n}\\sum_{l=0}^{n}b^l\\eta_k\\eta_l+a\\sum_{k=0}^{n-1}\\eta_k', 5],
  ])('%s: %i', (text, count) => {
    expect(same(make, text).terms).toHaveLength(count);
  });
  it.each([
    '\\sum_{k=0}^{n}\\sum_{l=0}^{k}\\eta_k\\eta_lb^l+\\sum_{k=0}^{n}\\sum_{l=0}^{n}\\eta_k\\eta_la^l',
    '\\sum_{k=0}^{n}\\sum_{l=k-1}^{k+1}\\eta_k\\nabla_jE_l+\\sum_{k=0}^{n}\\eta_k\\nabla_jE_k',
    '\\sum_{k=0}^{n-2}b^k+\\sum_{k=1}^{n+2}a^k',
  ])('%s keeps its values', text => {
    same(make, text);
  });
  it('are cut where a letter of the statement stands in a condition', () => {
    const value = { terms: [...typed('a').terms, ...restrict(typed('b'), [atMost(COMPONENT_INDEX, 2)]).terms] };
    expect(make(value).terms.map(term => expressionKey({ terms: [term] })).length).toBe(3);
    const free = openIndex('history');
    const other = { terms: [...typed('a').terms, ...restrict(typed('b'), [atMost(free, -2)]).terms] };
    expect(make(other).terms).toHaveLength(3);
  });
});
