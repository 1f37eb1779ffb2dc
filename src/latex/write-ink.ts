/** What the writing of a node depends on besides the node: the format, the letters, and where the node stands. */
import type { Letters } from './write-letters.ts';
import type { Style } from './write-style.ts';

/** How the current point is written: θ, the solution θ̃(t) of the modified equation, or the iterate θ^{(n)}. */
export type CurrentPoint = 'plain' | 'moving' | 'iterate';

/** Everything the writing of a node depends on besides the node. */
export interface Ink {
  readonly style: Style;
  readonly letters: Letters;
  /** Inside a script: no spaces, fractions with a slash. */
  readonly tight: boolean;
  readonly current: CurrentPoint;
  /** The component that is left out because a vector is being written. */
  readonly left: string | null;
}
