/** What a document holds after reading: optimizers, definitions, claims, and the count of what was not annotated. */
import type { BeforeFirst } from '../notation/before-first.ts';
import type { StatementKind } from '../notation/kinds.ts';
import type { Regime } from '../notation/regimes.ts';
import type { MeanOf, Setting, WeakApproximation } from '../notation/settings.ts';
import type { Problem } from '../base/problem.ts';
import type { Span } from '../base/span.ts';
import type { Definition, Formula, Relation } from '../formula/formula.ts';
import type { Declaration, Notation, Optimizer } from '../optimizer/model.ts';
import type { Changes } from './changes.ts';
import type { StepLabels } from './step-labels.ts';

export type { Relation, StatementKind };
export type Verdict = 'proved' | 'conditional' | 'supported' | 'refuted' | 'undecided' | 'unreadable';
export const VERDICTS = ['proved', 'conditional', 'supported', 'refuted', 'undecided', 'unreadable'] as const;

export interface Statement {
  readonly id: string;
  readonly kind: StatementKind;
  readonly relation: Relation;
  /** The left side; for a flow or map the component left of the relation is COMPONENT after reading. */
  readonly left: Formula;
  readonly right: Formula;
  /** The exponent r of a `+ O(h^r)` on the right (o(h^r) counts as r+1); null when there is none. */
  readonly remainder: number | null;
  /** The order of this statement alone; the claim's is the highest of its statements'. */
  readonly order?: number;
  /** Why it is read and not judged; left out for what is judged. */
  readonly undecided?: string;
  /** The trailing `\text{if …}` condition and ranges as typed; null when there is none. */
  readonly condition: Condition | null;
  /** What it is the mean of, in the settings of means. */
  readonly mean?: MeanOf;
  /** How its author counts, where that is not as the model does. */
  readonly counted?: StepLabels;
  readonly span: Span;
}

export interface Condition {
  readonly text: string;
  readonly comparisons: readonly {
    readonly left: Formula;
    readonly relation: Relation | '\\gg' | '\\ll' | '\\ne';
    readonly right: Formula;
  }[];
  /** The statement holds exactly where the condition does (`\iff`), not only if. */
  readonly equivalence?: boolean;
  readonly span: Span;
}

export interface Claim extends Changes {
  readonly id: string;
  /** The display (or the inline formula). */
  readonly span: Span;
  readonly notation: Notation;
  /** Id of the optimizer; null when the claim needs none and the file has none. */
  readonly about: string | null;
  readonly setting: Setting;
  /** Order from `order=`, else from O(·), else the highest power of h on the right of a flow or map. */
  readonly order: number;
  readonly limit: 'large-n' | null;
  readonly regime: Regime | null;
  readonly sameAs: string | null;
  readonly given: readonly string[];
  readonly assume: readonly Condition[];
  /** The right side of `flow=`, with the modified loss as a quantity without indices; null: minus its gradient. */
  readonly flow?: Formula | null;
  readonly vector: 'componentwise' | null;
  /** Of a stochastic equation: its weak order, and the power of h that its noise has. */
  readonly weak?: WeakApproximation;
  /** What E_k is for k < 0 where its optimizer reads such losses: known once it is. */
  readonly beforeFirst?: BeforeFirst;
  readonly expect: Verdict;
  readonly declarations: readonly Declaration[];
  readonly definitions: readonly Definition[];
  /** How the author counts in the definitions, where that is not as the model does. */
  readonly counted?: StepLabels;
  readonly statements: readonly Statement[];
}

/** A display that defines names, usable through `given=ID`. */
export interface DefinitionBlock {
  readonly id: string;
  readonly span: Span;
  readonly about: string | null;
  readonly declarations: readonly Declaration[];
  readonly definitions: readonly Definition[];
}

/** A claim that could not be read: it still counts, with its problems. */
export interface UnreadableClaim {
  readonly id: string;
  readonly span: Span;
  readonly expect: Verdict;
  readonly problems: readonly Problem[];
}

export interface ModeqDocument {
  readonly file: string;
  readonly notation: Notation;
  readonly optimizers: readonly Optimizer[];
  readonly definitions: readonly DefinitionBlock[];
  readonly claims: readonly Claim[];
  readonly unreadable: readonly UnreadableClaim[];
  /** Problems outside claims: refused optimizers, broken magic comments, duplicate ids. */
  readonly problems: readonly Problem[];
  /** How many displays are claims, define something that could be read, are ignored, or have no magic comment. */
  readonly coverage: {
    readonly judged: number;
    readonly defined: number;
    readonly ignored: number;
    readonly unannotated: number;
  };
  /** The displays that no magic comment speaks of, in the order of the text. */
  readonly unannotated: readonly Span[];
}
