/**
 * Where `\input{FILE}` finds its file: beside the file that was given, as TeX does, else beside the one in which the command stands,
 * as `\subfile` does first; with `.tex` behind its name, else without.
 */
import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize, resolve } from 'node:path';
import { attempt, refuse } from '../../base/problem.ts';
import type { Source } from '../../base/span.ts';
import { textOf } from '../../document/annotation/annotation.ts';
import type { Follow } from '../../document/scan/followed-files.ts';
import type { InputItem } from '../../document/item.ts';

/** Files of every TeX distribution that hold no formulas. */
const OF_TEX: ReadonlySet<string> = new Set(['glyphtounicode', 'pdfcolor', 'epsf', 'xy', 'pstricks', 'tikz', 'random']);

/** Follows commands to files that `readSource` reads; an empty source stands for a file of TeX itself. */
export const followFiles =
  (readSource: (path: string) => Source): Follow =>
  (item, root) =>
    attempt(() => {
      const path = pathOf(item, root);
      if (path === null) return { name: textOf(item.file), text: '' };
      const read = attempt(() => readSource(path));
      if (read.ok) return read.value;
      const [problem] = read.problems;
      return refuse(problem?.code ?? 'unreadable-file', problem?.message ?? `${path} cannot be read`, item.file);
    });

/** The file's path, written as that of `root` is; null where it is one of TeX's own. */
function pathOf(item: InputItem, root: Source): string | null {
  const typed = textOf(item.file).replace(/^"(.*)"$/, '$1');
  if (typed.includes('\\'))
    return refuse(
      'input-name',
      `the name of the file is made by a command, which is not followed: ${typed}`,
      item.file,
      'Write the name out, or give the file beside this one.',
    );
  const folders = [dirname(root.name), dirname(item.span.source.name)];
  if (item.command === 'subfile') folders.reverse();
  const names = item.command === 'include' || typed.endsWith('.tex') ? [typed] : [`${typed}.tex`, typed];
  if (item.command === 'include' && !typed.endsWith('.tex')) names[0] = `${typed}.tex`;
  const places = isAbsolute(typed)
    ? names
    : folders.flatMap(folder => names.map(name => normalize(join(folder, name))));
  const found = places.find(place => existsSync(place) && statSync(place).isFile());
  if (found !== undefined) return found;
  if (OF_TEX.has(typed.replace(/\.tex$/, ''))) return null;
  return refuse(
    'no-input-file',
    `there is no file ${[...new Set(places)].join(' or ')}`,
    item.file,
    `\\${item.command} looks beside the file that is given, and beside the one in which it stands.`,
  );
}

/** Whether the sources, in their order, are brought in by another one of them, which is then the place where they are read. */
export function withoutBroughtIn(sources: readonly Source[], reached: (source: Source) => readonly string[]): Source[] {
  const all = new Map(sources.map(source => [source, new Set(reached(source).map(name => resolve(name)))] as const));
  const reaches = (from: Source, to: Source): boolean => all.get(from)?.has(resolve(to.name)) === true;
  const kept = sources.filter(
    (source, at) =>
      !sources.some(
        (other, place) => other !== source && reaches(other, source) && !(reaches(source, other) && at < place),
      ),
  );
  return kept;
}
