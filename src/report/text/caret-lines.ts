/**
 * A caret under the place in a line at which something is wrong. Columns are those of the terminal: wide characters
 * take two, combining marks none, tabs reach to the next multiple of four.
 */
import { harmless } from './paint.ts';
import { MARK, type SourceLine } from './source-line.ts';
import { textWidth } from './wrap.ts';

const TAB = 4;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The line and the carets under it, none wider than `width` columns: `^` for the first character, `~` for the others. */
export function caretLines({ text, from, to }: SourceLine, width: number): readonly [string, string] {
  const cells = cellsOf(text);
  const first = cells.findIndex(({ at, length }) => at + length > from);
  const place = first === -1 ? cells.length : first;
  const behind = cells.findIndex(({ at }) => at >= to);
  const end = Math.max(place + 1, behind === -1 ? cells.length : behind);
  const { start, stop } = window(cells, place, width);
  const before = start > 0 ? MARK : '';
  const shown = cells.slice(start, stop);
  const line = `${before}${shown.map(({ shown: each }) => each).join('')}${stop < cells.length ? MARK : ''}`;
  const columns = (a: number, b: number): number =>
    cells.slice(a, Math.min(b, stop)).reduce((sum, { columns: each }) => sum + each, 0);
  const marked = Math.max(1, columns(place, end));
  return [line.trimEnd(), `${' '.repeat(textWidth(before) + columns(start, place))}^${'~'.repeat(marked - 1)}`];
}

interface Cell {
  /** Where its character begins in the text. */
  readonly at: number;
  readonly length: number;
  readonly shown: string;
  readonly columns: number;
}

function cellsOf(text: string): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    const shown = segment === '\t' ? ' '.repeat(TAB - (column % TAB)) : harmless(segment);
    const columns = textWidth(shown);
    cells.push({ at: index, length: segment.length, shown, columns });
    column += columns;
  }
  return cells;
}

/** The cells about the place that fit, with room for the marks of what is left out. */
function window(cells: readonly Cell[], place: number, width: number): { start: number; stop: number } {
  const total = cells.reduce((sum, { columns }) => sum + columns, 0);
  if (total <= width) return { start: 0, stop: cells.length };
  const room = width - 2 * textWidth(MARK);
  let start = Math.min(place, cells.length);
  let stop = start;
  let used = 0;
  // A third of the room before the place, the rest behind it, then whatever is left before it.
  const take = (limit: number, forwards: boolean): void => {
    for (;;) {
      const cell = forwards ? cells[stop] : cells[start - 1];
      if (cell === undefined || used + cell.columns > limit) return;
      used += cell.columns;
      if (forwards) stop += 1;
      else start -= 1;
    }
  };
  take(Math.floor(room / 3), false);
  take(room, true);
  take(room, false);
  return { start, stop };
}
