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

/** A library of files that knows which of them have an id. */
interface OpenLibrary extends Library {
  readonly sourcesOf: (ids: readonly string[]) => readonly Source[];
}

/** What the files hold, by id, where only what is asked for is read. */
export function openLibrary(sources: readonly Source[]): OpenLibrary {
  const files = openFiles(sources, () => libraryOf([]), new MacroTable());
  const defining = (id: string): FileReader[] => files.filter((_, at) => mayDefine(sources[at]?.text ?? '', id));
  return {
    optimizer: id => firstOf(defining(id), file => (file.names(id) ? file.optimizer(id) : null)),
    given: id => firstOf(defining(id), file => file.visible(id)),
    timesDefined: id => defining(id).filter(file => file.names(id) && file.optimizer(id) !== null).length,
    sourcesOf: ids => sources.filter(({ text }, at) => ids.some(id => mayDefine(text, id) && files[at]?.names(id))),
    optimizerIds: () => files.flatMap(file => [...file.optimizers.keys()]),
  };
}

/** Whether the text can have something with this id; a colon in an id that was typed is read as a hyphen. */
const mayName = (text: string, id: string): boolean => id.split('-').every(part => text.includes(part));

/** Whether the text can have something with this id, in its comment or as the label of its display. */
function mayDefine(text: string, id: string): boolean {
  if (text.includes('\\label')) return mayName(text, id);
  const spelled = id.split('-').map(part => part.replace(/[^\w]/g, '\\$&'));
  return new RegExp(`(?:optimizer|claim|definition)\\s+${spelled.join('[-:]')}(?![\\w.:-])`).test(text);
}

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
