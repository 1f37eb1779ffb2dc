/** Where the covariance of one batch is declared to be of size 1/h (noise-scale=0): what counts of a typed coefficient, in normal form. */
import type { Budget } from '../../../base/budget.ts';
import { ofSizeOne } from '../../../derivation/mean/moment-size.ts';
import type { Claim } from '../../../document/model.ts';
import type { Expression } from '../../../expression/core/expression.ts';
import { unfold } from '../../../rewrite/unfold.ts';

/** A typed coefficient of h^q, or what is of size 1 or larger in it. */
export const besideNoise = ({ weak }: Claim, value: Expression, q: number, budget: Budget): Expression =>
  weak?.noise === 0 ? ofSizeOne(unfold(value, budget), q) : value;
