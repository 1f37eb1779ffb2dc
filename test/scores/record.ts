/**
 * What has been measured, in a file that is whole after every unit: an interrupted run loses the unit it was at, and the same command goes
 * on behind it. Units of other seeds or sources are not taken over.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { UnitResult } from './section.ts';

export interface MeasuredUnit extends UnitResult {
  /** Of processor time. */
  readonly seconds: number;
}

export interface MeasuredSection {
  readonly size: number;
  /** Why nothing was measured; null where something was. */
  readonly missing: string | null;
  /** The share that was asked for last. */
  readonly share: number;
  /** The day of the last unit. */
  readonly date: string;
  readonly units: Readonly<Record<string, MeasuredUnit>>;
}

export interface ScoreRecord {
  readonly schema: 1;
  readonly seed: number;
  /** Of the sources, the documents and the generators. */
  readonly fingerprint: string;
  readonly sections: Readonly<Record<string, MeasuredSection>>;
}

export const emptyRecord = (seed: number, fingerprint: string): ScoreRecord => ({
  schema: 1,
  seed,
  fingerprint,
  sections: {},
});

export const readRecord = (path: string): ScoreRecord | null => {
  if (!existsSync(path)) return null;
  const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return isRecord(found) ? found : null;
};

const isRecord = (value: unknown): value is ScoreRecord =>
  typeof value === 'object' && value !== null && 'sections' in value && 'fingerprint' in value && 'seed' in value;

/** The record in the file if it is one of the same seed and sources, else an empty one. */
export function openRecord(path: string, seed: number, fingerprint: string): ScoreRecord {
  const found = readRecord(path);
  return found && found.seed === seed && found.fingerprint === fingerprint ? found : emptyRecord(seed, fingerprint);
}

/** Written beside the file and then put in its place. */
export function saveRecord(path: string, record: ScoreRecord): void {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}.tmp`;
  writeFileSync(partial, `${JSON.stringify(record)}\n`);
  renameSync(partial, path);
}

/** The record with one more unit. */
export function withUnit(
  record: ScoreRecord,
  id: string,
  size: number,
  unit: number,
  result: MeasuredUnit,
  { share, date }: { readonly share: number; readonly date: string },
): ScoreRecord {
  const before = record.sections[id];
  const section = { size, missing: null, share, date, units: { ...before?.units, [unit]: result } };
  return { ...record, sections: { ...record.sections, [id]: section } };
}

export const withMissing = (record: ScoreRecord, id: string, missing: string, date: string): ScoreRecord => ({
  ...record,
  sections: { ...record.sections, [id]: { size: 0, missing, share: 0, date, units: {} } },
});

/** The units of all, each once. Throws where they are of other seeds, sources or sizes. */
export function mergeRecords(records: readonly ScoreRecord[]): ScoreRecord {
  const [first, ...others] = records;
  if (!first) throw new Error('there is nothing to merge');
  let merged = first;
  for (const record of others) {
    if (record.seed !== first.seed || record.fingerprint !== first.fingerprint)
      throw new Error('records of other seeds or sources cannot be merged');
    for (const [id, section] of Object.entries(record.sections)) {
      const known = merged.sections[id];
      if (known && known.missing === null && section.missing === null && known.size !== section.size)
        throw new Error(`the records have other sizes of ${id}`);
      const joined =
        !known || known.missing !== null
          ? section
          : section.missing !== null
            ? known
            : {
                ...known,
                share: Math.max(known.share, section.share),
                date: [known.date, section.date].sort()[1] ?? known.date,
                units: { ...known.units, ...section.units },
              };
      merged = { ...merged, sections: { ...merged.sections, [id]: joined } };
    }
  }
  return merged;
}
