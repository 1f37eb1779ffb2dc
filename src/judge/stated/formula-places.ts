/**
 * The places of a formula: every node with its path, what it stands for there, and the index letters it may use.
 * Twins and suggestions edit at places. Nothing here knows what a formula means or changes one by itself.
 */
import { COMPONENT, DIMENSION, ITERATION, type Formula, type IndexSort, type Vector } from '../../formula/formula.ts';
import { children, withChildren } from '../../formula/walk.ts';

/**
 * What a node stands for at its place: a number of the formula (`value`), an exponent, an integer that counts iterations
 * (`history`: labels, batches, bounds) or a coordinate.
 */
export type PlaceRole = 'value' | 'exponent' | IndexSort;

export interface FormulaPlace {
  /** Child numbers from the root, as {@link children} orders them. */
  readonly path: readonly number[];
  readonly node: Formula;
  readonly role: PlaceRole;
  /** Index letters that may stand here, with their sorts. */
  readonly letters: ReadonlyMap<string, IndexSort>;
}

/** The sorts of the subscripts of a named quantity; coordinates where nothing is known. */
export type SortsOf = (name: string) => readonly IndexSort[];

const MAXIMAL_DEPTH = 500;

/** The letters of a statement: n and j. */
export const statementLetters: ReadonlyMap<string, IndexSort> = new Map([
  [ITERATION, 'history'],
  [COMPONENT, 'coordinate'],
]);

const isPlainPoint = (vector: Vector): boolean =>
  vector.body.kind === 'iterate' &&
  vector.body.label === null &&
  vector.body.component.kind === 'index' &&
  vector.body.component.name === vector.index;

/** The role of each child of `node` when the node itself stands in `role`, in the order of {@link children}. */
function childRoles(node: Formula, role: PlaceRole, sortsOf: SortsOf): readonly PlaceRole[] {
  const count = children(node).length;
  const all = (each: PlaceRole): PlaceRole[] => new Array<PlaceRole>(count).fill(each);
  switch (node.kind) {
    case 'power':
      return [role, 'exponent'];
    case 'sum':
    case 'product':
      return [node.sort, node.sort, role];
    case 'iterate':
      return ['coordinate', 'history'];
    case 'loss':
      return node.batch ? ['history', 'value'] : ['value'];
    case 'derivative':
      return node.by.map((): PlaceRole => 'coordinate').concat(all('value').slice(node.by.length));
    case 'quantity': {
      const sorts = sortsOf(node.name);
      return [
        ...node.indices.map((_, at) => sorts[at] ?? 'coordinate'),
        ...node.labels.map((): PlaceRole => 'history'),
        ...(node.at ? ['value' as const] : []),
      ];
    }
    case 'vector-call':
      return all('coordinate').with(count - 1, 'value');
    case 'schedule':
      return ['history'];
    case 'norm':
      return all('value');
    default:
      return all(role);
  }
}

/** The letters that `node` binds in its child number `child`. */
function boundLetter(node: Formula, child: number): readonly [string, IndexSort] | null {
  const last = children(node).length - 1;
  if (node.kind === 'derivative' && node.point !== undefined) {
    if (child === last) return [node.point.letter, 'history'];
    return child === last - 1 ? [node.point.at.index, 'coordinate'] : null;
  }
  if (child !== last) return null;
  switch (node.kind) {
    case 'sum':
    case 'product':
      return [node.index, node.sort];
    case 'loss':
      return [node.at.index, 'coordinate'];
    case 'quantity':
      return node.at ? [node.at.index, 'coordinate'] : null;
    case 'vector-call':
    case 'norm':
      return [node.argument.index, 'coordinate'];
    default:
      return null;
  }
}

const pointOf = (node: Formula): Vector | null => (node.kind === 'loss' || node.kind === 'quantity' ? node.at : null);

/** Every place of `root` from the outside inwards; the current point written as an argument is not entered. */
export function* places(
  root: Formula,
  letters: ReadonlyMap<string, IndexSort>,
  sortsOf: SortsOf,
): Generator<FormulaPlace> {
  const waiting: FormulaPlace[] = [{ path: [], node: root, role: 'value', letters }];
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    yield place;
    const { node, path } = place;
    if (path.length >= MAXIMAL_DEPTH) continue;
    const roles = childRoles(node, place.role, sortsOf);
    const inner: FormulaPlace[] = [];
    const point = pointOf(node);
    children(node).forEach((child, at) => {
      if (point && child === point.body && isPlainPoint(point)) return;
      if (child.kind === 'index' && child.name === DIMENSION) return;
      const bound = boundLetter(node, at);
      inner.push({
        path: [...path, at],
        node: child,
        role: roles[at] ?? 'value',
        letters: bound ? new Map([...place.letters, bound]) : place.letters,
      });
    });
    waiting.push(...inner.reverse());
  }
}

/** `root` with `replacement` at `path`. */
export function replaceAt(root: Formula, path: readonly number[], replacement: Formula): Formula {
  const [first, ...rest] = path;
  if (first === undefined) return replacement;
  const parts = children(root);
  const child = parts[first];
  if (!child) throw new Error(`no child ${first} in a ${root.kind}`);
  return withChildren(root, parts.with(first, replaceAt(child, rest, replacement)));
}
