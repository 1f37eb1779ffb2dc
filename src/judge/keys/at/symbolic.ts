/** at=: fixed values of hyperparameters in normal form. */
import { derivedAtValues } from '../../symbolic/claim-meaning.ts';
import type { CoefficientKey } from '../../symbolic/coefficient-key.ts';

export const coefficientsAtValues: CoefficientKey = (values, { claim, declarations }) =>
  values.map(value => derivedAtValues(value, claim, declarations));
