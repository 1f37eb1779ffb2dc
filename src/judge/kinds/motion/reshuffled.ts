/**
 * One epoch of m batches in random order: the mean of the iterate over all m! orders beside the claimed flow over the time
 * mh, both as series in h. The optimizer itself is run; no derivation takes part. An unindexed E is (1/m)Σ_{k<m} E_k.
 */
import { beforeFirstOf } from '../../../notation/before-first.ts';
import { refuse, type Result } from '../../../base/problem.ts';
import { BATCHES, COMPONENT, type Formula, ITERATION } from '../../../formula/formula.ts';
import { Rational } from '../../../number/rational.ts';
import type { Ball } from '../../../evaluate/ring/ball.ts';
import { enclose } from '../../../evaluate/ring/enclose.ts';
import type { Environment } from '../../../evaluate/environment.ts';
import { Evaluator } from '../../../evaluate/evaluator.ts';
import { flowStep } from '../../../evaluate/series/flow.ts';
import type { Loss } from '../../../evaluate/loss/loss.ts';
import { PolynomialLoss } from '../../../evaluate/loss/polynomial-loss.ts';
import { Program } from '../../../evaluate/program/program.ts';
import { runOptimizer } from '../../../evaluate/series/run-optimizer.ts';
import { LaurentRing, withEnoughTerms } from '../../../evaluate/ring/laurent-ring.ts';
import type { RingSeries, SeriesRing } from '../../../evaluate/ring/series-ring.ts';
import type { Optimizer } from '../../../optimizer/model.ts';
import type { FlowSides } from './sample.ts';
import type { Outcome, Question } from '../../question.ts';
import { withValues } from '../../keys/at/numeric.ts';
import { environmentOf } from '../../sample/sample-environment.ts';
import type { Sample } from '../../sample/sample.ts';
import { truncateStep } from '../../numeric/truncate-step.ts';
import { WholeValue } from '../../numeric/whole-value.ts';

/** Up to so many batches all orders are run, whatever the batches are. */
export const MOST_BATCHES = 4;
/** With more batches, so many different orders: where most batches are the same one there are few. */
const MOST_ORDERS = 24;

/** m at a sample: its first m losses are the epoch's. */
export function batchesOf(sample: Sample): number {
  const all = sample.n + 1;
  return all <= MOST_BATCHES || countOrders(sample.losses.slice(0, all)) <= MOST_ORDERS ? all : MOST_BATCHES;
}

/** How many orders of these batches differ; equal ones are the same object. */
function countOrders(losses: readonly PolynomialLoss[]): number {
  const used = new Map<PolynomialLoss, number>();
  // C(i, 1) · C(i, 2) …: the multinomial coefficient, one batch after the other.
  return losses.reduce((count, loss, at) => {
    const times = (used.get(loss) ?? 0) + 1;
    used.set(loss, times);
    return (count * (at + 1)) / times;
  }, 1);
}

type Point<T> = readonly RingSeries<T>[];

/** Every order of the batches that differs from the others in what is run; each stands for equally many of the m! orders. */
function orders(losses: readonly PolynomialLoss[]): number[][] {
  const [first] = losses;
  if (first === undefined) return [[]];
  const kinds = new Map(losses.map((loss, at) => [loss, at]));
  return [...kinds.values()].flatMap(at => {
    const places = losses.map((_, place) => place).filter(place => place !== at);
    return orders(places.map(place => losses[place] ?? first)).map(order => [
      at,
      ...order.map(place => places[place] ?? 0),
    ]);
  });
}

const means = new WeakMap<Sample, PolynomialLoss>();

function meanLoss(sample: Sample): PolynomialLoss {
  const known = means.get(sample);
  if (known) return known;
  const m = batchesOf(sample);
  const share = Rational.of(1, m);
  const made = new PolynomialLoss(
    sample.losses
      .slice(0, m)
      .flatMap(({ monomials }) =>
        monomials.map(({ coefficient, powers }) => ({ coefficient: coefficient.multiply(share), powers })),
      ),
  );
  means.set(sample, made);
  return made;
}

