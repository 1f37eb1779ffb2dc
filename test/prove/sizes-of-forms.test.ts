/** Sizes of linear forms in n and a summed time, and what a range is for all large n. */
import { describe, expect, it } from 'vitest';
import { withIndices } from '../../src/expression/arithmetic/assumptions.ts';
import { type Expression, restrict } from '../../src/expression/core/expression.ts';
import type { Constraint } from '../../src/expression/core/domain.ts';
import { exponentOf } from '../../src/expression/core/factor.ts';
import { asAtom, ITERATION_INDEX, openIndex, ZERO } from '../../src/expression/core/indices.ts';
import { addForms, constantForm, type LinearForm, scaleForm, variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import { lateFacts, lateTerm } from '../../src/prove/limit/late-range.ts';
import {
  awayFromZero,
  factorsAtMost,
  integral,
  isWithin,
  leastExponent,
  negatedForm,
  permutations,
} from '../../src/prove/limit/sizes-of-forms.ts';
import { FACTS, typed } from '../rewrite/typed.ts';

const K = openIndex('history');
const LETTER = openIndex('history');
const from = (index: number, least: number): Constraint => ({ left: ZERO, right: index, bound: -least });
const atMost = (index: number, most: number): Constraint => ({ left: index, right: ZERO, bound: most });
const upTo = (left: number, right: number, bound = 0): Constraint => ({ left, right, bound });
/** 0 ≤ k ≤ n and n ≥ 1000; nothing is known of the letter. */
const facts = lateFacts(FACTS, [from(K, 0), upTo(K, ITERATION_INDEX)]);
const n = (by = 1, plus = 0): LinearForm => ({ constant: plus, terms: [[ITERATION_INDEX, by]] });
const k = (by = 1, plus = 0): LinearForm => ({ constant: plus, terms: [[K, by]] });
const nMinusK = addForms(n(), k(), -1);
const both = addForms(n(), k());
const letter = variableForm(LETTER);

describe('a form', () => {
  it('is away from zero where it is at least 1, or at most −1', () => {
    expect(awayFromZero(k(1, 1), facts)).toEqual(k(1, 1));
    expect(awayFromZero(k(-1, -1), facts)).toEqual(scaleForm(k(-1, -1), -1));
    expect(awayFromZero(n(1, -999), facts)).toEqual(n(1, -999));
    for (const form of [k(), k(-1), n(1, -1000), nMinusK, k(1, -3), letter, constantForm(0)])
      expect(awayFromZero(form, facts)).toBe(null);
  });
  it('is bounded where it lies between two numbers', () => {
    expect(isWithin(constantForm(7), [], facts)).toBe(true);
    for (const form of [k(), n(), nMinusK, k(-1), letter]) expect(isWithin(form, [], facts)).toBe(false);
    const short = lateFacts(FACTS, [upTo(K, ITERATION_INDEX), upTo(ITERATION_INDEX, K, 3)]);
    expect(isWithin(nMinusK, [], short)).toBe(true);
    expect(isWithin(k(), [], short)).toBe(false);
  });
  it.each([
    ['k by n', k(), [n()], true],
    ['n − k by n', nMinusK, [n()], true],
    ['−k by n', k(-1), [n()], true],
    ['n + k by n', both, [n()], true],
    ['2n + 9 by n', n(2, 9), [n()], true],
    ['5n by n', n(5), [n()], false],
    ['n by k', n(), [k()], false],
    ['n by n − k', n(), [nMinusK], false],
    ['k by n − k', k(), [nMinusK], false],
    ['the letter by n', letter, [n()], false],
    ['n by k and n − k', n(), [k(), nMinusK], true],
    ['n + k by k and n − k', both, [k(), nMinusK], true],
    ['2n by k and n − k', n(2), [k(), nMinusK], true],
    ['5n by k and n − k', n(5), [k(), nMinusK], false],
    ['n by k and 0', n(), [k(), constantForm(0)], false],
    ['k by 0 and n', k(), [constantForm(0), n()], true],
  ] as const)('%s: %#', (_, form, others, wanted) => {
    expect(isWithin(form, others, facts)).toBe(wanted);
  });
});

describe('an exponent', () => {
  const over = (by: Rational, form: LinearForm) => ({ constant: by, form });
  it('is a form up to a constant', () => {
    expect(integral(over(Rational.of(5, 2), k()))).toEqual(k(1, 2));
    expect(integral(over(Rational.of(-1, 2), k()))).toEqual(k(1, -1));
    expect(integral(over(Rational.of(3), k()))).toEqual(k(1, 3));
  });
  it('has a least value where its form has', () => {
    expect(leastExponent(over(Rational.of(1, 2), k()), facts)?.toString()).toBe('1/2');
    expect(leastExponent(over(Rational.of(-3), n()), facts)?.toString()).toBe('997');
    expect(leastExponent(over(Rational.of(3), k(-1)), facts)).toBe(null);
  });
  it('is negated as a whole', () => {
    expect(negatedForm(over(Rational.of(1, 2), k()))).toEqual(over(Rational.of(-1, 2), scaleForm(k(), -1)));
    expect(negatedForm(exponentOf(3))).toEqual(exponentOf(-3));
  });
  it('is at most so many factors', () => {
    const counts = ([1, -1] as const).map(sign => [2, 3].map(den => factorsAtMost(Rational.of(5 * sign, den))));
    expect(counts).toEqual([
      [3, 2],
      [3, 2],
    ]);
    expect(factorsAtMost(Rational.of(2))).toBe(2);
  });
});

it('orders are all orders', () => {
  expect(permutations([])).toEqual([[]]);
  expect(permutations([1])).toEqual([[1]]);
  expect(permutations([1, 2, 3]).map(each => each.join(''))).toEqual(['123', '132', '213', '231', '312', '321']);
});

describe('a range for all large n', () => {
  const late = (value: Expression): readonly Constraint[] | null => {
    const [term] = value.terms;
    if (term === undefined) throw new Error('one term');
    return lateTerm(term, withIndices(FACTS, FACTS.indices.with([from(LETTER, 0)])))?.constraints ?? null;
  };
  const where = (...constraints: readonly Constraint[]): readonly Constraint[] | null =>
    late(restrict(typed('x'), constraints));
  const twice = asAtom({ constant: 0, terms: [[ITERATION_INDEX, 2]] });
  if (twice === null) throw new Error('2n is an index');
  it('has no condition that holds there', () => {
    expect(where()).toEqual([]);
    expect(where(from(ITERATION_INDEX, 5))).toEqual([]);
    expect(where(upTo(LETTER, ITERATION_INDEX))).toEqual([]);
    expect(where(upTo(ITERATION_INDEX, twice.index, -7))).toEqual([]);
    expect(where(from(LETTER, 0))).toEqual([]);
  });
  it('is empty where a condition ends', () => {
    expect(where(atMost(ITERATION_INDEX, 2000))).toBe(null);
    expect(where(upTo(ITERATION_INDEX, LETTER, 5))).toBe(null);
    expect(where(upTo(twice.index, ITERATION_INDEX, 7))).toBe(null);
    expect(where(atMost(LETTER, -1))).toBe(null);
  });
  it('keeps conditions on letters, and on summed times', () => {
    expect(where(from(LETTER, 3))).toEqual([from(LETTER, 3)]);
    expect(where(from(LETTER, 3), from(ITERATION_INDEX, 9))).toEqual([from(LETTER, 3)]);
    expect(where(atMost(LETTER, 3))).toEqual([atMost(LETTER, 3)]);
    const ends = [from(0, 2), upTo(0, ITERATION_INDEX)];
    const sum = typed('\\sum_{k=2}^{n}\\eta_k');
    for (const value of [sum, restrict(sum, [from(ITERATION_INDEX, 9)])]) {
      expect(late(value)).toEqual(expect.arrayContaining(ends));
      expect(late(value)).toHaveLength(2);
    }
  });
});
