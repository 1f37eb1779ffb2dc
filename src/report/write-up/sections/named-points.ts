/** Points of gradients that no line can show as a vector, as θ + h r (θ² + η) ∇E: each gets a row of its own, so that the rule can be read back. */
import { index, quantity } from '../../../formula/build.ts';
import { COMPONENT, ITERATION, type Vector } from '../../../formula/formula.ts';
import { substituteLetters } from '../../../formula/substitute.ts';
import { isVectorText, mentions } from '../../../latex/write/write-vector.ts';
import type { Optimizer } from '../../../optimizer/model.ts';
import { namesOf } from '../../../optimizer/rename.ts';
import { rewrite } from '../../../optimizer/replace.ts';
import { treeKey } from '../../../closed-form/factors.ts';
import { type DisplayRow, formulaRow } from '../model/write-up.ts';

const LETTERS = ['y', 'z', 'x', 'w', 'u', 'v', 'q', 'a', 'b', 'c'];

/** The rows with such points by name, each behind the rows that it may read. */
export function withNamedPoints(rows: readonly DisplayRow[], optimizer: Optimizer): DisplayRow[] {
  const taken = new Set<string>([...namesOf(optimizer), ...Object.values(optimizer.notation)]);
  const names = new Map<string, string>();
  return rows.flatMap(row => {
    const points: DisplayRow[] = [];
    const named = (at: Vector): Vector => {
      if (isVectorText(at) || mentions(at.body, COMPONENT)) return at;
      const body = substituteLetters(at.body, new Map([[at.index, index(COMPONENT)]]));
      const key = treeKey(body);
      const known = names.get(key);
      const name = known ?? LETTERS.find(letter => !taken.has(letter));
      if (name === undefined) return at;
      if (known === undefined) {
        taken.add(name);
        names.set(key, name);
        const left = quantity(name, [index(COMPONENT)], [index(ITERATION)]);
        points.push(formulaRow(left, body, { relation: ':=', asTyped: true }));
      }
      return { ...at, body: quantity(name, [index(at.index)], [index(ITERATION)]) };
    };
    const right = rewrite(row.right, node => (node.kind === 'loss' ? { ...node, at: named(node.at) } : node));
    return [...points, { ...row, right }];
  });
}
