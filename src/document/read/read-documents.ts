/**
 * Files given together to documents. Optimizers are read first, so that a claim may be about one of a later file; claims
 * and definitions are read when they are needed, since `given=` may point anywhere but in a circle.
 */
import { type Problem, refuse } from '../../base/problem.ts';
import type { Source, Span } from '../../base/span.ts';
import type { Definition } from '../../formula/formula.ts';
import { MacroTable } from '../../latex/notation/macros.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import type { Follow } from '../scan/followed-files.ts';
import { closest } from '../annotation/closest.ts';
import type { Placed } from '../annotation/keys.ts';
import { type Library, libraryOf } from '../library.ts';
import type { Claim, DefinitionBlock, ModeqDocument, UnreadableClaim } from '../model.ts';
import { type Entry, type Outline, outline } from '../outline.ts';
import { readEntry, type ReadEntry } from './read-claim.ts';
import { readOptimizer } from './read-optimizer.ts';
import { surviving } from './surviving.ts';

/** Reads files as documents given together; `fallback` is asked for ids that none of them has, and only then made. */
export function readDocuments(
  sources: readonly Source[],
  fallback: () => Library,
  macros: MacroTable = new MacroTable(),
  follow: Follow | null = null,
): ModeqDocument[] {
  return openFiles(sources, fallback, macros, follow).map(file => file.document());
}

/** What the files hold, by id, where only what is asked for is read. */
export function openLibrary(sources: readonly Source[]): Library {
  const files = openFiles(sources, () => libraryOf([]), new MacroTable());
  return {
    optimizer: id => firstOf(files, file => (file.names(id) ? (file.optimizers.get(id) ?? null) : null)),
    given: id => firstOf(files, file => file.visible(id)),
    optimizerIds: () => files.flatMap(file => [...file.optimizers.keys()]),
  };
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
    const outlined = surviving(
      { source, start: 0, end: 0 },
      () => outline(source, known, follow),
      problem => ({ ...outline({ ...source, text: '' }, known), source, problems: [problem] }),
    );
    const file = new FileReader(outlined, files, library);
    files.push(file);
    known = file.outline.macros;
  }
  return files;
}

/** The optimizers of a file, those that were refused, and why. */
interface ReadOptimizers {
  readonly optimizers: ReadonlyMap<string, Optimizer>;
  readonly refused: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

function readOptimizers(outlined: Outline): ReadOptimizers {
  const optimizers = new Map<string, Optimizer>();
  const refused = new Set<string>();
  const problems: Problem[] = [];
  for (const entry of outlined.entries) {
    if (entry.annotation.kind !== 'optimizer') continue;
    const read = surviving(
      entry.annotation.span,
      () => readOptimizer(entry, outlined),
      problem => ({ optimizer: null, problems: [problem] }),
    );
    problems.push(...read.problems);
    if (optimizers.has(entry.id) || refused.has(entry.id)) continue;
    if (read.optimizer) optimizers.set(entry.id, read.optimizer);
    else refused.add(entry.id);
  }
  return { optimizers, refused, problems };
}

/** How long a chain of claims given by one another may be. */
const LONGEST_CHAIN = 100;

class FileReader {
  readonly outline: Outline;
  /** All files that are read together, this one among them. */
  readonly #files: readonly FileReader[];
  readonly #fallback: () => Library;
  #readOptimizers: ReadOptimizers | null = null;
  readonly #read = new Map<Entry, ReadEntry | 'in progress'>();
  /** How many entries are being read, each for the sake of the one before. */
  #open = 0;

  constructor(outlined: Outline, files: readonly FileReader[], fallback: () => Library) {
    this.outline = outlined;
    this.#files = files;
    this.#fallback = fallback;
  }

  get #own(): ReadOptimizers {
    this.#readOptimizers ??= readOptimizers(this.outline);
    return this.#readOptimizers;
  }

  get optimizers(): ReadonlyMap<string, Optimizer> {
    return this.#own.optimizers;
  }

  /** Whether something in the file has this id, readable or not. */
  names(id: string): boolean {
    return this.outline.entries.some(entry => entry.id === id);
  }

  hasOptimizer(id: string): boolean {
    return this.#own.optimizers.has(id) || this.#own.refused.has(id);
  }

  /** What `given=id` brings along; null where this file has no such claim or definition, or it is unreadable. */
  visible(id: string): readonly Definition[] | null {
    const entry = this.outline.entries.find(each => each.id === id && each.annotation.kind !== 'optimizer');
    const read = entry && this.#entry(entry);
    return read && read.kind !== 'unreadable' ? read.visible : null;
  }

