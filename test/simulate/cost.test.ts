/** How many gradients and Hessian-vector products one right-hand side takes: the promise of docs/simulate.md. */
import { describe, expect, it } from 'vitest';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import { copyJet, type Jet } from '../../src/simulate/jet/jet.ts';
import type { FloatLoss } from '../../src/simulate/loss/float-loss.ts';
import { RightSide } from '../../src/simulate/right-side.ts';

const optimizers = builtInDocuments().documents.flatMap(document => document.optimizers);
const hyperparameters = new Map(
  Object.entries({ '\\beta': 0.9, '\\rho': 0.95, '\\varepsilon': 0.1, '\\mu': 0.8, '\\lambda': 0.1, '\\delta': 0.5 }),
);

/** ½(c₁x₁² + c₂x₂² + …) + x₁ + x₂ + …, counting what is asked. */
function counted(scale: number): FloatLoss & { gradients: number; products: number } {
  const loss = {
    name: 'quadratic',
    gradients: 0,
    products: 0,
    gradient: (target: Jet, point: Jet, terms: number) => {
      if (terms > 1 && point.degree > 0) loss.products += 1;
      else loss.gradients += 1;
      copyJet(target, point, terms);
      for (let q = 0; q <= target.degree; q += 1) {
        for (let i = 0; i < target.width; i += 1) {
          const at = q * target.width + i;
          target.data[at] = (target.data[at] ?? 0) * (scale + i) + (q === 0 ? 1 : 0);
        }
      }
    },
  };
  return loss;
}

function cost(id: string, n: number, batches: number): { gradients: number; products: number } {
  const optimizer = optimizers.find(each => each.id === id);
  if (optimizer === undefined) throw new Error(`no ${id}`);
  const losses = Array.from({ length: batches }, (_, at) => counted(at + 1));
  const sequence = { losses, dimension: 3, order: losses.map((_, at) => at) };
  new RightSide({ optimizer, hyperparameters, schedules: new Map() }, sequence, 1).coefficients(n, [0.5, 0.25, -0.75]);
  return {
    gradients: losses.reduce((sum, loss) => sum + loss.gradients, 0),
    products: losses.reduce((sum, loss) => sum + loss.products, 0),
  };
}

describe('the cost of one right-hand side of order 1', () => {
  it.each(['adam', 'momentum', 'heavy-ball', 'nesterov', 'nadam', 'gd'])(
    '%s in the full batch: one gradient, one product',
    id => {
      expect(cost(id, 200, 1)).toEqual({ gradients: 1, products: 1 });
    },
  );
  it('RMSProp in the full batch: a second product for its remaining sum', () => {
    expect(cost('rmsprop', 200, 1)).toEqual({ gradients: 1, products: 2 });
  });
  it.each([
    ['momentum', 1],
    ['rmsprop', 1],
    ['adam', 2],
  ])('%s with m batches: m gradients, %d m products and one of the current step', (id, states) => {
    expect(cost(id, 200, 8)).toEqual({ gradients: 8, products: 8 * states + 1 });
  });
  it('does not grow with n', () => {
    expect(cost('adam', 800, 8)).toEqual(cost('adam', 100, 8));
  });
});
