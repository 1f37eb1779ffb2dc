/**
 * What the writers build formulas from: pieces of text that know how wide they are and how tightly they hold together.
 *
 * A box never forgets its level: whoever places it asks for the level that the place needs and groups it otherwise, so
 * that parentheses are neither missing nor superfluous.
 */

/** A piece of output; `width` counts rendered characters, not those of the source. */
export interface PrintedPiece {
  readonly text: string;
  readonly width: number;
  /** Higher than a line of text, or holding parentheses: parentheses around it are sized. */
  readonly tall: boolean;
}

/** How tightly a box holds together: which places it may stand in without parentheses. */
export const Binding = {
  /** a + b, −a */
  sum: 0,
  /** a b, a/b */
  product: 1,
  /** One factor that takes no further superscript: ∇_jE, x², m_j^{(n)}, a fraction. */
  factor: 2,
  /** Takes a superscript: β, R_j^{(n)}(θ), |x|. */
  atom: 3,
} as const;
export type Binding = (typeof Binding)[keyof typeof Binding];

export interface Box extends PrintedPiece {
  readonly level: Binding;
  /** Ends in the body of a Σ or Π, which would reach over every factor that follows. */
  readonly open: boolean;
  /** Must not stand right behind another factor without a dot: a number, an argument-like group behind θ. */
  readonly dotted: boolean;
  /** A quotient written with a slash. */
  readonly slash: boolean;
}

export const piece = (text: string, width: number, tall = false): PrintedPiece => ({ text, width, tall });

export const box = (
  from: PrintedPiece,
  level: Binding,
  more: Partial<Pick<Box, 'open' | 'dotted' | 'slash'>> = {},
): Box => ({
  text: from.text,
  width: from.width,
  tall: from.tall,
  level,
  open: more.open ?? false,
  dotted: more.dotted ?? false,
  slash: more.slash ?? false,
});

/** The pieces one after the other, `between` each two. */
export function join(pieces: readonly PrintedPiece[], between: PrintedPiece): PrintedPiece {
  const texts = pieces.map(each => each.text);
  const width = pieces.reduce((total, each) => total + each.width, 0) + between.width * Math.max(0, pieces.length - 1);
  return piece(
    texts.join(between.text),
    width,
    pieces.some(each => each.tall),
  );
}
