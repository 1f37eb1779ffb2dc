/**
 * The proof of a statement, checked again: the sides that were read and derived beside formula trees at samples, then every
 * step at points of its own. It decides nothing in favour of a claim; one broken step is enough against the proof.
 */
import { Budget, BudgetSpent } from '../../base/budget.ts';
import { attempt } from '../../base/problem.ts';
import { assumptionsOf } from '../../expression/arithmetic/assumptions.ts';
import { BATCHES_INDEX, COMPONENT_INDEX, ITERATION_INDEX } from '../../expression/core/indices.ts';
import { Rational } from '../../number/rational.ts';
import { type Ball, mayBeZero, PrecisionLoss } from '../../evaluate/ring/ball.ts';
import { BallRing } from '../../evaluate/ring/ball-ring.ts';
import { FloatRing } from '../../evaluate/ring/float-ring.ts';
import { type BrokenStep, checkProof } from '../../recheck/check-proof.ts';
import { Interpreter } from '../../recheck/interpreter.ts';
import { worldOfEnvironment } from '../../recheck/world-of-environment.ts';
import { samplesOf } from '../sample/arbitrary-sample.ts';
import type { Followed } from '../follow-equation.ts';
import type { ProofRecord, ReadSide } from '../symbolic/proof-record.ts';
import type { Outcome, Question } from '../question.ts';
import { environmentOf } from '../sample/sample-environment.ts';
import type { Sample } from '../sample/sample.ts';

/** What checking again has seen. */
export interface Rechecked {
  /** What was checked. */
  readonly record: ProofRecord;
  readonly steps: number;
  readonly compared: number;
  /** Values of sides as read and as derived, compared with formula trees. */
  readonly read: number;
  /** Starting points from which the derived equation was followed beside the optimizer. */
  readonly followed: number;
  /** Steps of which no point could be compared. */
  readonly unseen: readonly string[];
  /** Points at which a step loses a value, by rule. */
  readonly lost: Readonly<Record<string, number>>;
  readonly broken: BrokenStep | null;
}

export interface RecheckTask {
  readonly record: ProofRecord;
  /** Both sides at one sample, without limits and regimes; null where there is none. */
  readonly question: Question | null;
  /** Follows the derived equation beside the optimizer; null where there is none. */
  readonly follow: (() => Followed) | null;
  readonly seed: number;
}

/** Values computed with this many digits; what is compared agrees in far fewer. */
const DIGITS = 50;
const AGREE = Rational.of(1, 10n ** 25n);
const SAMPLES = 12;
/** The most places of history sums in one value. */
const MOST = 40_000;
/** Values of all proofs of one statement. */
const MOST_VALUES = 40_000;

/** Checks all that the record holds; throws BudgetSpent. */
export function recheckStatement({ record, question, follow, seed }: RecheckTask): Rechecked {
  const total = {
    record,
    steps: 0,
    compared: 0,
    read: 0,
    followed: 0,
    unseen: [] as string[],
    lost: {} as Record<string, number>,
  };
  const budget = new Budget(MOST_VALUES);
  const readings = new Readings(record, question, seed);
  for (const side of record.sides) {
    const { compared, broken } = readings.check(side);
    total.read += compared;
    if (broken !== null) return { ...total, broken };
  }
  const followed = follow?.() ?? null;
  if (followed?.kind === 'agrees') total.followed = followed.runs;
  if (followed?.kind === 'differs') {
    const reason = `the derived equation does not follow the optimizer: ${followed.reason}`;
    return { ...total, broken: { rule: 'the derivation', where: 'the left side', at: '', reason } };
  }
  const space = {
    domains: assumptionsOf(record.declarations).domains,
    odd: new Set(record.declarations.flatMap(each => (each.kind === 'function' && each.odd ? [each.name] : []))),
  };
  for (const proof of record.proofs) {
    const check = checkProof(proof, { space, seed, budget });
    total.steps += check.steps;
    total.compared += check.compared;
    total.unseen.push(...check.unseen.map(step => `${proof.what}: ${step}`));
    for (const [rule, count] of check.lost) total.lost[rule] = (total.lost[rule] ?? 0) + count;
    if (check.broken !== null)
      return { ...total, broken: { ...check.broken, where: `${proof.what}, ${check.broken.where}` } };
  }
  return { ...total, broken: null };
}

/** The sides in normal form beside the values of formula trees at the samples of the question. */
class Readings {
  readonly #record: ProofRecord;
  readonly #question: Question | null;
  readonly #samples: readonly Sample[];
  readonly #ring = new BallRing(DIGITS);
  readonly #interpreters = new Map<Sample, Interpreter<Ball>>();

  constructor(record: ProofRecord, question: Question | null, seed: number) {
    this.#record = record;
    this.#question = question;
    this.#samples = question === null ? [] : samplesOf(question.space, seed, SAMPLES);
  }

  check(side: ReadSide): { readonly compared: number; readonly broken: BrokenStep | null } {
    let compared = 0;
    for (const sample of this.#samples) {
      const row = this.#row(side, sample);
      for (const [at, expected] of (row ?? []).entries()) {
        const value = this.#value(side, sample, at + 1);
        if (value === null) continue;
        compared += 1;
        if (this.#agree(value, expected)) continue;
        const rule = side.side === 'claimed' ? 'reading the formula' : 'the left side';
        const place = `n = ${sample.n}, j = ${at + 1}, p = ${sample.theta.length}`;
        const reason = 'its normal form has another value than the formula';
        return { compared, broken: { rule, where: side.what, at: place, reason } };
      }
    }
    return { compared, broken: null };
  }

  #row({ side, row }: ReadSide, sample: Sample): readonly Ball[] | null {
    if (row === null || this.#question === null) return null;
    const outcome: Outcome = this.#question[side](sample, DIGITS);
    if (outcome.kind === 'unusable') return null;
    return outcome.rows[row] ?? [];
  }

  #value({ expression }: ReadSide, sample: Sample, component: number): Ball | null {
    const indices = new Map([
      [ITERATION_INDEX, sample.n],
      [COMPONENT_INDEX, component],
      [BATCHES_INDEX, environmentOf(sample, this.#ring).batches ?? sample.losses.length],
      ...this.#record.letters(sample.letters),
    ]);
    try {
      const value = attempt(() => this.#interpreter(sample).value(expression, indices, new Budget(MOST)));
      return value.ok ? value.value : null;
    } catch (error) {
      if (error instanceof BudgetSpent || error instanceof PrecisionLoss) return null;
      throw error;
    }
  }

  #interpreter(sample: Sample): Interpreter<Ball> {
    const vectors = new Set(this.#record.declarations.flatMap(each => (each.kind === 'vector' ? [each.name] : [])));
    const known =
      this.#interpreters.get(sample) ?? new Interpreter(worldOfEnvironment(environmentOf(sample, this.#ring), vectors));
    this.#interpreters.set(sample, known);
    return known;
  }

  /** Where the enclosures meet, or to far fewer digits than were computed. */
  #agree(value: Ball, expected: Ball): boolean {
    const difference = this.#ring.subtract(value, expected);
    if (mayBeZero(difference)) return true;
    const floats = new FloatRing(DIGITS);
    const bound = floats.multiply(
      floats.fromRational(AGREE),
      floats.add(floats.one, floats.add(floats.abs(value), floats.abs(expected))),
    );
    return floats.compare(floats.abs(difference), bound) <= 0;
  }
}
