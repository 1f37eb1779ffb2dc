/** Snapshots on the disk: read where there is one, written whole. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';
import { readTextFile } from '../files/read-text-file.ts';
import { writeWhole } from '../files/replace-file.ts';
import { readSnapshot, type Snapshot, snapshotText } from '../report/snapshot/snapshot.ts';

/** The snapshot at `place`; null where there is no file. Refuses (`broken-snapshot`) a file that is none. */
export const snapshotAt = (place: string): Snapshot | null =>
  existsSync(place) ? readSnapshot(readTextFile(place), place) : null;

/** Writes it at `place`, with the folder where that is missing; the old file stays where it cannot be written. */
export function writeSnapshot(place: string, snapshot: Snapshot): void {
  makeFolder(dirname(place));
  writeWhole(place, snapshotText(snapshot));
}

/** Where the snapshots of a test file stand: beside those of vitest. */
export const snapshotPlaceOf = (testPath: string): string =>
  join(dirname(testPath), '__snapshots__', `${basename(testPath)}.modeq.json`);
