/** Everything that is typed and bears on a statement: its sides, its conditions, the definitions and rows that it reaches. */
import { comparesSides } from '../../notation/kinds.ts';
import type { Condition } from '../../document/model.ts';
import type { Definition, Formula } from '../../formula/formula.ts';
import { nodes } from '../../optimizer/replace.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { conditionsOf } from '../unsupported.ts';
import type { QuestionTask } from '../question-task.ts';

type Stated = Pick<QuestionTask, 'claim' | 'statement' | 'optimizer' | 'other'>;

/** The sides, the conditions as differences of their sides, and every body that they reach by a name. */
export function statedFormulas({ claim, statement, optimizer, other }: Stated): readonly Formula[] {
  const rows = comparesSides(statement) ? [] : rowsOf(optimizer);
  const start = [
    statement.left,
    statement.right,
    ...conditionsOf(claim, statement).flatMap(sidesOf),
    ...(other ? [other.statement.right] : []),
    ...rows,
  ];
  const definitions = [...claim.definitions, ...(other?.claim.definitions ?? []), ...(optimizer?.quantities ?? [])];
  return withDefinitions(start, definitions);
}

const sidesOf = ({ comparisons }: Condition): Formula[] => comparisons.flatMap(({ left, right }) => [left, right]);

const rowsOf = (optimizer: Optimizer | null): readonly Formula[] =>
  optimizer === null ? [] : [optimizer.update, ...optimizer.states.flatMap(({ right, initial }) => [right, initial])];

/** These formulas, and the bodies that they reach by a name. */
export function withDefinitions(start: readonly Formula[], definitions: readonly Definition[]): readonly Formula[] {
  const found = [...start];
  const seen = new Set<string>();
  for (let at = 0; at < found.length; at += 1) {
    const formula = found[at];
    if (!formula) continue;
    for (const node of nodes(formula)) {
      if (node.kind !== 'quantity' || seen.has(node.name)) continue;
      seen.add(node.name);
      for (const { body, recursion } of definitions.filter(({ name }) => name === node.name))
        found.push(body, ...(recursion === undefined ? [] : [recursion.start]));
    }
  }
  return found;
}
