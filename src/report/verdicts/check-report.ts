/**
 * What `modeq check` found, as plain data: exactly the JSON document of docs/reference/formats.md, schema 1. The table
 * and the JSON are both written from it, so they cannot say different things. It never decides a verdict.
 */
import type { Setting } from '../../notation/settings.ts';
import type { GuardReport, Replacement } from '../../judge/verdict.ts';
import type { RateReport } from '../theorem/rate-text.ts';
import type { Problem } from '../../base/problem.ts';
import { positionAt } from '../../base/span.ts';
import type { ShownLetters } from '../../document/shown-letters.ts';
import { VERDICTS, type Verdict } from '../../document/model.ts';
import { type SourceLine, sourceLine } from '../text/source-line.ts';

/** A problem with its place resolved; the place is null where the problem has none (a missing file). */
export interface ProblemReport {
  readonly code: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly hint: string | null;
  /** Only where it is a warning. */
  readonly severity?: 'warning';
  /** The line with the place in it, where there is one. */
  readonly source?: SourceLine;
}

export interface StatementReport {
  readonly id: string;
  readonly verdict: Verdict;
  readonly message: string | null;
  /** With `--recheck`, for a proof. */
  readonly rechecked?: RecheckedReport;
}

/** What was seen when a proof was checked again. */
export interface RecheckedReport {
  /** Steps of the proof, lemmas among them, and values of steps that were compared. */
  readonly steps: number;
  readonly compared: number;
  /** Values of the two sides that were compared with formula trees. */
  readonly read: number;
  /** Starting points from which the derived equation was followed beside the optimizer. */
  readonly followed: number;
  /** Points at which a rule loses a value, by rule. */
  readonly lost: Readonly<Record<string, number>>;
  /** Steps of which no point could be compared. */
  readonly unseen: readonly string[];
}

export interface SuggestionReport {
  readonly latex: string;
  readonly plain: string;
  readonly line: number;
  readonly column: number;
  readonly edit: string;
  /** The edits of the text, in its order. */
  readonly replacements: readonly Replacement[];
  readonly verdict: Verdict;
}

/** An instance (formats.md §4) with the two values that differ there. */
export interface CounterexampleReport {
  readonly claimed: string;
  readonly derived: string;
  readonly quantity: string;
  readonly component: number | null;
  readonly setting?: Setting;
  readonly [instanceField: string]: unknown;
}

export interface ClaimReport {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  /** In UTF-16 units, as all columns. */
  readonly column: number;
  readonly about: string | null;
  readonly setting: string | null;
  readonly order: number | null;
  readonly expect: Verdict;
  readonly verdict: Verdict;
  readonly statements: readonly StatementReport[];
  readonly assumptions: readonly string[];
  /** Null sets that a proof leaves out, as β = ρ in 1/(β−ρ). */
  readonly excluded: readonly string[];
  readonly milliseconds: number;
  readonly evidence: { readonly instances: number; readonly digits: number } | null;
  /** What the guard looked at besides samples; null where nothing was proved. */
  readonly guard?: GuardReport | null;
  readonly counterexample: CounterexampleReport | readonly CounterexampleReport[] | null;
  readonly suggestion: SuggestionReport | null;
  readonly suggestions: readonly SuggestionReport[];
  readonly message: string | null;
  /** For a proved limit: how fast it is reached. */
  readonly rate?: RateReport | null;
  /** What the user should know and what changes no verdict. */
  readonly notes: readonly string[];
  /** The letters and numbers of the document, for whoever shows the counterexample; left out where the claim was not read. */
  readonly letters?: ShownLetters;
  /** What the two values of the counterexample are called: `claimed` and `derived`, or the sides of an identity. */
  readonly sides?: readonly [claimed: string, derived: string];
}

export interface Coverage {
  readonly judged: number;
  readonly defined: number;
  readonly ignored: number;
  readonly unannotated: number;
}

export interface CheckReport {
  readonly schema: 1;
  readonly seed: number;
  readonly problems: readonly ProblemReport[];
  readonly claims: readonly ClaimReport[];
  readonly coverage: Coverage;
  readonly summary: Readonly<Record<Verdict, number>> & { readonly unexpected: number };
}

/** The problem with line and column, both from 1. */
export function problemReport(problem: Problem): ProblemReport {
  const { code, message, hint, span, severity } = problem;
  const position = span ? positionAt(span.source.text, span.start) : null;
  return {
    code,
    file: span?.source.name ?? null,
    line: position?.line ?? null,
    column: position?.column ?? null,
    message,
    hint: hint ?? null,
    ...(severity ? { severity } : {}),
    ...(span ? { source: sourceLine(span) } : {}),
  };
}

/** Counts by verdict, and of the verdicts that differ from what the claim expects. */
export function summarise(claims: readonly Pick<ClaimReport, 'verdict' | 'expect'>[]): CheckReport['summary'] {
  const count = (verdict: Verdict) => claims.filter(claim => claim.verdict === verdict).length;
  const [proved, conditional, supported, refuted, undecided, unreadable] = VERDICTS.map(count);
  return {
    proved: proved ?? 0,
    conditional: conditional ?? 0,
    supported: supported ?? 0,
    refuted: refuted ?? 0,
    undecided: undecided ?? 0,
    unreadable: unreadable ?? 0,
    unexpected: claims.filter(claim => claim.verdict !== claim.expect).length,
  };
}

/** The whole document; `problems` are those of files, optimizers, magic comments and unreadable claims. */
export function checkReport(
  claims: readonly ClaimReport[],
  problems: readonly ProblemReport[],
  coverage: Coverage,
  seed: number,
): CheckReport {
  return { schema: 1, seed, problems, claims, coverage, summary: summarise(claims) };
}
