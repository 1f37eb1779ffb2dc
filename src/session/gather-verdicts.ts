/**
 * Gathers the events of a check into a report, whatever happens: claims that got no verdict (Ctrl-C, a worker that had
 * to be ended) are `undecided` with the reason, never left out.
 */
import { INTERNAL_ERROR } from '../document/read/surviving.ts';
import type { ClaimPage, Excerpt } from '../report/data/claim-page.ts';
import type { DocumentHead } from '../report/data/headings.ts';
import type { ClaimTrace } from '../report/data/claim-trace.ts';
import type { CheckReport, ClaimReport, Coverage } from '../report/verdicts/check-report.ts';
import { checkReport } from '../report/verdicts/check-report.ts';
import type { CheckEvent, PendingClaim } from './check-session.ts';

export type LoadedEvent = Extract<CheckEvent, { kind: 'loaded' }>;

const NOTHING: Coverage = { judged: 0, defined: 0, ignored: 0, unannotated: 0 };

export class GatheredVerdicts {
  #loaded: LoadedEvent | null = null;
  readonly #reports = new Map<number, ClaimReport>();
  /** Positions of verdicts that no clock had a part in. */
  readonly #lasting = new Set<number>();
  readonly #traces = new Map<number, ClaimTrace>();
  readonly #failures: string[] = [];
  /** The claim that each judge is at. */
  readonly #current = new Map<number, number>();

  /** `judge` tells several judges apart that work at once. */
  take(event: CheckEvent, judge = 0): void {
    switch (event.kind) {
      case 'loaded':
        this.#loaded = event;
        return;
      case 'started':
        this.#current.set(judge, event.position);
        return;
      case 'judged':
        this.#reports.set(event.position, event.report);
        if (!event.timeIsOver) this.#lasting.add(event.position);
        if (event.trace) this.#traces.set(event.position, event.trace);
        this.#current.delete(judge);
        return;
      case 'failed':
        this.#failures.push(event.message);
        if (event.position !== null) this.giveUp(event.position, `internal error: ${event.message}`);
        return;
      case 'finished':
        this.#current.delete(judge);
        return;
    }
  }

  /** Records that no verdict will come for this claim. */
  giveUp(position: number, reason: string): void {
    const pending = this.#claims[position];
    if (pending !== undefined && !this.#reports.has(position))
      this.#reports.set(position, withoutVerdict(pending, reason));
    for (const [judge, at] of this.#current) if (at === position) this.#current.delete(judge);
  }

  /** Whether the list of claims is known. */
  get loaded(): boolean {
    return this.#loaded !== null;
  }
  /** What was read, as it was told. */
  get loadedEvent(): LoadedEvent | null {
    return this.#loaded;
  }
  /** The verdicts that another run would find as well, by position. */
  get lasting(): readonly (readonly [position: number, report: ClaimReport])[] {
    return [...this.#reports].filter(([position]) => this.#lasting.has(position));
  }
  get #claims(): readonly PendingClaim[] {
    return this.#loaded?.claims ?? [];
  }
  /** The claim that a judge is at now, by default that of any. */
  current(judge?: number): { readonly position: number; readonly claim: PendingClaim } | null {
    const [first] = this.#current.values();
    const position = judge === undefined ? first : this.#current.get(judge);
    const claim = position === undefined ? undefined : this.#claims[position];
    return position === undefined || claim === undefined ? null : { position, claim };
  }
  get total(): number {
    return this.#claims.length;
  }
  get done(): readonly number[] {
    return [...this.#reports.keys()];
  }
  /** Input that makes exit code 2 by itself: files, optimizers, magic comments, unknown ids. */
  get badInput(): boolean {
    return this.#loaded?.badInput ?? false;
  }
  /** Whether the program itself is wrong somewhere, which makes exit code 4. */
  get hasInternalError(): boolean {
    return this.#failures.length > 0 || (this.#loaded?.problems ?? []).some(({ code }) => code === INTERNAL_ERROR);
  }
  /** Messages of broken invariants outside of the reader, whose own are among the problems. */
  get failures(): readonly string[] {
    return this.#failures;
  }

  /** The page of each claim and how it was judged, as far as they were asked for and came, in the order of the report. */
  get pages(): readonly { readonly page: ClaimPage | null; readonly trace: ClaimTrace | null }[] {
    return this.#claims.map((_, position) => ({
      page: this.#loaded?.pages?.[position] ?? null,
      trace: this.#traces.get(position) ?? null,
    }));
  }
  get unannotated(): readonly Excerpt[] {
    return this.#loaded?.unannotated ?? [];
  }

  get head(): DocumentHead {
    return this.#loaded?.head ?? { title: null, date: null };
  }

  /** The report, in the order of the documents. */
  report(seed: number, reasonForMissing: string): CheckReport {
    const claims = this.#claims.map(
      (pending, position) => this.#reports.get(position) ?? withoutVerdict(pending, reasonForMissing),
    );
    return checkReport(claims, this.#loaded?.problems ?? [], this.#loaded?.coverage ?? NOTHING, seed);
  }
}

function withoutVerdict(claim: PendingClaim, reason: string): ClaimReport {
  return {
    ...claim,
    verdict: 'undecided',
    statements: [],
    assumptions: [],
    excluded: [],
    milliseconds: 0,
    evidence: null,
    counterexample: null,
    suggestion: null,
    suggestions: [],
    message: reason,
    notes: [],
  };
}
