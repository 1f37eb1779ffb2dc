/**
 * States whose row reads the value that it makes, through a factor h: m^{(n+1)} = βm^{(n)} + g − hλm^{(n+1)}. Like implicit steps they are series in
 * h, found power by power; over numbers the row is repeated.
 */
import type { StateRow } from '../model.ts';
import { offsetFromIteration } from '../label.ts';
import { nodes } from '../replace.ts';

/** Whether the row that makes s^{(n+1)} reads it itself. */
export const readsOwnNewValue = ({ name, right }: Pick<StateRow, 'name' | 'right'>): boolean =>
  [...nodes(right)].some(
    node =>
      node.kind === 'quantity' &&
      node.name === name &&
      node.labels[0] !== undefined &&
      offsetFromIteration(node.labels[0]) === 1,
  );