  document(): ModeqDocument {
    const claims: Claim[] = [];
    const definitions: DefinitionBlock[] = [];
    const unreadable: UnreadableClaim[] = [];
    const problems = [...this.outline.problems, ...this.#duplicates(), ...this.#own.problems];
    for (const entry of this.outline.entries) {
      if (entry.annotation.kind === 'optimizer') continue;
      const read = this.#entry(entry);
      switch (read.kind) {
        case 'claim':
          claims.push(read.claim);
          break;
        case 'definition':
          definitions.push(read.block);
          break;
        case 'unreadable':
          if (entry.annotation.kind === 'claim') {
            const { id, span } = entry;
            unreadable.push({ id, span, expect: read.expect, problems: read.problems });
          } else problems.push(...read.problems);
      }
    }
    const defined = this.optimizers.size + definitions.length;
    return {
      file: this.outline.source.name,
      notation: this.outline.notation,
      optimizers: [...this.optimizers.values()],
      definitions,
      claims,
      unreadable,
      problems: notTooMany(problems),
      coverage: { ...this.outline.coverage, defined },
      unannotated: this.outline.unannotated,
    };
  }

  /** Optimizers that a file read before this one has too. */
  #duplicates(): Problem[] {
    return [...this.optimizers.values()].flatMap(({ id, span }) => {
      const earlier = this.#files.slice(0, this.#files.indexOf(this)).find(file => file.optimizers.has(id));
      if (!earlier) return [];
      const message = `the optimizer ${id} is also defined in ${earlier.outline.source.name}`;
      return [{ code: 'duplicate-id', message, hint: 'Give each its own id.', span }];
    });
  }

  #entry(entry: Entry): ReadEntry {
    const known = this.#read.get(entry);
    if (known === 'in progress') {
      const problem = {
        code: 'given-cycle',
        message: `what ${entry.id} is given leads back to itself`,
        span: entry.annotation.span,
      };
      return { kind: 'unreadable', expect: 'proved', problems: [problem] };
    }
    if (known) return known;
    if (this.#open >= LONGEST_CHAIN) {
      const message = `more than ${LONGEST_CHAIN} claims are given by one another`;
      const problem = { code: 'given-too-deep', message, span: entry.annotation.span };
      return { kind: 'unreadable', expect: 'proved', problems: [problem] };
    }
    this.#read.set(entry, 'in progress');
    this.#open += 1;
    const read = surviving<ReadEntry>(
      entry.annotation.span,
      () =>
        readEntry(entry, {
          outline: this.outline,
          optimizer: name => this.#optimizer(name),
          onlyOptimizer: this.#onlyOptimizer(),
          given: name => this.#given(name),
          isClaim: name => this.#isClaim(name),
        }),
      problem => ({ kind: 'unreadable', expect: 'proved', problems: [problem] }),
    );
    this.#open -= 1;
    this.#read.set(entry, read);
    return read;
  }

  /** The optimizer that a claim of this file is about when it does not say. */
  #onlyOptimizer(): string | null {
    const ids = [...this.#own.optimizers.keys(), ...this.#own.refused];
    return ids.length === 1 ? (ids[0] ?? null) : null;
  }

  #optimizer({ value, span }: Placed<string>): Optimizer {
    const own = this.optimizers.get(value);
    if (own) return own;
    if (this.#own.refused.has(value)) refuse('refused-optimizer', `the optimizer ${value} was refused`, span);
    const others = this.#files.filter(file => file.hasOptimizer(value));
    const [first, second] = others;
    if (second) refuse('duplicate-id', `several files given define the optimizer ${value}`, span);
    if (first && !first.optimizers.has(value)) refuse('refused-optimizer', `the optimizer ${value} was refused`, span);
    const found = first ? first.optimizers.get(value) : this.#fromFallback(value, span);
    if (found) return found;
    const ids = [...this.#files.flatMap(file => [...file.optimizers.keys()]), ...this.#fallback().optimizerIds()];
    const near = closest(value, ids);
    return refuse(
      'unknown-optimizer',
      `there is no optimizer ${value}`,
      span,
      near ? `Did you mean ${near}?` : `Known are ${ids.join(', ')}.`,
    );
  }

  #fromFallback(id: string, span: Span): Optimizer | null {
    const found = this.#fallback().optimizer(id);
    const many =
      found !== null &&
      this.#fallback()
        .optimizerIds()
        .filter(other => other === id).length > 1;
    return many ? refuse('duplicate-id', `several built-in documents define the optimizer ${id}`, span) : found;
  }

  #find(id: string): { file: FileReader; entry: Entry }[] {
    const within = (file: FileReader) =>
      file.outline.entries
        .filter(entry => entry.id === id && entry.annotation.kind !== 'optimizer')
        .map(entry => ({ file, entry }));
    const own = within(this).slice(0, 1);
    return own.length > 0 ? own : this.#files.filter(file => file !== this).flatMap(file => within(file).slice(0, 1));
  }

  #given({ value, span }: Placed<string>): readonly Definition[] {
    const [found, second] = this.#find(value);
    if (second) refuse('duplicate-id', `several files given have the id ${value}`, span);
    if (!found) {
      const definitions = this.#fallback().given(value);
      return definitions ?? refuse('unknown-given', `there is no claim or definition ${value}`, span);
    }
    const read = found.file.#entry(found.entry);
    if (read.kind !== 'unreadable') return read.visible;
    const cycle = read.problems.find(problem => problem.code === 'given-cycle');
    if (cycle) return refuse('given-cycle', cycle.message, span);
    return refuse('given-unreadable', `${value} could not be read, so nothing is given by it`, span);
  }

  #isClaim(id: string): boolean {
    return this.#find(id).some(({ entry }) => entry.annotation.kind === 'claim') || this.#fallback().given(id) !== null;
  }
}

/** Enough for whoever has to mend them. */
const MOST_PROBLEMS = 200;

function notTooMany(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MOST_PROBLEMS) return problems;
  const message = `and ${problems.length - MOST_PROBLEMS} further problems`;
  return [...problems.slice(0, MOST_PROBLEMS), { code: 'too-many-problems', message }];
}
