/**
 * The likely slip of the pen in a refuted claim: single edits after which the statements agree with the derivation.
 *
 * A suggestion is a claim like any other: it is sampled, and its verdict says whether it was also proved. Nothing is
 * suggested that was not judged, and the original verdict stays.
 */
import type { Budget } from '../../base/budget.ts';
import { atMost } from '../../base/work.ts';
import { positionAt, type Span } from '../../base/span.ts';
import type { Claim, Statement, Verdict } from '../../document/model.ts';
import { children } from '../../formula/walk.ts';
import { writeDefinition, writeFormula } from '../../latex/write/write-formula.ts';
import type { Declaration } from '../../optimizer/model.ts';
import { seemEqual } from '../question/compare-sides.ts';
import type { EditKind } from './node-edit.ts';
import type { Question } from '../question.ts';
import { samplesOf } from '../sample/arbitrary-sample.ts';
import { type Twin, twins } from './twins.ts';
import type { Suggestion } from '../verdict.ts';

/** Samples that an edited claim has to agree with before it is judged in full. */
const SCREENING = 12;
const SCREENING_DIGITS = 20;
/** A sequence costs many times as much as a sample, and tells more. */
const SCREENED_SEQUENCES = 3;
const MOST_SUGGESTIONS = 3;
const MOST_JUDGED = 6;
/** A claim with more possible slips than this is not searched through to the end. */
const MOST_EDITS = 4_000;

/** The likelier slips first; what puts something in comes last. */
const LIKELINESS: Readonly<Record<EditKind, number>> = {
  exponent: 0,
  sign: 0,
  half: 1,
  double: 1,
  bound: 1,
  shift: 1,
  component: 1,
  history: 1,
  parameter: 1,
  name: 1,
  epsilon: 1,
  'drop-factor': 2,
  'drop-term': 2,
  relation: 3,
  'insert-factor': 3,
};

export interface SuggestionTask {
  /** The refuted claim, with the definitions it was given. */
  readonly claim: Claim;
  readonly givenNames: ReadonlySet<string>;
  readonly declarations: readonly Declaration[];
  readonly seed: number;
  readonly budget: Budget;
  /** The question of a statement of an edited claim; null where it cannot be asked. */
  readonly questionOf: (claim: Claim, statement: Statement) => Question | null;
  /** The verdict of the whole edited claim. */
  readonly judge: (claim: Claim) => Verdict;
}

/** Whether all statements of the edited claim agree on a few samples, the small ones first. */
function agrees(claim: Claim, { seed, questionOf }: SuggestionTask): boolean {
  return claim.statements.every(statement => {
    const question = questionOf(claim, statement);
    if (!question) return false;
    const samples = samplesOf(question.space, seed, SCREENING).toSorted(
      (a, b) => a.n * a.theta.length - b.n * b.theta.length,
    );
    let usable = 0;
    for (const sample of samples) {
      const kind = seemEqual(question, sample, SCREENING_DIGITS);
      if (kind === 'differ') return false;
      if (kind === 'agree') usable += 1;
      if (question.along && usable >= SCREENED_SEQUENCES) break;
    }
    return usable > 0;
  });
}

/** Edits of the claim's own text, the likelier slips first. */
function edits({ claim, givenNames, declarations, budget }: SuggestionTask): Map<number, Twin[]> {
  const tiers = new Map<number, Twin[]>([0, 1, 2, 3].map(tier => [tier, []]));
  let count = 0;
  for (const twin of twins(claim, declarations, 'suggestions')) {
    budget.spend();
    count += 1;
    if (count > MOST_EDITS) break;
    if (twin.root.kind !== 'definition' || !givenNames.has(twin.root.name))
      tiers.get(LIKELINESS[twin.kind])?.push(twin);
  }
  return tiers;
}

/** The edits after which all samples agree; once one is found, less likely kinds of slips are not looked for. */
function candidates(task: SuggestionTask): Twin[] {
  const found: Twin[] = [];
  for (const tier of edits(task).values()) {
    for (const twin of tier) {
      task.budget.spend();
      if (agrees(twin.claim, task)) found.push(twin);
    }
    if (found.length > 0) break;
  }
  return found;
}

const typed = (span: Span | null): string | null =>
  span === null ? null : span.source.text.slice(span.start, span.end).trim() || null;

/** The corrected right side or definition. */
function corrected({ claim, root }: Twin): string {
  if (root.kind === 'statement') {
    const statement = claim.statements.find(({ id }) => id === root.id);
    return statement ? writeFormula(statement.right, claim.notation, 'latex') : '';
  }
  const definition = claim.definitions.find(({ name }) => name === root.name);
  return definition ? writeDefinition(definition, claim.notation, 'latex') : '';
}

function suggestionOf(twin: Twin, verdict: Verdict): Suggestion {
  const span = twin.span ?? twin.claim.span;
  const { line, column } = positionAt(span.source.text, span.start);
  return { latex: corrected(twin), line, column, edit: editText(twin), verdict };
}

/** What to do, in terms of the text as typed where there is one. */
function editText({ kind, before, after, claim: { notation } }: Twin): string {
  const old = typed(before.span) ?? writeFormula(before, notation, 'latex');
  if (after === null) return `drop \`${old}\``;
  if (kind === 'sign') return `flip the sign of \`${old}\``;
  // A part that stays as it is keeps its typed form.
  const kept = children(before).includes(after) ? typed(after.span) : null;
  return `replace \`${old}\` by \`${kept ?? writeFormula(after, notation, 'latex')}\``;
}

/** Work for all edits together. */
const WORK = 5_000_000;

/** At most three suggestions, proved ones first, then the likelier and the shorter; none where the edits are too much work. */
export function suggestionsFor(task: SuggestionTask): Suggestion[] {
  const found = atMost(
    WORK,
    () => candidates(task),
    (): Twin[] => [],
  );
  const likelier = (a: Twin, b: Twin): number =>
    LIKELINESS[a.kind] - LIKELINESS[b.kind] || written(a).length - written(b).length;
  const written = ({ after, claim }: Twin): string => (after ? writeFormula(after, claim.notation, 'latex') : '');
  const judged = found
    .sort(likelier)
    .slice(0, MOST_JUDGED)
    .map(twin => ({ twin, verdict: task.judge(twin.claim) }));
  const good = judged.filter(({ verdict }) => verdict === 'proved' || verdict === 'supported');
  const rank = (verdict: Verdict): number => (verdict === 'proved' ? 0 : 1);
  return good
    .sort((a, b) => rank(a.verdict) - rank(b.verdict))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ twin, verdict }) => suggestionOf(twin, verdict));
}
