/** Sums over components with component j apart: equal to it, below or above it. */
import type { Constraint } from '../../expression/core/domain.ts';
import type { Term } from '../../expression/core/term.ts';
import { makeTerm } from '../../expression/core/term.ts';

/** The term with every summed coordinate either equal to component j or below or above it. */
export function apartFromComponent(term: Term, own: ReadonlySet<number>): Term[] {
  const [j] = own;
  if (j === undefined) return [term];
  let parts: Term[] = [term];
  for (let round = 0; round < term.sorts.length; round += 1) {
    parts = parts.flatMap(part => {
      const index = part.sorts.findIndex((sort, i) => sort === 'coordinate' && !isApart(part, i, j));
      if (index === -1) return [part];
      const cells: Constraint[][] = [
        [{ left: index, right: j, bound: -1 }],
        [{ left: j, right: index, bound: -1 }],
        [
          { left: index, right: j, bound: 0 },
          { left: j, right: index, bound: 0 },
        ],
      ];
      return cells.flatMap(extra => {
        const cell = makeTerm({ ...part, constraints: [...part.constraints, ...extra] });
        return cell === null ? [] : [cell];
      });
    });
  }
  return parts;
}

const isApart = (term: Term, index: number, j: number): boolean =>
  term.constraints.some(
    c => ((c.left === index && c.right === j) || (c.left === j && c.right === index)) && c.bound <= -1,
  );
