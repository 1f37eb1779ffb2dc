/** The distances of second sequences from the parameters, which have no names of their own, under names that can be printed. */
import type { Optimizer } from '../../optimizer/model.ts';
import { namesOf, renameOptimizer } from '../../optimizer/rename.ts';

const ACCENTS = ['\\bar', '\\hat', '\\tilde', '\\check', '\\breve', '\\mathring'];

/** `#z` and `#lag:z` as accented z; an optimizer without them is itself. */
export function nameDistances(optimizer: Optimizer): Optimizer {
  const taken = new Set(namesOf(optimizer));
  const names = new Map<string, string>();
  for (const { name } of optimizer.states) {
    if (!name.startsWith('#')) continue;
    const letter = name.replace(/^#(?:lag:)?/, '');
    const free = ACCENTS.map(accent => `${accent}{${letter}}`).find(each => !taken.has(each));
    if (free === undefined) continue;
    taken.add(free);
    names.set(name, free);
  }
  return renameOptimizer(optimizer, names);
}
