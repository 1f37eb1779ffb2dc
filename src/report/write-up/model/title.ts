/** What an optimizer is called and where it comes from, in the words of the document that defines it. */
import type { Optimizer } from '../../../optimizer/model.ts';

/** A name such as `Adam` for the id `adam`: the heading above the rule where it is about that rule alone, a word of the document, or the id in words. */
export function titleOf({ id, span }: Optimizer): string {
  const { before, all } = around(id, span);
  const headings = [...before.matchAll(/\\(?:sub)*section\*?\{([^{}]*)\}|^#+ +(.*)$/gm)];
  const heading = (headings.at(-1)?.[1] ?? headings.at(-1)?.[2] ?? '').trim();
  const isAlone = (all.match(/!modeq optimizer /g) ?? []).length === 1;
  if (isAlone && heading !== '' && !/[\\$]/.test(heading) && heading.length < 60) return heading;
  return wordFor(id, all) ?? inWords(id);
}

/** The sentence behind `Source:` in front of the rule; null where there is none. */
export function sourceOf({ id, span }: Optimizer): string | null {
  const found = [...around(id, span).before.matchAll(/Source: ([^\n]*(?:\n(?!\s*\n|%)[^\n]*)*)/g)].at(-1)?.[1];
  const line = found?.split('\n')[0]?.trim();
  return line === undefined || line === '' ? null : escaped(line.replace(/\.$/, ''));
}

/** A line of LaTeX or Markdown with what stands outside of formulas as it is printed. */
const escaped = (line: string): string =>
  line
    .split('$')
    .map((part, at) => (at % 2 === 1 ? part : part.replace(/(?<!\\)[_#%&]/g, each => `\\${each}`)))
    .join('$');

function around(id: string, { source, start }: Optimizer['span']): { readonly before: string; readonly all: string } {
  const { text } = source;
  const comment = [...text.slice(0, start).matchAll(/!modeq optimizer ([\w.-]+)/g)].findLast(([, own]) => own === id);
  return { before: text.slice(0, comment?.index ?? start), all: text };
}

/** A word of the text with capitals that has the letters of the id. */
function wordFor(id: string, text: string): string | null {
  const words = text.replace(/^.*!modeq.*$/gm, '').match(/[A-Za-z][A-Za-z-]*/g) ?? [];
  const plain = (word: string): string => word.toLowerCase().replaceAll('-', '');
  return words.find(word => plain(word) === plain(id) && /[A-Z]/.test(word)) ?? null;
}

/** The id with blanks and a capital: `heavy-ball` is Heavy ball. */
const inWords = (id: string): string => {
  const words = id.replace(/[-_.]+/g, ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};