/** Batch k is number `order[k]` of the epoch's losses. */
function epoch<T>(environment: Environment<T>, sample: Sample, order: readonly number[]): Environment<T> {
  const loss = (batch: number | null): Loss => {
    if (batch === null) return meanLoss(sample);
    if (batch < 0 && sample.beforeFirst === 'zero') return environment.loss(batch);
    const found = sample.losses[order[batch] ?? -1];
    return found ?? refuse('index-out-of-range', `batch ${batch} of an epoch of ${order.length}`);
  };
  return { ...environment, loss };
}

/** The question for a flow; `optimizer` is what is run. */
export function reshuffledQuestion(
  { claim, statement, declarations, budget }: Omit<FlowSides, 'derived' | 'space'>,
  optimizer: Optimizer,
): Question {
  const program = new Program({ definitions: claim.definitions, declarations });
  const wholeValue = new WholeValue();
  const right = truncateStep(statement.right, claim.order + 1, { definitions: claim.definitions, declarations });
  const powers = claim.order + 2;
  type End = <T>(sample: Sample, ring: SeriesRing<T>) => Point<T>;
  const rowsAt = (sample: Sample, digits: number, end: End): Result<Ball[][]> =>
    withEnoughTerms(powers, terms =>
      enclose(digits, base => {
        const ring = new LaurentRing(base, terms);
        const point = end(sample, ring);
        return Array.from({ length: powers }, (_, power) =>
          point.map((series, at) => {
            const value = ring.coefficient(series, power);
            const start = sample.theta[at];
            return base.ball(power === 0 && start ? base.subtract(value, base.fromRational(start)) : value);
          }),
        );
      }),
    );
  const outcome = (sample: Sample, digits: number, side: string, end: End): Outcome => {
    const rows = rowsAt(sample, digits, end);
    return rows.ok
      ? { kind: 'values', rows: rows.value }
      : { kind: 'unusable', reason: `${side} side: ${rows.problems[0]?.message ?? 'no value'}` };
  };
  const environmentAt = <T>(sample: Sample, ring: SeriesRing<T>): Environment<RingSeries<T>> =>
    environmentOf(sample, ring, { step: ring.monomial(ring.base.one, 1) });
  const claimedEnd = <T>(sample: Sample, ring: SeriesRing<T>, field: Formula): Point<T> => {
    const m = batchesOf(sample);
    const environment = epoch(environmentAt(sample, ring), sample, [...Array(m).keys()]);
    const time = ring.fromRational(Rational.of(m));
    const letters = (at: number): Map<string, number> =>
      new Map([
        [ITERATION, 0],
        [BATCHES, m],
        [COMPONENT, at + 1],
      ]);
    const fieldAt = (point: Point<T>): Point<T> => {
      const evaluator = new Evaluator(program, { ...environment, point }, budget);
      return point.map((_, at) => ring.multiply(time, evaluator.value(field, letters(at))));
    };
    return flowStep(ring, fieldAt, environment.point);
  };
  const meanEnd = <T>(sample: Sample, ring: SeriesRing<T>): Point<T> => {
    const fixed = withValues(sample, claim.at);
    if (!fixed.ok) return refuse('bad-value', fixed.problems[0]?.message ?? 'a value of at= is not a number');
    const environment = environmentAt(fixed.value, ring);
    const all = orders(sample.losses.slice(0, batchesOf(sample)));
    const sum = all
      .map(order => runOptimizer(optimizer, epoch(environment, sample, order), order.length, budget).at(-1) ?? [])
      .reduce((total, end) => total.map((value, at) => ring.add(value, end[at] ?? ring.zero)));
    const share = ring.fromRational(Rational.of(1, all.length));
    return sum.map(value => ring.multiply(value, share));
  };
  return {
    space: { setting: 'mini-batch', declarations, letters: new Map(), ...beforeFirstOf(optimizer) },
    relation: '=',
    componentwise: true,
    epoch: batchesOf,
    costly: true,
    claimed: (sample, digits) => {
      const values = outcome(sample, digits, 'claimed', (at, ring) => claimedEnd(at, ring, right));
      return wholeValue.beside(values, () =>
        right === statement.right
          ? { ok: true, value: values }
          : rowsAt(sample, digits, (at, ring) => claimedEnd(at, ring, statement.right)),
      );
    },
    derived: (sample, digits) => outcome(sample, digits, 'derived', meanEnd),
    quantity: row =>
      `coefficient of ${claim.notation.step}^${row} in the mean of ${claim.notation.parameters}_${claim.notation.component} after one epoch`,
  };
}
