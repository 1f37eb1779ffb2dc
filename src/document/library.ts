/** What documents offer to others by id: optimizers, and the definitions of claims. */
import type { Definition } from '../formula/formula.ts';
import type { Optimizer } from '../optimizer/model.ts';
import type { ModeqDocument } from './model.ts';

/** What can be found outside the files that are being read: the built-in documents. */
export interface Library {
  readonly optimizer: (id: string) => Optimizer | null;
  /** The definitions of a claim or definition, with those of its own `given`. */
  readonly given: (id: string) => readonly Definition[] | null;
  /** How many documents define an optimizer with this id. */
  readonly timesDefined: (id: string) => number;
  /** An id that several documents define is there as often. */
  readonly optimizerIds: () => readonly string[];
}

/** Everything in the documents, by id; the first of equal ids wins. */
export function libraryOf(
  documents: readonly ModeqDocument[],
  optimizers: ReadonlyMap<string, Optimizer> = new Map(),
): Library {
  const known = new Map([
    ...documents.flatMap(document => document.optimizers.map(each => [each.id, each] as const)).reverse(),
    ...optimizers,
  ]);
  type Named = { readonly id: string; readonly given?: readonly string[]; readonly definitions: readonly Definition[] };
  const all = documents.flatMap((document): Named[] => [...document.claims, ...document.definitions]);
  const named = new Map(all.map(each => [each.id, each] as const).reverse());
  const given = (id: string, open: readonly string[] = []): readonly Definition[] | null => {
    const found = named.get(id);
    if (!found || open.includes(id)) return found ? [] : null;
    const more = (found.given ?? []).flatMap(each => given(each, [...open, id]) ?? []);
    return withoutDoubles([...found.definitions, ...more]);
  };
  return {
    optimizer: id => known.get(id) ?? null,
    given: id => given(id),
    timesDefined: id => (known.has(id) ? 1 : 0),
    optimizerIds: () => [...known.keys()],
  };
}

/** The first definition of each name. */
function withoutDoubles(definitions: readonly Definition[]): Definition[] {
  const seen = new Set<string>();
  return definitions.filter(({ name }) => !seen.has(name) && seen.add(name));
}
