/**
 * Documents that are judged again and again while they are written: only claims whose text, or the text beside claims, has changed are judged anew.
 * A verdict is known for a claim as it was read, together with all texts except the displays of other claims.
 */
import { resolve } from 'node:path';
import type { Source } from '../base/span.ts';
import type { Claim, ModeqDocument, UnreadableClaim } from '../document/model.ts';
import { claimsOf } from '../judge/judge-documents.ts';
import type { ClaimTrace } from '../report/data/claim-trace.ts';
import type { ClaimReport, ProblemReport } from '../report/verdicts/check-report.ts';
import { loadDocuments, textsOf } from '../files/documents/load.ts';
import { holdTexts } from '../files/documents/read-source.ts';
import { GatheredVerdicts } from './gather-verdicts.ts';
import type { RunCheck } from './run-check.ts';

/** A claim with its verdict, once there is one. */
export interface LiveClaim {
  readonly claim: Claim | UnreadableClaim;
  readonly report: ClaimReport | null;
  readonly trace: ClaimTrace | null;
}

export interface LiveState {
  readonly documents: readonly ModeqDocument[];
  readonly claims: readonly LiveClaim[];
  /** What is wrong besides claims; null until it is known. */
  readonly problems: readonly ProblemReport[] | null;
  readonly failures: readonly string[];
}

export interface LiveOptions {
  readonly seed: number;
  readonly instances: number;
  readonly digits: number;
  readonly timeoutMilliseconds: number;
  readonly jobs: number;
  /** Whether to bring along the equations that claims are compared with. */
  readonly pages: boolean;
}

type Known = Pick<LiveClaim, 'report' | 'trace'>;

const MOST_KNOWN = 2_000;

export class LiveCheck {
  readonly #run: RunCheck;
  readonly #options: LiveOptions;
  readonly #known = new Map<string, Known>();

  constructor(run: RunCheck, options: LiveOptions) {
    this.#run = run;
    this.#options = options;
  }

  /**
   * Judges what is not known. `texts` stand for files, by absolute path; the others are read once. `tell` hears every change of the state.
   * Returns the state at the end, or as far as it came when `stop` fired.
   */
  async judge(
    paths: readonly string[],
    texts: Readonly<Record<string, string>>,
    tell: (state: LiveState) => void,
    stop: AbortSignal,
  ): Promise<LiveState> {
    holdTexts(texts);
    const read = textsOf(paths).sources;
    const snapshot = { ...Object.fromEntries(read.map(({ name, text }) => [resolve(name), text])), ...texts };
    holdTexts(snapshot);
    const { documents } = loadDocuments(paths);
    const claims = claimsOf(documents).map(({ claim }) => claim);
    const keys = claims.map(claim => keyOf(claim, claims, documents, read));
    const skip = [...keys.entries()].filter(([, key]) => this.#known.has(key)).map(([position]) => position);
    const collection = new GatheredVerdicts();
    const state = (): LiveState => {
      const fresh = collection.loaded ? collection.report(this.#options.seed, '').claims : [];
      const done = new Set(collection.done);
      const lasting = new Set(collection.lasting.map(([position]) => position));
      return {
        documents,
        problems: collection.loadedEvent?.problems ?? null,
        failures: collection.failures,
        claims: claims.map((claim, position) => {
          const key = keys[position] ?? '';
          const known = this.#known.get(key);
          if (known !== undefined || !done.has(position))
            return { claim, report: known?.report ?? null, trace: known?.trace ?? null };
          const own = { report: fresh[position] ?? null, trace: collection.pages[position]?.trace ?? null };
          if (lasting.has(position)) this.#remember(key, own);
          return { claim, ...own };
        }),
      };
    };
    tell(state());
    const { seed, instances, digits, timeoutMilliseconds, jobs, pages } = this.#options;
    const request = {
      paths,
      texts: snapshot,
      only: null,
      seed,
      instances,
      digits,
      timeoutMilliseconds,
      skip,
      jobs,
      pages,
      noCache: true,
    };
    await this.#run(request, collection, () => void (stop.aborted || tell(state())), stop);
    return state();
  }

  #remember(key: string, known: Known): void {
    this.#known.set(key, known);
    for (const old of this.#known.keys()) {
      if (this.#known.size <= MOST_KNOWN) break;
      this.#known.delete(old);
    }
  }
}

/** All that the verdict depends on, the lines among it at which the claim stands. */
function keyOf(
  claim: Claim | UnreadableClaim,
  all: readonly (Claim | UnreadableClaim)[],
  documents: readonly ModeqDocument[],
  sources: readonly Source[],
): string {
  const namesOthers = 'statements' in claim && (claim.sameAs !== null || claim.given.length > 0);
  const others = namesOthers ? [] : all.filter(each => each !== claim);
  const texts = sources.map(source => {
    let text = '';
    let from = 0;
    for (const { span } of others
      .filter(each => each.span.source.name === source.name)
      .sort((a, b) => a.span.start - b.span.start)) {
      if (span.start < from) continue;
      text += `${source.text.slice(from, span.start)}${source.text.slice(span.start, span.end).replace(/[^\n]/g, '')}`;
      from = span.end;
    }
    return [source.name, text + source.text.slice(from)];
  });
  return JSON.stringify(
    [texts, claim, documents.flatMap(({ optimizers, definitions }) => [optimizers, definitions])],
    plain,
  );
}

/** Values without their places. */
function plain(name: string, value: unknown): unknown {
  if (name === 'span' || name === 'source') return undefined;
  if (typeof value === 'bigint') return `${value}`;
  if (value instanceof Map || value instanceof Set) return [...value];
  return value;
}
