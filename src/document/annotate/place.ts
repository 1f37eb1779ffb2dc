/** Where proposed comments stand: on lines of their own right before the display, or before the paragraph of a formula in the text. */
import { positionAt, type Source } from '../../base/span.ts';
import type { FoundSeed } from './found.ts';
import { type RoleLetters, letterText } from './letters.ts';
import { commentLine, commentsOf, isMarkdownName, type Proposal } from './trial.ts';
import type { LineInsertion } from './unified-diff.ts';

/** Lines that go into a file at an offset: the beginning of a line, or where text stands before a display. */
export interface Insertion {
  readonly source: Source;
  readonly offset: number;
  readonly lines: readonly string[];
}

/** The insertions for the proposals, in the order of the text; null where one cannot be written. */
export function placed(letters: RoleLetters, proposals: readonly Proposal[]): Insertion[] | null {
  const used = new Set<FoundSeed>();
  const insertions: Insertion[] = [];
  for (const proposal of proposals) {
    const own = placedOne(proposal, used);
    if (own === null) return null;
    insertions.push(...own);
  }
  const joined = joinedAt(insertions);
  const [first, ...more] = joined;
  if (!first || letters.size === 0) return joined;
  const line = commentLine(`notation ${letterText(letters)}`, /\.(?:md|markdown)$/i.test(first.source.name));
  return [{ ...first, lines: [line, ...first.lines] }, ...more];
}

/** A display whose comment would stand on a line of its own without changing what is shown. */
function isOpen({ span }: FoundSeed): boolean {
  const before = lineBefore(span.source, span.start);
  return before.trim() === '' || !isMarkdownName(span);
}

const lineBefore = ({ text }: Source, start: number): string =>
  text.slice(text.lastIndexOf('\n', start - 1) + 1, start);

function placedOne(proposal: Proposal, used: Set<FoundSeed>): Insertion[] | null {
  const asCopy = proposal.formulas.map(each => each.kind === 'inline' || used.has(each) || !isOpen(each));
  const anchor = proposal.formulas.find((_, at) => asCopy[at] === false);
  const insertions: Insertion[] = [];
  let waiting: string[] = [];
  for (const [at, formula] of proposal.formulas.entries()) {
    const lines = commentsOf(proposal, at, asCopy[at] === true);
    if (lines === null) return null;
    if (asCopy[at] === true && (anchor === undefined || at < proposal.formulas.indexOf(anchor))) {
      waiting = [...waiting, ...lines];
      continue;
    }
    if (asCopy[at] === true) {
      // Behind the first display a copy stands before the next one, or right above its own line.
      insertions.push(insertion(lines, formula, paragraphStart(formula)));
      continue;
    }
    insertions.push(insertion([...waiting, ...lines], formula, formula.span.start));
    waiting = [];
    used.add(formula);
  }
  const [first] = proposal.formulas;
  if (waiting.length > 0 && first) insertions.push(insertion(waiting, first, paragraphStart(first)));
  return insertions;
}

function insertion(lines: readonly string[], { span }: FoundSeed, offset: number): Insertion {
  const { source } = span;
  const before = lineBefore(source, offset);
  const splits = before.trim() !== '';
  const markdown = isMarkdownName(span);
  return {
    source,
    offset: splits ? offset : offset - before.length,
    lines: lines.map(each => (splits ? '' : before) + commentLine(each, markdown)),
  };
}

/** In Markdown a comment would end a paragraph, so that it stands before it; in LaTeX it stands above the line. */
function paragraphStart({ span }: FoundSeed): number {
  const { text } = span.source;
  if (!isMarkdownName(span)) return text.lastIndexOf('\n', span.start - 1) + 1;
  const gap = [...text.slice(0, span.start).matchAll(/\n[ \t]*\n/g)].at(-1);
  return gap ? gap.index + gap[0].length : 0;
}

/** Insertions at one place made one, all in the order of their files and places. */
function joinedAt(insertions: readonly Insertion[]): Insertion[] {
  const joined: Insertion[] = [];
  for (const each of insertions) {
    const at = joined.findIndex(other => other.source === each.source && other.offset === each.offset);
    const known = joined[at];
    if (known) joined[at] = { ...known, lines: [...known.lines, ...each.lines] };
    else joined.push(each);
  }
  const order = [...new Set(joined.map(({ source }) => source))];
  return joined.sort((a, b) => order.indexOf(a.source) - order.indexOf(b.source) || a.offset - b.offset);
}

/** The insertions in a file as edits of its lines. */
export function editsIn(source: Source, insertions: readonly Insertion[]): LineInsertion[] {
  return insertions
    .filter(each => each.source.name === source.name)
    .map(({ offset, lines }) => {
      const { line, column } = positionAt(source.text, offset);
      return { line: line - 1, column: column - 1, lines };
    });
}
