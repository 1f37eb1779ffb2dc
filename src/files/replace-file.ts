/** A file with a new text, put in place whole: written beside it first, then moved. */
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { refuse } from '../base/problem.ts';

/** Replaces the text of the file at `path`, with the rights that it has; a link stays one. Refuses what cannot be written. */
export function replaceFile(path: string, text: string): void {
  const place = realpathSync(path);
  const beside = join(dirname(place), `.${basename(place)}.${process.pid}.modeq`);
  try {
    writeFileSync(beside, text, { flag: 'wx' });
    chmodSync(beside, statSync(place).mode);
    renameSync(beside, place);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    rmSync(beside, { force: true });
    refuse('unwritable-file', `${path} cannot be written (${String(error.code)}); nothing was changed`);
  }
}
