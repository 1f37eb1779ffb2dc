/** From the judge's verdicts to the JSON document of `modeq check`. Changes the shape, never the content. */
import type { Problem } from '../../base/problem.ts';
import { positionAt } from '../../base/span.ts';
import type { Claim, ModeqDocument } from '../../document/model.ts';
import { notesOf } from '../../judge/notes.ts';
import { readingNote } from '../../judge/slips/other-reading.ts';
import { hasDerivedSide } from '../../judge/refute/refuted-verdict.ts';
import type { Rechecked } from '../../judge/check/recheck-statement.ts';
import type { ClaimVerdict, Counterexample, GuardReport } from '../../judge/verdict.ts';
import { rateReport, rateText } from '../theorem/rate-text.ts';
import type { ClaimReport, CounterexampleReport, Coverage, RecheckedReport } from './check-report.ts';

/** The instance, or all members of a sequence. */
function counterexampleReport({
  sequence,
  ...example
}: Counterexample): CounterexampleReport | readonly CounterexampleReport[] {
  return sequence?.map(member => ({ ...member })) ?? example;
}

const recheckedReport = ({ steps, compared, read, followed, lost, unseen }: Rechecked): RecheckedReport => ({
  steps,
  compared,
  read,
  followed,
  lost,
  unseen,
});

/** One entry of `claims`. */
export function claimReport(verdict: ClaimVerdict): ClaimReport {
  const { claim, evidence, counterexample, suggestions } = verdict;
  const readable = 'statements' in claim;
  const rates = verdict.statements.flatMap(({ rate = null }) => (rate === null ? [] : [rate]));
  const [rate] = rates;
  return {
    id: verdict.id,
    file: claim.span.source.name,
    ...positionAt(claim.span.source.text, claim.span.start),
    about: readable ? claim.about : null,
    setting: readable ? claim.setting : null,
    order: verdict.order,
    expect: verdict.expect,
    verdict: verdict.verdict,
    statements: verdict.statements.map(({ id, verdict: each, message, rechecked }) => ({
      id,
      verdict: each,
      message,
      ...(rechecked === undefined ? {} : { rechecked: recheckedReport(rechecked) }),
    })),
    assumptions: verdict.assumptions,
    excluded: verdict.excluded,
    milliseconds: Math.round(verdict.milliseconds * 10) / 10,
    evidence: evidence === null ? null : { instances: evidence.instances, digits: evidence.digits },
    guard: guardReport(verdict),
    counterexample: counterexample === null ? null : counterexampleReport(counterexample),
    suggestion: suggestions[0] ?? null,
    suggestions,
    message: readable ? verdict.message : placed(claim.problems[0], verdict.message),
    rate: rate ? rateReport(rate) : null,
    notes: [
      ...(readable ? notesOf(claim) : []),
      ...(readable && verdict.otherReading ? [readingNote(verdict.otherReading, claim)] : []),
      ...(rate?.settling ? [rateText(rate, verdict.letters)].filter(text => text !== null) : []),
    ],
    ...(verdict.letters ? { letters: verdict.letters } : {}),
    ...(counterexample === null ? {} : { sides: sidesOf(verdict) }),
  };
}

/** The sides of an identity are left and right; what is claimed stands on the right. */
function sidesOf({ claim, statements, counterexample }: ClaimVerdict): readonly [string, string] {
  const worst = statements.find(each => each.counterexample === counterexample);
  const statement = 'statements' in claim ? claim.statements.find(({ id }) => id === worst?.id) : undefined;
  return statement && !hasDerivedSide(statement) ? ['right side', 'left side'] : ['claimed', 'derived'];
}

/** The guards of the statements together; null where nothing was proved. */
function guardReport({ statements }: ClaimVerdict): GuardReport | null {
  const guards = statements.flatMap(({ guard }) => (guard ? [guard] : []));
  if (guards.length === 0) return null;
  const ends = guards.flatMap(({ least, most }) => (least === null || most === null ? [] : [least, most]));
  return {
    points: guards.reduce((sum, { points }) => sum + points, 0),
    least: ends.length === 0 ? null : Math.min(...ends),
    most: ends.length === 0 ? null : Math.max(...ends),
    skipped: guards.flatMap(({ skipped }) => skipped),
  };
}

/** `line 4, column 19: unknown command \foo`: an unreadable claim is shown with its place. */
function placed(problem: Problem | undefined, message: string | null): string | null {
  if (problem?.span === undefined) return message;
  const { line, column } = positionAt(problem.span.source.text, problem.span.start);
  return `line ${line}, column ${column}: ${problem.message}`;
}

/** The coverage where only these claims of the documents are judged: claims in the text are no displays. */
export function coverageOf(
  documents: readonly Pick<ModeqDocument, 'coverage'>[],
  claims: readonly Pick<Claim, 'span'>[],
): Coverage {
  const isDisplay = ({ span: { source, start, end } }: Pick<Claim, 'span'>): boolean =>
    end > start && source.text[start - 1] !== '$';
  return { ...totalCoverage(documents), judged: claims.filter(isDisplay).length };
}

/** The sum over documents. */
export function totalCoverage(documents: readonly Pick<ModeqDocument, 'coverage'>[]): Coverage {
  const total = { judged: 0, defined: 0, ignored: 0, unannotated: 0 };
  for (const { coverage } of documents) {
    total.judged += coverage.judged;
    total.defined += coverage.defined;
    total.ignored += coverage.ignored;
    total.unannotated += coverage.unannotated;
  }
  return total;
}
