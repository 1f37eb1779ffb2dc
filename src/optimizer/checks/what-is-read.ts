/** What a formula of a row reads: labels of the parameters, losses, or numbers alone. */
import type { Definition, Formula } from '../../formula/formula.ts';
import { nodes } from '../replace.ts';

/** Where a formula is being evaluated. */
export interface PlaceRead {
  readonly n: number;
  /** The letter whose component of θ counts as the point itself. */
  readonly component: string;
  readonly bound: ReadonlyMap<string, number>;
}

/** What reads the past or the losses. */
const READING: ReadonlySet<Formula['kind']> = new Set(['iterate', 'loss', 'derivative', 'call', 'vector-call', 'norm']);

/** Whether the value is one of n and hyperparameters, without states, losses and points. */
export const isOfNumbers = (formula: Formula, quantities: ReadonlyMap<string, Definition>): boolean =>
  [...nodes(formula)].every(node => {
    if (node.kind !== 'quantity') return !READING.has(node.kind);
    const definition = quantities.get(node.name);
    return (
      definition !== undefined &&
      ![...nodes(definition.body)].some(inner => inner.kind === 'quantity' || READING.has(inner.kind))
    );
  });

/** The labels of the parameters that it reads; null for those without one. */
export const labelsRead = (body: Formula): (Formula | null)[] =>
  [...nodes(body)].flatMap(node => (node.kind === 'iterate' ? [node.label] : []));
