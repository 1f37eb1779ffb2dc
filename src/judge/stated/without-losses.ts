/** The kinds of formulas that read no loss and no point: they can be asked for any p, whatever coordinates a sample has. */
import type { Formula } from '../../formula/formula.ts';

export const WITHOUT_LOSSES: ReadonlySet<Formula['kind']> = new Set([
  'number',
  'parameter',
  'step',
  'index',
  'add',
  'negate',
  'multiply',
  'divide',
  'power',
  'root',
  'absolute',
  'extremum',
  'sum',
  'product',
  'call',
  'schedule',
]);
