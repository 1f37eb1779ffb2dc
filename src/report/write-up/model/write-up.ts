/**
 * A write-up as data: sections of prose and of steps, each step a display that is an optimizer, a definition or a claim.
 * Every claim is read back and judged before the write-up is printed, and what was found stands beside it.
 */
import type { Setting } from '../../../notation/settings.ts';
import type { Definition, Formula } from '../../../formula/formula.ts';
import type { CurrentPoint } from '../../../latex/write/write-ink.ts';
import type { FollowedEquation } from '../../../judge/follow-equation.ts';
import type { ClaimVerdict } from '../../../judge/verdict.ts';
import type { Notation, Optimizer } from '../../../optimizer/model.ts';

export interface WriteUp {
  readonly optimizer: Optimizer;
  readonly setting: Setting;
  readonly order: number;
  readonly notation: Notation;
  /** What the optimizer is called. */
  readonly title: string;
  /** Where it comes from, as its document says; null where that says nothing. */
  readonly source: string | null;
  readonly sections: readonly Section[];
  /** Functions of the current point are written without it. */
  readonly withoutPoint: boolean;
  /** The equation of the step that is `followed`. */
  readonly followed?: FollowedEquation;
}

export interface Section {
  readonly id: string;
  /** LaTeX. */
  readonly title: string;
  /** A part of the proof of the theorem. */
  readonly level?: 'proof';
  readonly parts: readonly Part[];
}

export type Part = Prose | Step;

/** A paragraph in LaTeX; `<<map>>` refers to the display with the id `map`, `<<cite:backward>>` to a reference. */
export interface Prose {
  readonly kind: 'prose';
  readonly text: string;
}

export type StepKeys = Readonly<Record<string, string | number | readonly string[]>>;

export interface Step {
  readonly kind: 'step';
  /** Without the prefix of the write-up. */
  readonly id: string;
  /** `followed`: not read back, but run beside the optimizer. */
  readonly role: 'optimizer' | 'definition' | 'claim' | 'ignore' | 'followed';
  /** Keys of the magic comment. `given` and `about` name steps of this write-up. */
  readonly keys: StepKeys;
  /** What a `where` declares. */
  readonly where: readonly string[];
  readonly rows: readonly DisplayRow[];
  /** In front of the display; where its right side stands in an earlier display, `again` with that display's number. */
  readonly opening?: { readonly text: string; readonly again: (number: string) => string };
  /** LaTeX: why it holds, as a referee would ask. */
  readonly reason: string;
}

/** One equation of a display. */
export interface DisplayRow {
  readonly left: RowLeft;
  readonly relation: string;
  readonly right: Formula;
  /** How the current point is written on the right. */
  readonly current: CurrentPoint;
  /** + O(h^remainder) stands behind the right side. */
  readonly remainder: number | null;
  /** LaTeX behind the equation. */
  readonly tail: string;
  /** The right side is printed as the tree stands, as its author typed it. */
  readonly asTyped?: boolean;
}

export type RowLeft =
  | { readonly kind: 'flow' }
  | { readonly kind: 'formula'; readonly formula: Formula }
  | { readonly kind: 'definition'; readonly definition: Definition }
  /** The first value of a sequence that is defined by a recursion. */
  | { readonly kind: 'start'; readonly definition: Definition }
  /** LaTeX that no formula tree stands for, with its width in letters. */
  | { readonly kind: 'latex'; readonly latex: string; readonly width: number };

export const prose = (text: string): Prose => ({ kind: 'prose', text });

export const formulaRow = (
  left: Formula,
  right: Formula,
  options: Partial<Pick<DisplayRow, 'relation' | 'current' | 'remainder' | 'tail' | 'asTyped'>> = {},
): DisplayRow => ({
  left: { kind: 'formula', formula: left },
  relation: '=',
  right,
  current: 'plain',
  remainder: null,
  tail: '',
  ...options,
});

export const definitionRow = (definition: Definition): DisplayRow => ({
  left: { kind: 'definition', definition },
  relation: ':=',
  right: definition.body,
  current: 'plain',
  remainder: null,
  tail: '',
});

/** The claims of a write-up in order. */
export const stepsOf = ({ sections }: Pick<WriteUp, 'sections'>): readonly Step[] =>
  sections.flatMap(({ parts }) => parts.flatMap(part => (part.kind === 'step' ? [part] : [])));

/** What was found when the write-up was read back. */
export interface Findings {
  /** Runs of the optimizer as printed beside the one that it is about. */
  readonly runs: number;
  /** The verdicts of the claims, by the ids of their steps. */
  readonly claims: ReadonlyMap<string, ClaimVerdict>;
  /** Steps about regimes that the judge refutes: they are not printed. */
  readonly leftOut: ReadonlySet<string>;
  /** Of the step that is `followed`: the runs of the optimizer beside it. */
  readonly followed: number;
  readonly seed: number;
  readonly digits: number;
  /** Claims without a verdict were left out for want of time, not by an interrupt. */
  readonly timeIsOver?: boolean;
}

/** A step of the write-up that is a claim, and is checked as one. */
export const claimStep = (id: string, step: Pick<Step, 'keys' | 'rows' | 'reason'>): Step => ({
  kind: 'step',
  id,
  role: 'claim',
  where: [],
  ...step,
});
