/** What is known of indices at a place: the tightest bounds and no tighter ones, and what of them is kept inside a definition. */
import { describe, expect, it } from 'vitest';
import { IndexFacts } from '../../src/expression/core/index-facts.ts';
import { asAtom, DIMENSION_INDEX, ITERATION_INDEX, openIndex, slot, ZERO } from '../../src/expression/core/indices.ts';
import { constantForm, type LinearForm, variableForm } from '../../src/number/linear-form.ts';

const [k, l] = [openIndex('history'), openIndex('history')];
const n = ITERATION_INDEX;
const atMost = (left: number, right: number, bound: number) => ({ left, right, bound });
const form = (constant: number, ...terms: (readonly [number, number])[]): LinearForm => ({ constant, terms });

describe('facts', () => {
  const facts = IndexFacts.TOP.with([atMost(ZERO, k, -2), atMost(k, n, -1)]);
  it('follow from each other', () => {
    // 2 ≤ k ≤ n − 1.
    expect([facts.gap(ZERO, k), facts.gap(k, n), facts.gap(ZERO, n), facts.gap(n, k)]).toEqual([-2, -1, -3, Infinity]);
    expect([2, 1, 3].map(least => facts.implies(atMost(ZERO, k, -least)))).toEqual([true, true, false]);
    expect([0, 1, 2, 3].map(most => facts.excludes(atMost(k, ZERO, most)))).toEqual([true, true, false, false]);
    expect([3, 4].map(least => facts.implies(atMost(ZERO, n, -least)))).toEqual([true, false]);
  });
  it('bound forms', () => {
    expect([facts.low(variableForm(k, 5)), facts.high(variableForm(k))]).toEqual([7, Infinity]);
    expect([facts.low(form(0, [n, 1], [k, -1])), facts.high(form(0, [k, 1], [n, -1]))]).toEqual([1, -1]);
    expect([facts.low(form(1, [k, 2])), facts.high(form(1, [k, -2]))]).toEqual([5, -3]);
    expect([facts.low(constantForm(4)), facts.high(constantForm(-4))]).toEqual([4, -4]);
    expect(facts.low(variableForm(l))).toBe(-Infinity);
  });
  it('are p ≥ 1 and n ≥ 0 to begin with, or p ≥ 1 alone', () => {
    expect([IndexFacts.TOP.gap(ZERO, n), IndexFacts.NONE.gap(ZERO, n)]).toEqual([0, Infinity]);
    for (const own of [IndexFacts.TOP, IndexFacts.NONE]) expect(own.gap(ZERO, DIMENSION_INDEX)).toBe(-1);
    expect(IndexFacts.TOP.with([])).toBe(IndexFacts.TOP);
  });
  it('that contradict each other say everything', () => {
    const never = facts.with([atMost(n, ZERO, 2)]);
    expect([never.isEmpty, facts.isEmpty, facts.with([atMost(n, ZERO, 3)]).isEmpty]).toEqual([true, false, false]);
    expect(never.gap(n, ZERO)).toBe(-Infinity);
    expect(never.high(variableForm(l))).toBe(-Infinity);
    expect(never.key).toBe('never');
  });
  it('have one key for one meaning', () => {
    const other = IndexFacts.TOP.with([
      atMost(k, n, -1),
      atMost(ZERO, k, -2),
      atMost(ZERO, n, -3),
      atMost(ZERO, n, -1),
    ]);
    expect(other.key).toBe(facts.key);
    expect(facts.with([atMost(ZERO, k, -3)]).key).not.toBe(facts.key);
    expect(IndexFacts.NONE.key).not.toBe(IndexFacts.TOP.key);
  });
  it('speak of forms that indices stand for', () => {
    const twice = asAtom(form(0, [n, 2]));
    if (twice === null) throw new Error('2n is a form of a free index');
    // k ≤ 2n: then 2n − k is not negative, and with n ≤ 4 k is 8 at most.
    const own = IndexFacts.TOP.with([atMost(k, twice.index, 0)]);
    expect(own.low(form(0, [n, 2], [k, -1])) + 0).toBe(0);
    expect(own.with([atMost(n, ZERO, 4)]).high(variableForm(k))).toBe(8);
    expect(own.gap(ZERO, twice.index)).toBe(0);
    expect(own.gap(k, twice.index)).toBe(0);
  });
});

describe('inside a definition', () => {
  const [first, second] = [slot(0, 'history'), slot(1, 'history')];
  const inside = (least: number, most: number | null = null, shift = 0): IndexFacts =>
    IndexFacts.NONE.with([atMost(ZERO, k, -least), ...(most === null ? [] : [atMost(k, ZERO, most)])]).inside(
      ['history'],
      [variableForm(k, shift)],
    );
  it.each([-5, -4, -3, -1, 0, 2, 3, 4, 9])('ranges near zero are kept: from %i on', least => {
    const known = 0 - inside(least).gap(ZERO, first);
    // Never more than is so; nothing below −3, and 3 for all that is later.
    expect(known).toBe(least < -3 ? -Infinity : Math.min(least, 3));
    expect(0 - inside(least, null, 2).gap(ZERO, first)).toBe(least + 2 < -3 ? -Infinity : Math.min(least + 2, 3));
  });
  it.each([-9, -4, -3, 0, 3, 4])('ranges near zero are kept: up to %i', most => {
    expect(inside(-20, most).gap(first, ZERO)).toBe(most > 3 ? Infinity : Math.max(most, -3));
  });
  it.each([-5, -3, -1, 0, 2, 3, 4])('differences near zero are kept: %i', gap => {
    const facts = IndexFacts.NONE.with([atMost(k, l, gap)]);
    const own = facts.inside(['history', 'history'], [variableForm(k), variableForm(l)]);
    expect(own.gap(first, second)).toBe(gap > 3 ? Infinity : Math.max(gap, -3));
    expect(own.gap(second, first)).toBe(Infinity);
    expect(own.gap(ZERO, first)).toBe(Infinity);
  });
  it('nothing is kept of n and of components but p ≥ 1', () => {
    const own = IndexFacts.TOP.inside(
      ['coordinate', 'history'],
      [variableForm(openIndex('coordinate')), variableForm(n)],
    );
    expect(own.gap(ZERO, n)).toBe(Infinity);
    expect(own.gap(ZERO, slot(0, 'coordinate'))).toBe(Infinity);
    expect(own.gap(ZERO, second)).toBe(0);
    expect(own.gap(ZERO, DIMENSION_INDEX)).toBe(-1);
  });
});
