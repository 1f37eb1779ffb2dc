/** What a path means where files are expected: a file itself, a folder its .tex and .md files with those of its subfolders. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '../../base/problem.ts';

const DOCUMENT = /\.(?:tex|md)$/;
/** Packages of programs hold files that are nobody's documents. */
const LEFT_OUT = /^(?:\..*|node_modules)$/;
const MOST_FILES = 2_000;

/**
 * The files, in the order of their names, those of a folder before those of its subfolders. Hidden folders and links to folders are
 * left out. A folder without such a file is refused.
 */
export function filesOf(path: string): string[] {
  if (!isFolder(path)) return [path];
  const files: string[] = [];
  const pending = [path];
  for (let folder = pending.shift(); folder !== undefined; folder = pending.shift()) {
    const own: string[] = [];
    for (const entry of entriesOf(folder)) {
      const inside = join(folder, entry.name);
      if (entry.isDirectory() && !LEFT_OUT.test(entry.name)) own.push(inside);
      else if (DOCUMENT.test(entry.name) && !entry.isDirectory() && !isFolder(inside)) files.push(inside);
    }
    pending.unshift(...own);
    if (files.length > MOST_FILES)
      return refuse(
        'too-many-files',
        `${path} holds more than ${MOST_FILES} .tex and .md files`,
        null,
        'Give a subfolder.',
      );
  }
  if (files.length > 0) return files;
  return refuse('empty-folder', `there is no .tex or .md file in ${path}`);
}

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return refuse('unreadable-file', `${folder} cannot be read (${reason})`);
  }
}
