/** What the formula reader is told about names. */
import type { Definition } from '../../formula/formula.ts';
import type { Entry } from './entry.ts';
import type { NameRole } from '../../latex/read/scope.ts';
import type { Declaration, Optimizer } from '../../optimizer/model.ts';

/** The role of a declared name. */
export function roleOf(declaration: Declaration): NameRole {
  switch (declaration.kind) {
    case 'scalar':
      return { kind: 'scalar' };
    case 'function':
      return { kind: 'function' };
    case 'vector-function':
      return { kind: 'vector-function', result: declaration.result };
    case 'schedule':
      return { kind: 'schedule' };
    case 'vector':
      return { kind: 'vector' };
  }
}

/** The role of a defined name. */
export const roleOfDefinition = ({ indices, indexSorts, labels }: Definition): NameRole => ({
  kind: 'quantity',
  indices: indices.length,
  labels: labels.length,
  indexSorts,
});

/** The names that an optimizer brings along: its declarations, states and intermediate quantities. */
export function rolesOfOptimizer(optimizer: Optimizer): Map<string, NameRole> {
  return new Map<string, NameRole>([
    ...optimizer.declarations.map(each => [each.name, roleOf(each)] as const),
    ...optimizer.states.map(({ name, componentwise }) => [name, { kind: 'state', componentwise }] as const),
    ...optimizer.quantities.map(each => [each.name, roleOfDefinition(each)] as const),
  ]);
}

/** A letter for the schedule of a step with a label, which neither the rows nor the declarations use. */
export function freeSchedule({ body, more }: Entry, declarations: readonly Declaration[]): string {
  const typed = [body, ...more].map(({ source, start, end }) => source.text.slice(start, end)).join(' ');
  const isFree = (name: string): boolean =>
    !declarations.some(each => each.name === name) &&
    !new RegExp(`${name.replace('\\', '\\\\')}(?![A-Za-z])`).test(typed);
  return ['\\sigma', '\\varsigma', '\\kappa', '\\zeta'].find(isFree) ?? '\\digamma';
}
