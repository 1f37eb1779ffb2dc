/** All optimizers of a file: those that could be read, and what there is to say of the others. */
import type { Problem } from '../../base/problem.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import type { Entry, Outline } from '../outline.ts';
import { readOptimizer } from './read-optimizer.ts';
import { surviving } from './surviving.ts';

/** The optimizers of a file, those that were refused, and what there is to say of each. */
export interface ReadOptimizers {
  readonly optimizers: ReadonlyMap<string, Optimizer>;
  readonly refused: ReadonlySet<string>;
  readonly problems: ReadonlyMap<Entry, readonly Problem[]>;
}

/** The optimizers of a file, each read where it is asked for, and once. */
export class OptimizersOfFile {
  readonly #outline: Outline;
  readonly #read = new Map<Entry, ReturnType<typeof readOptimizer>>();
  #all: ReadOptimizers | null = null;

  constructor(outlined: Outline) {
    this.#outline = outlined;
  }

  /** The optimizer with this id, the others unread; null where there is none, or it was refused. */
  one(id: string): Optimizer | null {
    const entry = this.#outline.entries.find(each => each.annotation.kind === 'optimizer' && each.id === id);
    return entry === undefined ? null : this.#entry(entry).optimizer;
  }

  get all(): ReadOptimizers {
    this.#all ??= this.#readAll();
    return this.#all;
  }

  #entry(entry: Entry): ReturnType<typeof readOptimizer> {
    const known = this.#read.get(entry);
    if (known) return known;
    const read = surviving<ReturnType<typeof readOptimizer>>(
      entry.annotation.span,
      () => readOptimizer(entry, this.#outline),
      problem => ({ optimizer: null, problems: [problem] }),
    );
    this.#read.set(entry, read);
    return read;
  }

  #readAll(): ReadOptimizers {
    const optimizers = new Map<string, Optimizer>();
    const refused = new Set<string>();
    const problems = new Map<Entry, readonly Problem[]>();
    for (const entry of this.#outline.entries) {
      if (entry.annotation.kind !== 'optimizer') continue;
      const read = this.#entry(entry);
      problems.set(entry, read.problems);
      if (optimizers.has(entry.id) || refused.has(entry.id)) continue;
      if (read.optimizer) optimizers.set(entry.id, read.optimizer);
      else refused.add(entry.id);
    }
    return { optimizers, refused, problems };
  }
}
