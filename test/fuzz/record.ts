/** What a run of the fuzz generator has found so far, in a file that is whole after every few claims. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface FuzzSettings {
  readonly seed: number;
  readonly instances: number;
}

export interface WrongVerdict {
  readonly number: number;
  readonly kind: string;
  readonly truth: boolean;
  readonly verdict: string;
  readonly message: string | null;
  readonly brokenBy: string | null;
  readonly failsAt: string | null;
  /** The claim as a document, as small as it could be made. */
  readonly document: string;
}

export interface FuzzRecord {
  readonly settings: FuzzSettings;
  /** Of the sources and the generator. */
  readonly fingerprint: string;
  /** Claims 0 … done − 1 are counted. */
  readonly done: number;
  /** By `KIND true|false VERDICT`. */
  readonly counts: Readonly<Record<string, number>>;
  readonly wrong: readonly WrongVerdict[];
  /** True claims that are not proved, a few of each reason. */
  readonly open: readonly {
    readonly number: number;
    readonly verdict: string;
    readonly message: string | null;
    readonly steps: readonly string[];
    readonly document: string;
  }[];
}

/** The record in the file if it is one of the same settings and fingerprint, else an empty one. */
export function openFuzzRecord(path: string, settings: FuzzSettings, fingerprint: string): FuzzRecord {
  const empty: FuzzRecord = { settings, fingerprint, done: 0, counts: {}, wrong: [], open: [] };
  if (!existsSync(path)) return empty;
  const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const same =
    isRecord(found) &&
    found.fingerprint === fingerprint &&
    found.settings.seed === settings.seed &&
    found.settings.instances === settings.instances;
  return same ? found : empty;
}

function isRecord(value: unknown): value is FuzzRecord {
  return typeof value === 'object' && value !== null && 'done' in value && 'counts' in value && 'settings' in value;
}

/** Written beside the file and then put in its place. */
export function saveFuzzRecord(path: string, record: FuzzRecord): void {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}.tmp`;
  writeFileSync(partial, `${JSON.stringify(record, null, 1)}\n`);
  renameSync(partial, path);
}

/** Of the true claims the share that is proved, between 0 and 1. */
export function shareProved(counts: FuzzRecord['counts']): number {
  const entries = Object.entries(counts).filter(([key]) => key.includes(' true '));
  const all = entries.reduce((sum, [, count]) => sum + count, 0);
  const proved = entries.reduce((sum, [key, count]) => sum + (key.endsWith(' proved') ? count : 0), 0);
  return all === 0 ? 1 : proved / all;
}
