/** Finding an optimizer by its id: in the file of `--from`, else among the built-in documents. */
import { refuse } from '../base/problem.ts';
import type { ModeqDocument } from '../document/model.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { complainAbout } from './context.ts';
import type { Terminal } from './terminal.ts';

/** The optimizer, or a refusal that lists the known ids. Problems of the file are printed when the optimizer is not found. */
export async function findOptimizer(id: string, from: string | undefined, terminal: Terminal): Promise<Optimizer> {
  const { builtInDocuments, loadDocuments } = await import('../document/load.ts');
  const loaded = from === undefined ? builtInDocuments() : loadDocuments([from]);
  const found = optimizersOf(loaded.documents).find(optimizer => optimizer.id === id);
  if (found) return found;
  complainAbout([...loaded.problems, ...loaded.documents.flatMap(document => document.problems)], terminal);
  const known = optimizersOf(loaded.documents).map(optimizer => optimizer.id);
  const where = from === undefined ? 'among the built-in documents' : `in ${from}`;
  return refuse(
    'unknown-optimizer',
    `there is no optimizer '${id}' ${where}`,
    null,
    known.length > 0 ? `known: ${known.join(', ')}` : undefined,
  );
}

const optimizersOf = (documents: readonly ModeqDocument[]): Optimizer[] =>
  documents.flatMap(document => document.optimizers);
