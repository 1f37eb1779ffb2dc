/** The known word that a mistyped one was probably meant to be, for hints only. */

const LONGEST = 40;

/** The number of letters to change, insert or remove, up to LONGEST letters. */
export function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (const [position, letter] of [...left].entries()) {
    const next = [position + 1];
    for (const [column, other] of [...right].entries()) {
      const change = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The nearest of `known` when at most a third of its letters differ, else null. Example: "expcet" is near "expect". */
export function closest(word: string, known: Iterable<string>): string | null {
  if (word.length > LONGEST) return null;
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const changes = distance(word, candidate);
    if (changes < least && changes <= Math.max(1, candidate.length / 3)) {
      best = candidate;
      least = changes;
    }
  }
  return best;
}
