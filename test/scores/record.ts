/**
 * What has been measured, in a file that is whole after every unit: an interrupted run loses the unit it was at, and the same command goes
 * on behind it. Units of another seed are not taken over, and those of other sources only until their score is run again.
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
  /** Of the sources, the documents and the generators. */
  readonly fingerprint: string;
  /** The share that was asked for last. */
  readonly share: number;
  /** The day of the last unit. */
  readonly date: string;
  readonly units: Readonly<Record<string, MeasuredUnit>>;
}

export interface ScoreRecord {
  readonly schema: 1;
  readonly seed: number;
  readonly sections: Readonly<Record<string, MeasuredSection>>;
}

export const emptyRecord = (seed: number): ScoreRecord => ({ schema: 1, seed, sections: {} });

export const readRecord = (path: string): ScoreRecord | null => {
  if (!existsSync(path)) return null;
  const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return isRecord(found) ? found : null;
};

const isRecord = (value: unknown): value is ScoreRecord =>
  typeof value === 'object' && value !== null && 'sections' in value && 'seed' in value;

/** The record in the file if it is one of the same seed, else an empty one. */
export function openRecord(path: string, seed: number): ScoreRecord {
  const found = readRecord(path);
  return found && found.seed === seed ? found : emptyRecord(seed);
}

/** The record without the section where that was measured on other sources. */
export function renewed(record: ScoreRecord, id: string, fingerprint: string): ScoreRecord {
  if (record.sections[id]?.fingerprint === fingerprint) return record;
  const { [id]: _old, ...sections } = record.sections;
  return { ...record, sections };
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
  { share, date, fingerprint }: Pick<MeasuredSection, 'share' | 'date' | 'fingerprint'>,
): ScoreRecord {
  const before = record.sections[id];
  const section = { size, missing: null, share, date, fingerprint, units: { ...before?.units, [unit]: result } };
  return { ...record, sections: { ...record.sections, [id]: section } };
}

export const withMissing = (record: ScoreRecord, id: string, missing: string, date: string): ScoreRecord => ({
  ...record,
  sections: { ...record.sections, [id]: { size: 0, missing, share: 0, date, fingerprint: '', units: {} } },
});

/** The units of all, each once. Throws where they are of other seeds, or those of one score of other sources or sizes. */
export function mergeRecords(records: readonly ScoreRecord[]): ScoreRecord {
  const [first, ...others] = records;
  if (!first) throw new Error('there is nothing to merge');
  let merged = first;
  for (const record of others) {
    if (record.seed !== first.seed) throw new Error('records of other seeds cannot be merged');
    for (const [id, section] of Object.entries(record.sections)) {
      const known = merged.sections[id];
      const isBoth = known?.missing === null && section.missing === null;
      if (isBoth && (known.size !== section.size || known.fingerprint !== section.fingerprint))
        throw new Error(`the records have ${id} of other sizes or sources`);
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
