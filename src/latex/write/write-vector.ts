/** Which vectors can be written without a component letter. */
import type { Formula, Vector } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';

/**
 * Whether the component letter of `vector` can be dropped: it stands only as the component of a parameter, a state, a
 * vector function or a first derivative, and the whole is linear in such vectors.
 */
export function isVectorText(vector: Vector): boolean {
  return isVector(vector.body, vector.index);
}

function isVector(formula: Formula, index: string): boolean {
  const free = (each: Formula): boolean => !mentions(each, index);
  const only = (each: Formula): boolean => each.kind === 'index' && each.name === index;
  switch (formula.kind) {
    case 'iterate':
      return only(formula.component) && (formula.label === null || free(formula.label));
    case 'quantity':
      return (
        formula.indices.filter(only).length === 1 &&
        [...formula.indices.filter(each => !only(each)), ...formula.labels].every(free) &&
        (formula.at === null || free(formula.at.body))
      );
    case 'derivative':
      return formula.by.length === 1 && formula.by.every(only) && free(formula.argument);
    case 'vector-call':
      return (
        formula.component !== null && only(formula.component) && formula.by.length === 0 && free(formula.argument.body)
      );
    case 'negate':
      return isVector(formula.argument, index);
    case 'add':
      return formula.terms.length > 0 && formula.terms.every(term => isVector(term, index));
    case 'multiply': {
      const vectors = formula.factors.filter(factor => !free(factor));
      return vectors.length === 1 && vectors.every(factor => isVector(factor, index));
    }
    case 'divide':
      return isVector(formula.numerator, index) && free(formula.denominator);
    case 'sum':
      return free(formula.lower) && free(formula.upper) && formula.index !== index && isVector(formula.body, index);
    default:
      return false;
  }
}

/** Whether a vector is θ itself, the point at which everything is taken. */
export const isCurrentPoint = ({ index, body }: Vector): boolean =>
  body.kind === 'iterate' && body.label === null && body.component.kind === 'index' && body.component.name === index;

/** Whether the index occurs free. */
export function mentions(formula: Formula, index: string): boolean {
  if (formula.kind === 'index') return formula.name === index;
  if (formula.kind === 'derivative' && formula.point?.at.index === index)
    return [...formula.by, formula.argument].some(child => mentions(child, index));
  const inner = children(formula);
  const bound = boundIndex(formula);
  return inner.some((child, position) => !(bound === index && position === inner.length - 1) && mentions(child, index));
}

/** The index that a node binds in its last child, if it binds one. */
export function boundIndex(formula: Formula): string | null {
  switch (formula.kind) {
    case 'sum':
    case 'product':
      return formula.index;
    case 'loss':
      return formula.at.index;
    case 'quantity':
      return formula.at?.index ?? null;
    case 'vector-call':
    case 'norm':
      return formula.argument.index;
    default:
      return null;
  }
}
