/** What the judge says, as plain data. Verdicts are never merged: the worst of a claim's statements is the claim's. */
import type { ShownLetters } from '../document/shown-letters.ts';
import type { Setting } from '../notation/settings.ts';
import type { Claim, Statement, UnreadableClaim, Verdict } from '../document/model.ts';
import type { Rate } from '../prove/limit/settling.ts';
import type { Rechecked } from './check/recheck-statement.ts';
import type { Sample } from './sample/sample.ts';
import type { OtherReading } from './slips/other-reading.ts';

/** How many samples agreed, and how: shown with `supported`, and beside `proved`. */
export interface Evidence {
  /** Non-degenerate samples on which both sides were evaluated and agreed. */
  readonly instances: number;
  readonly digits: number;
  readonly seed: number;
  /** Samples where a side has no value (a division by zero, a root of a negative number). */
  readonly skipped: number;
  /** Samples on which both sides are zero, which says nothing. */
  readonly degenerate: number;
  /** In regimes, the least power of s (or 1/s) by which the rest was measured to be smaller than every term shown. */
  readonly exponent?: number;
  /** How many starting points the equation was followed from beside the optimizer itself; 0 where that was not done. */
  readonly followed: number;
}

/** An instance of the file format with the two values that differ there, as decimal strings. */
export interface Counterexample {
  readonly n: number;
  readonly theta: readonly string[];
  /** p, where it is larger than θ has coordinates: nothing reads θ or a loss. */
  readonly dimension?: number;
  readonly setting: Setting;
  readonly hyperparameters: Readonly<Record<string, string>>;
  readonly losses: readonly string[];
  /** E_{−1}, E_{−2}, … where a side reads them; no optimizer does. */
  readonly earlierLosses?: readonly string[];
  readonly functions?: Readonly<Record<string, string | readonly string[]>>;
  readonly schedules?: Readonly<Record<string, readonly string[]>>;
  /** Free scalars, vectors and index letters of the claim. */
  readonly symbols?: Readonly<Record<string, string | readonly string[]>>;
  readonly claimed: string;
  readonly derived: string;
  /** `coefficient of h^1 in \dot{\tilde\theta}_j` or the left side of an identity. */
  readonly quantity: string;
  /** The member of a sequence: `s = 1/1000`. */
  readonly along?: string;
  /** For limits and regimes all members of the sequence, the last of which this is. */
  readonly sequence?: readonly Counterexample[];
  /** From 1; null where the statement has no component. */
  readonly component: number | null;
}

/** What the guard of a proved statement looked at besides samples. */
export interface GuardReport {
  /** At how many points both sides have a value and agree. */
  readonly points: number;
  /** The least and the greatest n among them; null without a point. */
  readonly least: number | null;
  readonly most: number | null;
  /** What was left out, and why. */
  readonly skipped: readonly string[];
}

export interface StatementVerdict {
  readonly id: string;
  readonly verdict: Verdict;
  /** Why it is undecided, what was refuted, why a proof stopped; null when there is nothing to say. */
  readonly message: string | null;
  readonly assumptions: readonly string[];
  readonly excluded: readonly string[];
  readonly steps: readonly string[];
  readonly evidence: Evidence | null;
  readonly guard?: GuardReport;
  readonly counterexample: Counterexample | null;
  /** How fast the limit of a proved claim is reached; the steps are counted only where instances are looked at. */
  readonly rate?: Rate | null;
  /** What was seen when the proof was checked again; left out where it was not. */
  readonly rechecked?: Rechecked;
  /** Where a refuted statement fails, for whoever works the counterexample out; not part of any report. */
  readonly refutedAt?: () => RefutedAt;
}

/** The sample behind a counterexample, of a sequence the last one, and the entry that differs there. */
export interface RefutedAt {
  readonly sample: Sample;
  /** The power of h, or 0 where there is none. */
  readonly row: number;
  /** From 0. */
  readonly component: number;
}

/** A stretch of the text, lines and columns from 1, the end not included, and what is to stand there. */
export interface Replacement {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

export interface Suggestion {
  /** The corrected side or definition, as it was typed but for the edit. */
  readonly latex: string;
  /** The same in LaTeX that needs none of the document's macros. */
  readonly plain: string;
  /** Where the edit is to be made, from 1. */
  readonly line: number;
  readonly column: number;
  /** ``replace `X` by `Y` ``. */
  readonly edit: string;
  /** The edits of the text, in its order; none where what was edited does not stand there by itself. */
  readonly replacements: readonly Replacement[];
  /** What the judge says of the claim with the edit. */
  readonly verdict: Verdict;
}

export interface ClaimVerdict {
  readonly claim: Claim | UnreadableClaim;
  readonly id: string;
  readonly expect: Verdict;
  readonly verdict: Verdict;
  readonly order: number | null;
  readonly statements: readonly StatementVerdict[];
  readonly assumptions: readonly string[];
  readonly excluded: readonly string[];
  readonly evidence: Evidence | null;
  readonly counterexample: Counterexample | null;
  readonly suggestions: readonly Suggestion[];
  /** A key with which the refuted claim holds; then no slip is looked for. */
  readonly otherReading?: OtherReading;
  readonly message: string | null;
  readonly milliseconds: number;
  /** How what was found is written; left out where the claim was not read. */
  readonly letters?: ShownLetters;
  /** The time limit ended something of it, be it only the search for suggestions. */
  readonly timeIsOver?: true;
}

/** A proof and a counterexample at once, or two routes that disagree: the program is wrong, never the user. */
export class JudgeContradiction extends Error {
  constructor(claim: string, message: string) {
    super(`${claim}: ${message}`);
    this.name = 'JudgeContradiction';
  }
}

/** From best to worst. A claim is only as good as its worst statement, and nothing hides a refuted one. */
const RANKING: readonly Verdict[] = ['proved', 'conditional', 'supported', 'undecided', 'unreadable', 'refuted'];

/** The worst; `undecided` when there is none to judge, since nothing was shown. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  return (
    verdicts.reduce<Verdict | null>(
      (worst, each) => (worst === null || RANKING.indexOf(each) > RANKING.indexOf(worst) ? each : worst),
      null,
    ) ?? 'undecided'
  );
}

export const undecided = (
  statement: Pick<Statement, 'id'>,
  message: string,
  evidence: Evidence | null = null,
): StatementVerdict => ({
  id: statement.id,
  verdict: 'undecided',
  message,
  assumptions: [],
  excluded: [],
  steps: [],
  evidence,
  counterexample: null,
});
