/** What a document says of itself and of its parts: its title, its date, the heading above a place. */
import type { Source } from '../../base/span.ts';
import type { ModeqDocument } from '../../document/model.ts';
import { latexToText } from '../text/latex-to-text.ts';

/** Null where the document does not say. */
export interface DocumentHead {
  readonly title: string | null;
  readonly date: string | null;
}

/** More of a file is not looked through for its title. */
const FRONT = 200_000;
const LONGEST = 300;

/** Title and date of the first source that has a title, else the first date. `\today` is no date. */
export function documentHead(sources: readonly Source[]): DocumentHead {
  const heads = sources.map(headOf);
  return (
    heads.find(({ title }) => title !== null) ?? { title: null, date: heads.find(({ date }) => date)?.date ?? null }
  );
}

function headOf(source: Source): DocumentHead {
  const text = source.text.slice(0, FRONT);
  if (isMarkdown(source)) {
    const front = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? '';
    const named = (key: string): string | null =>
      new RegExp(`^${key}:\\s*["']?(.*?)["']?\\s*$`, 'm').exec(front)?.[1] ?? null;
    return {
      title: shown(named('title') ?? /^# +(.+?)\s*#*\s*$/m.exec(text)?.[1] ?? ''),
      date: shown(named('date') ?? ''),
    };
  }
  const date = argument(text, 'date');
  return { title: shown(argument(text, 'title') ?? ''), date: shown(date?.includes('\\today') ? '' : (date ?? '')) };
}

/** The texts that something was read from, each once, in the order of the documents. */
export function sourcesOf(documents: readonly ModeqDocument[]): Source[] {
  const spans = documents.flatMap(({ claims, unreadable, unannotated }) => [
    ...[...claims, ...unreadable].map(({ span }) => span),
    ...unannotated,
  ]);
  return [...new Set(spans.map(({ source }) => source))];
}

/** The last heading above the place in its file; null where there is none. */
export function sectionAbove(source: Source, at: number): string | null {
  const above = source.text.slice(0, at);
  if (isMarkdown(source)) return shown([...above.matchAll(/^#{1,4} +(.+?)\s*#*\s*$/gm)].at(-1)?.[1] ?? '');
  const last = [...above.matchAll(/^[^%\n]*?\\(?:part|chapter|(?:sub){0,2}section)\*?\s*(?:\[[^\][]*\]\s*)?\{/gm)].at(
    -1,
  );
  return last === undefined ? null : shown(braced(source.text, last.index + last[0].length));
}

const isMarkdown = ({ name }: Source): boolean => /\.(?:md|markdown)$/.test(name);

/** The argument of a command that no comment hides. */
function argument(text: string, command: string): string | null {
  const found = new RegExp(`^[^%\\n]*?\\\\${command}\\s*(?:\\[[^\\][]*\\]\\s*)?\\{`, 'm').exec(text);
  return found === null ? null : braced(text, found.index + found[0].length);
}

/** The text up to the brace that closes, of sensible length. */
function braced(text: string, from: number): string {
  let depth = 1;
  for (let at = from; at < Math.min(text.length, from + LONGEST); at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return text.slice(from, at);
    }
  }
  return '';
}

/** As plain words; footnotes and labels are no part of a heading. */
function shown(latex: string): string | null {
  const text = latexToText(
    latex
      .replace(/\\(?:thanks|footnote|label)\s*\{[^{}]*\}/g, '')
      .replace(/\\\\(?:\[[^\]]*\])?/g, ' ')
      .replace(/---?/g, '–'),
  )
    .replace(/[{}]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? null : text;
}
