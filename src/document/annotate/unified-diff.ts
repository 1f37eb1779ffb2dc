/**
 * A file with lines put into it, and the unified diff that says so. Edits are places, so that nothing has to be compared; lines keep their
 * own endings, and new ones have those of the file.
 */

/** Lines that go in before `column` of line `line`, both counted from 0; text before the column then has a line of its own. */
export interface LineInsertion {
  readonly line: number;
  readonly column: number;
  readonly lines: readonly string[];
}

/** A line of a diff, with its ending. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** Lines around a change that are shown. */
const CONTEXT = 3;

/** The lines of `text` with the edits. */
export function editedLines(text: string, edits: readonly LineInsertion[]): DiffLine[] {
  const old = text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  const ending = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  return old.flatMap((line, at) => {
    const own = edits.filter(each => each.line === at).sort((a, b) => a.column - b.column);
    const added = (lines: readonly string[]): DiffLine[] =>
      lines.map(each => ({ sign: '+' as const, text: `${each}${ending}` }));
    const above = own.filter(({ column }) => column === 0).flatMap(({ lines }) => added(lines));
    const cuts = own.filter(({ column }) => column > 0);
    if (cuts.length === 0) return [...above, { sign: ' ' as const, text: line }];
    let from = 0;
    const parts = cuts.flatMap(({ column, lines }) => {
      const part = line.slice(from, column);
      from = column;
      return [...added([part.trimEnd()]), ...added(lines)];
    });
    return [...above, { sign: '-' as const, text: line }, ...parts, { sign: '+' as const, text: line.slice(from) }];
  });
}

/** The new text. */
export const textOfLines = (lines: readonly DiffLine[]): string =>
  lines
    .filter(({ sign }) => sign !== '-')
    .map(({ text }) => text)
    .join('');

/** The diff; its first name is that of `patch -p0`, its second that of `patch -p1` and `git apply`. Empty where nothing changes. */
export function unifiedDiff(name: string, lines: readonly DiffLine[]): string {
  if (lines.every(({ sign }) => sign === ' ')) return '';
  return [`--- ${name}\n`, `+++ b/${name.replace(/^\/+/, '')}\n`, ...hunksOf(lines)].join('');
}

function hunksOf(lines: readonly DiffLine[]): string[] {
  const ranges: { from: number; to: number }[] = [];
  for (const [at, { sign }] of lines.entries()) {
    if (sign === ' ') continue;
    const last = ranges.at(-1);
    if (last && at <= last.to + 2 * CONTEXT + 1) last.to = at;
    else ranges.push({ from: at, to: at });
  }
  return ranges.map(({ from, to }) =>
    hunk(lines, Math.max(0, from - CONTEXT), Math.min(lines.length, to + CONTEXT + 1)),
  );
}

function hunk(lines: readonly DiffLine[], from: number, to: number): string {
  const own = lines.slice(from, to);
  const range = (sign: '-' | '+'): string => {
    const count = (part: readonly DiffLine[]): number =>
      part.filter(each => each.sign === ' ' || each.sign === sign).length;
    const length = count(own);
    return `${count(lines.slice(0, from)) + (length === 0 ? 0 : 1)},${length}`;
  };
  const body = own.map(({ sign, text }) =>
    text.endsWith('\n') ? `${sign}${text}` : `${sign}${text}\n\\ No newline at end of file\n`,
  );
  return `@@ -${range('-')} +${range('+')} @@\n${body.join('')}`;
}
