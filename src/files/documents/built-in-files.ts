/** The files under derivations/, which come with the program, and their order. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { Source } from '../../base/span.ts';
import { packageFolder } from '../package-folder.ts';
import { readSource } from './read-source.ts';

/** The files of the program do not change while it runs. */
export function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** Names of documents in the order of the text they are from; a folder without this file is in the order of its names. */
const CONTENTS = 'contents.txt';

/** A number a file: its line in the contents of its folder, behind all of them where it is not listed. */
function positions(folder: string): (file: string) => number {
  const read = new Map<string, readonly string[]>();
  return file => {
    const own = dirname(file);
    const path = join(folder, own, CONTENTS);
    const lines = read.get(own) ?? (existsSync(path) ? readFileSync(path, 'utf8').split(/\s+/) : []);
    read.set(own, lines);
    const at = lines.indexOf(basename(file).replace(/\.(?:tex|md)$/, ''));
    return at < 0 ? lines.length : at;
  };
}

/** The built-in files, named derivations/FOLDER/FILE, folder by folder. */
export const builtInSources = once((): readonly Source[] => {
  const folder = packageFolder('derivations');
  if (folder === null) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(?:tex|md)$/.test(file))
    .sort();
  const at = positions(folder);
  const folders = [...new Set(files.map(file => dirname(file)))].sort();
  files.sort((a, b) => folders.indexOf(dirname(a)) - folders.indexOf(dirname(b)) || at(a) - at(b));
  return files.map(file => {
    const name = ['derivations', ...file.split(sep)].join('/');
    return readSource(join(folder, file), name);
  });
});
