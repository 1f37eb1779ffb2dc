/** Labels of contractions along trees: one for every way of naming the indices, different ones for different contractions. */
import { describe, expect, test } from 'vitest';
import {
  type Expression,
  expressionOf,
  factorExpression,
  sumOverAll,
  multiply,
} from '../../src/expression/core/expression.ts';
import { exponentOf, type FactorPower, ONE_EXPONENT } from '../../src/expression/core/factor.ts';
import { COMPONENT_INDEX, openIndex } from '../../src/expression/core/indices.ts';
import { type Holder, labelForest } from '../../src/expression/core/label-forest.ts';
import { abstract } from '../../src/expression/core/template.ts';
import { type LinearForm, variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import { type Plain, sizeOf, treesOf } from '../derivation/tree-coefficients.ts';

const J = variableForm(COMPONENT_INDEX);

/** Numbers that look random, the same every time. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function shuffled<T>(list: readonly T[], random: Generator<number, never>): T[] {
  const left = [...list];
  return list
    .map(() => left.splice(Math.floor(random.next().value * left.length), 1)[0])
    .filter(each => each !== undefined);
}

/** 1/(x + θ_i), which stands beside derivatives without being one. */
function diagonal(index: LinearForm): FactorPower {
  const i = openIndex('coordinate');
  const sum = expressionOf([
    {
      coefficient: Rational.one,
      factors: [{ factor: { kind: 'symbol', name: 'x' }, exponent: ONE_EXPONENT }],
      sorts: [],
      constraints: [],
    },
    {
      coefficient: Rational.one,
      factors: [{ factor: { kind: 'point', coordinate: variableForm(i), at: null }, exponent: ONE_EXPONENT }],
      sorts: [],
      constraints: [],
    },
  ]);
  const { template } = abstract(sum, true);
  return { factor: { kind: 'template', template, arguments: [index] }, exponent: exponentOf(-1) };
}

/** The contraction along a tree, its letters and factors in a random order; with `at` a diagonal factor at the vertex of that number. */
function contraction(tree: Plain, random: Generator<number, never>, at: number | null = null): Expression {
  const letters = shuffled(
    Array.from({ length: sizeOf(tree) - 1 }, (_, index) => index),
    random,
  );
  const factors: FactorPower[] = [];
  const visit = ({ below }: Plain, root: LinearForm): void => {
    if (factors.filter(({ factor }) => factor.kind === 'loss').length === at) factors.push(diagonal(root));
    const edges = below.map(() => variableForm(letters.pop() ?? 0));
    const coordinates = shuffled([root, ...edges], random);
    factors.push({ factor: { kind: 'loss', batch: null, coordinates, at: null }, exponent: ONE_EXPONENT });
    for (const [number, child] of below.entries()) visit(child, edges[number] ?? root);
  };
  visit(tree, J);
  const sorts = Array.from({ length: sizeOf(tree) - 1 }, () => 'coordinate' as const);
  return expressionOf([{ coefficient: Rational.one, factors: shuffled(factors, random), sorts, constraints: [] }]);
}

const keyOf = ({ terms }: Expression): string => terms.map(({ key }) => key).join();

describe.each([4, 5, 6, 7])('trees with %i vertices', size => {
  test('have one key each, whatever the letters', () => {
    const random = numbers(size);
    const trees = treesOf(size);
    const keys = trees.map(tree => {
      const [first, ...others] = Array.from({ length: 4 }, () => keyOf(contraction(tree, random)));
      expect(new Set([first, ...others]).size).toBe(1);
      return first;
    });
    expect(new Set(keys).size).toBe(trees.length);
  });

  test('have one with a diagonal factor too', () => {
    const random = numbers(size + 10);
    for (const tree of treesOf(size)) {
      for (let at = 0; at < size; at += 1) {
        const [first, second] = [keyOf(contraction(tree, random, at)), keyOf(contraction(tree, random, at))];
        expect(second).toBe(first);
        expect(first).not.toBe(keyOf(contraction(tree, random)));
      }
    }
  });
});

test('two trees side by side, and sums of nothing', () => {
  const random = numbers(3);
  const [chain, bush] = [treesOf(4)[0], treesOf(4)[3]];
  if (chain === undefined || bush === undefined) throw new Error('there are four trees');
  const own = [chain, bush].map(tree => contraction(tree, random));
  const [left, right] = own;
  if (left === undefined || right === undefined) throw new Error('two were made');
  expect(keyOf(multiply(left, right))).toBe(keyOf(multiply(right, left)));
  expect(labelForest([], 2)).toEqual([0, 1]);
});

test('a circle is left to the search, and is named as well whatever its letters', () => {
  const circle = (order: readonly number[]): Expression => {
    const open = order.map(() => openIndex('coordinate'));
    const letter = (at: number): LinearForm => variableForm(open[order[at % order.length] ?? 0] ?? 0);
    const body = multiply(
      ...order.map((_, at) =>
        factorExpression({ kind: 'loss', batch: null, coordinates: [letter(at), letter(at + 1)], at: null }),
      ),
    );
    return sumOverAll(
      body,
      open,
      open.map(() => 'coordinate' as const),
      [],
    );
  };
  expect(keyOf(circle([0, 1, 2, 3, 4]))).toBe(keyOf(circle([3, 0, 4, 2, 1])));
  const holders: Holder[] = [0, 1, 2].map(at => ({
    kind: 'H',
    places: [at, (at + 1) % 3].map(index => ({ index, at: 'H' })),
  }));
  expect(labelForest(holders, 3)).toBeNull();
});

test('holders that are not told apart by where an index stands are seen', () => {
  // T(i, k) beside ∇_iE and ∇_kE, ∇_{kl}E: without the places i and k would be exchanged.
  const keys = (places: readonly [string, string]): number[] | null =>
    labelForest(
      [
        {
          kind: 'T',
          places: [
            { index: 0, at: places[0] },
            { index: 1, at: places[1] },
          ],
        },
        { kind: 'E', places: [{ index: 0, at: 'E' }] },
        { kind: 'E', places: [{ index: 1, at: 'E' }] },
      ],
      2,
    );
  expect(keys(['T(?,*)', 'T(*,?)'])).toEqual([1, 0]);
  expect(keys(['T(*,?)', 'T(?,*)'])).toEqual([0, 1]);
});
