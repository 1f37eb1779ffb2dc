/** What reading an annotated display needs of its file, and what it gives. */
import type { Problem } from '../../base/problem.ts';
import type { Definition } from '../../formula/formula.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import type { Placed } from '../annotation/keys.ts';
import type { Claim, DefinitionBlock, Verdict } from '../model.ts';
import type { Outline } from '../outline.ts';

/** What an entry turned out to be. `visible` is what `given=` of this entry brings along. */
export type ReadEntry =
  | { readonly kind: 'claim'; readonly claim: Claim; readonly visible: readonly Definition[] }
  | { readonly kind: 'definition'; readonly block: DefinitionBlock; readonly visible: readonly Definition[] }
  | { readonly kind: 'unreadable'; readonly expect: Verdict; readonly problems: readonly Problem[] };

/** Where an entry finds what it names; all throw Refusals. */
export interface Surroundings {
  readonly outline: Outline;
  readonly optimizer: (id: Placed<string>) => Optimizer;
  /** The id of the only optimizer of the file. */
  readonly onlyOptimizer: string | null;
  readonly given: (id: Placed<string>) => readonly Definition[];
  readonly isClaim: (id: string) => boolean;
}
