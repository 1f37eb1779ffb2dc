/**
 * The gradient of a group, a norm, a function or a named quantity in an optimizer is the total derivative by its one point:
 * each rule against the same rule written out, by its derived equation and by the run of the optimizer in series of h.
 */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { subtract } from '../../src/expression/core/expression.ts';
import { followEquation } from '../../src/judge/follow-equation.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { isProbablyNonzero } from '../../src/rewrite/probably-nonzero.ts';

const own = loadDocuments(
  ['total-derivatives.tex', 'total-derivatives-subscript.tex'].map(name => new URL(name, import.meta.url).pathname),
);
const optimizers = new Map(
  own.documents.flatMap(({ optimizers: found }) => found).map(optimizer => [optimizer.id, optimizer] as const),
);
const named = (id: string): Optimizer => {
  const found = optimizers.get(id);
  if (found === undefined) throw new Error(`there is no optimizer ${id}`);
  return found;
};
const ids = [...optimizers.keys()].filter(id => !/-(?:out|wrong)$/.test(id));

function equationOf(id: string, order: number) {
  const derived = deriveModifiedEquation(named(id), { order, setting: 'mini-batch' });
  if (!derived.ok) throw new Error(derived.problems.map(({ message }) => message).join('; '));
  return derived.value;
}

/** Whether the optimizer follows the equation of another one. */
function follows(id: string, equationFrom: string, order: number) {
  const { coefficients, definitions, optimizer } = equationOf(equationFrom, order);
  return followEquation({
    optimizer: named(id),
    equation: { coefficients, definitions, declarations: optimizer.declarations },
    order,
    setting: 'mini-batch',
    seed: 7,
    budget: new Budget(1e8),
  });
}

describe('the gradient of a group in an optimizer', () => {
  it('has rules to test', () => {
    expect(own.problems).toEqual([]);
    expect(own.documents.flatMap(({ problems }) => problems.map(({ message }) => message))).toEqual([]);
    expect(ids.length).toBeGreaterThan(20);
  });

  describe.each(ids)('%s', id => {
    it('has f_0, f_1 and f_2 of the rule written out', () => {
      const [left, right] = [equationOf(id, 2), equationOf(`${id}-out`, 2)];
      expect(left.expressions).toHaveLength(3);
      left.expressions.forEach((value, q) => {
        const other = right.expressions[q];
        expect(other !== undefined && isProbablyNonzero(subtract(value, other)), `f_${q}`).toBe(false);
      });
    });

    it.each([0, 1, 2])('follows its equation to order %i, and that of the rule written out', order => {
      expect(follows(id, id, order)).toMatchObject({ kind: 'agrees', runs: 10 });
      expect(follows(id, `${id}-out`, order)).toMatchObject({ kind: 'agrees', runs: 10 });
    });

    it('does not follow the equation of another rule', () => {
      expect(follows(id, `${id}-wrong`, 1).kind).toBe('differs');
      expect(follows(`${id}-wrong`, id, 1).kind).toBe('differs');
    });
  });
});
