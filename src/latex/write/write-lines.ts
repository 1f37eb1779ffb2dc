/**
 * Long formulas over several lines: broken before the + and − of sums, inside parentheses where a term alone is too long,
 * and before a factor only where nothing else helps. The tokens in their order are those of the unbroken formula, so
 * the broken formula means the same.
 */
import type { Formula } from '../../formula/formula.ts';
import { Binding } from './write-box.ts';
import type { PrintedPiece } from './write-box.ts';
import { chunksOf, needed } from './write-chunks.ts';
import type { Chunk, Inside } from './write-chunks.ts';
import type { Ink } from './write-ink.ts';
import { place, write } from './write-node.ts';
import { signedTerms } from './write-terms.ts';
import type { SignedTerm } from './write-terms.ts';

export interface Line {
  readonly indent: number;
  readonly text: string;
  /** Without the indentation and, on the first line, without what stands in front. */
  readonly width: number;
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
  if (margins.first + flat.width <= margins.width) return [{ indent: 0, text: flat.text, width: flat.width }];
  const page = new Page(margins);
  placeTerms(page, signedTerms(formula), ink, 1, 0);
  return page.finish();
}

/** Lines being filled. */
class Page {
  readonly #margins: Margins;
  readonly #lines: Line[] = [];
  #indent = 0;
  #text = '';
  /** Width of what stands in front of the text of this line. */
  #before: number;
  #width: number;
  #empty = true;

  constructor(margins: Margins) {
    this.#margins = margins;
    this.#before = margins.first;
    this.#width = margins.first;
  }

  /** What is wider than this is not kept together at any price. */
  get limit(): number {
    return this.#margins.width / 2;
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

  put(next: PrintedPiece): void {
    this.#text += next.text;
    this.#width += next.width;
    this.#empty = false;
  }

  breakLine(indent: number): void {
    this.#lines.push(this.#line());
    this.#indent = indent;
    this.#text = '';
    this.#before = indent * this.#margins.indent;
    this.#width = this.#before;
    this.#empty = true;
  }

  finish(): Line[] {
    return [...this.#lines, this.#line()];
  }

  #line(): Line {
    return { indent: this.#indent, text: this.#text.trim(), width: this.#width - this.#before };
  }
}

/** `reserve` is the width of closing brackets that must stand behind the last term. */
function placeTerms(page: Page, terms: readonly SignedTerm[], ink: Ink, indent: number, reserve: number): void {
  const { style } = ink;
  terms.forEach(({ negative, term }, position) => {
    const chunks = chunksOf(term, ink, page.limit);
    const whole = place(term, Binding.product, ink);
    const sign = negative ? (position === 0 ? style.leadingMinus : style.minus) : position === 0 ? null : style.plus;
    const behind = position === terms.length - 1 ? reserve : 0;
    const needed = (sign?.width ?? 0) + whole.width + behind;
    if (!page.fits(needed) && position > 0 && !page.empty) page.breakLine(indent);
    if (sign) page.put(sign);
    if (page.fits(needed - (sign?.width ?? 0)) || chunks.length === 0) page.put(whole);
    else placeChunks(page, chunks, ink, indent + 1, behind);
  });
}

function placeChunks(page: Page, chunks: readonly Chunk[], ink: Ink, indent: number, reserve: number): void {
  const { style } = ink;
  chunks.forEach((chunk, position) => {
    const behind = position === chunks.length - 1 ? reserve : 0;
    const between = position === 0 ? null : (chunk.lead ?? (chunk.box.dotted ? style.dot : style.space));
    const flat = chunk.box.width + behind;
    const { inside } = chunk;
    let fits = page.fits((between?.width ?? 0) + flat);
    const opens = inside && page.fits((between?.width ?? 0) + needed(inside, page.limit));
    const stays = fits || position === 0 || page.empty || (opens && (page.barelyUsed || !page.fitsAlone(flat, indent)));
    if (stays) {
      if (between) page.put(between);
    } else {
      page.breakLine(indent);
      page.put(chunk.lead ?? style.times);
      fits = page.fits(flat);
    }
    if (fits || !inside) page.put(chunk.box);
    else placeInside(page, inside, indent, behind);
  });
}

function placeInside(page: Page, inside: Inside, indent: number, reserve: number): void {
  page.put(inside.open);
  placeTerms(page, inside.terms, inside.ink, indent, inside.close.width + reserve);
  page.put(inside.close);
}
