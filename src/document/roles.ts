/** What the formula reader is told about names. */
import type { Definition } from '../formula/formula.ts';
import type { NameRole } from '../latex/scope.ts';
import type { Declaration, Optimizer } from '../optimizer/model.ts';

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
