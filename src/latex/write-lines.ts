/**
 * Long formulas over several lines: broken before the + and − of sums, inside parentheses where a term alone is too long,
 * and before a factor only where nothing else helps. The tokens in their order are those of the unbroken formula, so
 * the broken formula means the same.
 */
import type { Formula } from '../formula/formula.ts';
import { Level, box, join } from './write-box.ts';
import type { Box, Piece } from './write-box.ts';
import { group, place, write, writeBigHead } from './write-node.ts';
import type { Ink } from './write-node.ts';
import { flatFactors, signedTerms } from './write-terms.ts';
import type { SignedTerm } from './write-terms.ts';

export interface Line {
  readonly indent: number;
  readonly text: string;
}

export interface Margins {
  /** Rendered characters that fit on a line. */
  readonly width: number;
  /** Width of what stands in front of the first line, the left side and its relation. */
  readonly first: number;
  /** Width of one step of indentation. */
  readonly indent: number;
}

/** The lines of a formula; the first is not indented. */
export function writeLines(formula: Formula, ink: Ink, margins: Margins): Line[] {
  const flat = write(formula, ink);
  if (margins.first + flat.width <= margins.width) return [{ indent: 0, text: flat.text }];
  const page = new Page(margins);
  placeTerms(page, signedTerms(formula), ink, 1);
  return page.finish();
}

/** Lines being filled. */
class Page {
  readonly #margins: Margins;
  readonly #lines: Line[] = [];
  #indent = 0;
  #text = '';
  #width: number;
  #empty = true;

  constructor(margins: Margins) {
    this.#margins = margins;
    this.#width = margins.first;
  }

  get empty(): boolean {
    return this.#empty;
  }

  fits(width: number): boolean {
    return this.#width + width <= this.#margins.width;
  }

  /** Whether it would fit on a line of its own. */
  fitsAlone(width: number, indent: number): boolean {
    return indent * this.#margins.indent + width <= this.#margins.width;
  }

  /** Whether breaking here would leave most of the line unused. */
  get barelyUsed(): boolean {
    return this.#width < this.#margins.width / 3;
  }

  put(next: Piece): void {
    this.#text += next.text;
    this.#width += next.width;
    this.#empty = false;
  }

  breakLine(indent: number): void {
    this.#lines.push({ indent: this.#indent, text: this.#text.trim() });
    this.#indent = indent;
    this.#text = '';
    this.#width = indent * this.#margins.indent;
    this.#empty = true;
  }

  finish(): Line[] {
    return [...this.#lines, { indent: this.#indent, text: this.#text.trim() }];
  }
}

/** What cannot be broken, or a sum in parentheses that can. */
interface Chunk {
  readonly box: Box;
  readonly sum: { readonly terms: readonly SignedTerm[]; readonly ink: Ink } | null;
}

/** `reserve` is the width of closing brackets that must stand behind the last term. */
function placeTerms(page: Page, terms: readonly SignedTerm[], ink: Ink, indent: number, reserve = 0): void {
  const { style } = ink;
  terms.forEach(({ negative, term }, position) => {
    const chunks = chunksOf(term, ink);
    const whole = place(term, Level.product, ink);
    const sign = negative ? (position === 0 ? style.leadingMinus : style.minus) : position === 0 ? null : style.plus;
    const needed = (sign?.width ?? 0) + whole.width + (position === terms.length - 1 ? reserve : 0);
    if (!page.fits(needed) && position > 0 && !page.empty) page.breakLine(indent);
    if (sign) page.put(sign);
    if (page.fits(needed - (sign?.width ?? 0)) || chunks.length === 0) page.put(whole);
    else placeChunks(page, chunks, ink, indent + 1);
  });
}

function placeChunks(page: Page, chunks: readonly Chunk[], ink: Ink, indent: number): void {
  const { style } = ink;
  const space: Piece = { text: ' ', width: 0.2, tall: false };
  chunks.forEach((chunk, position) => {
    const between = position === 0 ? null : chunk.box.number ? style.dot : space;
    const width = (between?.width ?? 0) + chunk.box.width;
    if (page.fits(width)) {
      if (between) page.put(between);
      page.put(chunk.box);
    } else if (chunk.sum && (page.barelyUsed || !page.fitsAlone(chunk.box.width, indent))) {
      if (between) page.put(between);
      page.put(style.openBroken);
      placeTerms(page, chunk.sum.terms, chunk.sum.ink, indent, style.closeBroken.width);
      page.put(style.closeBroken);
    } else {
      if (position > 0) {
        page.breakLine(indent);
        page.put(style.times);
      }
      page.put(chunk.box);
    }
  });
}

/** The factors of a term; the head of a Σ stays with the first factor of its body. */
function chunksOf(term: Formula, ink: Ink): Chunk[] {
  if (term.kind === 'multiply') {
    const factors = flatFactors(term);
    return factors.flatMap((factor, position) =>
      position < factors.length - 1 ? [inner(factor, ink)] : chunksOf(factor, ink),
    );
  }
  if (term.kind === 'sum' || term.kind === 'product') {
    const inside = { ...ink, letters: ink.letters.bind(term.index, term.sort) };
    const head = writeBigHead(term, ink, inside);
    const [first, ...others] = chunksOf(term.body, inside);
    if (!first) return [];
    if (first.sum) return [{ box: box(head, Level.factor), sum: null }, first, ...others];
    const glued = box(join([head, first.box], { text: ' ', width: 0.2, tall: false }), Level.factor);
    return [{ box: glued, sum: null }, ...others];
  }
  return [inner(term, ink)];
}

/** A factor that others follow. */
function inner(factor: Formula, ink: Ink): Chunk {
  const flat = place(factor, Level.factor, ink, true);
  if (factor.kind === 'add' || factor.kind === 'negate')
    return { box: flat.level === Level.atom ? flat : group(flat, ink), sum: { terms: signedTerms(factor), ink } };
  return { box: flat, sum: null };
}
