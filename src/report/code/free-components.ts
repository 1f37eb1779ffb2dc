/** Which components are free in a formula. */
import type { Formula } from '../../formula/formula.ts';
import { boundIndex } from '../../latex/write/write-vector.ts';
import { children } from '../../formula/walk.ts';

/** Letters that are components where a formula stands, each with the one that it stands for. */
export type Components = ReadonlyMap<string, string>;

/** The components that a formula reads, as what they stand for. */
export function freeComponents(formula: Formula, components: Components): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: Formula, hidden: ReadonlySet<string>): void => {
    if (node.kind === 'index') {
      const letter = hidden.has(node.name) ? undefined : components.get(node.name);
      if (letter !== undefined) found.add(letter);
      return;
    }
    const inner = children(node);
    const letter = boundIndex(node);
    const within = letter === null ? hidden : new Set([...hidden, letter]);
    for (const [place, child] of inner.entries()) visit(child, place === inner.length - 1 ? within : hidden);
  };
  visit(formula, new Set());
  return found;
}
