/**
 * Checks that remember: an unchanged paper, judged by the same program with the same options, is not judged again. What is kept is
 * keyed by the program, every text that is read and the options; verdicts in which the clock had a part are never kept.
 */
import type { CacheFolder } from '../files/cache-folder.ts';
import type { ClaimReport } from '../report/verdicts/check-report.ts';
import type { LoadedEvent, GatheredVerdicts } from './gather-verdicts.ts';
import type { RunCheck } from './run-check.ts';

/** Changes with the shape of what is kept. */
const SHAPE = 1;

interface Known {
  readonly loaded: LoadedEvent;
  readonly judged: readonly (readonly [position: number, report: ClaimReport])[];
}

/**
 * Runs checks by `run` and keeps in `folder` what they find. `program` names everything besides the request and its texts that a
 * verdict depends on. Requests with pages are run as they are: what a page shows is not kept.
 */
export function remembering(run: RunCheck, folder: CacheFolder, program: () => string): RunCheck {
  return async (request, collection, onEvent, stop) => {
    if (request.pages === true || request.noCache === true) return run(request, collection, onEvent, stop);
    const { builtInTexts, textsOf } = await import('../files/documents/load.ts');
    const { problemReport } = await import('../report/verdicts/check-report.ts');
    const name = orNull(program);
    if (name === null) return run(request, collection, onEvent, stop);
    const key = (): string => {
      const { sources, problems } =
        request.paths.length === 0 ? { sources: [], problems: [] } : textsOf(request.paths, request.input);
      const { paths, only, seed, instances, digits, recheck = false, strict = false } = request;
      const options = { paths, only, seed, instances, digits, recheck, strict };
      const texts = [...sources, ...builtInTexts()].map(({ name: file, text }) => [file, text]);
      return JSON.stringify([SHAPE, name, options, texts, problems.map(problemReport)]);
    };
    const before = key();
    const known = readKnown(folder.get(before));
    if (known) {
      tell(known, collection);
      onEvent();
      if (collection.done.length === collection.total) return;
    }
    await run({ ...request, skip: collection.done }, collection, onEvent, stop);
    const found = keptOf(collection);
    // Whoever writes into a file while it is judged is judged again.
    if (found !== null && key() === before) folder.put(before, JSON.stringify(found));
  };
}

/** Null where a file of the program is not there, as while it is built anew. */
function orNull<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

function readKnown(text: string | null): Known | null {
  return text === null ? null : JSON.parse(text);
}

function tell({ loaded, judged }: Known, collection: GatheredVerdicts): void {
  collection.take(loaded);
  for (const [position, report] of judged) collection.take({ kind: 'judged', position, report });
}

/** Nothing where the program itself is wrong, or nothing could be read. */
function keptOf(collection: GatheredVerdicts): Known | null {
  const { loadedEvent: loaded, lasting } = collection;
  return loaded === null || collection.hasInternalError ? null : { loaded, judged: lasting };
}
