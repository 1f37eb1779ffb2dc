/** What the scanners keep while they go through a text. */
import type { Source, Span } from '../../base/span.ts';
import type { Item } from '../item.ts';

/** Which formulas in the text are items: those behind a magic comment, or all. */
export type Formulas = 'annotated' | 'all';

/** What a scan keeps between two items. */
export interface State {
  readonly source: Source;
  readonly items: Item[];
  at: number;
  afterText: boolean;
  /** The first empty line after `at`, as far as it has been looked for. */
  emptyLine: number;
  /** How many displays may still turn out unclosed; each costs a look through the rest of the file. */
  unclosedLeft: number;
  readonly formulas: Formulas;
}

export const spanOf = (state: State, start: number, end: number): Span => ({ source: state.source, start, end });

export const push = (state: State, item: Item): void => {
  state.items.push(item);
  state.afterText = false;
};
