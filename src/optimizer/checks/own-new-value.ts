/**
 * States whose row reads the value that it makes, through a factor h: m^{(n+1)} = βm^{(n)} + g − hλm^{(n+1)}. Like implicit steps they are series in
 * h, found power by power; over numbers the row is repeated.
 */
import { number } from '../../formula/build.ts';
import type { Formula } from '../../formula/formula.ts';
import type { Optimizer, StateRow } from '../model.ts';
import { offsetFromIteration } from '../label.ts';
import { nodes, rewrite } from '../replace.ts';

const isOwnNew = (node: Formula, name: string): boolean =>
  node.kind === 'quantity' &&
  node.name === name &&
  node.labels[0] !== undefined &&
  offsetFromIteration(node.labels[0]) === 1;

/** The row with that value at zero, where it is asked what else the row reads. */
export const withoutOwnNewValue = ({ name, right }: Pick<StateRow, 'name' | 'right'>): Formula =>
  rewrite(right, node => (isOwnNew(node, name) ? number(0) : node));

/** The summands of the row that do not read it. */
export const termsWithoutNewValue = ({ name, right }: Pick<StateRow, 'name' | 'right'>): readonly Formula[] =>
  (right.kind === 'add' ? right.terms : [right]).filter(term => ![...nodes(term)].some(node => isOwnNew(node, name)));

/** Whether the row that makes s^{(n+1)} reads it itself. */
export const readsOwnNewValue = ({ name, right }: Pick<StateRow, 'name' | 'right'>): boolean =>
  [...nodes(right)].some(node => isOwnNew(node, name));

/** The optimizer with such states marked. */
export const withImplicitStates = (optimizer: Optimizer): Optimizer =>
  optimizer.states.some(readsOwnNewValue)
    ? {
        ...optimizer,
        states: optimizer.states.map(state =>
          readsOwnNewValue(state) ? { ...state, implicit: true as const } : state,
        ),
      }
    : optimizer;
