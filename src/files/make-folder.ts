/** Making a folder with those above it, one by one, so that nothing is left behind where one of them cannot be made. */
import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes the folder and those above it that are missing; returns the topmost one made, null where there was nothing to do.
 * One by one: Node's own recursive way does not end in places like /proc, where nothing can be made.
 */
export function makeFolder(path: string): string | null {
  const missing: string[] = [];
  for (let folder = resolve(path); !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  const made: string[] = [];
  try {
    for (const folder of missing) {
      mkdirSync(folder);
      made.unshift(folder);
    }
  } catch (error) {
    for (const folder of made) rmdirSync(folder);
    throw error;
  }
  return missing[0] ?? null;
}
