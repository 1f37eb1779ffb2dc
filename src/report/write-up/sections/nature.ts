/** How a formula depends on the gradients and points in it, and so by which series it is expanded. */
import type { Formula } from '../../../formula/formula.ts';
import { children } from '../../../formula/walk.ts';
import { nodes } from '../../../optimizer/replace.ts';

export type Nature = 'free' | 'linear' | 'polynomial' | 'power' | 'function';

const ORDER: readonly Nature[] = ['free', 'linear', 'polynomial', 'power', 'function'];
const worst = (natures: readonly Nature[]): Nature =>
  natures.reduce((found, each) => (ORDER.indexOf(each) > ORDER.indexOf(found) ? each : found), 'free');

/** The nature of a formula; a gradient and a named quantity count as letters that it depends on. */
export function natureOf(formula: Formula): Nature {
  switch (formula.kind) {
    case 'loss':
    case 'iterate':
    case 'quantity':
    case 'derivative':
      return 'linear';
    case 'multiply': {
      const found = formula.factors.map(natureOf).filter(each => each !== 'free');
      return found.length > 1 ? worst([...found, 'polynomial']) : worst(found);
    }
    case 'divide':
      return dependsOnPoint(formula.denominator)
        ? worst([natureOf(formula.numerator), natureOf(formula.denominator), 'power'])
        : natureOf(formula.numerator);
    case 'root':
    case 'norm':
      return raised(formula, 'power');
    case 'power': {
      const { exponent } = formula;
      const isWhole = exponent.kind === 'number' && exponent.value.isInteger() && exponent.value.sign() > 0;
      return raised(formula, isWhole ? 'polynomial' : 'power');
    }
    case 'call':
    case 'vector-call':
    case 'absolute':
    case 'extremum':
      return raised(formula, 'function');
    default:
      return worst(children(formula).map(natureOf));
  }
}

const raised = (formula: Formula, least: Nature): Nature => {
  const inner = worst(children(formula).map(natureOf));
  return inner === 'free' ? 'free' : worst([inner, least]);
};

const dependsOnPoint = (formula: Formula): boolean =>
  [...nodes(formula)].some(({ kind }) => kind === 'loss' || kind === 'iterate' || kind === 'quantity');

/** What is done with a gradient that is inserted, behind "by insertion of (6)". */
export const SERIES: Readonly<Record<Nature, string>> = {
  free: '',
  linear: ', which stands in it linearly',
  polynomial: ', multiplied out',
  power: ' and the binomial series',
  function: " and Taylor's formula of the outer function",
};
