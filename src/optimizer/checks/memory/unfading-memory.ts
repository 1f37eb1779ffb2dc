/**
 * Memories that do not fade as h → 0: s^{(n+1)} = (1 − γh)s^{(n)} + …, whose time of forgetting is 1/(γh) steps. At a fixed n it is expanded like any
 * other; over a fixed time it is a variable of its own, as in a flow with momentum, so that an equation for θ alone would say nothing.
 */
import { refuse } from '../../../base/problem.ts';
import { ITERATION } from '../../../formula/formula.ts';
import { number } from '../../../formula/build.ts';
import { offsetFromIteration } from '../../label.ts';
import type { Optimizer } from '../../model.ts';
import { nodes, replaceIndex } from '../../replace.ts';
import { genericValues } from '../../generic/generic-values.ts';
import { readsOwnNewValue } from '../own-new-value.ts';
import { linearCoefficient } from '../linear-coefficient.ts';
import { scalarValue } from '../scalar-value.ts';
import { vanishes } from '../size.ts';

const SEEDS = [1, 2];
const STEPS = [0, 1, 2, 3];

/** Refuses a state, other than a point near the parameters, whose earlier value has a factor with h that is 1 for h = 0. */
export function refuseUnfadingMemory(optimizer: Optimizer, points: ReadonlySet<string>): void {
  const quantities = new Map(optimizer.quantities.map(each => [each.name, each]));
  for (const { name, right, span } of optimizer.states) {
    if (points.has(name)) continue;
    const factor = linearCoefficient(
      right,
      node =>
        node.kind === 'quantity' &&
        node.name === name &&
        node.labels[0] !== undefined &&
        offsetFromIteration(node.labels[0]) === 0,
      quantities,
    );
    if (factor === null || factor === 'nonlinear') continue;
    // Where the row reads its own new value through a factor h, (1 + γh)s^{(n+1)} = s^{(n)} + …, the h stands there.
    if (![...nodes(factor)].some(({ kind }) => kind === 'step') && !readsOwnNewValue({ name, right })) continue;
    const isOne = SEEDS.every(seed =>
      STEPS.every(n => {
        const value = scalarValue(
          replaceIndex(factor, ITERATION, number(n)),
          n,
          genericValues(optimizer.declarations, seed),
        );
        return value !== null && vanishes(value - 1);
      }),
    );
    if (!isOne) continue;
    refuse(
      'memory-does-not-fade',
      `the memory of ${name} does not fade as h → 0: its earlier value has a factor that is 1 for h = 0`,
      span,
      'Such a state is a variable of its own beside the parameters, as the velocity of a flow with friction. Hyperparameters do not depend on h: write the factor as one, \\beta in (0,1).',
    );
  }
}
