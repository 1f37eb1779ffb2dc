/** A statement about a modified loss is one about its flow: θ̇ = −∇Ẽ, or what `flow=` says. Nothing is simplified. */
import type { Claim, Statement } from '../../document/model.ts';
import { index, negation } from '../../formula/build.ts';
import { COMPONENT, type Definition, type Formula } from '../../formula/formula.ts';
import { children, withChildren } from '../../formula/walk.ts';

export interface StatedFlow {
  readonly claim: Claim;
  readonly statement: Statement;
}

/** The statement with its flow as right side; the claim then defines the modified loss. Other statements stay as they are. */
export function statedFlow(claim: Claim, statement: Statement): StatedFlow {
  const { left, right } = statement;
  if (statement.kind !== 'modified-loss' || left.kind !== 'quantity') return { claim, statement };
  const known = new Set([...claim.definitions.map(({ name }) => name), ...claim.declarations.map(({ name }) => name)]);
  const own: Definition = {
    name: left.name,
    indices: [],
    indexSorts: [],
    labels: [],
    body: right,
    span: statement.span,
  };
  const descent = negation({ kind: 'derivative', span: null, by: [index(COMPONENT)], argument: right });
  return {
    claim: { ...claim, definitions: [...claim.definitions, own] },
    statement: {
      ...statement,
      kind: 'flow',
      right: claim.flow ? renamed(claim.flow, left.name, known) : descent,
    },
  };
}

/** `flow=` may spell the loss without the subscript that the statement gives it. */
function renamed(formula: Formula, name: string, known: ReadonlySet<string>): Formula {
  const inner = withChildren(
    formula,
    children(formula).map(child => renamed(child, name, known)),
  );
  const isLoss =
    inner.kind === 'quantity' && inner.indices.length + inner.labels.length === 0 && !known.has(inner.name);
  return isLoss ? { ...inner, name } : inner;
}
