/** The names of what is rewritten on the way to a limit: the values stay as they are. */
export const WITHOUT_SIGNS = 'signs and absolute values taken apart';
export const TELESCOPED = 'partial fractions, and sums over common ranges';
export const REMAINDERS = '1/(1 − x) = 1 + x/(1 − x) under sums, and sums in closed form';
export const TURNED = 'sums counted from the other end';
export const UNDER = 'a n + b = a (n + d − x) + a (x + c) + (b − a d − a c) under the sum';
export const SETTLED = 'bases brought to one form';
export const ADDED = 'fractions of hyperparameters added';
export const CLOSED = 'sums in closed form';
export const INSERTED = 'definitions inserted';
