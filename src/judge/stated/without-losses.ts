/** The kinds of formulas that read no loss and no point: they can be asked for any p, whatever coordinates a sample has. */
import { ARITHMETIC_KINDS, setOfKinds } from '../../formula/arithmetic.ts';

export const WITHOUT_LOSSES = setOfKinds(
  ...ARITHMETIC_KINDS,
  'parameter',
  'step',
  'index',
  'absolute',
  'extremum',
  'sum',
  'product',
  'call',
  'schedule',
);
