/** One file among those that are read together: what it holds by id, read where it is asked for. */
import { type Problem, refuse } from '../../base/problem.ts';
import type { Source, Span } from '../../base/span.ts';
import type { Definition } from '../../formula/formula.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { advise } from '../advice/advise.ts';
import { type Edit, edited } from '../advice/edit.ts';
import { namesFor } from '../advice/entry-text.ts';
import { closest } from '../annotation/closest.ts';
import { outlineFor } from '../outline-for.ts';
import type { Placed } from '../annotation/keys.ts';
import type { Library } from '../library.ts';
import { hintFor } from '../nearest.ts';
import type { Claim, DefinitionBlock, ModeqDocument, UnreadableClaim } from '../model.ts';
import type { Entry, Outline } from '../outline.ts';
import type { ReadEntry } from './entry.ts';
import { readEntry } from './read-claim.ts';
import { OptimizersOfFile, type ReadOptimizers } from './read-optimizers.ts';
import { isToldElsewhere, notTooMany } from '../told.ts';
import { INTERNAL_ERROR, surviving } from './surviving.ts';

/** So much text is as good as a reading more. */
const TEXT_A_READING = 30_000;

/** How long a chain of claims given by one another may be. */
const LONGEST_CHAIN = 100;

export class FileReader {
  #outline: Outline | (() => Outline);
  /** All files that are read together, this one among them. */
  readonly #files: readonly FileReader[];
  readonly #fallback: () => Library;
  #inFile: OptimizersOfFile | null = null;
  readonly #read = new Map<Entry, ReadEntry | 'in progress'>();
  /** The outline with files changed. */
  readonly #open: (edit: (source: Source) => Source) => Outline;
  /** How many more times the file may be read for the sake of hints. */
  #readings = 120;
  /** How many entries are being read, each for the sake of the one before. */
  #depth = 0;

  constructor(
    outlined: () => Outline,
    files: readonly FileReader[],
    fallback: () => Library,
    open: (edit: (source: Source) => Source) => Outline,
  ) {
    this.#outline = outlined;
    this.#files = files;
    this.#fallback = fallback;
    this.#open = open;
  }

  /** Made when it is first asked for. */
  get outline(): Outline {
    if (typeof this.#outline === 'function') this.#outline = this.#outline();
    return this.#outline;
  }

  get #own(): ReadOptimizers {
    this.#inFile ??= new OptimizersOfFile(this.outline);
    return this.#inFile.all;
  }

