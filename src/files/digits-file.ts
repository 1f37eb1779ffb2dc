/** The handwritten digits that come with the program, derivations/digits/ (MIT, from the package mnist). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { refuse } from '../base/problem.ts';
import { packageFolder } from './package-folder.ts';

/** The unpacked bytes: a digit after the other, its kind and its 14 × 14 grey values. */
export function digitBytes(): Uint8Array {
  const folder = packageFolder('derivations');
  if (folder === null) return refuse('missing-data', 'the folder derivations/ of modeq is missing');
  return Uint8Array.from(gunzipSync(Uint8Array.from(readFileSync(join(folder, 'digits', 'digits.bin.gz')))));
}
