/**
 * The work of `modeq check` as a stream of plain events: first what was read, then a verdict a claim. It runs in this
 * thread in tests and in a worker behind the command, so events must survive structured cloning.
 */
import type { Problem } from '../base/problem.ts';
import { positionAt } from '../base/span.ts';
import { Derivations } from '../derivation/derive.ts';
import type { Claim, ModeqDocument, UnreadableClaim, Verdict } from '../document/model.ts';
import type { Loaded } from '../files/documents/load.ts';
import { holdTexts } from '../files/documents/read-source.ts';
import { hintFor } from '../document/nearest.ts';
import { isToldElsewhere } from '../document/told.ts';
import { type DocumentIndex, documentIndexOf } from '../judge/claim-context.ts';
import { claimsOf, judgeDocuments, type Progress } from '../judge/judge-documents.ts';
import { engineOf } from '../judge/prove/standard-engine.ts';
import { type ClaimReport, type Coverage, type ProblemReport, problemReport } from '../report/verdicts/check-report.ts';
import { type ClaimPage, claimPage, type Excerpt, excerpt } from '../report/data/claim-page.ts';
import { type DocumentHead, documentHead, sourcesOf } from '../report/data/headings.ts';
import { claimReport, coverageOf, totalCoverage } from '../report/verdicts/claim-report.ts';
import { type ClaimTrace, claimTrace } from '../report/data/claim-trace.ts';
import { Counterparts } from '../report/data/counterpart.ts';
import { strictly, strictProblems } from './strict.ts';

export interface CheckRequest {
  /** Files or ids of built-in documents; none: every built-in document. */
  readonly paths: readonly string[];
  /** What was read from standard input, which the path `-` stands for. */
  readonly input?: Uint8Array | null;
  /** Displays that should be annotated, and files without claims, are problems. */
  readonly strict?: boolean;
  /** Ids of the claims to judge; null: all. */
  readonly only: readonly string[] | null;
  readonly seed: number;
  readonly instances: number;
  readonly digits: number;
  /** For each claim. */
  readonly timeoutMilliseconds: number;
  /** Positions in the list of claims that need no verdict (again). */
  readonly skip: readonly number[];
  /** Judges that may work at once; what each claim is judged as does not depend on it. */
  readonly jobs?: number;
  /** Shared by all judges of these claims: a byte a position, set by the judge that takes the claim. */
  readonly taken?: SharedArrayBuffer;
  /** Send what a report shows besides the verdicts, too. */
  readonly pages?: boolean;
  /** Texts that are read in place of their files, by absolute path. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Judge everything anew, and keep nothing for later. */
  readonly noCache?: boolean;
  /** Check every proof again, step by step. */
  readonly recheck?: boolean;
}

/** What is known of a claim before it is judged. */
export interface PendingClaim {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly about: string | null;
  readonly setting: string | null;
  readonly order: number | null;
  readonly expect: Verdict;
}

export type CheckEvent =
  | {
      readonly kind: 'loaded';
      readonly claims: readonly PendingClaim[];
      readonly problems: readonly ProblemReport[];
      readonly badInput: boolean;
      readonly coverage: Coverage;
      /** Where pages were asked for: one a claim, and the displays that nothing is said of. */
      readonly pages?: readonly ClaimPage[];
      readonly unannotated?: readonly Excerpt[];
      readonly head?: DocumentHead;
    }
  | { readonly kind: 'started'; readonly position: number }
  | {
      readonly kind: 'judged';
      readonly position: number;
      readonly report: ClaimReport;
      /** The clock had a part in it, so that another run may find more. */
      readonly timeIsOver?: true;
      /** Where pages were asked for. */
      readonly trace?: ClaimTrace;
    }
  | { readonly kind: 'failed'; readonly position: number | null; readonly message: string; readonly trace: string }
  | { readonly kind: 'finished' };

/**
 * Reads, then judges claim by claim. Never rejects: where the program itself is wrong, the claim gets a `failed` event and
 * the others are still judged.
 */
