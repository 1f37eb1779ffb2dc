/** Which accents a document puts on the losses of its batches: \widehat E_k makes \widehat E no other loss than E. */
import type { Source } from '../../base/span.ts';
import { parseLetter } from '../../latex/layout/canonical-name.ts';
import { spellName } from '../../latex/layout/item.ts';
import type { Notation } from '../../optimizer/model.ts';

const known = new WeakMap<Source, Map<string, ReadonlySet<string>>>();

/** The canonical names of accented losses that stand with a subscript somewhere in the text. Macros are not looked into. */
export function batchLosses(source: Source, { loss }: Notation): ReadonlySet<string> {
  const ofSource = known.get(source) ?? new Map<string, ReadonlySet<string>>();
  known.set(source, ofSource);
  const before = ofSource.get(loss);
  if (before !== undefined) return before;
  const core = (parseLetter(loss)?.core ?? loss).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`\\\\[a-zA-Z]+\\s*(?:\\{\\s*${core}\\s*\\}|${core})(?=\\s*_)`, 'g');
  const found = new Set<string>();
  for (const [typed] of source.text.matchAll(pattern)) {
    const name = parseLetter(typed);
    if (name !== null && name.accents.length > 0) found.add(spellName(name));
  }
  ofSource.set(loss, found);
  return found;
}
