/**
 * The factor that a formula of an optimizer's rows has before one of its values, a state or θ^{(n−1)}, with the intermediate
 * quantities inserted. What stands inside the point of a loss does not count: there it is multiplied by h.
 */
import { addition, divide, multiplication, negation, productOfFactors } from '../../formula/build.ts';
import { COMPONENT, type Definition, type Formula, ITERATION } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { nodes, replaceIndex } from '../replace.ts';

/** Null: the formula is free of the value. `nonlinear`: it is not linear in it, or uses another component of it. */
export type Coefficient = Formula | null | 'nonlinear';

/** The coefficient of whatever `isValue` accepts. */
export function linearCoefficient(
  formula: Formula,
  isValue: (node: Formula) => boolean,
  quantities: ReadonlyMap<string, Definition>,
  depth = 0,
): Coefficient {
  if (isValue(formula)) return { kind: 'multiply', span: null, factors: [] };
  const inner = (part: Formula): Coefficient => linearCoefficient(part, isValue, quantities, depth);
  switch (formula.kind) {
    case 'add': {
      const parts = formula.terms.map(inner).filter(part => part !== null);
      if (parts.includes('nonlinear')) return 'nonlinear';
      const terms = parts.filter(part => part !== 'nonlinear');
      const [only] = terms;
      return terms.length <= 1 ? (only ?? null) : addition(...terms);
    }
    case 'negate': {
      const part = inner(formula.argument);
      return part === null || part === 'nonlinear' ? part : negation(part);
    }
    case 'multiply': {
      const parts = formula.factors.map(inner);
      if (parts.includes('nonlinear') || parts.filter(part => part !== null).length > 1) return 'nonlinear';
      const place = parts.findIndex(part => part !== null);
      const part = parts[place];
      if (part === undefined || part === null || part === 'nonlinear') return null;
      return timesOthers(
        part,
        formula.factors.filter((_, position) => position !== place),
      );
    }
    case 'divide': {
      if (inner(formula.denominator) !== null) return 'nonlinear';
      const part = inner(formula.numerator);
      return part === null || part === 'nonlinear' ? part : divide(part, formula.denominator);
    }
    case 'loss':
      return null;
    case 'derivative':
      return formula.argument.kind === 'loss' ? null : anyOf(children(formula), inner);
    case 'quantity': {
      const body = inserted(formula, quantities);
      if (body === null || depth > DEEPEST) return anyOf(children(formula), inner);
      return linearCoefficient(body, isValue, quantities, depth + 1);
    }
    default:
      return anyOf(children(formula), inner);
  }
}

const DEEPEST = 30;
const isOne = (formula: Formula): boolean => formula.kind === 'multiply' && formula.factors.length === 0;

/** The sign stands in front of the product. */
function timesOthers(part: Formula, others: readonly Formula[]): Formula {
  if (part.kind === 'negate') return negation(timesOthers(part.argument, others));
  return isOne(part) ? (others.length === 0 ? part : productOfFactors(others)) : multiplication(part, ...others);
}

const anyOf = (parts: readonly Formula[], inner: (part: Formula) => Coefficient): Coefficient =>
  parts.some(part => inner(part) !== null) ? 'nonlinear' : null;

/** The body of a quantity at the label and component of its use; null where no quantity is used. */
export function inserted(
  use: Extract<Formula, { kind: 'quantity' }>,
  quantities: ReadonlyMap<string, Definition>,
): Formula | null {
  const definition = quantities.get(use.name);
  if (definition === undefined) return null;
  let body = definition.body;
  const [label] = use.labels;
  if (label !== undefined) body = replaceIndex(body, ITERATION, label);
  const [component] = use.indices;
  const isOwn = component?.kind === 'index' && component.name === COMPONENT;
  return component === undefined || isOwn ? body : replaceIndex(body, COMPONENT, component);
}

/** Every node, quantities inserted; points of losses and labels included. */
export function* nodesInserted(
  formula: Formula,
  quantities: ReadonlyMap<string, Definition>,
  depth = 0,
): Generator<Formula> {
  for (const node of nodes(formula)) {
    yield node;
    const body = node.kind === 'quantity' && depth <= DEEPEST ? inserted(node, quantities) : null;
    if (body !== null) yield* nodesInserted(body, quantities, depth + 1);
  }
}
