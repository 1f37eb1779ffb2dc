/**
 * How an output format spells the parts of a formula. The writers decide what stands where and what needs parentheses;
 * a style only spells, so that LaTeX and plain text can never disagree about the meaning.
 */
import type { Piece } from './write-box.ts';

export interface Style {
  /** A name in canonical LaTeX spelling: `\beta_1`, `\bar{P}`. */
  name(latex: string): Piece;
  /** The parameters as a vector: bold θ. */
  point(parameters: string): Piece;
  /** The solution of the modified equation, θ̃(t); a component is spelled with the argument behind the scripts. */
  movingPoint(parameters: string, component: Piece | null, time: string): Piece;
  /** The left side of the modified equation, the time derivative of θ̃_j, or of the whole vector. */
  flow(parameters: string, component: Piece | null, time: string): Piece;
  number(digits: string): Piece;
  /** Either script may be absent. A name's own subscript is merged with `below`. */
  scripts(base: Piece, below: Piece | null, above: Piece | null): Piece;
  /** Subscript letters: side by side where each is one letter, else with commas. */
  letters(indices: readonly Piece[]): Piece;
  list(entries: readonly Piece[], tight: boolean): Piece;
  /** What an operator is applied to: [u, v]. */
  brackets(entries: Piece): Piece;
  group(inner: Piece): Piece;
  /** Whether a piece begins with a parenthesis. */
  isGroup(shown: Piece): boolean;
  /** Plain parentheses that never grow, as in labels. */
  label(inner: Piece): Piece;
  juxtapose(factors: readonly Piece[], tight: boolean): Piece;
  readonly space: Piece;
  readonly dot: Piece;
  readonly plus: Piece;
  readonly minus: Piece;
  /** Inside scripts, without spaces. */
  readonly tightPlus: Piece;
  readonly tightMinus: Piece;
  readonly leadingMinus: Piece;
  /** Whether fractions and roots are drawn, not spelled in a row; `fraction` is null otherwise. */
  readonly stacked: boolean;
  fraction(numerator: Piece, denominator: Piece): Piece | null;
  slash(numerator: Piece, denominator: Piece, tight: boolean): Piece;
  root(degree: number, radicand: Piece): Piece;
  absolute(inner: Piece): Piece;
  norm(inner: Piece, below: Piece | null): Piece;
  big(kind: 'sum' | 'product', index: Piece, lower: Piece, upper: Piece): Piece;
  /** ∇, with its indices below. */
  nabla(below: Piece | null): Piece;
  /** ∂ with its indices below: partial derivatives in a function's own argument. */
  partial(below: Piece): Piece;
  parameterDerivative(by: Piece, argument: Piece): Piece;
  function(name: string, primes: number): Piece;
  /** A function or loss with its argument in parentheses. */
  apply(name: Piece, argument: Piece): Piece;
  readonly defines: string;
  readonly equals: string;
  readonly approximately: string;
  /** From a whole number on: if n ≥ 1. */
  condition(letter: Piece, least: Piece): Piece;
  /** A time in an interval: t ∈ [nh, (n+1)h]. */
  interval(time: Piece, from: Piece, to: Piece): Piece;
  /** Brackets of a group that is broken over lines. */
  readonly openBroken: Piece;
  readonly closeBroken: Piece;
  /** The opening bracket of a root that is broken over lines. */
  readonly openRoot: Piece;
  /** The slash in front of a denominator. */
  readonly over: Piece;
  /** Stands at the start of a line that continues a product. */
  readonly times: Piece;
}
