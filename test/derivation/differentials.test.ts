/** Elementary differentials: derivations by grafted trees against a recursion of their own, against sums over components, and in series of h. */
import { describe, expect, test } from 'vitest';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { matchOrders } from '../../src/derivation/match-flow.ts';
import type { Instance } from '../../src/evaluate/instance/instance.ts';
import { followOptimizer } from '../../src/evaluate/series/follow.ts';
import { inSums } from '../../src/expression/core/contraction.ts';
import { differentiate, directionalRule, partialRule } from '../../src/expression/calculus/differentiate.ts';
import { inDifferentials } from '../../src/expression/calculus/differential.ts';
import { graftingRule } from '../../src/expression/calculus/graft.ts';
import {
  add,
  type Expression,
  factorExpression,
  multiply,
  negate,
  sameExpression,
  scale,
  substituteIndices,
  sumOver,
  ZERO_EXPRESSION,
} from '../../src/expression/core/expression.ts';
import { COMPONENT_INDEX, ITERATION_INDEX, openIndex } from '../../src/expression/core/indices.ts';
import { graft, type Tree, treeOf } from '../../src/expression/core/tree.ts';
import { type LinearForm, variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import { exampleDocuments } from '../support/example-optimizers.ts';
import { lossOf } from './polynomial-losses.ts';
import { derivedCoefficient, type Plain, sizeOf, symmetryOf, textOf, treesOf } from './tree-coefficients.ts';

const J = variableForm(COMPONENT_INDEX);
const N = variableForm(ITERATION_INDEX);
const gradient = (coordinates: readonly LinearForm[], batch: LinearForm | null = null): Expression =>
  factorExpression({ kind: 'loss', batch, coordinates, at: null });
const plainOf = ({ children }: Tree): Plain => ({ below: children.map(plainOf) });
const treeFrom = ({ below }: Plain): Tree => treeOf(below.map(treeFrom));
const differential = (tree: Tree, batch: LinearForm | null = null): Expression =>
  factorExpression({ kind: 'differential', tree, batch, component: J });

/** The coefficient of each tree of a field of differentials. */
function coefficientsOf(field: Expression): Map<string, Rational> {
  const [found] = inDifferentials([field]) ?? [];
  if (found === undefined) throw new Error('no field of differentials');
  return new Map(
    found.terms.map(({ coefficient, factors }) => {
      const [own] = factors;
      if (own?.factor.kind !== 'differential' || factors.length > 1) throw new Error('no number times a differential');
      return [textOf(plainOf(own.factor.tree)), coefficient];
    }),
  );
}

describe('explicit Euler', () => {
  test('there are as many trees as there are (OEIS A000081)', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map(size => treesOf(size).length)).toEqual([1, 1, 2, 4, 9, 20, 48, 115]);
  });

  test('the recursion gives the equation that is printed there, f − (h/2) f′f + h²(f″(f,f)/12 + f′f′f/3)', () => {
    expect(treesOf(3).map(tree => [textOf(tree), derivedCoefficient(tree), symmetryOf(tree)])).toEqual([
      ['(()())', [1n, 6n], 2n],
      ['((()))', [1n, 3n], 1n],
    ]);
  });

  test('gradient descent has its coefficients to order 10', () => {
    const { flow } = matchOrders([negate(gradient([J])), ...Array.from({ length: 10 }, () => ZERO_EXPRESSION)]);
    expect(flow).toHaveLength(11);
    flow.forEach((field, q) => {
      const found = coefficientsOf(field);
      const nonzero = treesOf(q + 1).filter(tree => derivedCoefficient(tree)[0] !== 0n);
      expect(found.size).toBe(nonzero.length);
      for (const tree of nonzero) {
        expect(sizeOf(tree)).toBe(q + 1);
        const [above, below] = derivedCoefficient(tree);
        // f = −∇E, and a B-series divides by the symmetry.
        const expected = Rational.of(q % 2 === 0 ? -above : above, below * symmetryOf(tree));
        expect(found.get(textOf(tree))?.toString()).toBe(expected.toString());
      }
    });
  });
});

/** Σ_i ∇_{ij}E_n g_i. */
const hessianTimes = (field: Expression): Expression => {
  const i = openIndex('coordinate');
  const at = substituteIndices(field, new Map([[COMPONENT_INDEX, variableForm(i)]]));
  return sumOver(multiply(gradient([variableForm(i), J], N), at), i, 'coordinate', []);
};

