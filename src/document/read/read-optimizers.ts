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

export function readOptimizers(outlined: Outline): ReadOptimizers {
  const optimizers = new Map<string, Optimizer>();
  const refused = new Set<string>();
  const problems = new Map<Entry, readonly Problem[]>();
  for (const entry of outlined.entries) {
    if (entry.annotation.kind !== 'optimizer') continue;
    const read = surviving(
      entry.annotation.span,
      () => readOptimizer(entry, outlined),
      problem => ({ optimizer: null, problems: [problem] }),
    );
    problems.set(entry, read.problems);
    if (optimizers.has(entry.id) || refused.has(entry.id)) continue;
    if (read.optimizer) optimizers.set(entry.id, read.optimizer);
    else refused.add(entry.id);
  }
  return { optimizers, refused, problems };
}
