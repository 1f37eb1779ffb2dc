/** What the scanners find in a file, in the order of the text: displays, magic comments, and mistakes in either. */
import type { Problem } from '../base/problem.ts';
import type { Span } from '../base/span.ts';

/** A display: everything from its opening to its closing mark, and the part in between. */
export interface DisplayItem {
  readonly kind: 'display';
  readonly span: Span;
  /** Without `\begin{…}`, `\[` or `$$`, and without the column argument of alignat. */
  readonly body: Span;
}

/** A formula in a paragraph right behind a magic comment: `$ … $`, `\( … \)`. */
export interface InlineItem {
  readonly kind: 'inline';
  readonly span: Span;
  readonly body: Span;
}

/** One magic comment: what follows `!modeq`, a span for each line. */
export interface CommentItem {
  readonly kind: 'comment';
  readonly span: Span;
  readonly lines: readonly Span[];
}

/** `\input{FILE}`, `\include{FILE}`, `\subfile{FILE}`. */
export interface InputItem {
  readonly kind: 'input';
  readonly span: Span;
  readonly command: 'input' | 'include' | 'subfile';
  /** The name of the file as typed. */
  readonly file: Span;
}

export interface ProblemItem {
  readonly kind: 'problem';
  readonly problem: Problem;
}

export type DocumentItem = (DisplayItem | InlineItem | CommentItem | InputItem | ProblemItem) & {
  /** Ordinary text stands between the item before and this one, so that they do not belong together. */
  readonly afterText: boolean;
};

/** Environments that are displays, without their star. */
export const TEX_DISPLAYS: ReadonlySet<string> = new Set([
  'equation',
  'align',
  'alignat',
  'flalign',
  'eqnarray',
  'gather',
  'multline',
  'split',
  'aligned',
  'alignedat',
  'gathered',
  'cases',
  'displaymath',
  'dmath',
  'xalignat',
  'IEEEeqnarray',
  'empheq',
]);

/** Environments whose text is not LaTeX. */
export const VERBATIM_ENVIRONMENTS: ReadonlySet<string> = new Set([
  'verbatim',
  'Verbatim',
  'lstlisting',
  'minted',
  'comment',
  'filecontents',
  'alltt',
]);

/** The first word of a magic comment, after `%` or `<!--`. */
export const MAGIC = /^\s*!modeq\b/;
