/**
 * Whether a state's recursion is linear (affine) in the state's own earlier value, with the intermediate quantities
 * inserted. A value inside the point of a loss does not count here: a look-ahead is expanded in h, and that it is small is
 * decided elsewhere.
 */
import type { Definition, Formula } from '../formula/formula.ts';
import { children } from '../formula/walk.ts';

/** 0: free of the state; 1: affine in it; Infinity: anything else. */
type Degree = number;

const NO_POINTS: ReadonlySet<string> = new Set();

/**
 * The degree of `formula` in the state `name` at any label, with `quantities` inserted. Inside a derivative a shifted point of
 * `points` is a letter of its own, whose distance from θ is expanded in h.
 */
export function degreeInState(
  formula: Formula,
  name: string,
  quantities: ReadonlyMap<string, Definition>,
  points: ReadonlySet<string> = NO_POINTS,
  memo: Map<string, Degree> = new Map(),
): Degree {
  const degree = (inner: Formula): Degree => degreeInState(inner, name, quantities, points, memo);
  const nonlinearIn = (inner: readonly Formula[]): Degree =>
    inner.some(each => degree(each) > 0) ? Number.POSITIVE_INFINITY : 0;
  switch (formula.kind) {
    case 'number':
    case 'parameter':
    case 'step':
    case 'index':
    case 'schedule':
    case 'iterate':
    case 'loss':
      return 0;
    case 'add':
      return formula.terms.reduce((most, term) => Math.max(most, degree(term)), 0);
    case 'negate':
      return degree(formula.argument);
    case 'multiply': {
      const total = formula.factors.reduce((sum, factor) => sum + degree(factor), 0);
      return total > 1 ? Number.POSITIVE_INFINITY : total;
    }
    case 'divide':
      return degree(formula.denominator) > 0 ? Number.POSITIVE_INFINITY : degree(formula.numerator);
    case 'power': {
      const { exponent } = formula;
      if (exponent.kind === 'number' && exponent.value.isOne()) return degree(formula.base);
      return nonlinearIn([formula.base, exponent]);
    }
    case 'sum':
      return Math.max(nonlinearIn([formula.lower, formula.upper]), degree(formula.body));
    case 'derivative':
      return formula.argument.kind === 'loss' || degreeInDerivative(formula.argument, name, quantities, points) === 0
        ? 0
        : Number.POSITIVE_INFINITY;
    case 'quantity': {
      if (formula.name === name) return 1;
      const definition = quantities.get(formula.name);
      if (!definition) return 0;
      const known = memo.get(formula.name);
      if (known !== undefined) return known;
      memo.set(formula.name, 0);
      const found = degree(definition.body);
      memo.set(formula.name, found);
      return found;
    }
    case 'root':
    case 'absolute':
    case 'extremum':
    case 'product':
    case 'parameter-derivative':
    case 'call':
    case 'vector-call':
    case 'norm':
      return nonlinearIn(children(formula));
  }
}

function degreeInDerivative(
  argument: Formula,
  name: string,
  quantities: ReadonlyMap<string, Definition>,
  points: ReadonlySet<string>,
): Degree {
  const others = new Map([...quantities].filter(([each]) => !points.has(each)));
  return degreeInState(argument, name, others, points);
}
