/** The known ids that an unknown word may have been meant to be, for hints only. */
import { distance } from 'fastest-levenshtein';

const LONGEST = 40;
const MOST = 5;
/** So many ids are simply listed. */
const FEW = 24;

/** At most five of `known`, the nearest first: those with few other letters, then those that contain the word. */
export function nearest(word: string, known: readonly string[]): readonly string[] {
  if (word.length > LONGEST) return [];
  const bare = (id: string): string => id.toLowerCase().replace(/[^a-z0-9]/g, '');
  const wanted = bare(word);
  const ranked = [...new Set(known)].flatMap(id => {
    const changes = distance(wanted, bare(id));
    const alike = changes <= Math.max(1, Math.floor(wanted.length / 3));
    const within = wanted.length > 2 && bare(id).includes(wanted);
    return alike || within ? [{ id, rank: alike ? changes : LONGEST + changes }] : [];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ id }) => id);
}

/** `Did you mean a, b?`, else the ids where they are few, else how many there are. */
export function hintFor(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  if (near.length > 0 && known.length > FEW) return `Did you mean ${near.join(', ')}?`;
  if (known.length === 0) return 'There are none.';
  if (known.length > FEW) return `None of the ${known.length} ids is like it; modeq list shows them.`;
  const listed = `known: ${known.join(', ')}`;
  return near[0] === undefined ? listed : `Did you mean ${near[0]}? ${listed}`;
}
