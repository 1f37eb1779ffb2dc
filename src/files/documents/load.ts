/**
 * Documents from files: those that the user names, read together, and those that come with the program. Where a file is
 * expected the id of a built-in document works too; a file that exists wins.
 */
import { existsSync } from 'node:fs';
import { attempt, type Problem, refuse } from '../../base/problem.ts';
import type { Source } from '../../base/span.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { MacroTable } from '../../latex/notation/macros.ts';
import { closest } from '../../document/annotation/closest.ts';
import type { Claim, ModeqDocument } from '../../document/model.ts';
import { type Follow, gather, type Gathered, STANDARD_INPUT } from '../../document/scan/followed-files.ts';
import { builtInSources, once } from './built-in-files.ts';
import { filesOf } from './folder-files.ts';
import { followFiles, withoutBroughtIn } from './input-files.ts';
import { decode, readSource } from './read-source.ts';
import { type Library, libraryOf } from '../../document/library.ts';
import { outline } from '../../document/outline.ts';
import { openLibrary, readDocuments } from '../../document/read/read-documents.ts';

export interface Loaded {
  readonly documents: readonly ModeqDocument[];
  /** Files that could not be read; what is wrong inside a document is in the document. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the files (or built-in documents, by id; folders mean their files, `-` the bytes of `input`) as documents given together: macros of earlier ones hold in later ones,
 * claims may be about optimizers of any of them. A file that cannot be read is a problem, and the others are read. What another
 * one brings in by \input is read there, once.
 */
export function loadDocuments(paths: readonly string[], input: Uint8Array | null = null): Loaded {
  const { kept, problems } = openPaths(paths, input);
  return { documents: readDocuments(kept, builtInLibrary, new MacroTable(), follow), problems };
}

/** Every text that {@link loadDocuments} would read, files that are brought in among them, and what could not be read. */
export function textsOf(paths: readonly string[], input: Uint8Array | null = null): Texts {
  const { gathered, problems } = openPaths(paths, input);
  const sources = new Map(gathered.flatMap(each => each.sources).map(source => [source.name, source]));
  return { sources: [...sources.values()], problems: [...problems, ...gathered.flatMap(each => each.problems)] };
}

/** The texts of the built-in documents. */
export const builtInTexts = (): readonly Source[] => builtInSources();

export interface Texts {
  readonly sources: readonly Source[];
  readonly problems: readonly Problem[];
}

interface Opened {
  readonly kept: readonly Source[];
  readonly gathered: readonly Gathered[];
  readonly problems: readonly Problem[];
}

const follow = followFiles(path => readSource(path, path));

/** The texts at the paths without those that another one brings in, and what each of these brings in. */
function openPaths(paths: readonly string[], input: Uint8Array | null): Opened {
  const problems: Problem[] = [];
  const sources: Source[] = [];
  const files = [...new Set(paths)].flatMap(path => {
    const result = attempt(() => (existsSync(path) && path !== '-' ? filesOf(path) : [path]));
    problems.push(...(result.ok ? [] : result.problems));
    return result.ok ? result.value : [];
  });
  for (const path of new Set(files)) {
    const result = attempt(() => readPath(path, input));
    if (result.ok) sources.push(...result.value.filter(source => !sources.some(({ name }) => name === source.name)));
    else problems.push(...result.problems);
  }
  const gathered = new Map(sources.map(source => [source, gather(source, new MacroTable(), follow)] as const));
  const kept = withoutBroughtIn(sources, source => (gathered.get(source)?.sources ?? []).map(({ name }) => name));
  return { kept, gathered: kept.flatMap(source => gathered.get(source) ?? []), problems };
}

/** A file as text, and how the files that it brings in are found. Refuses what cannot be read. */
export function openFile(path: string): { readonly source: Source; readonly follow: Follow } {
  if (!existsSync(path)) refuse('no-such-file', `there is no file ${path}`, null, 'Expected a .tex or .md file.');
  return { source: readSource(path, path), follow };
}

/** The documents under derivations/, folder by folder, each in the order of its contents. */
export const builtInDocuments = once(
  (): Loaded => ({ documents: readDocuments(builtInSources(), emptyLibrary), problems: [] }),
);

/**
 * The built-in documents that have something with one of these ids, or with one that this needs in turn (about, given, same-as); no other is
 * read. Where a document is needed it is there whole.
 */
export function builtInDocumentsFor(ids: readonly string[]): readonly ModeqDocument[] {
  const read = new Map<string, ModeqDocument>();
  const asked = new Set<string>();
  for (let open = [...ids]; open.length > 0; ) {
    const next = open.filter(id => !asked.has(id));
    for (const id of next) asked.add(id);
    const sources = builtInLibrary()
      .sourcesOf(next)
      .filter(({ name }) => !read.has(name));
    for (const document of readDocuments(sources, builtInLibrary)) read.set(document.file, document);
    const found = [...read.values()].flatMap(({ claims }) => claims.filter(({ id }) => asked.has(id)));
    open = found.flatMap(namedBy).filter(id => !asked.has(id));
  }
  const order = builtInSources().map(({ name }) => name);
  return [...read.values()].sort((a, b) => order.indexOf(a.file) - order.indexOf(b.file));
}

/** The ids that a claim names. */
export const namedBy = ({ about, given, sameAs }: Claim): string[] =>
  [about, sameAs, ...given].filter(id => id !== null);

/** The built-in optimizer with this id, or null; nothing else of the documents is read. */
export const builtInOptimizer = (id: string): Optimizer | null => builtInLibrary().optimizer(id);

const emptyLibrary = (): Library => libraryOf([]);
const builtInLibrary = once(() => openLibrary(builtInSources()));

function readPath(path: string, input: Uint8Array | null): Source[] {
  if (path === '-' && input !== null) return [{ name: STANDARD_INPUT, text: decode(input, STANDARD_INPUT) }];
  if (existsSync(path)) return [readSource(path, path)];
  const found = builtInSources().filter(source => hasId(source.name, path));
  if (found.length > 0) return found;
  const ids = [...new Set(builtInSources().flatMap(({ name }) => idsOf(name)))];
  const near = closest(path, ids);
  const hint =
    builtInHint(path) ??
    (near
      ? `Did you mean the built-in document ${near}?`
      : 'Expected a .tex or .md file, or the id of a built-in document.');
  return refuse('no-such-file', `there is no file ${path}`, null, hint);
}

/** How to ask for the built-in claim, optimizer or document that has this id; null where none has it. */
export function builtInHint(id: string): string | null {
  const sources = builtInSources();
  const entry = sources.flatMap(source => outline(source, new MacroTable()).entries).find(each => each.id === id);
  switch (entry?.annotation.kind) {
    case 'claim':
      return `${id} is a built-in claim: modeq check --only ${id}, modeq explain ${id}.`;
    case 'optimizer':
      return `${id} is a built-in optimizer: modeq derive ${id}.`;
    default:
      return sources.some(({ name }) => hasId(name, id)) ? `${id} is a built-in document: modeq check ${id}.` : null;
  }
}

/** `implicit-bias-of-adam` (a whole folder), `implicit-bias-of-adam/theorem-3.6` and `theorem-3.6`. */
function idsOf(name: string): string[] {
  const path = name.replace(/^derivations\//, '').replace(/\.(?:tex|md)$/, '');
  const parts = path.split('/');
  const last = parts.at(-1) ?? path;
  return [...new Set([...parts.slice(0, -1), path, last])];
}

const hasId = (name: string, id: string): boolean => idsOf(name).includes(id);
