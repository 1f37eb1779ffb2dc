/** Changes of texts, and places in a changed text taken back to the text as it is. */
import type { Source, Span } from '../../base/span.ts';

/** `text` in place of what stands at `at`; an insertion where that is empty. */
export interface Edit {
  readonly at: Span;
  readonly text: string;
}

/** What would mend a mistake: the changes, and what the author is told. */
export interface Fix {
  readonly edits: readonly Edit[];
  readonly hint: string;
  /** Where and what the mistake is, if this says it better than the problem does. */
  readonly message?: string;
  readonly code?: string;
  readonly place?: Span;
  /** A letter that gets a role, told together with others: `w is what is trained`. */
  readonly gives?: { readonly letters: Readonly<Record<string, string>>; readonly words: string };
  /** A declaration, which is told together with others. */
  readonly declares?: { readonly name: string; readonly where: string };
}

const inOrder = (edits: readonly Edit[], name: string): Edit[] =>
  edits.filter(({ at }) => at.source.name === name).sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);

/** Whether no two of the edits touch the same text. */
export function areApart(edits: readonly Edit[]): boolean {
  const names = new Set(edits.map(({ at }) => at.source.name));
  return [...names].every(name =>
    inOrder(edits, name).every((edit, place, all) => place === 0 || (all[place - 1]?.at.end ?? 0) <= edit.at.start),
  );
}

/** The source with the edits that are about it; they must be apart. */
export function edited(source: Source, edits: readonly Edit[]): Source {
  let text = '';
  let at = 0;
  for (const edit of inOrder(edits, source.name)) {
    text += source.text.slice(at, edit.at.start) + edit.text;
    at = edit.at.end;
  }
  return at === 0 && text === '' ? source : { name: source.name, text: text + source.text.slice(at) };
}

/** The place in the unchanged `source` that a place in the edited one came from; what was put in is where it was put. */
export function takenBack(span: Span, source: Source, edits: readonly Edit[]): Span {
  const back = (offset: number): number => {
    let shift = 0;
    for (const { at, text } of inOrder(edits, source.name)) {
      const start = at.start + shift;
      if (offset <= start) break;
      if (offset < start + text.length) return Math.min(at.end, at.start + (offset - start));
      shift += text.length - (at.end - at.start);
    }
    return offset - shift;
  };
  const start = back(span.start);
  return { source, start, end: Math.max(start, back(span.end)) };
}
