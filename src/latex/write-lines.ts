/**
 * Long formulas over several lines: broken before the + and − of sums, inside parentheses where a term alone is too long,
 * and before a factor only where nothing else helps. The tokens in their order are those of the unbroken formula, so
 * the broken formula means the same.
 */
import type { Formula } from '../formula/formula.ts';
import { box, join, Level } from './write-box.ts';
import type { Box, Piece } from './write-box.ts';
import { apartFrom } from './write-arithmetic.ts';
import { place, script, write, writeBigHead } from './write-node.ts';
import type { Ink } from './write-ink.ts';
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
  placeTerms(page, signedTerms(formula), ink, 1, 0);
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

/** What cannot be broken, or what can be broken between its brackets. */
interface Chunk {
  readonly box: Box;
  readonly inside: Inside | null;
  /** Stands in front of it instead of a sign of multiplication. */
  readonly lead: Piece | null;
}

interface Inside {
  readonly open: Piece;
  readonly close: Piece;
  readonly terms: readonly SignedTerm[];
  readonly ink: Ink;
}

const unbroken = (whole: Box): Chunk => ({ box: whole, inside: null, lead: null });

/** `reserve` is the width of closing brackets that must stand behind the last term. */
function placeTerms(page: Page, terms: readonly SignedTerm[], ink: Ink, indent: number, reserve: number): void {
  const { style } = ink;
  terms.forEach(({ negative, term }, position) => {
    const chunks = chunksOf(term, ink);
    const whole = place(term, Level.product, ink);
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
    const opens = inside && page.fits((between?.width ?? 0) + needed(inside));
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

/** The width that must be free for the opening bracket and what cannot be parted from it. */
function needed(inside: Inside): number {
  const [first] = inside.terms;
  const [chunk] = first ? chunksOf(first.term, inside.ink) : [];
  if (!first || !chunk) return inside.open.width;
  const sign = first.negative ? inside.ink.style.leadingMinus.width : 0;
  return inside.open.width + sign + (chunk.inside ? needed(chunk.inside) : chunk.box.width);
}

function placeInside(page: Page, inside: Inside, indent: number, reserve: number): void {
  page.put(inside.open);
  placeTerms(page, inside.terms, inside.ink, indent, inside.close.width + reserve);
  page.put(inside.close);
}

/** The factors of a term; the head of a Σ stays with the first factor of its body. */
function chunksOf(term: Formula, ink: Ink): Chunk[] {
  switch (term.kind) {
    case 'multiply': {
      if (!isPlainProduct(write(term, ink))) return [inner(term, ink)];
      const factors = flatFactors(term);
      const last = factors.length - 1;
      return factors.flatMap((factor, position) =>
        position === last && (factor.kind === 'sum' || factor.kind === 'product')
          ? chunksOf(factor, ink)
          : [after(factors[position - 1], inner(factor, ink), ink)],
      );
    }
    case 'sum':
    case 'product': {
      const within = { ...ink, letters: ink.letters.bind(term.index, term.sort) };
      const head = writeBigHead(term, ink, within);
      const [first, ...others] = chunksOf(term.body, within);
      if (!first) return [];
      const headed = (piece: Piece): Piece => join([head, piece], ink.style.space);
      const inside = first.inside && { ...first.inside, open: headed(first.inside.open) };
      return [{ box: box(headed(first.box), Level.factor), inside, lead: null }, ...others];
    }
    case 'divide': {
      if (ink.style.stacked) return [inner(term, ink)];
      const below = inner(term.denominator, ink);
      const { numerator } = term;
      const above =
        numerator.kind === 'multiply' && isPlainProduct(write(numerator, ink)) && !write(numerator, ink).open
          ? flatFactors(numerator)
          : [numerator];
      return [
        ...above.map((factor, position) => after(above[position - 1], inner(factor, ink), ink)),
        { ...below, lead: ink.style.over },
      ];
    }
    default:
      return [inner(term, ink, Level.product)];
  }
}

const after = (before: Formula | undefined, chunk: Chunk, ink: Ink): Chunk => ({
  ...chunk,
  box: apartFrom(before, chunk.box, ink),
});

/** Factors side by side: neither with a minus in front nor with a slash. */
const isPlainProduct = (whole: Box): boolean => whole.level === Level.product && !whole.slash;

/** A factor that others may follow. */
function inner(factor: Formula, ink: Ink, level: Level = Level.factor): Chunk {
  const { style } = ink;
  const flat = place(factor, level, ink, true);
  const breakable = (open: Piece, close: Piece, formula: Formula): Chunk => ({
    box: flat,
    inside: { open, close, terms: signedTerms(formula), ink },
    lead: null,
  });
  switch (factor.kind) {
    case 'add':
    case 'negate':
    case 'multiply':
    case 'sum':
    case 'product':
      return breakable(style.openBroken, style.closeBroken, factor);
    case 'divide':
      return style.stacked ? unbroken(flat) : breakable(style.openBroken, style.closeBroken, factor);
    case 'root':
      return style.stacked || factor.degree !== 2
        ? unbroken(flat)
        : breakable(style.openRoot, style.closeBroken, factor.radicand);
    case 'power':
      return factor.base.kind === 'add'
        ? breakable(style.openBroken, style.scripts(style.closeBroken, null, script(factor.exponent, ink)), factor.base)
        : unbroken(flat);
    default:
      return unbroken(flat);
  }
}
