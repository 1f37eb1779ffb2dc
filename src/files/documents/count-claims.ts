/** How many claims a check will have, before anything is read: by the magic comments in its files. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { builtInSources } from './built-in-files.ts';

/** Of the files at the paths, of every built-in document without a path. Folders and ids of documents count as none. */
export function countClaims(paths: readonly string[]): number {
  const texts = paths.length === 0 ? builtInSources().map(({ text }) => text) : paths.map(textAt);
  return texts.reduce((sum, text) => sum + [...text.matchAll(/!modeq[^\S\n]+claim\b/g)].length, 0);
}

/** What cannot be read is told when it is read. */
function textAt(path: string): string {
  try {
    return existsSync(path) && statSync(path).isFile() ? readFileSync(path, 'latin1') : '';
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}