describe('one factor for a tree', () => {
  test('is the sum that it says, and is found in it, in whatever order it is written', () => {
    for (const size of [1, 2, 3, 4, 5, 6]) {
      for (const plain of treesOf(size)) {
        const one = differential(treeFrom(plain), N);
        const sum = inSums(one);
        expect(sum.terms[0]?.factors.some(({ factor }) => factor.kind === 'differential')).toBe(false);
        expect(inDifferentials([sum])?.map(found => sameExpression(found, one))).toEqual([true]);
      }
    }
    const chain = hessianTimes(hessianTimes(gradient([J], N)));
    expect([...coefficientsOf(chain).keys()]).toEqual(['((()))']);
  });

  test('grafting is the derivative of the sum', () => {
    const field = add(differential(treeOf([])), scale(differential(treeOf([treeOf([])])), Rational.of(2, 3)));
    const along = directionalRule(coordinate =>
      substituteIndices(inSums(field), new Map([[COMPONENT_INDEX, coordinate]])),
    );
    for (const plain of treesOf(4)) {
      const one = differential(treeFrom(plain));
      const grafted = differentiate(one, graftingRule(field));
      expect(sameExpression(inSums(grafted), differentiate(inSums(one), along))).toBe(true);
    }
  });

  test('its partial derivative is that of the sum', () => {
    const i = variableForm(openIndex('coordinate'));
    const one = differential(treeOf([treeOf([]), treeOf([])]));
    expect(sameExpression(differentiate(one, partialRule(i)), differentiate(inSums(one), partialRule(i)))).toBe(true);
  });

  test('a graft on the root alone is seen to be another derivative', () => {
    const stock = treeOf([treeOf([])]);
    expect(graft(stock, treeOf([])).map(([{ key }, count]) => [key, count])).toEqual([
      ['()()', 1],
      ['(())', 1],
    ]);
  });

  test('what is no tree of one loss is left as it is', () => {
    const [a, b] = [openIndex('coordinate'), openIndex('coordinate')];
    const [i, s] = [variableForm(a), variableForm(b)];
    const over = (body: Expression): Expression => sumOver(sumOver(body, a, 'coordinate', []), b, 'coordinate', []);
    // Two losses; a loop; the same letter three times; another point; a scalar beside a gradient.
    const none = [
      over(multiply(gradient([i, J], N), gradient([i, s]), gradient([s]))),
      over(multiply(gradient([i, s, J]), gradient([i, s]))),
      over(multiply(gradient([i, J]), gradient([i]), gradient([i, s]), gradient([s]))),
      over(multiply(gradient([i, J]), gradient([i, s]), factorExpression({ kind: 'point', coordinate: s, at: null }))),
      multiply(over(multiply(gradient([i, s]), gradient([i]), gradient([s]))), gradient([J])),
      factorExpression({ kind: 'loss', batch: null, coordinates: [J], at: N }),
    ];
    for (const each of none) expect(inDifferentials([each])).toBeNull();
    expect(inDifferentials([gradient([J]), gradient([J], N)])).toBeNull();
  });
});

describe('beside the optimizer, run in series of h at losses whose derivatives of every order occur', () => {
  const gd = exampleDocuments()
    .flatMap(document => [...document.optimizers])
    .find(({ id }) => id === 'gd');
  if (gd === undefined) throw new Error('gd is missing');

  test.each([
    [1, 8],
    [2, 5],
  ])('in %i dimensions order %i', (p, order) => {
    const derived = deriveModifiedEquation(gd, { order, setting: 'full-batch' });
    if (!derived.ok) throw new Error('gd is refused');
    const { coefficients, definitions } = derived.value;
    const instance: Instance = {
      n: 0,
      theta: Array.from({ length: p }, (_, at) => Rational.of(2 - at, 7)),
      setting: 'full-batch',
      hyperparameters: new Map(),
      losses: [lossOf(p, order + 2)],
      functions: new Map(),
      schedules: new Map(),
    };
    const powers = (own: typeof coefficients): (number | null)[] => {
      const followed = followOptimizer(
        gd,
        { coefficients: own, definitions, declarations: gd.declarations },
        instance,
        {
          steps: 1,
          terms: order + 3,
          digits: 40,
        },
      );
      if (!followed.ok) throw new Error(followed.problems[0]?.message);
      return followed.value.map(({ power }) => power);
    };
    expect(powers(coefficients)).toEqual([order + 2]);
    // Without the last coefficient it is of a lower order.
    expect(powers(coefficients.slice(0, -1))).toEqual([order + 1]);
  });
});
