/** Ids for what is proposed: the display's label, else the heading above it, else a number. */
import { textOf } from '../annotation/annotation.ts';
import type { FoundSeed } from './found.ts';

const LABEL = /\\label\s*\{([^{}]+)\}/;
const HEADING =
  /\\(?:part|chapter|section|subsection|subsubsection|paragraph)\*?\s*\{([^{}\n]+)\}|\\begin\s*\{(?:theorem|proposition|lemma|corollary|definition|claim|remark|algorithm|example)\*?\}\s*\[([^\]\n]+)\]|\\caption\s*\{([^{}\n]+)\}|^#{1,6}[ \t]+(.+)$|\\begin\s*\{(theorem|proposition|lemma|corollary)\*?\}/gm;

/** How far above a display its heading may stand. */
const FARTHEST = 4_000;
const LONGEST = 28;

export class Ids {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** A free id for what stands in the formula. It is free until it is taken. */
  of(formula: FoundSeed, fallback: string): string {
    const label = LABEL.exec(textOf(formula.span))?.[1]?.replace(/^(?:eqn?|eq|thm|alg|def|fig|prop|lem)[:.]/, '');
    const base = slugOf(label ?? headingAbove(formula) ?? fallback) || fallback;
    for (let number = 1; ; number += 1) {
      const id = number === 1 ? base : `${base}-${number}`;
      if (!this.#taken.has(id)) return id;
    }
  }

  take(id: string): void {
    this.#taken.add(id);
  }
}

/** The text of an id: letters, digits and hyphens. */
export function slugOf(text: string): string {
  const [first = '', ...more] = text
    .replace(/\\label\s*\{[^{}]*\}/g, '')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase()
    .split(' ');
  let slug = first.slice(0, LONGEST);
  for (const word of more) {
    if (slug.length + word.length >= LONGEST) break;
    slug += `-${word}`;
  }
  return slug;
}

function headingAbove({ span: { source, start } }: FoundSeed): string | null {
  const above = source.text.slice(Math.max(0, start - FARTHEST), start).replace(/(?<!\\)%.*$/gm, '');
  const last = [...above.matchAll(HEADING)].at(-1);
  return last ? (last.slice(1).find(each => each !== undefined) ?? null) : null;
}
