/** What the judging of twins has found so far, a claim after the other, in a file that is whole after each; and the records of parts, put together. */
import { existsSync, readFileSync } from 'node:fs';
import type { TwinSummary } from '../../src/judge/judge-twins.ts';
import { writeRecord } from '../campaign/record.ts';

export interface TwinRecord {
  /** Each so many twins of a claim. */
  readonly every: number;
  /** Of the sources and documents. */
  readonly fingerprint: string;
  readonly summaries: readonly TwinSummary[];
}

/** The record in the file; null where there is none. */
export function readTwinRecord(path: string): TwinRecord | null {
  if (!existsSync(path)) return null;
  const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return isTwinRecord(found) ? found : null;
}

const isTwinRecord = (value: unknown): value is TwinRecord =>
  typeof value === 'object' && value !== null && 'every' in value && 'summaries' in value;

/** The record in the file if it is one of as many twins and of the same sources, else an empty one. */
export function openTwinRecord(path: string, every: number, fingerprint: string): TwinRecord {
  const found = readTwinRecord(path);
  return found !== null && found.every === every && found.fingerprint === fingerprint
    ? found
    : { every, fingerprint, summaries: [] };
}

export const saveTwinRecord = (path: string, record: TwinRecord): void => writeRecord(path, record);

/** The summaries in the order of the claims. */
export function inClaimOrder({ summaries, ...rest }: TwinRecord, order: readonly string[]): TwinRecord {
  const place = ({ claim }: TwinSummary): number => (order.includes(claim) ? order.indexOf(claim) : order.length);
  return { ...rest, summaries: summaries.toSorted((a, b) => place(a) - place(b)) };
}

/** The claims of all parts, each once. Throws where parts are of other twins or sources, or say different things of one claim. */
export function mergeTwinRecords(records: readonly TwinRecord[], order: readonly string[]): TwinRecord {
  const [first] = records;
  if (first === undefined) throw new Error('there is nothing to merge');
  const merged = new Map<string, TwinSummary>();
  for (const { every, fingerprint, summaries } of records) {
    if (every !== first.every) throw new Error('the records are of other twins');
    if (fingerprint !== first.fingerprint) throw new Error('the records are of other sources');
    for (const summary of summaries) {
      const known = merged.get(summary.claim);
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(summary))
        throw new Error(`the records say different things of ${summary.claim}`);
      merged.set(summary.claim, summary);
    }
  }
  return inClaimOrder({ ...first, summaries: [...merged.values()] }, order);
}
