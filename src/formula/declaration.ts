/** What a `where` declares: scalars with their domains, functions, schedules, vectors. Plain data; nothing is checked here. */
import type { Span } from '../base/span.ts';
import type { Rational } from '../number/rational.ts';
import type { Formula } from './formula.ts';

/** What is known of the value of a declared scalar: an interval with open or closed ends; null is unbounded. */
export interface Domain {
  readonly lower: Rational | null;
  readonly lowerOpen: boolean;
  readonly upper: Rational | null;
  readonly upperOpen: boolean;
}

export type Declaration =
  /** `\beta in (0,1)`, `\varepsilon > 0`, in claims also `x > 0`. */
  | { readonly kind: 'scalar'; readonly name: string; readonly domain: Domain; readonly span: Span | null }
  /** `\phi smooth`, `\phi odd smooth` (body null: abstract), `\phi(x) = \tanh(x/\delta)`. */
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly odd: boolean;
      readonly formal: string;
      readonly body: Formula | null;
      readonly span: Span | null;
    }
  /** `K : vector -> scalar smooth`, `\Phi : vector -> vector smooth`. */
  | {
      readonly kind: 'vector-function';
      readonly name: string;
      readonly result: 'scalar' | 'vector';
      readonly span: Span | null;
    }
  /** `\eta_n schedule`: an arbitrary sequence of numbers. */
  | { readonly kind: 'schedule'; readonly name: string; readonly span: Span | null }
  /** `v vector`: an arbitrary vector (claims only). */
  | { readonly kind: 'vector'; readonly name: string; readonly span: Span | null };
