/**
 * Runs a check in a worker thread, so that Ctrl-C, a claim that outlives its time and a document that eats the memory
 * end that claim and not the program. The worker is restarted behind a claim that had to be given up.
 */
import { Worker } from 'node:worker_threads';
import { countClaims } from '../files/documents/count-claims.ts';
import type { CheckEvent, CheckRequest } from './check-session.ts';
import type { GatheredVerdicts } from './gather-verdicts.ts';

/** Beyond the claim's own time limit, which the judge is expected to keep by itself. */
const GRACE_MILLISECONDS = 15_000;
/** Reading the documents has no limit of its own in the contract; this one only ends what would never end. */
const READING_MILLISECONDS = 60_000;
const MEMORY_MEGABYTES = 2_048;

/** Terms die young: with V8's usual 48 MB of young objects a quarter of a check's time goes into moving those that are about to die. */
const YOUNG_MEGABYTES = 192;

type Ending =
  | { readonly kind: 'finished' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'lost'; readonly reason: string };

/** More judges pay where each has so many claims. */
const CLAIMS_A_JUDGE = 6;
/** Claims that judges can share; a document with more is judged by one. */
const MOST_SHARED = 100_000;

interface Check {
  readonly script: URL;
  readonly request: CheckRequest;
  readonly collection: GatheredVerdicts;
  readonly onEvent: () => void;
  readonly stop: AbortSignal;
}

/**
 * Resolves when every claim has a verdict or was given up, or when `stop` fired. `script` is the built check-worker. Each judge
 * reads the documents by itself. Where the files name many claims, all judges begin at once; where they do not, the others join the
 * first one as soon as it has read many.
 */
export async function checkInWorker(
  script: URL,
  request: CheckRequest,
  collection: GatheredVerdicts,
  onEvent: () => void,
  stop: AbortSignal,
): Promise<void> {
  const shared = { ...request, taken: new SharedArrayBuffer(MOST_SHARED) };
  const check: Check = { script, request: shared, collection, onEvent, stop };
  const others: Promise<void>[] = [];
  const call = (claims: number): void => {
    const judges = claims > MOST_SHARED ? 1 : Math.min(request.jobs ?? 1, Math.floor(claims / CLAIMS_A_JUDGE));
    for (let judge = 1 + others.length; judge < judges; judge += 1) others.push(judgeAll(judge, check));
  };
  let hasHelp = false;
  const first: Check = {
    ...check,
    onEvent: () => {
      onEvent();
      const { loaded, total } = collection;
      if (!loaded || hasHelp) return;
      hasHelp = true;
      call(total);
    },
  };
  call(Math.min(countClaims(request.paths), request.only?.length ?? MOST_SHARED) - request.skip.length);
  await judgeAll(0, first);
  await Promise.all(others);
}

/** One judge, which is replaced whenever a claim had to be given up. */
async function judgeAll(judge: number, check: Check): Promise<void> {
  const { collection, onEvent, stop } = check;
  while (!stop.aborted) {
    const ending = await runWorker(judge, check);
    if (ending.kind !== 'lost') return;
    const current = collection.current(judge);
    if (current === null) {
      collection.take({ kind: 'failed', position: null, message: ending.reason, trace: '' }, judge);
      return;
    }
    collection.giveUp(current.position, ending.reason);
    onEvent();
  }
}

function runWorker(judge: number, { script, request, collection, onEvent, stop }: Check): Promise<Ending> {
  return new Promise(resolve => {
    const worker = new Worker(script, {
      workerData: { ...request, skip: collection.done },
      resourceLimits: {
        maxOldGenerationSizeMb: MEMORY_MEGABYTES,
        maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
      },
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
      const judging = collection.current(judge) !== null;
      const limit = judging ? request.timeoutMilliseconds + GRACE_MILLISECONDS : READING_MILLISECONDS;
      const reason = judging
        ? 'the time limit passed and the search did not end by itself'
        : 'the documents could not be read in time';
      timer = setTimeout(() => end({ kind: 'lost', reason }), limit);
    };
    stop.addEventListener('abort', onStop, { once: true });
    worker.on('message', (event: CheckEvent) => {
      // What was read is the same for all judges; whichever has read it first tells it.
      if (!collection.loaded || event.kind !== 'loaded') collection.take(event, judge);
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
