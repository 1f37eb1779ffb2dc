/** What the scanners keep while they go through a text. */
import type { Source, Span } from '../../base/span.ts';
import type { InputItem, DocumentItem } from '../item.ts';

/** Which formulas in the text are items: those behind a magic comment, or all. */
export type Formulas = 'annotated' | 'all';

/** What is open at a place: a conditional whose \else is left out, or one of which everything is read. */
export interface Conditionals {
  /** The conditionals of \newif, without their `\if`, and their values. */
  readonly own: Map<string, boolean>;
  readonly open: ('else-left-out' | 'read')[];
}

/** What a scan keeps between two items. */
export interface State {
  readonly source: Source;
  readonly items: DocumentItem[];
  at: number;
  afterText: boolean;
  /** The first empty line after `at`, as far as it has been looked for. */
  emptyLine: number;
  /** How many displays may still turn out unclosed; each costs a look through the rest of the file. */
  unclosedLeft: number;
  readonly formulas: Formulas;
  /** How many definitions may still turn out unclosed. */
  unclosedDefinitionsLeft: number;
  readonly conditionals: Conditionals;
  readonly around: Around;
}

/** What a scan asks of the files around its own. */
export interface Around {
  /** The environment that a command of the user's begins or ends, as `\be` for `\begin{equation}`; null where it stands for something else. */
  readonly environment: (command: string) => { readonly mark: 'begin' | 'end'; readonly name: string } | null;
  /** Is told of a file that is brought in, before the text behind is scanned. */
  readonly bringsIn: (item: InputItem & { readonly afterText: boolean }) => void;
  /** Is told of what is not read, in the order of the text. */
  readonly leavesOut: (start: number, end: number) => void;
}

export const ALONE: Around = { environment: () => null, bringsIn: () => undefined, leavesOut: () => undefined };

/** Moves on to `end`, over what is not read. */
export function leaveOut(state: State, end: number): void {
  state.around.leavesOut(state.at, end);
  state.at = end;
}

export const spanBetween = (state: State, start: number, end: number): Span => ({ source: state.source, start, end });

export const push = (state: State, item: DocumentItem): void => {
  state.items.push(item);
  state.afterText = false;
};
