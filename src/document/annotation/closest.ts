/** The known word that a mistyped one was probably meant to be, for hints only. */
import { distance } from 'fastest-levenshtein';

const LONGEST = 40;

/** The nearest of `known` when at most a third of its letters differ, else null. Example: "expcet" is near "expect". */
export function closest(word: string, known: Iterable<string>): string | null {
  if (word.length > LONGEST) return null;
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const changes = isTransposed(word, candidate) ? 1 : distance(word, candidate);
    if (changes < least && changes <= Math.max(1, candidate.length / 3)) {
      best = candidate;
      least = changes;
    }
  }
  return best;
}

/** Whether two neighbouring letters have changed places, the commonest slip of all. */
function isTransposed(word: string, candidate: string): boolean {
  if (word.length !== candidate.length || word === candidate) return false;
  let at = 0;
  while (word[at] === candidate[at]) at += 1;
  return (
    word[at] === candidate[at + 1] && word[at + 1] === candidate[at] && word.slice(at + 2) === candidate.slice(at + 2)
  );
}
