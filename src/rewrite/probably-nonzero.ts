/** Whether an expression is other than zero at one of a few random points: no proof, but what it says yes to is not zero. */
import type { Expression } from '../expression/core/expression.ts';
import type { ProbePoint } from './probe.ts';
import { probe } from './probe.ts';

const POINTS: readonly ProbePoint[] = [
  { n: 0, p: 1, seed: 11 },
  { n: 2, p: 2, seed: 23 },
  { n: 4, p: 2, seed: 37 },
];

/** Whether some probe is far from zero: more than rounding can explain. */
export function isProbablyNonzero(expression: Expression): boolean {
  return POINTS.some(point => {
    const probed = probe(expression, point);
    return probed !== null && Math.abs(probed.value) > 1e-6 * probed.size;
  });
}
