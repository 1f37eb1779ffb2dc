/**
 * The model of an optimizer: what its rows said, as formula trees, componentwise in {@link COMPONENT} and with the
 * iteration index {@link ITERATION}. Both routes start here: the symbolic route unrolls it, the numeric route runs it.
 */
import type { BeforeFirst } from '../notation/before-first.ts';
import type { Span } from '../base/span.ts';
import type { Declaration, Domain } from '../formula/declaration.ts';
import type { Definition, Formula } from '../formula/formula.ts';

export type { Declaration, Domain };

/**
 * A state recursion s_j^{(n+1)} = right, linear in s^{(n)} unless it is `recursive`. `right` is written for the step that makes s^{(n+1)} from
 * s^{(n)}: its ITERATION is n ≥ 0. It may use other states at n or n+1, quantities, gradients, hyperparameters.
 * A state without component (a scalar recursion) has `componentwise` false and is used with no indices.
 */
export interface StateRow {
  readonly name: string;
  readonly componentwise: boolean;
  readonly right: Formula;
  /** s^{(0)}; zero unless an initial row says otherwise. Its ITERATION is 0 where it occurs. */
  readonly initial: Formula;
  /** Not linear in s^{(n)}, or with a factor that depends on the parameters: its value is defined by the recursion alone. */
  readonly recursive?: true;
  /** Its row reads s^{(n+1)}, through a factor h. */
  readonly implicit?: true;
  readonly span: Span;
}

/** Why the rows are taken to count from 1, or that they say so themselves. */
export type CountingSign = 'typed' | 'update' | 'first-iterate' | 'start' | 'correction' | null;

export interface Counting {
  /** The letter's value in the first step, 0 or 1. */
  readonly first: number;
  /** What is taken from a typed label of θ or a quantity. */
  readonly iterates: number;
  /** What is taken from a typed index of a loss. */
  readonly losses: number;
  readonly schedules: number;
  /** What is taken from a typed label of a state. */
  readonly states: ReadonlyMap<string, number>;
}

/** How the rows of a document count, for whoever reads a claim about them or says it. */
export interface TypedCounting extends Counting {
  /** What showed it; null where nothing did, so that the rows count from 0. */
  readonly sign: CountingSign;
  /** The range as typed behind a row: `t = 1, 2, \dots`. */
  readonly typed: string | null;
}

export interface Optimizer {
  readonly id: string;
  readonly declarations: readonly Declaration[];
  readonly states: readonly StateRow[];
  /**
   * Intermediate quantities by name, each a definition with indices [COMPONENT] (or none) and labels [ITERATION] (or
   * none): the row `\hat m_j^{(n+1)} := …` is stored shifted, so that quantity \hat{m} with label n+1 means the body
   * with ITERATION = n+1.
   */
  readonly quantities: readonly Definition[];
  /**
   * What is added to a label of a state or quantity as its document types it to get the label here; names that are left
   * out have the same label in both. Rows that count from 1, or states made with the label n, have others.
   */
  readonly labelShifts?: ReadonlyMap<string, number>;
  /** The states whose first value is given for the first step: what their rows make in a step is read in the next one. */
  readonly startedLater?: ReadonlySet<string>;
  /** How its document counts; left out where a model was made without one. */
  readonly counting?: TypedCounting;
  /** The schedule σ of a step that the rows type with a label, η_t = η σ_t. */
  readonly stepSchedule?: string;
  /** The sequence that takes the part of the parameters, and what those of the rows are called beside it. */
  readonly observed?: { readonly name: string; readonly other: string };
  /** What E_k is for k < 0, where the first steps read such a loss. */
  readonly beforeFirst?: BeforeFirst;
  /** The step that makes θ^{(n+1)} reads it, through a factor h. */
  readonly implicit?: true;
  /** Names of rows that are shifted points: θ up to O(h). */
  readonly points?: ReadonlySet<string>;
  /**
   * The right side of θ_j^{(n+1)} = …, whole: it contains θ_j^{(n)}, h, states at n or n+1, perhaps θ^{(n−1)} (with
   * θ^{(−1)} = θ^{(0)}).
   */
  readonly update: Formula;
  readonly span: Span;
  /** The letters of the document that defined it, for printing. */
  readonly notation: Notation;
}

/** Letters in use for the roles; LaTeX as typed. `index` says where iteration labels stand. */
export interface Notation {
  readonly loss: string;
  readonly parameters: string;
  readonly step: string;
  readonly iteration: string;
  readonly component: string;
  readonly dimension: string;
  readonly batches: string;
  readonly time: string;
  readonly index: 'superscript' | 'subscript';
  /** A letter that stands for the gradient of the step's own loss at the point from which the step starts. */
  readonly gradient?: string;
  /** L, where the step is typed 1/L and \eta stands for that. */
  readonly inverseStep?: string;
  /** The letters of parameters that are typed as several, w and b of (w, b), with blanks between; the first stands for all. */
  readonly tuple?: string;
}

export const DEFAULT_NOTATION: Notation = {
  loss: 'E',
  parameters: '\\theta',
  step: 'h',
  iteration: 'n',
  component: 'j',
  dimension: 'p',
  batches: 'm',
  time: 't',
  index: 'superscript',
};
