/**
 * Files given together to documents. Optimizers are read first, so that a claim may be about one of a later file; claims
 * and definitions are read when they are needed, since `given=` may point anywhere but in a circle.
 */
import type { Problem } from '../../base/problem.ts';
import type { Source } from '../../base/span.ts';
import { MacroTable } from '../../latex/notation/macros.ts';
import type { Follow } from '../scan/followed-files.ts';
import { type Library, libraryOf } from '../library.ts';
import type { ModeqDocument } from '../model.ts';
import { type Outline, outline, outlineOf } from '../outline.ts';
import { type Scanned, scanFile } from '../scan/scan-file.ts';
import { FileReader } from './file-reader.ts';
import { surviving } from './surviving.ts';

/**
 * Reads files as documents given together; `fallback` is asked for ids that none of them has, and only then made. Without advice no
 * hint is tried, which takes most of the time where much is not read.
 */
export function readDocuments(
  sources: readonly Source[],
  fallback: () => Library,
  macros: MacroTable = new MacroTable(),
  follow: Follow | null = null,
  advice = true,
): ModeqDocument[] {
  return openFiles(sources, fallback, macros, follow).map(file => file.document(advice));
}

/** What the files hold, by id, where only what is asked for is read. */
export function openLibrary(sources: readonly Source[]): Library {
  const files = openFiles(sources, () => libraryOf([]), new MacroTable());
  const withText = (id: string): FileReader[] => files.filter((_, at) => mayName(sources[at]?.text ?? '', id));
  return {
    optimizer: id => firstOf(withText(id), file => (file.names(id) ? (file.optimizers.get(id) ?? null) : null)),
    given: id => firstOf(withText(id), file => file.visible(id)),
    optimizerIds: () => files.flatMap(file => [...file.optimizers.keys()]),
  };
}

/** Whether the text can have something with this id; a colon in an id that was typed is read as a hyphen. */
const mayName = (text: string, id: string): boolean => id.split('-').every(part => text.includes(part));

/** The first that is found; files behind it are not read. */
function firstOf<T>(files: readonly FileReader[], find: (file: FileReader) => T | null): T | null {
  for (const file of files) {
    const found = find(file);
    if (found !== null) return found;
  }
  return null;
}

function openFiles(
  sources: readonly Source[],
  fallback: () => Library,
  macros: MacroTable,
  follow: Follow | null = null,
): FileReader[] {
  const files: FileReader[] = [];
  let known = macros;
  let made: Library | null = null;
  const library = (): Library => {
    made ??= fallback();
    return made;
  };
  for (const source of sources) {
    const before = known;
    const scanned = (edit: (each: Source) => Source): Scanned => {
      const followed: Follow | null =
        follow === null
          ? null
          : (item, root) => {
              const found = follow(item, root);
              return found.ok ? { ...found, value: edit(found.value) } : found;
            };
      return scanFile(edit(source), before, followed);
    };
    const place = { source, start: 0, end: 0 };
    const broken = (problem: Problem): Outline => ({
      ...outline({ ...source, text: '' }, before),
      source,
      problems: [problem],
    });
    const first = surviving<Scanned | Problem>(
      place,
      () => scanned(each => each),
      problem => problem,
    );
    const outlined = (): Outline =>
      'code' in first ? broken(first) : surviving(place, () => outlineOf(first), broken);
    files.push(new FileReader(outlined, files, library, edit => outlineOf(scanned(edit))));
    if (!('code' in first)) known = first.macros;
  }
  return files;
}