  /** The optimizer with this id; no other is read. */
  optimizer(id: string): Optimizer | null {
    this.#inFile ??= new OptimizersOfFile(this.outline);
    return this.#inFile.one(id);
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

  /** What the file holds; without advice the problems are those that the reader met, whose hints nobody tried. */
  document(advice = true): ModeqDocument {
    const claims: Claim[] = [];
    const definitions: DefinitionBlock[] = [];
    const unreadable: UnreadableClaim[] = [];
    const problems = [...this.outline.problems, ...this.#duplicates()];
    const told = (entry: Entry, own: readonly Problem[]): readonly Problem[] => (advice ? this.#told(entry, own) : own);
    for (const entry of this.outline.entries) {
      if (entry.annotation.kind === 'optimizer') {
        problems.push(...told(entry, this.#own.problems.get(entry) ?? []));
        continue;
      }
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
            const own = read.expect === 'unreadable' ? read.problems : told(entry, read.problems);
            unreadable.push({ id, span, expect: read.expect, problems: own });
          } else problems.push(...told(entry, read.problems).filter(each => !isToldElsewhere(each)));
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

  /** The problems of an entry with hints that were tried. */
  #told(entry: Entry, problems: readonly Problem[]): readonly Problem[] {
    const mistakes = problems.filter(({ severity }) => severity !== 'warning');
    if (mistakes.length === 0 || mistakes.some(isToldElsewhere) || mistakes.some(({ code }) => code === INTERNAL_ERROR))
      return problems;
    if (this.outline.badLetters) {
      const inDoubt = { code: 'letters-in-doubt', message: 'the letters of the file are in doubt' };
      return entry.annotation.kind === 'claim' ? [{ ...inDoubt, span: entry.annotation.span }] : [];
    }
    const at = this.outline.entries.indexOf(entry);
    const troubled = {
      entry,
      outline: this.outline,
      problems: mistakes,
      names: namesFor(entry, this.optimizers, this.#onlyOptimizer()),
      optimizers: [...this.optimizers.keys()],
      readAgain: (edits: readonly Edit[]) => this.#readAgain(at, edits),
    };
    const advised = surviving<readonly Problem[]>(
      entry.annotation.span,
      () => advise(troubled),
      problem => [...mistakes, problem],
    );
    return [...problems.filter(({ severity }) => severity === 'warning'), ...advised];
  }

  /** What is wrong with the entry at a position in the text with the edits; null where they spoil something else. */
  #readAgain(at: number, edits: readonly Edit[]): readonly Problem[] | null {
    if (this.#readings <= 0) return null;
    this.#readings -= 1 + Math.floor(this.outline.text.length / TEXT_A_READING);
    return surviving<readonly Problem[] | null>(
      this.outline.entries[at]?.span ?? { source: this.outline.source, start: 0, end: 0 },
      () => {
        const files = [...this.#files];
        const reopened = (): Outline => this.#open(source => edited(source, edits));
        const again = new FileReader(reopened, files, this.#fallback, this.#open);
        files[this.#files.indexOf(this)] = again;
        const entry = again.outline.entries[at];
        const isError = ({ severity }: Problem): boolean => severity !== 'warning';
        const grown = (of: (file: FileReader) => number): boolean => of(again) > of(this);
        if (!entry || grown(file => file.outline.problems.filter(isError).length)) return null;
        if (grown(file => file.#own.refused.size)) return null;
        if (entry.annotation.kind === 'optimizer') return (again.#own.problems.get(entry) ?? []).filter(isError);
        const read = again.#entry(entry);
        return read.kind === 'unreadable' ? read.problems : [];
      },
      () => null,
    );
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
    if (this.#depth >= LONGEST_CHAIN) {
      const message = `more than ${LONGEST_CHAIN} claims are given by one another`;
      const problem = { code: 'given-too-deep', message, span: entry.annotation.span };
      return { kind: 'unreadable', expect: 'proved', problems: [problem] };
    }
    this.#read.set(entry, 'in progress');
    this.#depth += 1;
    const read = surviving<ReadEntry>(
      entry.annotation.span,
      () =>
        readEntry(entry, {
          outline: outlineFor(entry, this.outline),
          optimizer: name => this.#optimizer(name),
          onlyOptimizer: this.#onlyOptimizer(),
          given: name => this.#given(name),
          isClaim: name => this.#isClaim(name),
        }),
      problem => ({ kind: 'unreadable', expect: 'proved', problems: [problem] }),
    );
    this.#depth -= 1;
    this.#read.set(entry, read);
    return read;
  }

  /** The optimizer that a claim of this file is about when it does not say. */
  #onlyOptimizer(): string | null {
    const ids = [...this.#own.optimizers.keys(), ...this.#own.refused, ...this.outline.spoiled];
    return ids.length === 1 ? (ids[0] ?? null) : null;
  }

  #optimizer({ value: typed, span }: Placed<string>): Optimizer {
    const value = this.#own.refused.has(typed.replaceAll(':', '-')) ? typed.replaceAll(':', '-') : typed;
    const own = this.optimizers.get(value);
    if (own) return own;
    if (this.#own.refused.has(value)) refuse('refused-optimizer', `the optimizer ${value} was refused`, span);
    if (this.outline.spoiled.has(value))
      refuse('refused-optimizer', `the optimizer ${value} is not read: its comment or its display is broken`, span);
    const others = this.#files.filter(file => file.hasOptimizer(value));
    const [first, second] = others;
    if (second) refuse('duplicate-id', `several files given define the optimizer ${value}`, span);
    if (!first && this.#files.some(file => file.outline.spoiled.has(value)))
      refuse('refused-optimizer', `the optimizer ${value} is not read: its comment or its display is broken`, span);
    if (first && !first.optimizers.has(value)) refuse('refused-optimizer', `the optimizer ${value} was refused`, span);
    const found = first ? first.optimizers.get(value) : this.#fromFallback(value, span);
    if (found) return found;
    const ids = [...this.#files.flatMap(file => [...file.optimizers.keys()]), ...this.#fallback().optimizerIds()];
    const bare = value.replace(/^["'`]|["'`]$/g, '');
    const near = closest(bare, ids) ?? ids.find(id => id.toLowerCase() === bare.toLowerCase());
    const hint = near ? `Did you mean ${near}?` : hintFor(bare, [...new Set(ids)]);
    return refuse('unknown-optimizer', `there is no optimizer ${value}`, span, hint);
  }

  #fromFallback(id: string, span: Span): Optimizer | null {
    const found = this.#fallback().optimizer(id);
    const many = found !== null && this.#fallback().timesDefined(id) > 1;
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
      const ids = this.#files.flatMap(file =>
        file.outline.entries.filter(each => each.annotation.kind !== 'optimizer'),
      );
      const hint = hintFor(
        value,
        ids.map(each => each.id),
      );
      return definitions ?? refuse('unknown-given', `there is no claim or definition ${value}`, span, hint);
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
