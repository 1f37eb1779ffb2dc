/** Up to which power of h a statement is judged: by the key, the remainder O(h^r), or what is typed. */
import { refuse } from '../../../base/problem.ts';
import type { Span } from '../../../base/span.ts';
import { degreeInStep } from '../../../formula/degree-in-step.ts';
import type { Definition } from '../../../formula/formula.ts';
import { comparesSides, kindFacts } from '../../../notation/kinds.ts';
import { nodes } from '../../../optimizer/replace.ts';
import type { Statement } from '../../model.ts';

type Read = Pick<Statement, 'kind' | 'left' | 'relation' | 'right' | 'remainder' | 'span' | 'undecided'>;

/** What the claim says besides: its key, its definitions, and the names of the optimizer's rows. */
export interface OrderContext {
  readonly order: number | null;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly optimizerNames: ReadonlySet<string>;
}

/** The key, else the remainder, else the highest power of h; 2 where neither side is a series in h. Refuses a key beside another remainder. */
export function orderOfStatement(statement: Read, { order, definitions, optimizerNames }: OrderContext): number {
  const { kind, left, right, remainder, span, undecided } = statement;
  const steps = kindFacts(kind).extraPowers;
  const isTyped = comparesSides({ kind });
  if (remainder !== null) return orderOfRemainder(remainder - 1 - (kind === 'map' ? 1 : 0), order, span);
  if (order !== null) return order;
  const degrees = [degreeInStep(right, definitions), isTyped ? degreeInStep(left, definitions) : 0];
  if (degrees.every(degree => degree !== null)) {
    if (kind === 'expansion' && degrees.every(degree => degree === 0) && isOfRows(statement, optimizerNames))
      return ORDER_OF_ROWS;
    return Math.max(0, Math.max(...degrees.map(degree => degree ?? 0)) - steps);
  }
  if (isTyped || undecided) return 0;
  return refuse(
    'order-missing',
    'the right side has no highest power of h',
    span,
    'Say up to which power it holds with order=.',
  );
}

/** Where no power of h stands in an equality of what the rows make, it is compared so far. */
const ORDER_OF_ROWS = 2;

/** Whether both sides are made of states and of points with labels, as m_t = (1-β) Σ_k β^{t-k} ∇f_k(x_{k-1}): no series in h is typed. */
function isOfRows({ left, right, relation }: Read, optimizerNames: ReadonlySet<string>): boolean {
  const all = [left, right].flatMap(side => [...nodes(side)]);
  const isUnlabelled = all.some(node => node.kind === 'iterate' && node.label === null);
  const isRead = all.some(
    node => node.kind === 'iterate' || (node.kind === 'quantity' && optimizerNames.has(node.name)),
  );
  return relation === '=' && isRead && !isUnlabelled;
}

/** What O(h^r) leaves to be judged, which the key may say again. */
function orderOfRemainder(own: number, key: number | null, span: Span): number {
  if (own < 0) refuse('says-nothing', 'the remainder hides every power of h, so that nothing is stated', span);
  if (key !== null && key !== own)
    refuse(
      'order-and-remainder',
      `order=${key} and the remainder, which leaves what is of order ${own}, say different things`,
      span,
      'Leave one of them out.',
    );
  return own;
}
