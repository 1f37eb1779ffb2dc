/** Sentences of the judge taken apart: words, `code` in backticks, and LaTeX. */

export interface SentencePart {
  readonly kind: 'words' | 'code' | 'formula';
  readonly text: string;
}

/**
 * The parts in their order. A word is LaTeX where it holds a command or is a letter with a power or an index; what stands beside a
 * relation there goes with it. Example: `as n \to \infty, then` is words, the formula `n \to \infty`, words.
 */
export function sentenceParts(text: string): SentencePart[] {
  return text
    .split(/(`[^`]*`)/)
    .flatMap(part =>
      part.length > 1 && part.startsWith('`') ? [{ kind: 'code' as const, text: part.slice(1, -1) }] : wordParts(part),
    )
    .filter(part => part.text !== '');
}

function wordParts(text: string): SentencePart[] {
  const parts: SentencePart[] = [];
  const all = text.split(/( +)/);
  for (let at = 0; at < all.length; at += 1) {
    const word = all[at] ?? '';
    const opens = SHORT.test(word) && RELATION.test(all[at + 2] ?? '');
    if (!opens && !IS_FORMULA.test(word)) {
      parts.push({ kind: 'words', text: word });
      continue;
    }
    let end = at;
    while (end + 2 < all.length && goesOn(all[end] ?? '', all[end + 2] ?? '')) end += 2;
    const run = all.slice(at, end + 1).join('');
    const tail = /[,.;:]*$/.exec(run)?.[0] ?? '';
    parts.push({ kind: 'formula', text: run.slice(0, run.length - tail.length) }, { kind: 'words', text: tail });
    at = end;
  }
  return parts;
}

const IS_FORMULA = /\\[A-Za-z]|^[A-Za-z]\^|^[A-Za-z]_[A-Za-z0-9][,.;:]?$/;
const SHORT = /^(?:[A-Za-z]|[=<>+-]|\d+)[,.;:]?$/;
const RELATION = /^\\(?:to|in|le|ge|ne|gg|ll)$/;

const goesOn = (word: string, next: string): boolean =>
  !/[,;:]$/.test(word) && (IS_FORMULA.test(next) || (RELATION.test(word) && SHORT.test(next)));

/** Whether an assumption or a null set is one formula and not a sentence. */
export const isOneFormula = (text: string): boolean => !/(?:^|\s)[A-Za-z]{2,}(?=[\s,;:.]|$)/.test(text);
