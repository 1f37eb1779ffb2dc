/** A drawn figure: what is written to a file, and the numbers behind it. Drawing the same numbers twice gives equal bytes. */
import type { Json } from '../formula/json.ts';

export interface Figure {
  /** The file's name without its extension. */
  readonly name: string;
  readonly title: string;
  /** A self-contained SVG document with a white ground, as text. */
  readonly svg: string;
  /** What was drawn, so that it can be checked or drawn otherwise. */
  readonly numbers: { readonly [key: string]: Json };
}

/** In every figure's file, so that a later run knows its own. */
export const FIGURE_MARK = '<!-- modeq figure -->';
