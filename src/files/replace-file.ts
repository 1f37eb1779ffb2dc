/** Files put in place whole: written beside first, then moved. */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { refuse } from '../base/problem.ts';

/** Replaces the text of the file at `path`, with the rights that it has; a link stays one. Refuses what cannot be written. */
export function replaceFile(path: string, text: string): void {
  const place = realpathSync(path);
  putInPlace(path, place, text, statSync(place).mode);
}

/** Writes the text at `path`, whether there is a file or not. Refuses what cannot be written; then the old file is as it was. */
export function writeWhole(path: string, text: string): void {
  if (existsSync(path)) replaceFile(path, text);
  else putInPlace(path, path, text, null);
}

function putInPlace(path: string, place: string, text: string, mode: number | null): void {
  // Processes of other machines, and those before this one, may have had the same id.
  const beside = join(dirname(place), `.${basename(place)}.${randomBytes(6).toString('hex')}.modeq`);
  try {
    writeFileSync(beside, text, { flag: 'wx' });
    if (mode !== null) chmodSync(beside, mode);
    renameSync(beside, place);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    rmSync(beside, { force: true });
    refuse('unwritable-file', `${path} cannot be written (${String(error.code)}); nothing was changed`);
  }
}
