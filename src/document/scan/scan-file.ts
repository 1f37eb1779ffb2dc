/** A file with its items and macros: so much of it is needed to read the files behind it. */
import type { Source } from '../../base/span.ts';
import type { MacroTable } from '../../latex/notation/macros.ts';
import { type Follow, gather, type Gathered } from './followed-files.ts';
import { withoutQuotationMarks } from './quotations.ts';

export interface Scanned extends Gathered {
  readonly source: Source;
}

/**
 * A .tex or .md file with the files that it brings in, where `follow` says what those are; `macros` are those of the files before
 * it, which it may use.
 */
export function scanFile(given: Source, macros: MacroTable, follow: Follow | null = null): Scanned {
  const source = /\.md$/i.test(given.name) ? withoutQuotationMarks(given) : given;
  return { source, ...gather(source, macros, follow) };
}
