/** The size of φ(x) by the size of x. */
import { elementaryFunction } from '../../formula/elementary.ts';
import type { Formula } from '../../formula/formula.ts';
import type { Declaration } from '../model.ts';
import { hasSizeZero, restOf, type Size, smallness, vanishes } from './size.ts';

/** What is known of a function, or of a derivative of it, at an argument of that size; `random` gives the values of abstract functions. */
export function sizeOfCall(
  { name, derivative }: Extract<Formula, { kind: 'call' }>,
  argument: Size,
  declaration: Declaration | undefined,
  random: (key: string) => number,
): Size {
  if (declaration?.kind === 'function' && declaration.odd && derivative === 0) return restOf(smallness(argument));
  // φ(hg) is φ(0) + O(h), whatever number φ(0) is.
  const isSeries = declaration?.kind === 'function' && declaration.body === null && vanishes(argument.weight);
  if (isSeries && argument.order >= 1)
    return { ...argument, known: random(`${name}^${derivative}(${argument.known})`), lead: 0 };
  const elementary = derivative === 0 ? elementaryFunction(name) : null;
  if (!elementary?.smooth || !vanishes(argument.weight) || (argument.order === 0 && !hasSizeZero(argument)))
    return restOf(0);
  return { weight: 0, known: elementary.float(argument.known), order: argument.order, lead: 0 };
}
