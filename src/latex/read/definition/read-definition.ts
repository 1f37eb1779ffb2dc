/** A definition from its two sides: R_j^{(n)}(\theta) := …, with formal letters bound in the body. */
import { refuse } from '../../../base/problem.ts';
import type { Definition, Formula, IndexSort } from '../../../formula/formula.ts';
import { COMPONENT } from '../../../formula/formula.ts';
import { children } from '../../../formula/walk.ts';
import { placeOf, readSide } from '../read-formula.ts';
import type { LeftSide } from './left-side.ts';
import type { NameScope } from '../scope.ts';
import type { Token } from '../../notation/token.ts';

/** A definition of a claim may be a matrix, H := \nabla^2E, or have a third index. */
const MOST_INDICES = 4;

/** The scope in which the right side of a left side is read: its letters are fixed, its argument is the current point. */
export function scopeOfRight(left: LeftSide, scope: NameScope): NameScope {
  switch (left.kind) {
    case 'name':
      return {
        ...scope,
        fixed: left.letters,
        points: new Set([...(scope.points ?? []), ...(left.argument === null ? [] : [left.argument])]),
      };
    case 'parameters-update':
    case 'flow':
      return { ...scope, fixed: left.letters, ...(left.only === undefined ? {} : { numbered: true as const }) };
    case 'norm-bound':
    case 'other':
      return scope;
  }
}

/**
 * The definition that a name's left side and its right side make. A subscript whose letter does not say whether it
 * counts components or iterations takes the sort of its first use in the body. Labels must be plain letters; a shifted
 * label such as n+1 is refused (optimizers shift their rows themselves).
 */
export function readDefinition(
  left: Extract<LeftSide, { kind: 'name' }>,
  right: readonly Token[],
  scope: NameScope,
): Definition {
  const side = readSide(right, scopeOfRight(left, scope), false, scope.where === 'claim' ? MOST_INDICES : 1);
  const span = placeOf(right);
  if (side.rank > 0 && left.indices.length > 0)
    return refuse(
      'vector-rank',
      side.rank === 1 ? 'a vector, but the left side has an index' : 'a matrix, but the left side has indices',
      span,
    );
  const byName = new Map([...side.sorts.values()].map(({ name, sort }) => [name, sort]));
  const indices = side.rank > 0 ? [COMPONENT, ...side.more] : left.indices;
  const unknown = new Set([...left.letters.values()].filter(({ sort }) => sort === null).map(({ name }) => name));
  const indexSorts = indices.map((name, at): IndexSort => {
    // A letter that stands as a number alone, c_k := \\beta^k, counts iterations.
    const isCount = unknown.has(name) && !byName.get(name) && counts(side.formula, name);
    return byName.get(name) ?? (isCount ? 'history' : (left.indexSorts[at] ?? 'coordinate'));
  });
  return {
    name: left.name,
    indices,
    indexSorts,
    labels: left.labels.map(label => plainLabel(label, span)),
    body: side.formula,
    span,
  };
}

/** Whether the index stands in the formula. */
const counts = (formula: Formula, name: string): boolean =>
  (formula.kind === 'index' && formula.name === name) || children(formula).some(part => counts(part, name));

function plainLabel(label: Formula, span: Definition['span']): string {
  return label.kind === 'index'
    ? label.name
    : refuse('left-side', 'expected a plain letter as the label of a definition', label.span ?? span);
}
