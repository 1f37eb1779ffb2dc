/**
 * Rules that read θ^{(n−1)}, as Polyak's heavy ball, with the last update d^{(n)} = θ^{(n)} − θ^{(n−1)} as a state instead. The iterates are the
 * same; the past then needs no differences of nearly equal points, and the weights of the past are known beforehand.
 */
import { addition, index, iterate, multiplication, negation, number, quantity, step } from '../../formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../formula/formula.ts';
import type { Optimizer, StateRow } from '../../optimizer/model.ts';
import { StepClock } from '../jet/jet-node.ts';
import { type IteratePart, linearUpdate } from './linear-rows.ts';
import type { Setup } from '../jet/row-machine.ts';
import { numberOf, ScalarsOfN } from '../jet/scalars-of-n.ts';

/** No LaTeX name begins like this. */
const NAME = '#d';
const component = index(COMPONENT);
const here = index(ITERATION);
const next = addition(here, number(1));

/** The setup with the optimizer in this form; unchanged where it is not a sum that reads θ^{(n)} and θ^{(n−1)} alone. */
export function velocityForm(setup: Setup): Setup {
  const { optimizer } = setup;
  const parts = linearUpdate(optimizer);
  if (parts === null) return setup;
  const earlier = parts.iterates.filter(({ offset }) => offset === -1);
  if (earlier.length === 0 || parts.iterates.some(({ offset }) => offset !== 0 && offset !== -1)) return setup;
  if (!sumsToOne(setup, parts.iterates)) return setup;
  // With θ^{(n)} and θ^{(n−1)} weighted by 1 − b and b: d^{(n+1)} = −b d^{(n)} + the rest.
  const terms = [
    ...earlier.map(({ scalar }) => negation(multiplication(scalar, quantity(NAME, [component], [here])))),
    ...parts.states.map(({ scalar, state, offset }) =>
      multiplication(scalar, quantity(state, [component], [offset === 0 ? here : next])),
    ),
    ...parts.gradients.map(({ scalar, power, pure }) =>
      multiplication(scalar, ...Array<Formula>(power).fill(step), pure),
    ),
  ];
  const velocity: StateRow = {
    name: NAME,
    componentwise: true,
    right: addition(...terms),
    initial: number(0),
    span: optimizer.span,
  };
  const changed: Optimizer = {
    ...optimizer,
    states: [...optimizer.states, velocity],
    update: addition(iterate(component, here), quantity(NAME, [component], [next])),
  };
  return { ...setup, optimizer: changed };
}

/** Whether the weights of the iterates add up to one, as those of every rule with θ^{(n+1)} = θ^{(n)} + O(h) do. */
function sumsToOne(setup: Setup, iterates: readonly IteratePart[]): boolean {
  const clock = new StepClock();
  const scalars = new ScalarsOfN(setup, clock, 1, 1);
  const nodes = iterates.map(({ scalar }) => scalars.compile(scalar));
  for (let n = 0; n < 8; n += 1) {
    clock.advance(n);
    const sum = nodes.reduce((total, node) => total + numberOf(node), 0);
    if (!(Math.abs(sum - 1) <= 1e-14)) return false;
    scalars.finish();
  }
  return true;
}
