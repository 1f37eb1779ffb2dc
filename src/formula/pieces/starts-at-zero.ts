/**
 * From which step on a value of an optimizer's rows is not zero by itself: a momentum that starts at zero is zero in step 0 whatever the
 * losses are, and a sign of it then is the number sign(0) = 0 and switches nowhere.
 */
import { COMPONENT, type Definition, type Formula, ITERATION } from '../formula.ts';
import { inlined } from '../substitute.ts';

/** What is read of an optimizer. */
export interface Rows {
  readonly states: readonly { readonly name: string; readonly right: Formula; readonly initial: Formula }[];
  readonly quantities: readonly Definition[];
  readonly update: Formula;
  /** States whose rows make in a step what is read in the next one. */
  readonly startedLater?: ReadonlySet<string>;
  /** What E_k is for k < 0. */
  readonly beforeFirst?: string;
}

/** States that start at zero are fed within their first steps. */
const STEPS = 4;

/** The first such step; null where there is none among the first ones. */
export function startsAtZero(optimizer: Rows, formula: Formula): number | null {
  for (let n = 0; n < STEPS; n += 1) if (valueAt(optimizer, formula, n) !== 0) return n;
  return null;
}

/** The value in step n where numbers and zeros alone decide it; null: it depends on more. */
function valueAt(optimizer: Rows, formula: Formula, n: number, depth = 0): number | null {
  const value = (inner: Formula): number | null => valueAt(optimizer, inner, n, depth);
  switch (formula.kind) {
    case 'number':
      return formula.value.toNumber();
    case 'index':
      return formula.name === ITERATION ? n : null;
    case 'add':
      return formula.terms.map(value).reduce((sum, term) => (sum === null || term === null ? null : sum + term), 0);
    case 'negate': {
      const inner = value(formula.argument);
      return inner === null ? null : 0 - inner;
    }
    case 'multiply': {
      const factors = formula.factors.map(value);
      if (factors.includes(0)) return 0;
      return factors.reduce((product, each) => (product === null || each === null ? null : product * each), 1);
    }
    case 'divide': {
      const [above, below] = [value(formula.numerator), value(formula.denominator)];
      return above === 0 ? 0 : above === null || below === null ? null : above / below;
    }
    case 'power': {
      const [base, exponent] = [value(formula.base), value(formula.exponent)];
      if (exponent === 0) return 1;
      return base === null || exponent === null ? null : base ** exponent;
    }
    case 'root': {
      const inner = value(formula.radicand);
      return inner === null ? null : inner ** (1 / formula.degree);
    }
    case 'absolute': {
      const inner = value(formula.argument);
      return inner === null ? null : Math.abs(inner);
    }
    case 'extremum': {
      const parts = formula.arguments.map(value).filter(each => each !== null);
      if (parts.length < formula.arguments.length) return null;
      return formula.which === 'max' ? Math.max(...parts) : Math.min(...parts);
    }
    case 'call':
      return formula.name === 'sign' && value(formula.argument) === 0 ? 0 : null;
    case 'norm':
      return formula.perturbation === null && value(formula.argument.body) === 0 ? 0 : null;
    case 'sum':
      return value(formula.body) === 0 ? 0 : null;
    case 'derivative':
      return value(formula.argument) === 0 ? 0 : null;
    case 'loss': {
      const batch = formula.batch === null ? null : value(formula.batch);
      return optimizer.beforeFirst === 'zero' && batch !== null && batch < 0 ? 0 : null;
    }
    case 'quantity':
      return ofRow(optimizer, formula, n, depth);
    default:
      return null;
  }
}

const DEEPEST = 40;

function ofRow(optimizer: Rows, use: Extract<Formula, { kind: 'quantity' }>, n: number, depth: number): number | null {
  if (depth > DEEPEST) return null;
  const row = optimizer.quantities.find(({ name }) => name === use.name);
  if (row !== undefined) return valueAt(optimizer, inlined(use, row), n, depth + 1);
  const state = optimizer.states.find(({ name }) => name === use.name);
  const [label] = use.labels;
  const [component] = use.indices;
  const isOwn = component === undefined || (component.kind === 'index' && component.name === COMPONENT);
  const at = label === undefined ? null : valueAt(optimizer, label, n, depth + 1);
  // What a component of another one is does not matter where all start alike.
  if (state === undefined || at === null || (!isOwn && state.initial.kind !== 'number')) return null;
  return at <= 0 ? valueAt(optimizer, state.initial, 0, depth + 1) : valueAt(optimizer, state.right, at - 1, depth + 1);
}
