/**
 * Implicit rules: the step that makes θ^{(n+1)} reads it. Behind a factor h, or inside of a point that a gradient is taken at, it is a series in h
 * that is found order by order; without one it is an equation to be solved for θ^{(n+1)}, which is refused.
 */
import { refuse } from '../../base/problem.ts';
import { children } from '../../formula/walk.ts';
import type { Formula } from '../../formula/formula.ts';
import { offsetFromIteration } from '../label.ts';
import type { Optimizer } from '../model.ts';
import { isBehindStep } from './recursive-states.ts';

type Iterate = Extract<Formula, { kind: 'iterate' }>;

interface Uses {
  /** A factor h, or a point of a gradient that is multiplied by one, stands around it. */
  readonly small: readonly Iterate[];
  readonly direct: readonly Iterate[];
}

const NOTHING: Uses = { small: [], direct: [] };

const joined = (all: readonly Uses[]): Uses => ({
  small: all.flatMap(({ small }) => small),
  direct: all.flatMap(({ direct }) => direct),
});

/** Where the step from θ^{(n)} reads θ^{(n+1)}, through rows that it makes too. */
function usesOfNext({ update, states, quantities }: Pick<Optimizer, 'update' | 'states' | 'quantities'>): Uses {
  const rows = new Map<string, { readonly body: Formula; readonly made: number }>([
    // A state's row is written for the step that makes the label n + 1.
    ...states.map(({ name, right }) => [name, { body: right, made: 1 }] as const),
    ...quantities.map(({ name, body }) => [name, { body, made: 0 }] as const),
  ]);
  const seen = new Map<string, Uses>();
  const within = (formula: Formula, shift: number): Uses => {
    switch (formula.kind) {
      case 'iterate': {
        const offset = formula.label === null ? 0 : offsetFromIteration(formula.label);
        return offset !== null && offset + shift === 1 ? { small: [], direct: [formula] } : NOTHING;
      }
      case 'quantity': {
        const row = rows.get(formula.name);
        const [label] = formula.labels;
        const offset = label === undefined ? 0 : offsetFromIteration(label);
        const inner = joined(formula.indices.map(index => within(index, shift)));
        if (row === undefined || offset === null || offset + shift - row.made < 0) return inner;
        return joined([inner, ofRow(formula.name, row.body, offset + shift - row.made)]);
      }
      case 'loss':
        return asSmall(within(formula.at.body, shift));
      case 'multiply': {
        const found = joined(formula.factors.map(factor => within(factor, shift)));
        return isBehindStep(formula) ? asSmall(found) : found;
      }
      default:
        return joined(children(formula).map(child => within(child, shift)));
    }
  };
  const ofRow = (name: string, body: Formula, shift: number): Uses => {
    const key = `${name} ${shift}`;
    const known = seen.get(key);
    if (known) return known;
    seen.set(key, NOTHING);
    const found = within(body, shift);
    seen.set(key, found);
    return found;
  };
  return within(update, 0);
}

const asSmall = ({ small, direct }: Uses): Uses => ({ small: [...small, ...direct], direct: [] });

/** Whether the step that makes θ^{(n+1)} reads it. */
export function isImplicit(optimizer: Optimizer): boolean {
  const { small, direct } = usesOfNext(optimizer);
  return small.length + direct.length > 0;
}

/** Refuses an update in which θ^{(n+1)} stands on the right without a factor h. */
export function refuseDirectUse(optimizer: Optimizer): void {
  const [first] = usesOfNext(optimizer).direct;
  if (first === undefined) return;
  const { parameters, iteration } = optimizer.notation;
  refuse(
    'implicit-update',
    `the right side has ${parameters} of the label ${iteration} + 1 without a factor h`,
    first.span ?? optimizer.span,
    'Solve the row for it; behind a factor h, as in the gradient at the new point, it is found as a series in h.',
  );
}