export async function runCheck(
  request: CheckRequest,
  emit: (event: CheckEvent) => void,
  stop?: AbortSignal,
): Promise<void> {
  let position: number | null = null;
  try {
    const { builtInDocuments, builtInDocumentsFor, loadDocuments, namedBy } = await import(
      '../files/documents/load.ts'
    );
    if (request.texts !== undefined) holdTexts(request.texts);
    const loaded = request.paths.length === 0 ? builtInDocuments() : loadDocuments(request.paths, request.input);
    const all = claimsOf(loaded.documents).map(({ claim }) => claim);
    const claims = all.filter(({ id }) => request.only === null || request.only.includes(id));
    emit(loadedEvent(request, loaded, claims));
    const open = new Set(claims.keys());
    for (const at of request.skip) open.delete(at);
    const named = claims.flatMap(claim => ('statements' in claim ? namedBy(claim) : []));
    const available = builtInDocumentsFor(missing(named, loaded.documents));
    const derivations = new Derivations();
    const counterparts = new Counterparts(derivations);
    const options = {
      seed: request.seed,
      instances: request.instances,
      digits: request.digits,
      timeout: request.timeoutMilliseconds / 1000,
      prover: 'on',
      recheck: request.recheck === true,
    } as const;
    const progress: Progress = {
      ...(stop ? { signal: stop } : {}),
      onStart: claim => {
        const at = claims.indexOf(claim);
        if (!open.delete(at) || !isFree(at, request)) return false;
        position = at;
        emit({ kind: 'started', position: at });
        return true;
      },
      onVerdict: verdict => {
        const { claim } = verdict;
        const traceOf = (library: DocumentIndex) =>
          claimTrace(verdict, counterparts.of(claim, library), library, derivations);
        const trace = request.pages ? { trace: traceOf(libraryFor(claim, loaded.documents, available)) } : {};
        emit({
          kind: 'judged',
          position: claims.indexOf(verdict.claim),
          report: claimReport(verdict),
          ...(verdict.timeIsOver ? { timeIsOver: true } : {}),
          ...trace,
        });
        position = null;
      },
    };
    // After a failure the claims that were not begun are judged; each round begins at least one.
    for (let before = Number.POSITIVE_INFINITY; open.size > 0 && open.size < before && !stop?.aborted; ) {
      before = open.size;
      try {
        await judgeDocuments(loaded.documents, engineOf(derivations), options, progress, available);
      } catch (error) {
        emit(failure(error, position));
        position = null;
      }
    }
  } catch (error) {
    emit(failure(error, position));
  }
  emit({ kind: 'finished' });
}

/** Takes the claim, unless another judge was there before. */
function isFree(position: number, { taken }: CheckRequest): boolean {
  return (
    taken === undefined || position >= taken.byteLength || Atomics.exchange(new Uint8Array(taken), position, 1) === 0
  );
}

/** What a claim was judged with. */
function libraryFor(
  claim: Claim | UnreadableClaim,
  documents: readonly ModeqDocument[],
  available: readonly ModeqDocument[],
): DocumentIndex {
  const own = documents.find(({ claims, unreadable }) => [...claims, ...unreadable].some(each => each === claim));
  if (own === undefined) throw new Error('a claim that was judged is in one of the documents');
  return documentIndexOf(own, [...documents, ...available]);
}

function failure(error: unknown, position: number | null): CheckEvent {
  if (!(error instanceof Error)) return { kind: 'failed', position, message: String(error), trace: '' };
  return { kind: 'failed', position, message: error.message, trace: error.stack ?? '' };
}

/** The ids that these documents do not have. */
function missing(ids: readonly string[], documents: readonly ModeqDocument[]): string[] {
  const known = new Set(
    documents.flatMap(({ optimizers, claims, definitions }) =>
      [...optimizers, ...claims, ...definitions].map(({ id }) => id),
    ),
  );
  return [...new Set(ids)].filter(id => !known.has(id));
}

function loadedEvent(
  { only, pages, strict }: CheckRequest,
  loaded: Loaded,
  claims: readonly (Claim | UnreadableClaim)[],
): CheckEvent {
  const known = claimsOf(loaded.documents).map(({ claim }) => claim.id);
  const unknown = (only ?? []).filter(id => !claims.some(claim => claim.id === id));
  const outside: Problem[] = [
    ...loaded.problems,
    ...loaded.documents.flatMap(({ problems }) => problems),
    ...unknown.map(id => ({ code: 'unknown-claim', message: `there is no claim '${id}'`, hint: hintFor(id, known) })),
  ];
  const found = strict ? outside.map(strictly) : outside;
  const added = strict ? strictProblems(loaded.documents) : [];
  const ofClaims = claims.flatMap(claim =>
    'problems' in claim ? claim.problems.filter(each => !isToldElsewhere(each)) : [],
  );
  return {
    kind: 'loaded',
    claims: claims.map(pendingClaim),
    problems: [...[...found, ...ofClaims].map(problemReport), ...added],
    badInput: added.length > 0 || found.some(({ severity }) => severity !== 'warning'),
    coverage: only === null ? totalCoverage(loaded.documents) : coverageOf(loaded.documents, claims),
    ...(pages
      ? {
          pages: claims.map(claim =>
            claimPage(
              claim,
              loaded.documents.flatMap(each => each.optimizers),
            ),
          ),
          unannotated: loaded.documents.flatMap(document => document.unannotated.map(span => excerpt(span))),
          head: documentHead(sourcesOf(loaded.documents)),
        }
      : {}),
  };
}

function pendingClaim(claim: Claim | UnreadableClaim): PendingClaim {
  const { id, span, expect } = claim;
  const readable = 'statements' in claim;
  return {
    id,
    file: span.source.name,
    ...positionAt(span.source.text, span.start),
    about: readable ? claim.about : null,
    setting: readable ? claim.setting : null,
    order: readable ? claim.order : null,
    expect,
  };
}
