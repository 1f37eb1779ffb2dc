/** The pieces that LaTeX itself distinguishes, each with its place. Tokens say nothing about mathematics. */
import type { Span } from '../../base/span.ts';

export interface Token {
  readonly kind:
    | 'command'
    | 'letter'
    | 'digit'
    | 'open'
    | 'close'
    | 'superscript'
    | 'subscript'
    | 'alignment'
    | 'symbol'
    | 'space'
    | 'parameter';
  /** A command with its backslash, a single character, or `#1` for a macro's parameter. A space is one blank. */
  readonly text: string;
  readonly span: Span;
}
