/** Finds the definitions of a user's commands in a text, each with the group in which it holds (The TeXbook, chapters 5 and 20). */
import type { Source } from '../../base/span.ts';
import { MacroDefinitionReader } from './macro-definition.ts';
import type { MacroGroup, MacroTable } from './macros.ts';

/** A stretch of a text that is not read. */
export interface LeftOut {
  readonly start: number;
  readonly end: number;
}

/** A text that is gone through once, perhaps in parts. */
export interface Gathering {
  readonly source: Source;
  /** Where the files that bring this one in do so. */
  readonly broughtIn: ReadonlyMap<Source, number>;
  /** In the order of the text; it may grow between two parts. */
  readonly leftOut: readonly LeftOut[];
  /** Whether definitions end with their groups, as they do not in Markdown. */
  readonly isGrouped: boolean;
  /** The groups that are open where the last part ended. */
  readonly open: MacroGroup[];
}

export const gatheringOf = (source: Source, more: Partial<Omit<Gathering, 'source' | 'open'>> = {}): Gathering => ({
  source,
  broughtIn: new Map(),
  leftOut: [],
  isGrouped: true,
  ...more,
  open: [],
});

const NAMES =
  'newcommand|renewcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|DeclarePairedDelimiter|NewDocumentCommand|RenewDocumentCommand|newenvironment|renewenvironment|let|def|gdef|edef|xdef';
const MARKS = new RegExp(
  String.raw`%[^\n]*|\\(${NAMES})(?![A-Za-z@])|\\(begin|end)\s*\{([^{}]*)\}|\\(?:[A-Za-z@]+|[\s\S])|[{}]`,
  'g',
);
/** No definition is longer; what is left open is not searched to the end of a large file. */
const LONGEST_DEFINITION = 20_000;
/** What all definitions of a file together may be searched, so that a file of unclosed ones ends in time. */
const MOST_SEARCHED = 4_000_000;

/** Reads the definitions of a file, or of the next part of it, into `into`. */
export function gatherMacros(
  gathering: Gathering,
  into: MacroTable,
  from = 0,
  to = gathering.source.text.length,
): void {
  const { source, broughtIn, leftOut, isGrouped, open } = gathering;
  let searched = 0;
  let skipped = 0;
  const marks = new RegExp(MARKS);
  marks.lastIndex = from;
  for (let match = marks.exec(source.text); match && match.index < to; match = marks.exec(source.text)) {
    const start = match.index;
    while ((leftOut[skipped]?.end ?? Number.POSITIVE_INFINITY) <= start) skipped += 1;
    const gap = leftOut[skipped];
    if (gap !== undefined && gap.start <= start) {
      marks.lastIndex = Math.max(gap.end, start + 1);
      continue;
    }
    const [mark, command, side, environment] = match;
    if (command === undefined) {
      if (isGrouped) passGroup(open, mark, side, environment, start);
      continue;
    }
    const length = searched > MOST_SEARCHED ? 200 : LONGEST_DEFINITION;
    const isGlobal =
      /^[gx]def$/.test(command) || /\\global\s*$/.test(source.text.slice(Math.max(0, start - 20), start));
    const place = {
      source,
      start,
      broughtIn,
      group: isGlobal ? null : (open.at(-1) ?? null),
    };
    const reader = new MacroDefinitionReader(
      source,
      start,
      start + mark.length,
      Math.min(source.text.length, start + length),
      (name, macro) => into.define(name, macro, place),
    );
    reader.read(command, name => into.get(name) !== undefined);
    searched += reader.searched;
    marks.lastIndex = Math.max(marks.lastIndex, reader.end);
  }
}

const CLOSED_BY: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['\\begingroup', '\\endgroup'],
  ['\\bgroup', '\\egroup'],
  ['\\[', '\\]'],
  ['\\(', '\\)'],
]);
/** How many groups that were never closed one closing mark ends. */
const DEEPEST = 200;
const CLOSING: ReadonlySet<string> = new Set(CLOSED_BY.values());

/** Opens or closes a group. A closing mark of none that is open says nothing; one of an outer group ends the inner ones too. */
function passGroup(
  open: MacroGroup[],
  mark: string,
  side: string | undefined,
  environment: string | undefined,
  at: number,
): void {
  if (side !== undefined && environment?.trim() === 'document') return;
  const own = side === undefined ? mark : `${side} ${environment?.trim() ?? ''}`;
  const closing =
    side === undefined ? CLOSED_BY.get(mark) : side === 'begin' ? `end ${environment?.trim() ?? ''}` : undefined;
  if (closing !== undefined) {
    open.push({ mark: closing, end: Number.POSITIVE_INFINITY });
    return;
  }
  if (side !== 'end' && !CLOSING.has(own)) return;
  let place = open.length - 1;
  while (place >= Math.max(0, open.length - DEEPEST) && open[place]?.mark !== own) place -= 1;
  if (open[place]?.mark === own) for (const group of open.splice(place)) group.end = at;
}
