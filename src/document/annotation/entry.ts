/** What the outline of a file holds: annotations with their displays, the letters and macros of the file. */
import type { Problem } from '../../base/problem.ts';
import type { Source, Span } from '../../base/span.ts';
import type { MacroTable } from '../../latex/notation/macros.ts';
import type { Notation } from '../../optimizer/model.ts';
import type { Annotation } from './annotation.ts';
import type { ModeqDocument } from '../model.ts';
import type { GivenLetters } from './notation-line.ts';

/** An annotation with what it says something about: the inside of a display, or its inline formula. */
export interface Entry {
  readonly annotation: Annotation;
  readonly id: string;
  readonly idSpan: Span;
  /** The formula's text. */
  readonly body: Span;
  /** The texts of the displays, or inline formulas, that go on with it. */
  readonly more: readonly Span[];
  /** The whole display or inline formula. */
  readonly span: Span;
  /** The displays without an annotation that follow with nothing but blanks between. */
  readonly next: readonly { readonly body: Span; readonly span: Span }[];
  /** The inline formulas in the text right behind the display, up to the end of the paragraph. */
  readonly behind: readonly Span[];
  /** The displays without an annotation right behind it and a word such as `where`. */
  readonly where: readonly { readonly body: Span; readonly span: Span }[];
  /** All displays without an annotation below it, before any other annotation, and the inline formulas in the text right behind each. */
  readonly later: readonly { readonly body: Span; readonly span: Span }[];
  readonly laterBehind: readonly { readonly body: Span; readonly after: Span }[];
  /** Whether comments say in which displays it goes on. */
  readonly continued: boolean;
  /** The next display without an annotation, text between or not, before any other annotation; null where there is none. */
  readonly below: Span | null;
}

export interface Outline {
  readonly source: Source;
  /** The text of the file and of those that it brings in. */
  readonly text: string;
  readonly notation: Notation;
  /** The letters that a notation line gives, and its `index`. */
  readonly given: GivenLetters;
  readonly macros: MacroTable;
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
  /** Whether the letters of the file are in doubt, so that nothing else is to be said of what cannot be read. */
  readonly badLetters: boolean;
  /** Ids of optimizers that are not among the entries, since their comments or displays are broken. */
  readonly spoiled: ReadonlySet<string>;
  readonly coverage: ModeqDocument['coverage'];
  readonly unannotated: readonly Span[];
}
