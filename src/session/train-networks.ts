/** Training runs on all cores, a worker thread each; from the sources, which cannot be run as a worker, in this thread. */
import { Worker } from 'node:worker_threads';
import type { Configuration, RunResult } from '../figures/training/configuration.ts';
import { Trainer } from './trainer.ts';

export interface Training {
  readonly configurations: readonly Configuration[];
  readonly jobs: number;
  /** Of every run as soon as it is made, in no order. */
  readonly onResult: (result: RunResult) => void;
  readonly stop: AbortSignal;
}

/** Resolves when every run is made, or when `stop` fired; then those under way are lost. `script` is the built training-worker, or null. */
export async function trainNetworks(script: URL | null, training: Training): Promise<void> {
  if (script === null) return trainHere(training);
  const { configurations, jobs, onResult, stop } = training;
  const left = [...configurations];
  const count = Math.min(jobs, left.length);
  await Promise.all(Array.from({ length: count }, () => trainInWorker(script, left, onResult, stop)));
}

async function trainHere({ configurations, onResult, stop }: Training): Promise<void> {
  const trainer = new Trainer();
  for (const configuration of configurations) {
    if (stop.aborted) return;
    onResult(await trainer.run(configuration));
    // Lets Ctrl-C be heard.
    await new Promise(resolve => setImmediate(resolve));
  }
}

function trainInWorker(
  script: URL,
  left: Configuration[],
  onResult: (result: RunResult) => void,
  stop: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script);
    const end = (settle: () => void): void => {
      stop.removeEventListener('abort', onStop);
      worker.removeAllListeners();
      void worker.terminate().then(settle);
    };
    const onStop = (): void => end(resolve);
    const next = (): void => {
      const configuration = left.shift();
      if (configuration === undefined || stop.aborted) end(resolve);
      else worker.postMessage(configuration);
    };
    stop.addEventListener('abort', onStop, { once: true });
    worker.on('message', (result: RunResult) => {
      onResult(result);
      next();
    });
    worker.on('error', error => end(() => reject(error)));
    next();
  });
}
