/** The verdict `refuted`: the counterexample as an instance of the file format, and one line that says what differs. */
import { isAlongRuns, statesMotion } from '../../notation/kinds.ts';
import { decimalsWith } from '../../number/decimal.ts';
import type { Claim, Statement } from '../../document/model.ts';
import { type ShownLetters, shownLetters } from '../../document/shown-letters.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { compareSides } from '../numeric/compare-sides.ts';
import { counterexampleOf, EXTRAS, type Extra, type CounterexampleFinding, withoutExtras } from './counterexample.ts';
import type { Question } from '../question.ts';
import type { Refutation, SamplingOptions } from './refute.ts';
import type { Sample } from '../sample/sample.ts';
import type { Counterexample, Evidence, StatementVerdict } from '../verdict.ts';
import { withinBudget } from '../within-budget.ts';

export interface Refuted {
  readonly claim: Pick<Claim, 'notation' | 'loss'>;
  readonly statement: Statement;
  readonly optimizer: Optimizer | null;
  readonly sampling: SamplingOptions;
  readonly question: Question;
  readonly refutation: Extract<Refutation, { readonly kind: 'differ' }>;
  readonly evidence: Evidence | null;
}

/** The verdict with the shrunk instance and both values. */
export function refutedVerdict(found: Refuted): StatementVerdict {
  const { statement, sampling, optimizer, question, evidence } = found;
  const { sample, difference } = found.refutation;
  // What differs without an extra too does not read it.
  const differsWithout = (extra: Extra): boolean =>
    withinBudget(
      () => compareSides(question, withoutExtras(sample, [extra]), sampling.digits).kind === 'differ',
      () => false,
    );
  const needless = EXTRAS.filter(differsWithout);
  const finding: CounterexampleFinding = {
    question,
    loss: found.claim.loss,
    sample,
    difference,
    digits: sampling.digits,
    hyperparameters: optimizer?.declarations ?? [],
    needless,
  };
  const { row, component } = difference;
  const points = question.along?.points(sample, row, component, sampling.digits);
  const sequence = points?.map(point =>
    counterexampleOf({
      ...finding,
      sample: point.sample,
      difference: { ...difference, ...point },
      along: point.text,
    }),
  );
  const last = sequence?.at(-1);
  const counterexample = sequence && last ? { ...last, sequence } : counterexampleOf(finding);
  return {
    id: statement.id,
    verdict: 'refuted',
    message:
      refutedMessage(statement, counterexample, shownLetters(found.claim.notation, optimizer?.counting)) +
      conditionText(question, sample, component),
    assumptions: [],
    excluded: [],
    steps: [],
    evidence,
    counterexample,
    refutedAt: () => ({ sample: points?.at(-1)?.sample ?? sample, row, component }),
  };
}

/** Whether a statement has a claimed and a derived side; others have a left and a right one. */
export const hasDerivedSide = (statement: Pick<Statement, 'kind'>): boolean =>
  statesMotion(statement) || isAlongRuns(statement);

/** For an equivalence which of its two halves fails: the values alone do not say. */
function conditionText(question: Question, sample: Sample, component: number): string {
  if (!question.relationAt) return '';
  const holds = question.relationAt(sample, component + 1) === question.relation;
  return `: the condition ${holds ? 'holds there, the statement does not' : 'does not hold there, the statement does'}`;
}

function refutedMessage(statement: Statement, counterexample: Counterexample, letters: ShownLetters): string {
  const { claimed, derived, quantity, component, n, earlierLosses, along } = counterexample;
  const at = `${letters.iteration} = ${n + letters.first}`;
  const member = along === undefined ? at : `${at}, ${along}`;
  const where = component === null ? member : `${member}, component ${component}`;
  const apart = apartBy(counterexample);
  if (!hasDerivedSide(statement))
    return `at ${where} the left side is ${short(derived)}, the right side ${short(claimed)}${apart}`;
  const ratio = Number(claimed) / Number(derived);
  const factor = Number.isFinite(ratio) && ratio !== 0 ? ` (ratio ${Number(ratio.toPrecision(6))})` : '';
  const early = earlierLosses ? '; it reads the loss of a batch before the first' : '';
  return `at ${where} the ${quantity} is claimed ${short(claimed)}, derived ${short(derived)}${factor}${apart}${early}`;
}

/** Where two values look alike in few digits, the size of their difference. */
function apartBy({ claimed, derived }: Counterexample): string {
  if (short(claimed) !== short(derived)) return '';
  const places = Math.max(claimed.length, derived.length);
  const decimals = decimalsWith(places + 1);
  const difference = new decimals(derived).minus(claimed);
  return difference.isZero() ? '' : `, which differ by ${difference.abs().toExponential(1)}`;
}

const short = (decimal: string): string =>
  decimal.length <= 14 ? decimal : String(Number(Number(decimal).toPrecision(8)));
