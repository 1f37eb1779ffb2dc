/**
 * Runs a check in a worker thread, so that Ctrl-C, a claim that outlives its time and a document that eats the memory
 * end that claim and not the program. The worker is restarted behind a claim that had to be given up.
 */
import { Worker } from 'node:worker_threads';
import type { CheckEvent, CheckRequest } from './check-session.ts';
import type { VerdictCollection } from './collect-verdicts.ts';

/** Beyond the claim's own time limit, which the judge is expected to keep by itself. */
const GRACE_MILLISECONDS = 15_000;
/** Reading the documents has no limit of its own in the contract; this one only ends what would never end. */
const READING_MILLISECONDS = 60_000;
const MEMORY_MEGABYTES = 2_048;

type Ending =
  | { readonly kind: 'finished' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'lost'; readonly reason: string };

/** Resolves when every claim has a verdict or was given up, or when `stop` fired. `script` is the built check-worker. */
export async function checkInWorker(
  script: URL,
  request: CheckRequest,
  collection: VerdictCollection,
  onEvent: () => void,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    const ending = await runWorker(script, { ...request, skip: collection.done }, collection, onEvent, stop);
    if (ending.kind !== 'lost') return;
    const { current } = collection;
    if (current === null) {
      collection.take({ kind: 'failed', position: null, message: ending.reason, trace: '' });
      return;
    }
    collection.giveUp(current.position, ending.reason);
    onEvent();
  }
}

function runWorker(
  script: URL,
  request: CheckRequest,
  collection: VerdictCollection,
  onEvent: () => void,
  stop: AbortSignal,
): Promise<Ending> {
  return new Promise(resolve => {
    const worker = new Worker(script, {
      workerData: request,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEGABYTES },
    });
    let timer: NodeJS.Timeout | undefined;
    const end = (ending: Ending): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', onStop);
      worker.removeAllListeners();
      // Ending a thread that runs out of memory may raise its error once more; the ending is already decided.
      worker.on('error', () => undefined);
      void worker.terminate().then(() => resolve(ending));
    };
    const onStop = (): void => end({ kind: 'stopped' });
    const watch = (): void => {
      clearTimeout(timer);
      const judging = collection.current !== null;
      const limit = judging ? request.timeoutMilliseconds + GRACE_MILLISECONDS : READING_MILLISECONDS;
      const reason = judging
        ? 'the time limit passed and the search did not end by itself'
        : 'the documents could not be read in time';
      timer = setTimeout(() => end({ kind: 'lost', reason }), limit);
    };
    stop.addEventListener('abort', onStop, { once: true });
    worker.on('message', (event: CheckEvent) => {
      collection.take(event);
      onEvent();
      if (event.kind === 'finished') end({ kind: 'finished' });
      else watch();
    });
    worker.on('error', error =>
      end({
        kind: 'lost',
        reason: isOutOfMemory(error)
          ? 'the memory limit was reached'
          : `the judge ended unexpectedly: ${error.message}`,
      }),
    );
    worker.on('exit', () => end({ kind: 'lost', reason: 'the judge ended unexpectedly' }));
    watch();
  });
}

const isOutOfMemory = (error: Error): boolean => 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
