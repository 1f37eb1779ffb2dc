/** Finding an optimizer by its id: in the file of `--from`, else among the built-in documents. */
import { type Problem, Refusal, refuse } from '../base/problem.ts';
import { hintFor } from '../document/nearest.ts';
import type { ModeqDocument } from '../document/model.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { complainAbout } from './context.ts';
import type { Terminal } from './terminal.ts';

/** The optimizer, or a refusal with the ids that were perhaps meant. Problems of the file are printed when the optimizer is not found. */
export async function findOptimizer(id: string, from: string | undefined, terminal: Terminal): Promise<Optimizer> {
  const { builtInDocuments, builtInHint, builtInOptimizer, loadDocuments } = await import('../files/documents/load.ts');
  const builtIn = from === undefined ? builtInOptimizer(id) : null;
  if (builtIn) return builtIn;
  if (from === undefined && /\.(?:tex|md|markdown)$/i.test(id)) {
    const ids = optimizersOf(loadDocuments([id]).documents).map(optimizer => optimizer.id);
    const hint = ids.length === 0 ? 'It defines no optimizer that is read.' : `It defines ${ids.join(', ')}.`;
    refuse('file-for-optimizer', `${id} is a file: give the id of an optimizer, and --from ${id}`, null, hint);
  }
  const loaded = from === undefined ? builtInDocuments() : loadDocuments([from]);
  const [found, second] = optimizersOf(loaded.documents).filter(optimizer => optimizer.id === id);
  if (found && second) {
    const place = `also in ${found.span.source.name}`;
    refuse(
      'duplicate-id',
      `several documents define the optimizer ${id}, ${place}`,
      second.span,
      'Give each its own id.',
    );
  }
  const twice = loaded.documents
    .flatMap(document => document.problems)
    .find(({ code, span }) => code === 'duplicate-id' && span?.source.text.slice(span.start, span.end) === id);
  if (twice) throw new Refusal(twice);
  if (found) return found;
  const problems = [...loaded.problems, ...loaded.documents.flatMap(document => document.problems)];
  const refusal = problems.findLast(problem => problem.severity !== 'warning' && speaksOf(problem, id));
  await complainAbout(
    problems.filter(problem => problem !== refusal),
    terminal,
  );
  // It is there and is refused: why says all.
  if (refusal) throw new Refusal(refusal);
  const known = optimizersOf(loaded.documents).map(optimizer => optimizer.id);
  const where = from === undefined ? 'among the built-in documents' : `in ${from}`;
  return refuse(
    'unknown-optimizer',
    `there is no optimizer '${id}' ${where}`,
    null,
    builtInHint(id) ?? hintFor(id, known),
  );
}

/** Whether the problem stands in a text with a comment of that optimizer. */
const speaksOf = ({ span }: Problem, id: string): boolean =>
  span?.source.text
    .split('\n')
    .some(line => /^\s*(?:%+|<!--)?\s*!modeq\s+optimizer\s+([A-Za-z0-9._-]+)/.exec(line)?.[1] === id) ?? false;

const optimizersOf = (documents: readonly ModeqDocument[]): Optimizer[] =>
  documents.flatMap(document => document.optimizers);
