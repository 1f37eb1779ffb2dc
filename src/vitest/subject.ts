/** What a test holds against its equation: a rule in LaTeX, a document, or an optimizer that was read from one. */
import { formatPlace } from '../base/span.ts';
import type { Problem } from '../base/problem.ts';
import type { ModeqDocument } from '../document/model.ts';
import { readDocument } from '../document/read/read-document.ts';
import { loadDocuments } from '../files/documents/load.ts';
import type { Optimizer } from '../optimizer/model.ts';

/**
 * The LaTeX of a document (with `% !modeq optimizer ID`, or just the display of one rule without hyperparameters), a document or an optimizer.
 */
export type Subject = string | ModeqDocument | Optimizer;

/** The document at a path; throws an Error with every mistake in it. */
export function documentAt(path: string): ModeqDocument {
  const { documents, problems } = loadDocuments([path]);
  const [document, second] = documents;
  throwMistakes(problems);
  if (document === undefined || second !== undefined) throw new Error(`${path} is not one document`);
  return withoutMistakes(document);
}

/** The optimizer with this id in the document at a path; the only one where no id is given. */
export const optimizerAt = (path: string, id?: string): Optimizer => optimizerOf(documentAt(path), id);

/** The document that the subject is, where it is one. */
export function documentOf(subject: Subject): ModeqDocument | null {
  if (typeof subject === 'string')
    return withoutMistakes(readDocument({ name: 'the rule', text: asDocument(subject) }));
  return 'optimizers' in subject ? subject : null;
}

/** The optimizer that the subject is, or holds as its only one. */
export function optimizerOf(subject: Subject, id?: string): Optimizer {
  if (typeof subject !== 'string' && 'update' in subject) return subject;
  const optimizers = documentOf(subject)?.optimizers ?? [];
  const ids = optimizers.map(each => each.id).join(', ');
  const [found, second] = id === undefined ? optimizers : optimizers.filter(each => each.id === id);
  if (found === undefined)
    throw new Error(id === undefined ? 'there is no optimizer' : `no optimizer ${id} but ${ids}`);
  if (second !== undefined) throw new Error(`several optimizers: ${ids}; choose one with optimizerAt(path, id)`);
  return found;
}

const asDocument = (text: string): string =>
  text.includes('!modeq') ? text : `% !modeq optimizer rule\n${asDisplay(text)}\n`;

/** LaTeX in a display: as it is where it has one. */
export const asDisplay = (latex: string): string =>
  /\\begin\s*\{|\\\[|\$\$/.test(latex) ? latex : `\\begin{align*}\n${latex.trim()}\n\\end{align*}`;

function withoutMistakes(document: ModeqDocument): ModeqDocument {
  throwMistakes(document.problems);
  return document;
}

/** A mistake in what is read is neither a pass nor a failure. */
export function throwMistakes(problems: readonly Problem[]): void {
  const mistakes = problems.filter(({ severity }) => severity !== 'warning');
  if (mistakes.length > 0) throw new Error(mistakes.map(problemLine).join('\n'));
}

const problemLine = ({ code, message, hint, span }: Problem): string =>
  `${span === undefined ? '' : `${formatPlace(span)}: `}${message} [${code}]${hint === undefined ? '' : `\n  hint: ${hint}`}`;
