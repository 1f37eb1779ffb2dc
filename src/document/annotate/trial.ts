/**
 * What the reader makes of proposed comments: a small document of the comments and the formulas that they speak of, read as any
 * document is. It is the one way in which anything here is understood.
 */
import type { Problem } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { textOf } from '../annotation/annotation.ts';
import type { ModeqDocument } from '../model.ts';
import { readDocument } from '../read/read-document.ts';
import type { FoundSeed, FoundDocument } from './found.ts';
import { type RoleLetters, letterText } from './letters.ts';

/** One optimizer, definition or claim with its comment. */
export interface Proposal {
  readonly kind: 'optimizer' | 'definition' | 'claim';
  readonly id: string;
  /** `about=adam`. */
  readonly keys: readonly string[];
  /** `\beta in (0,1)`. */
  readonly wheres: readonly string[];
  /** In the order of the text. */
  readonly formulas: readonly FoundSeed[];
}

export const isMarkdownName = ({ source }: Span): boolean => /\.(?:md|markdown)$/i.test(source.name);

/** A comment in the language of the file. */
export const commentLine = (text: string, markdown: boolean): string =>
  markdown ? `<!-- !modeq ${text} -->` : `% !modeq ${text}`;

/** A formula on one line, without comments; null where it cannot stand behind a colon. */
export function oneLineOf({ body }: Pick<FoundSeed, 'body'>): string | null {
  const text = textOf(body)
    .replace(isMarkdownName(body) ? /$^/ : /(?<!\\)%.*$/gm, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  return text === '' || text.includes('$') || text.includes('-->') ? null : text;
}

/** The lines of the comment in front of formula number `at` of the proposal; null where they cannot be written. */
export function commentsOf(proposal: Proposal, at: number, asCopy: boolean): string[] | null {
  const { kind, id, keys, wheres, formulas } = proposal;
  const formula = formulas[at];
  if (!formula) return null;
  const isFirst = at === 0;
  const head = [kind, id, ...(isFirst ? keys : ['continue'])].join(' ');
  const copy = asCopy ? oneLineOf(formula) : '';
  if (copy === null) return null;
  const where = isFirst && wheres.length > 0 ? [`where ${wheres.join(', ')}`] : [];
  return [asCopy ? `${head}: $${copy}$` : head, ...where];
}

export interface Trial {
  readonly document: ModeqDocument;
  readonly problems: readonly TrialProblem[];
}

/** Something wrong: its place in the author's files, and where it was met, which may be in a proposed comment. */
export interface TrialProblem {
  readonly problem: Problem;
  readonly met: Span | null;
}

export interface TrialContext {
  readonly document: FoundDocument;
  readonly optimizers: ReadonlyMap<string, Optimizer>;
  /** What the document has already, for `given`. */
  readonly documents: readonly ModeqDocument[];
}

/** Reads the proposals under these letters; null where a comment cannot be written. */
export function tryReading(letters: RoleLetters, proposals: readonly Proposal[], context: TrialContext): Trial | null {
  const markdown = proposals.some(({ formulas }) => formulas.some(({ span }) => isMarkdownName(span)));
  const parts: { readonly start: number; readonly end: number; readonly from: Span }[] = [];
  let text = letters.size === 0 ? '' : `${commentLine(`notation ${letterText(letters)}`, markdown)}\n\n`;
  for (const proposal of proposals) {
    for (const [at, formula] of proposal.formulas.entries()) {
      const asCopy = formula.kind === 'inline';
      const lines = commentsOf(proposal, at, asCopy);
      if (lines === null) return null;
      const [head = '', ...more] = lines;
      const opening = commentLine(head, markdown);
      const offset = asCopy ? opening.indexOf('$') + 1 : -1;
      if (asCopy) parts.push({ start: text.length + offset, end: text.length + opening.length, from: formula.body });
      text += `${[opening, ...more.map(each => commentLine(each, markdown))].join('\n')}\n`;
      if (asCopy) continue;
      parts.push({ start: text.length, end: text.length + textOf(formula.span).length, from: formula.span });
      text += `${textOf(formula.span)}\n\n`;
    }
    text += '\n';
  }
  const source = { name: markdown ? 'proposal.md' : 'proposal.tex', text };
  const { macros } = context.document;
  const document = readDocument(source, {
    macros,
    optimizers: context.optimizers,
    documents: context.documents,
    advice: false,
  });
  const first = proposals[0]?.formulas[0]?.span;
  const toAuthor = (problem: Problem): Problem => {
    if (problem.span?.source !== source) return problem;
    const { start, end } = problem.span;
    const part = parts.find(each => each.start <= start && start < each.end);
    if (!part) return first ? { ...problem, span: first } : problem;
    const shift = part.from.start - part.start;
    const span = { source: part.from.source, start: start + shift, end: Math.min(end + shift, part.from.end) };
    return { ...problem, span };
  };
  const problems = [...document.problems, ...document.unreadable.flatMap(each => each.problems)];
  const wrong = problems.filter(({ severity }) => severity !== 'warning');
  return { document, problems: wrong.map(each => ({ problem: toAuthor(each), met: each.span ?? null })) };
}
