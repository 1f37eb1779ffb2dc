/** Whether an edited claim seems to hold: a few samples, the small ones first. For choosing among edits, never for a verdict. */
import type { Claim, Statement } from '../../document/model.ts';
import { type Ball, mayBeZero } from '../../evaluate/ring/ball.ts';
import { Rational } from '../../number/rational.ts';
import type { Question } from '../question.ts';
import { seemEqual } from '../numeric/compare-sides.ts';
import { samplesOf } from '../sample/arbitrary-sample.ts';
import type { Sample } from '../sample/sample.ts';

/** Samples that an edited claim has to agree with before it is judged in full. */
const SCREENING = 12;
const SCREENING_DIGITS = 20;
/** A sequence costs many times as much as a sample, and tells more. */
const SCREENED_SEQUENCES = 3;

export interface Screen {
  readonly seed: number;
  /** Scalars such as ε, which a regime makes large or small. */
  readonly positive: readonly string[];
  /** The question of a statement of an edited claim; null where it cannot be asked. */
  readonly questionOf: (claim: Claim, statement: Statement) => Question | null;
}

const samplesFor = ({ space }: Question, seed: number): Sample[] =>
  [...samplesOf(space, seed, SCREENING)].sort((a, b) => a.n * a.theta.length - b.n * b.theta.length);

export function statementAgrees(claim: Claim, statement: Statement, { seed, questionOf }: Screen): boolean {
  const question = questionOf(claim, statement);
  if (!question) return false;
  let usable = 0;
  for (const sample of samplesFor(question, seed)) {
    const kind = seemEqual(question, sample, SCREENING_DIGITS);
    if (kind === 'differ') return false;
    if (kind === 'agree') usable += 1;
    if (question.along && usable >= SCREENED_SEQUENCES) break;
  }
  return usable > 0;
}

/** Both sides as plain numbers at one sample, row by row (powers of h); null where a side has no value there. */
export interface Numbers {
  readonly claimed: readonly (readonly number[])[];
  readonly derived: readonly (readonly number[])[];
}

const FLOAT_DIGITS = 20;

function plain(ball: Ball): number {
  if (mayBeZero(ball)) return 0;
  const cut = Math.max(0, ball.length - 64);
  return Number(ball.mantissa >> BigInt(cut)) * 2 ** (ball.exponent + cut);
}

export function numbersAt(question: Question, sample: Sample): Numbers | null {
  const derived = question.derived(sample, FLOAT_DIGITS);
  const claimed = question.claimed(sample, FLOAT_DIGITS);
  if (derived.kind !== 'values' || claimed.kind !== 'values' || claimed.rows.length < derived.rows.length) return null;
  return { claimed: claimed.rows.map(row => row.map(plain)), derived: derived.rows.map(row => row.map(plain)) };
}

/** So late that what fades like 0.7^n is gone in a double number. */
const LATE = 64;
/** Where a gradient is large beside ε, ε is so small, and the other way round. */
const SMALL = Rational.of(1, 10 ** 12);

/** The same object for the same sample, so that values are remembered by it. */
const farOutSamples = new WeakMap<Sample, Map<string, Sample>>();

function farOutOnce(claim: Claim, sample: Sample, positive: readonly string[]): Sample {
  const known = farOutSamples.get(sample) ?? new Map<string, Sample>();
  farOutSamples.set(sample, known);
  const key = [claim.limit, claim.regime, ...positive].join();
  const made = known.get(key) ?? farOut(claim, sample, positive);
  known.set(key, made);
  return made;
}

/** A sample at which the sides of a limit, or of a regime, are nearly what they are in the limit. */
function farOut(claim: Claim, sample: Sample, positive: readonly string[]): Sample {
  const late = claim.limit === null ? sample : { ...sample, n: LATE };
  if (claim.regime === null) return late;
  const factor = claim.regime.startsWith('large') ? SMALL : SMALL.inverse();
  const scalars = [...sample.scalars].map(([name, value]): [string, Rational] => [
    name,
    positive.includes(name) ? value.multiply(factor) : value,
  ]);
  return { ...late, scalars: new Map(scalars) };
}

/** Where β = ρ a coefficient may vanish, and what a regime leaves out is all there is. */
const hasEqualScalars = ({ scalars }: Sample): boolean =>
  new Set([...scalars.values()].map(String)).size < scalars.size;

/** How near two values are that are equal: in a regime what is left out is of the order of a root of ε. */
export const closeness = ({ regime }: Claim): number => (regime === null ? 1e-8 : 1e-4);

/** Samples at which both sides of the statement have a value, at most `count`; for limits and regimes far out. */
export function numberedSamples(
  claim: Claim,
  statement: Statement,
  { seed, questionOf, positive }: Screen,
  count: number,
): { readonly sample: Sample; readonly numbers: Numbers }[] {
  const question = questionOf(claim, statement);
  if (!question) return [];
  const found: { sample: Sample; numbers: Numbers }[] = [];
  for (const drawn of samplesFor(question, seed)) {
    if (drawn.n < 1 || (claim.regime !== null && hasEqualScalars(drawn))) continue;
    const sample = question.along ? farOutOnce(claim, drawn, positive) : drawn;
    const numbers = numbersAt(question, sample);
    if (numbers) found.push({ sample, numbers });
    if (found.length === count) break;
  }
  return found;
}

export const isNear = (a: number, b: number, close: number): boolean =>
  Math.abs(a - b) <= close * Math.max(Math.abs(a), Math.abs(b));

/**
 * Whether the sides of a limit or a regime are near each other far out: much less work than a sequence. A limit that is
 * reached slowly is not.
 */
export function isNearFarOut(claim: Claim, statement: Statement, screen: Screen): boolean {
  const close = closeness(claim);
  const question = screen.questionOf(claim, statement);
  if (!question?.along) return question !== null;
  const points = numberedSamples(claim, statement, screen, 2);
  return points.every(({ numbers: { claimed, derived } }) =>
    derived.every((row, power) => row.every((value, at) => isNear(value, claimed[power]?.[at] ?? Number.NaN, close))),
  );
}
