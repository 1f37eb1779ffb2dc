/** One document from its text; files from disk and several files together are read by load.ts. */
import type { Source } from '../../base/span.ts';
import type { MacroTable } from '../../latex/notation/macros.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import type { ModeqDocument } from '../model.ts';
import { libraryOf } from '../library.ts';
import { readDocuments } from './read-documents.ts';

export interface DocumentContext {
  /** Macros of files before this one. */
  readonly macros?: MacroTable;
  /** Optimizers from elsewhere that claims may be about. */
  readonly optimizers?: ReadonlyMap<string, Optimizer>;
  /** Documents from elsewhere whose claims and optimizers may be named. */
  readonly documents?: readonly ModeqDocument[];
  /** Whether hints are tried before they are given; true unless said otherwise. */
  readonly advice?: boolean;
}

/** The document in `source`; a name that ends in .md is Markdown, every other LaTeX. Mistakes are in the document. */
export function readDocument(source: Source, context: DocumentContext = {}): ModeqDocument {
  const library = libraryOf(context.documents ?? [], context.optimizers);
  const [document] = readDocuments([source], () => library, context.macros, null, context.advice);
  if (!document) throw new Error('one source makes one document');
  return document;
}
