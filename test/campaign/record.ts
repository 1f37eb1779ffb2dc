/**
 * What a campaign has found so far, in a file that is whole after every claim: an interrupted campaign loses the claim it was
 * at, and the next one goes on behind it. Results of other settings, documents or sources are not taken over.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

export interface Settings {
  readonly seed: number;
  readonly instances: number;
  readonly runs: number;
  readonly digits: number;
}

export interface Entry {
  readonly id: string;
  readonly file: string;
  readonly expect: string;
  readonly verdict: string;
  readonly message: string | null;
  /** Compared at the least sampled statement; sequences of samples for limits and regimes. */
  readonly instances: number;
  readonly skipped: number;
  readonly degenerate: number;
  /** Points from which the optimizer was run in series of h beside the equation. */
  readonly followed: number;
  /** Steps of proofs that were checked again. */
  readonly steps: number;
  readonly seconds: number;
}

export interface CampaignRecord {
  readonly settings: Settings;
  /** Of the sources and documents that the entries are about. */
  readonly fingerprint: string;
  readonly entries: readonly Entry[];
}

/** A hash of every file in the folders, names included. */
export function fingerprint(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
      /\.(?:ts|tex|md)$/.test(file),
    );
    for (const file of files.sort())
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(folder, file), 'utf8'))
        .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/** The record in the file if it is one of the same settings and fingerprint, else an empty one. */
export function openRecord(path: string, settings: Settings, mark: string): CampaignRecord {
  const found = readRecord(path);
  return found !== null && found.fingerprint === mark && isSame(found.settings, settings)
    ? found
    : { settings, fingerprint: mark, entries: [] };
}

/** The record in the file; null where there is none. */
export function readRecord(path: string): CampaignRecord | null {
  if (!existsSync(path)) return null;
  const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return isRecord(found) ? found : null;
}

/** What stands for a claim in every record. */
export const claimKey = ({ file, id }: Pick<Entry, 'file' | 'id'>): string => `${file} ${id}`;

/** The entries in the order of the claims, whatever the order in which they were found. */
export function inOrder({ entries, ...rest }: CampaignRecord, order: readonly string[]): CampaignRecord {
  const places = new Map(order.map((key, place) => [key, place]));
  const place = (entry: Entry): number => places.get(claimKey(entry)) ?? order.length;
  return { ...rest, entries: entries.toSorted((a, b) => place(a) - place(b)) };
}

/**
 * The entries of all parts, each once, in the order of the claims. Throws where parts are of other settings or sources, or say different
 * things of one claim.
 */
export function mergeRecords(records: readonly CampaignRecord[], order: readonly string[]): CampaignRecord {
  const [first] = records;
  if (first === undefined) throw new Error('there is nothing to merge');
  const merged = new Map<string, Entry>();
  for (const { settings, fingerprint: mark, entries } of records) {
    if (!isSame(settings, first.settings)) throw new Error('the records are of other settings');
    if (mark !== first.fingerprint) throw new Error('the records are of other sources');
    for (const entry of entries) {
      const known = merged.get(claimKey(entry));
      if (known !== undefined && withoutTime(known) !== withoutTime(entry))
        throw new Error(`the records say different things of ${entry.id}`);
      if (known === undefined) merged.set(claimKey(entry), entry);
    }
  }
  return inOrder({ ...first, entries: [...merged.values()] }, order);
}

const withoutTime = (entry: Entry): string => JSON.stringify({ ...entry, seconds: 0 });

const isSame = (a: Settings, b: Settings): boolean =>
  a.seed === b.seed && a.instances === b.instances && a.runs === b.runs && a.digits === b.digits;

function isRecord(value: unknown): value is CampaignRecord {
  if (typeof value !== 'object' || value === null) return false;
  return 'settings' in value && 'fingerprint' in value && 'entries' in value && Array.isArray(value.entries);
}

export const saveRecord = (path: string, record: CampaignRecord): void => writeRecord(path, record);

/** Written beside the file, down to the disk, and then put in its place. */
export function writeRecord(path: string, record: object): void {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}.tmp`;
  const file = openSync(partial, 'w');
  writeFileSync(file, `${JSON.stringify(record, null, 1)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(partial, path);
}
