/** Momenta derived tree by tree: against recursions of their own for n → ∞, in series of h beside the optimizers at finite n, and what is not covered. */
import { describe, expect, test } from 'vitest';
import { specialEquation } from '../../src/closed-form/special-equation.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { deriveMap } from '../../src/derivation/stages.ts';
import { Budget } from '../../src/base/budget.ts';
import type { Instance } from '../../src/evaluate/instance/instance.ts';
import { followOptimizer } from '../../src/evaluate/series/follow.ts';
import { inDifferentials } from '../../src/expression/calculus/differential.ts';
import type { Expression } from '../../src/expression/core/expression.ts';
import { integerExponent } from '../../src/expression/core/factor.ts';
import type { Tree } from '../../src/expression/core/tree.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { Rational } from '../../src/number/rational.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { MomentumCoefficients, type Rule } from './momentum-coefficients.ts';
import { lossOf } from './polynomial-losses.ts';
import { type Plain, sizeOf, symmetryOf, textOf, treesOf } from './tree-coefficients.ts';

const optimizers = loadDocuments([new URL('./momentum-trees.tex', import.meta.url).pathname]).documents.flatMap(
  document => [...document.optimizers],
);
const optimizer = (id: string): Optimizer => {
  const own = optimizers.find(each => each.id === id);
  if (own === undefined) throw new Error(`${id} is missing`);
  return own;
};

const plainOf = ({ children }: Tree): Plain => ({ below: children.map(plainOf) });

/** The value of numbers and powers of hyperparameters, every one of them `beta`. */
function numberOf({ terms }: Expression, beta: Rational): Rational {
  return terms.reduce((sum, { coefficient, factors, sorts }) => {
    if (sorts.length > 0) throw new Error('a sum is left');
    const product = factors.reduce((own, { factor, exponent }) => {
      const count = integerExponent(exponent);
      if (count === null) throw new Error('an exponent with an index');
      if (factor.kind === 'symbol') return own.multiply(beta.power(count));
      if (factor.kind === 'template') return own.multiply(numberOf(factor.template.body, beta).power(count));
      if (factor.kind === 'differential') return own;
      throw new Error(factor.kind);
    }, coefficient);
    return sum.add(product);
  }, Rational.zero);
}

/** The coefficient of each tree of a field. */
function coefficientsOf(field: Expression, beta: Rational): Map<string, Rational> {
  const [found] = inDifferentials([field]) ?? [];
  if (found === undefined) throw new Error('no field of differentials');
  const values = new Map<string, Rational>();
  for (const term of found.terms) {
    const own = term.factors.find(({ factor }) => factor.kind === 'differential');
    if (own?.factor.kind !== 'differential') throw new Error('no differential');
    const key = textOf(plainOf(own.factor.tree));
    values.set(key, (values.get(key) ?? Rational.zero).add(numberOf({ terms: [term] }, beta)));
  }
  return values;
}

describe('after many steps, against a recursion of their own', () => {
  test.each<[string, Rule, number]>([
    ['heavy-ball', 'heavy-ball', 4],
    ['momentum', 'heavy-ball', 3],
    ['nesterov', 'look-ahead', 3],
    ['nesterov2', 'look-ahead-in-the-point', 3],
  ])('%s', (id, rule, order) => {
    const derived = deriveModifiedEquation(optimizer(id), { order, setting: 'full-batch' });
    if (!derived.ok) throw new Error(`${id} is refused`);
    const limit = specialEquation(derived.value, { limit: 'large-n', regime: null });
    if (!limit.ok) throw new Error(limit.problems[0]?.message);
    const recursion = new MomentumCoefficients(rule, [2n, 7n]);
    const other = new MomentumCoefficients(rule, [1n, 7n]);
    limit.value.expressions.forEach((field, q) => {
      const found = coefficientsOf(field, Rational.of(2, 7));
      const trees = treesOf(q + 1);
      expect(found.size).toBe(trees.filter(tree => recursion.of(tree)[0] !== 0n).length);
      for (const tree of trees) {
        const expected = (of: MomentumCoefficients): string => {
          const [above, below] = of.of(tree);
          return Rational.of(sizeOf(tree) % 2 === 1 ? -above : above, below * symmetryOf(tree)).toString();
        };
        expect(found.get(textOf(tree))?.toString()).toBe(expected(recursion));
        expect(expected(other)).not.toBe(expected(recursion));
      }
    });
  });
});

describe('at finite n, beside the optimizer run in series of h', () => {
  test.each<[string, number, number]>([
    ['heavy-ball', 1, 4],
    ['heavy-ball', 2, 3],
    ['nesterov', 1, 3],
    ['nesterov', 2, 2],
    ['nesterov2', 2, 3],
    ['two-weights', 2, 2],
  ])('%s in %i dimensions to order %i', (id, p, order) => {
    const own = optimizer(id);
    const derived = deriveModifiedEquation(own, { order, setting: 'full-batch' });
    if (!derived.ok) throw new Error(`${id} is refused`);
    const { coefficients, definitions } = derived.value;
    const hyperparameters = own.declarations.flatMap(each => (each.kind === 'scalar' ? [each.name] : []));
    const instance: Instance = {
      n: 4,
      theta: Array.from({ length: p }, (_, at) => Rational.of(2 - at, 7)),
      setting: 'full-batch',
      hyperparameters: new Map(hyperparameters.map((name, at) => [name, Rational.of(2 + at, 5)])),
      losses: [lossOf(p, order + 2)],
      functions: new Map(),
      schedules: new Map(),
    };
    const powers = (values: typeof coefficients): (number | null)[] => {
      const equation = { coefficients: values, definitions, declarations: own.declarations };
      const followed = followOptimizer(own, equation, instance, { steps: 4, terms: order + 3, digits: 40 });
      if (!followed.ok) throw new Error(followed.problems[0]?.message);
      return followed.value.map(({ power }) => power);
    };
    expect(powers(coefficients)).toEqual(Array.from({ length: 4 }, () => order + 2));
    // Without the last coefficient it is of a lower order.
    expect(powers(coefficients.slice(0, -1))).toEqual(Array.from({ length: 4 }, () => order + 1));
  });
});

describe('what is derived tree by tree', () => {
  const isOfTrees = (id: string): boolean =>
    deriveMap(optimizer(id), { order: 2, setting: 'full-batch', budget: Budget.unlimited() }).trees !== null;

  test('momenta whose weights are fractions of hyperparameters and n', () => {
    for (const id of ['heavy-ball', 'momentum', 'nesterov', 'nesterov2', 'two-weights'])
      expect([id, isOfTrees(id)]).toEqual([id, true]);
  });

  test('neither weights that may be divided by zero, nor components one by one, nor first steps of their own', () => {
    for (const id of ['two-decays', 'componentwise', 'decay', 'optimistic'])
      expect([id, isOfTrees(id)]).toEqual([id, false]);
  });

  test('nothing of mini-batches', () => {
    expect(
      deriveMap(optimizer('momentum'), { order: 2, setting: 'mini-batch', budget: Budget.unlimited() }).trees,
    ).toBeNull();
  });
});
