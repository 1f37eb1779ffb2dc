/**
 * The modified equation of one epoch of m batches in random order: the mean of θ^{(m)} over all m! orders, matched with a
 * flow over the time mh. With E[θ^{(m)}] = θ + Σ_{q≥0} h^{q+1} Ψ_q the field g = m f has the flow over the time h that is
 * the mean, so g_q follows from Ψ_q as for one step, and f_q = g_q / m.
 * Source: Smith, Dherin, Barrett, De, On the Origin of Implicit Regularization in Stochastic Gradient Descent, 2021.
 */
import type { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import type { Constraint } from '../../expression/core/domain.ts';
import { batchCountTo, perBatch } from '../../expression/read/epoch.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  multiply,
  openTerm,
  sumOverAll,
  sumTerms,
} from '../../expression/core/expression.ts';
import { type FactorPower, factorKey, integerExponent } from '../../expression/core/factor.ts';
import type { Term } from '../../expression/core/term.ts';
import { indexName, ITERATION_INDEX, ZERO } from '../../expression/core/indices.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { collectScalars } from '../../rewrite/rules/collect-scalars.ts';
import { underContext } from '../../rewrite/context.ts';
import { cancelInN } from '../../rewrite/rules/rational-in-n.ts';
import { unfold } from '../../rewrite/unfold.ts';
import { epochMap } from './epoch-map.ts';
import { matchFlow } from '../match-flow.ts';
import { meanOverOrders } from './mean-over-orders.ts';
import { History } from '../unroll/history.ts';

export interface EpochOptions {
  readonly order: number;
  readonly assumptions: Assumptions;
  readonly budget: Budget;
}

/**
 * Coefficient q of h^{q+1} in the mean of θ_j^{(m)} − θ_j^{(0)}, at the current θ, with m = n + 1 and E the mean loss (a loss without a
 * batch). Refuses an optimizer whose steps depend on several batches other than by sums and products.
 */
export function deriveEpochMap(optimizer: Optimizer, { order, assumptions, budget }: EpochOptions): Expression[] {
  const { beforeFirst, span } = optimizer;
  if (beforeFirst === 'first' || beforeFirst === 'own')
    refuse(
      'epoch-before-first',
      'an epoch has no mean over its orders where the first steps read a loss before the first',
      span,
      'With before-first=zero there is none.',
    );
  const history = History.of(optimizer, order);
  if (history.sequenceSource().rows.length > 0)
    refuse(
      'setting-not-covered',
      'the mean over orders of batches is not derived of a state that is defined by its recursion',
      span,
    );
  const update = history.update();
  return epochMap(update, order, assumptions, budget).map(value => {
    const open = unfold(value, budget);
    return gatherMeans(meanOverOrders(open, { assumptions, budget }));
  });
}

/** Coefficient q of h^q in \dot\theta_j over the epoch whose map that is. */
export const epochFlow = (map: readonly Expression[], assumptions: Assumptions, budget: Budget): Expression[] =>
  matchFlow(map, undefined, budget).map(value => {
    const gathered = gatherMeans(perBatch(unfold(value, budget)));
    return collectScalars(gathered, assumptions, budget);
  });

/** The expression with Σ_k over one derivative of E_k written as m times that of E. */
function gatherMeans(expression: Expression): Expression {
  let current = expression;
  for (let next = gatherOnce(current); next !== current; next = gatherOnce(current)) current = next;
  return cancelInN(underContext(current));
}

function gatherOnce(expression: Expression): Expression {
  const parts = expression.terms.map(term => ({ term, index: lonelyBatch(term) }));
  if (parts.every(({ index }) => index === null)) return expression;
  return add(...parts.map(({ term, index }) => (index === null ? sumTerms([term]) : withMean(term, index))));
}

/** A bound index that runs over all batches and stands in one loss factor only. */
function lonelyBatch(term: Term): number | null {
  const found = term.sorts.findIndex((sort, index) => {
    if (sort !== 'history') return false;
    const users = term.factors.filter(own => uses(own, index));
    const [only] = users;
    const isLoss = only?.factor.kind === 'loss' && integerExponent(only.exponent) === 1;
    return users.length === 1 && isLoss && runsOverAll(term, index);
  });
  return found < 0 ? null : found;
}

const uses = ({ factor, exponent }: FactorPower, index: number): boolean =>
  factorKey(factor, at => (at === index ? '!' : indexName(at))).includes('!') ||
  exponent.form.terms.some(([at]) => at === index);

/** 0 ≤ k ≤ n, and no other bound of k. */
function runsOverAll(term: Term, index: number): boolean {
  const own = term.constraints.filter(({ left, right }) => left === index || right === index);
  const isFrom = ({ left, right, bound }: Constraint): boolean => left === ZERO && right === index && bound === 0;
  const isTo = ({ left, right, bound }: Constraint): boolean =>
    left === index && right === ITERATION_INDEX && bound === 0;
  return own.some(isFrom) && own.some(isTo) && own.length === 2;
}

/** The sum over that index in closed form: m times the loss factor with the mean loss. */
function withMean(term: Term, index: number): Expression {
  const { coefficient, factors, open, sorts, constraints } = openTerm(term);
  const batch = open[index] ?? ZERO;
  const body = multiply(
    constant(coefficient),
    ...factors.map(({ factor, exponent }) =>
      factorExpression(
        factor.kind === 'loss' && factor.batch?.terms[0]?.[0] === batch ? { ...factor, batch: null } : factor,
        exponent,
      ),
    ),
  );
  const isOther = (at: number): boolean => at !== index;
  const rest = constraints.filter(({ left, right }) => left !== batch && right !== batch);
  const kept = sumOverAll(
    body,
    open.filter((_, at) => isOther(at)),
    sorts.filter((_, at) => isOther(at)),
    rest,
  );
  return multiply(batchCountTo(1), kept);
}
