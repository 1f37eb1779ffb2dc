/** What mends a claim: one edit or two. */
import type { Twin } from './twins.ts';

export interface Repair {
  readonly first: Twin;
  /** Made in the claim that the first one left; `alone`: the same edit of the claim as it was typed, where it is one. */
  readonly second: { readonly twin: Twin; readonly alone: Twin | null } | null;
}
