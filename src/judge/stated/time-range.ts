/** The times that a condition on t names: one step [nh, (n+1)h], one epoch [0, mh], or all from 0 on. */
import type { Condition } from '../../document/model.ts';
import { BATCHES, type Formula, ITERATION, TIME } from '../../formula/formula.ts';

/** Values at which two bounds that are not equal differ. */
const PROBES = [
  { n: 0, m: 5, h: 1 },
  { n: 3, m: 7, h: 0.5 },
  { n: 11, m: 2, h: 0.125 },
] as const;
type Probe = (typeof PROBES)[number];
type Bound = (at: Probe) => number;

/** Whether t runs from nh to (n+1)h, in an epoch from 0 to mh; ends may be left out. */
export function isWholeStep(condition: Condition, isEpoch: boolean): boolean {
  const { lower, upper } = boundsOf(condition);
  const from: Bound = ({ n, h }) => (isEpoch ? 0 : n * h);
  const to: Bound = ({ n, m, h }) => (isEpoch ? m * h : (n + 1) * h);
  return lower.length === 1 && upper.length === 1 && isBound(lower[0], from) && isBound(upper[0], to);
}

/** Whether all that is said is t ≥ 0 or t > 0. */
export function isFromZero(condition: Condition): boolean {
  const { lower, upper } = boundsOf(condition);
  return upper.length === 0 && lower.length === 1 && isBound(lower[0], () => 0);
}

function boundsOf({ comparisons }: Condition): {
  readonly lower: (Formula | null)[];
  readonly upper: (Formula | null)[];
} {
  const lower: (Formula | null)[] = [];
  const upper: (Formula | null)[] = [];
  for (const { left, relation, right } of comparisons) {
    const isLess = relation === '<' || relation === '\\le';
    const isMore = relation === '>' || relation === '\\ge';
    const onLeft = left.kind === 'index' && left.name === TIME;
    const onRight = right.kind === 'index' && right.name === TIME;
    const bound = onLeft ? right : left;
    if (onLeft === onRight || !(isLess || isMore)) lower.push(null);
    else if (onLeft === isLess) upper.push(bound);
    else lower.push(bound);
  }
  return { lower, upper };
}

const isBound = (formula: Formula | null | undefined, bound: Bound): boolean =>
  formula != null && PROBES.every(at => valueAt(formula, at) === bound(at));

/** The value of a formula of numbers, n, m and h; NaN for any other. */
function valueAt(formula: Formula, at: Probe): number {
  switch (formula.kind) {
    case 'number':
      return Number(formula.value.num) / Number(formula.value.den);
    case 'index':
      return formula.name === ITERATION ? at.n : formula.name === BATCHES ? at.m : Number.NaN;
    case 'step':
      return at.h;
    case 'negate':
      return -valueAt(formula.argument, at);
    case 'add':
      return formula.terms.reduce((sum, term) => sum + valueAt(term, at), 0);
    case 'multiply':
      return formula.factors.reduce((product, factor) => product * valueAt(factor, at), 1);
    default:
      return Number.NaN;
  }
}
