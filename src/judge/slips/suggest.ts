/**
 * The likely slip of the pen in a refuted claim: one edit, or two, after which the statements agree with the derivation.
 *
 * A suggestion is a claim like any other: it is sampled, and its verdict says whether it was also proved. Nothing is
 * suggested that was not judged, and the original verdict stays.
 */
import type { Budget } from '../../base/budget.ts';
import { atMost } from '../../base/work.ts';
import type { Claim, Verdict } from '../../document/model.ts';
import { writeFormula } from '../../latex/write/write-formula.ts';
import type { Declaration } from '../../optimizer/model.ts';
import type { Suggestion } from '../verdict.ts';
import { formulaKey } from '../stated/formula-key.ts';
import type { EditKind } from './node-edit.ts';
import { isNearFarOut, type Screen, statementAgrees } from './screen.ts';
import type { Repair } from './repair.ts';
import { suggestionOf } from './suggestion.ts';
import { type Twin, twins } from './twins.ts';
import { firstSlips } from './two-slips.ts';

const MOST_SUGGESTIONS = 3;
const MOST_JUDGED = 6;
/** A claim with more possible slips than this is not searched through to the end. */
const MOST_EDITS = 4_000;
/** First edits that are followed by a second one. */
const MOST_FIRST = 24;

/** The likelier slips first; what was left out comes after what was mistaken, and a term too much comes last. */
const LIKELINESS: Readonly<Record<EditKind, number>> = {
  exponent: 0,
  sign: 0,
  half: 0,
  double: 0,
  number: 0,
  bound: 0,
  shift: 0,
  component: 0,
  history: 0,
  parameter: 0,
  name: 0,
  epsilon: 0,
  batch: 0,
  complement: 0,
  step: 1,
  swap: 1,
  fraction: 1,
  relation: 1,
  'insert-factor': 1,
  'drop-factor': 2,
  'drop-term': 3,
};
const TIERS = 4;

export interface SuggestionTask extends Screen {
  /** The refuted claim, with the definitions it was given. */
  readonly claim: Claim;
  readonly givenNames: ReadonlySet<string>;
  readonly declarations: readonly Declaration[];
  readonly budget: Budget;
  /** The statements that were refuted: an edit has to mend them, so they are looked at first. */
  readonly refuted: ReadonlySet<string>;
  /** The verdict of the whole edited claim. */
  readonly judge: (claim: Claim) => Verdict;
}

const repaired = ({ first, second }: Repair): Claim => (second?.twin ?? first).claim;

/** Whether all statements of the edited claim agree on a few samples. */
function agrees(claim: Claim, task: SuggestionTask): boolean {
  const isFirst = (id: string): number => (task.refuted.has(id) ? 0 : 1);
  return [...claim.statements]
    .sort((a, b) => isFirst(a.id) - isFirst(b.id))
    .every(statement => statementAgrees(claim, statement, task));
}

/** Edits of the claim's own text. */
function edits(claim: Claim, { givenNames, declarations, budget }: SuggestionTask): Twin[] {
  const found: Twin[] = [];
  let count = 0;
  for (const twin of twins(claim, declarations, 'suggestions')) {
    budget.spend();
    count += 1;
    if (count > MOST_EDITS) break;
    if (!isSquared(twin, claim) && (twin.root.kind !== 'definition' || !givenNames.has(twin.root.name)))
      found.push(twin);
  }
  return found;
}

/** What stands before dW is held as its square, which the text does not show. */
const isSquared = ({ root }: Twin, { statements }: Claim): boolean =>
  root.kind === 'statement' && statements.some(({ id, kind }) => id === root.id && kind === 'noise');

/** Edits after which all statements agree; where far out is looked at first, that is much less work. */
function screened(all: readonly Twin[], task: SuggestionTask, farOutFirst: boolean): Twin[] {
  return all.filter(({ claim }) => {
    task.budget.spend();
    const isPossible = !farOutFirst || claim.statements.every(statement => isNearFarOut(claim, statement, task));
    return isPossible && agrees(claim, task);
  });
}

/** Single edits. What is reached slowly is not near far out, so that all are looked at where none is. */
function singles(all: readonly Twin[], task: SuggestionTask): Twin[] {
  const { claim } = task;
  const isAlong = claim.limit !== null || claim.regime !== null;
  const near = isAlong ? screened(all, task, true) : [];
  return near.length > 0 || claim.regime !== null ? near : screened(all, task, false);
}

/** Pairs of edits after which all samples agree. */
function pairs(all: readonly Twin[], task: SuggestionTask): Repair[] {
  for (const first of firstSlips(task.claim, all.toSorted(byLikeliness), task).slice(0, MOST_FIRST)) {
    const seconds = edits(first.claim, task).filter(({ kind }) => LIKELINESS[kind] < TIERS - 1);
    const found = screened(seconds, task, true);
    if (found.length > 0)
      return found
        .map((twin): Repair => ({ first, second: { twin, alone: all.find(each => isSameEdit(each, twin)) ?? null } }))
        .sort((a, b) => tierOf(a) - tierOf(b));
  }
  return [];
}

const isSameEdit = (one: Twin, other: Twin): boolean =>
  one.kind === other.kind &&
  one.description === other.description &&
  one.before === other.before &&
  formulaKey(one.after) === formulaKey(other.after);

const byLikeliness = (a: Twin, b: Twin): number => LIKELINESS[a.kind] - LIKELINESS[b.kind] || sizeOf(a) - sizeOf(b);
const sizeOf = ({ after, claim }: Twin): number => (after ? writeFormula(after, claim.notation, 'latex').length : 0);
const tierOf = ({ first, second }: Repair): number =>
  second ? TIERS + LIKELINESS[first.kind] + LIKELINESS[second.twin.kind] : LIKELINESS[first.kind];

/** Work for all edits together, and for the second search. */
const WORK = 8_000_000;

/** At most three suggestions, proved ones first, then the likelier and the shorter; none where the edits are too much work. */
export function suggestionsFor(task: SuggestionTask): Suggestion[] {
  const within = <T>(action: () => T[]): T[] => atMost(WORK, action, (): T[] => []);
  const all = edits(task.claim, task);
  const single = within(() => singles(all, task))
    .sort(byLikeliness)
    .map((first): Repair => ({ first, second: null }));
  const judged: { readonly repair: Repair; readonly verdict: Verdict }[] = [];
  const judge = (repairs: readonly Repair[]): boolean => {
    for (const repair of repairs.slice(0, MOST_JUDGED)) judged.push({ repair, verdict: task.judge(repaired(repair)) });
    return judged.some(({ verdict }) => verdict === 'proved');
  };
  const inTier = (wanted: number): Repair[] => single.filter(repair => tierOf(repair) === wanted);
  const isGood = (): boolean => judged.some(({ verdict }) => verdict === 'proved' || verdict === 'supported');
  const isMended = [0, 1, 2].some(tier => judge(inTier(tier))) || isGood() || judge(within(() => pairs(all, task)));
  if (!isMended) judge(inTier(TIERS - 1));
  const rank = (verdict: Verdict): number => (verdict === 'proved' ? 0 : 1);
  return judged
    .filter(({ verdict }) => verdict === 'proved' || verdict === 'supported')
    .map(({ repair, verdict }) => ({ ...suggestionOf(repair, verdict), verdict, tier: tierOf(repair) }))
    .sort((a, b) => rank(a.verdict) - rank(b.verdict) || a.tier - b.tier || a.edit.length - b.edit.length)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ tier: _, ...suggestion }) => suggestion);
}
