/** The verdict `refuted`: the counterexample as an instance of the file format, and one line that says what differs. */
import type { Statement } from '../document/model.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { compareSides } from './compare-sides.ts';
import { counterexampleOf, withoutLater } from './counterexample.ts';
import type { Question } from './question.ts';
import type { Refutation, SamplingOptions } from './refute.ts';
import type { Counterexample, Evidence, StatementVerdict } from './verdict.ts';
import { withinBudget } from './within-budget.ts';

export interface Refuted {
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
  // What differs without the later losses and schedule values too does not read them.
  const differs = (losses: boolean, schedules: boolean): boolean =>
    withinBudget(
      () => compareSides(question, withoutLater(sample, { losses, schedules }), sampling.digits).kind === 'differ',
      () => false,
    );
  const ahead = { losses: !differs(true, false), schedules: !differs(false, true) };
  const counterexample = counterexampleOf({
    question,
    sample,
    difference,
    digits: sampling.digits,
    hyperparameters: optimizer?.declarations ?? [],
    ahead,
  });
  return {
    id: statement.id,
    verdict: 'refuted',
    message: refutedMessage(statement, counterexample),
    assumptions: [],
    excluded: [],
    steps: [],
    evidence,
    counterexample,
  };
}

function refutedMessage({ kind }: Statement, { claimed, derived, quantity, component, n }: Counterexample): string {
  const where = component === null ? `n = ${n}` : `n = ${n}, component ${component}`;
  if (kind !== 'flow' && kind !== 'map')
    return `at ${where} the left side is ${short(derived)}, the right side ${short(claimed)}`;
  const ratio = Number(claimed) / Number(derived);
  const factor = Number.isFinite(ratio) && ratio !== 0 ? ` (ratio ${Number(ratio.toPrecision(6))})` : '';
  return `at ${where} the ${quantity} is claimed ${short(claimed)}, derived ${short(derived)}${factor}`;
}

const short = (decimal: string): string =>
  decimal.length <= 14 ? decimal : String(Number(Number(decimal).toPrecision(8)));
