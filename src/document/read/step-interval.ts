/** The interval of one step that a condition names: nh ≤ t ≤ (n+1)h, or the one c steps later. */
import { type Formula, ITERATION, TIME } from '../../formula/formula.ts';
import type { Condition } from '../model.ts';

/** Values at which two bounds that are not equal differ. */
const PROBES = [
  { n: 0, h: 1 },
  { n: 3, h: 0.5 },
  { n: 11, h: 0.125 },
] as const;

type Comparison = Condition['comparisons'][number];

/** c where t runs from (n+c)h to (n+c+1)h; null where the comparisons of the time say anything else, or nothing. */
export function stepOfInterval(comparisons: readonly Comparison[]): number | null {
  const bounds = comparisons.filter(isOfTime);
  const [first, second, ...more] = bounds;
  if (!first || !second || more.length > 0) return null;
  const lower = bounds.filter(each => !isUpper(each)).map(boundOf);
  const upper = bounds.filter(isUpper).map(boundOf);
  const [from, to] = [lower[0], upper[0]];
  if (lower.length !== 1 || upper.length !== 1 || !from || !to) return null;
  const step = stepAt(from);
  return step !== null && stepAt(to) === step + 1 ? step : null;
}

const isTime = (formula: Formula): boolean => formula.kind === 'index' && formula.name === TIME;
/** Whether the comparison bounds the time. */
export const isOfTime = ({ left, relation, right }: Comparison): boolean =>
  isTime(left) !== isTime(right) && ['<', '\\le', '>', '\\ge'].includes(relation);
const isUpper = ({ left, relation }: Comparison): boolean => isTime(left) === (relation === '<' || relation === '\\le');
const boundOf = ({ left, right }: Comparison): Formula => (isTime(left) ? right : left);

/** c where the formula is (n+c)h. */
function stepAt(formula: Formula): number | null {
  const [first, ...others] = PROBES.map(({ n, h }) => valueAt(formula, n, h) / h - n);
  return first !== undefined && Number.isInteger(first) && others.every(value => value === first) ? first : null;
}

/** The value of a formula of numbers, n and h; NaN for any other. The probes make it exact. */
function valueAt(formula: Formula, n: number, h: number): number {
  switch (formula.kind) {
    case 'number':
      return Number(formula.value.num) / Number(formula.value.den);
    case 'index':
      return formula.name === ITERATION ? n : Number.NaN;
    case 'step':
      return h;
    case 'negate':
      return -valueAt(formula.argument, n, h);
    case 'add':
      return formula.terms.reduce((sum, term) => sum + valueAt(term, n, h), 0);
    case 'multiply':
      return formula.factors.reduce((product, factor) => product * valueAt(factor, n, h), 1);
    default:
      return Number.NaN;
  }
}
