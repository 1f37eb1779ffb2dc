/**
 * Inequalities and equivalences at a sample. Where the condition of an equivalence holds the relation must hold too, and
 * where it does not the relation must fail; a sample at which that cannot be told surely is no evidence.
 */
import { type Ball, mayBeZero } from '../../evaluate/ring/ball.ts';
import type { Comparison, Outcome, Question } from '../question.ts';
import type { Sample } from '../sample/sample.ts';
import { isInOrder, type Order, sureOrder, type ValuePair } from '../stated/sure-order.ts';

const GUARD_DIGITS = 12;
const TOO_CLOSE = 'the two sides are too close to each other to tell their order';

/** Whether the question is one for this file and not for an equality to so many digits. */
export const isAboutOrder = ({ relation, relationAt }: Question): boolean =>
  relation !== '=' || relationAt !== undefined;

/** Compares the sides in order at a sample. */
export function compareInOrder(question: Question, sample: Sample, digits: number): Comparison {
  const values = pairsAt(question, sample, digits + GUARD_DIGITS);
  if ('kind' in values) return values;
  let exact: readonly Order[] | null | undefined;
  const exactly = (component: number): Order | null => {
    if (exact === undefined) exact = question.order?.(sample) ?? null;
    return exact?.[component] ?? null;
  };
  let nonzero = false;
  let isOpen = false;
  for (const [component, pair] of values.entries()) {
    if (question.speaksOf?.(sample, component + 1) === false) continue;
    const relation = question.relationAt ? question.relationAt(sample, component + 1) : question.relation;
    if (relation === null) continue;
    const at = (more: number): ValuePair | null =>
      more === digits + GUARD_DIGITS ? pair : pairAt(question, sample, more, component);
    const order = sureOrder(at, digits + GUARD_DIGITS, () => exactly(component));
    if (order === null) {
      isOpen = true;
      continue;
    }
    if (!isInOrder(relation, order))
      return { kind: 'differ', row: 0, component, ...pair, derived: order === 0 ? pair.claimed : pair.derived };
    if (order !== 0 || !mayBeZero(pair.claimed) || !mayBeZero(pair.derived)) nonzero = true;
  }
  if (isOpen) return { kind: 'unusable', reason: TOO_CLOSE };
  return { kind: nonzero ? 'agree' : 'degenerate' };
}

type Unusable = Extract<Outcome, { readonly kind: 'unusable' }>;

function pairsAt(question: Question, sample: Sample, digits: number): readonly ValuePair[] | Unusable {
  const derived = question.derived(sample, digits);
  if (derived.kind === 'unusable') return derived;
  const claimed = question.claimed(sample, digits);
  if (claimed.kind === 'unusable') return claimed;
  const [one, other]: readonly (readonly Ball[] | undefined)[] = [claimed.rows[0], derived.rows[0]];
  if (!one || one.length !== other?.length) throw new Error('the two sides have rows of different lengths');
  return one.flatMap((value, at) => {
    const opposite = other[at];
    return opposite ? [{ claimed: value, derived: opposite }] : [];
  });
}

function pairAt(question: Question, sample: Sample, digits: number, component: number): ValuePair | null {
  const values = pairsAt(question, sample, digits);
  return 'kind' in values ? null : (values[component] ?? null);
}
