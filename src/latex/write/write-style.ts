/**
 * How an output format spells the parts of a formula. The writers decide what stands where and what needs parentheses;
 * a style only spells, so that LaTeX and plain text can never disagree about the meaning.
 */
import type { PrintedPiece } from './write-box.ts';

export interface Style {
  /** A name in canonical LaTeX spelling: `\beta_1`, `\bar{P}`. */
  name(latex: string): PrintedPiece;
  /** The parameters as a vector: bold θ. */
  point(parameters: string): PrintedPiece;
  /** The solution of the modified equation, θ̃(t); a component is spelled with the argument behind the scripts. */
  movingPoint(parameters: string, component: PrintedPiece | null, time: string): PrintedPiece;
  /** The left side of the modified equation, the time derivative of θ̃_j, or of the whole vector; `barred` that of the mean iterate, \bar\theta. */
  flow(parameters: string, component: PrintedPiece | null, time: string, barred?: boolean): PrintedPiece;
  /** The mean over the batches in front of a left side. */
  expectation(of: PrintedPiece): PrintedPiece;
  number(digits: string): PrintedPiece;
  /** Either script may be absent. A name's own subscript is merged with `below`. */
  scripts(base: PrintedPiece, below: PrintedPiece | null, above: PrintedPiece | null): PrintedPiece;
  /** Subscript letters: side by side where each is one letter, else with commas. */
  letters(indices: readonly PrintedPiece[]): PrintedPiece;
  list(entries: readonly PrintedPiece[], tight: boolean): PrintedPiece;
  /** What an operator is applied to: [u, v]. */
  brackets(entries: PrintedPiece): PrintedPiece;
  group(inner: PrintedPiece): PrintedPiece;
  /** Whether a piece begins with a parenthesis. */
  isGroup(shown: PrintedPiece): boolean;
  /** Plain parentheses that never grow, as in labels. */
  label(inner: PrintedPiece): PrintedPiece;
  juxtapose(factors: readonly PrintedPiece[], tight: boolean): PrintedPiece;
  readonly space: PrintedPiece;
  readonly dot: PrintedPiece;
  readonly plus: PrintedPiece;
  readonly minus: PrintedPiece;
  /** Inside scripts, without spaces. */
  readonly tightPlus: PrintedPiece;
  readonly tightMinus: PrintedPiece;
  readonly leadingMinus: PrintedPiece;
  /** Whether fractions and roots are drawn, not spelled in a row; `fraction` is null otherwise. */
  readonly stacked: boolean;
  fraction(numerator: PrintedPiece, denominator: PrintedPiece): PrintedPiece | null;
  slash(numerator: PrintedPiece, denominator: PrintedPiece, tight: boolean): PrintedPiece;
  root(degree: number, radicand: PrintedPiece): PrintedPiece;
  absolute(inner: PrintedPiece): PrintedPiece;
  norm(inner: PrintedPiece, below: PrintedPiece | null): PrintedPiece;
  big(kind: 'sum' | 'product', index: PrintedPiece, lower: PrintedPiece, upper: PrintedPiece): PrintedPiece;
  /** ∇, with its indices below. */
  nabla(below: PrintedPiece | null): PrintedPiece;
  /** ∂ with its indices below: partial derivatives in a function's own argument. */
  partial(below: PrintedPiece): PrintedPiece;
  parameterDerivative(by: PrintedPiece, argument: PrintedPiece): PrintedPiece;
  function(name: string, primes: number): PrintedPiece;
  /** A function or loss with its argument in parentheses. */
  apply(name: PrintedPiece, argument: PrintedPiece): PrintedPiece;
  readonly defines: string;
  readonly equals: string;
  readonly approximately: string;
  /** From a whole number on: if n ≥ 1. */
  condition(letter: PrintedPiece, least: PrintedPiece): PrintedPiece;
  /** One condition and another one. */
  both(first: PrintedPiece, second: PrintedPiece): PrintedPiece;
  /** A time in an interval: t ∈ [nh, (n+1)h]. */
  interval(time: PrintedPiece, from: PrintedPiece, to: PrintedPiece): PrintedPiece;
  /** Brackets of a group that is broken over lines. */
  readonly openBroken: PrintedPiece;
  readonly closeBroken: PrintedPiece;
  /** The opening bracket of a root that is broken over lines. */
  readonly openRoot: PrintedPiece;
  /** The slash in front of a denominator. */
  readonly over: PrintedPiece;
  /** Stands at the start of a line that continues a product. */
  readonly times: PrintedPiece;
}
