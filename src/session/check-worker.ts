/** The worker's side of {@link checkInWorker}: runs one check and posts its events. It prints nothing. */
import { parentPort, workerData } from 'node:worker_threads';
import { runCheck } from './check-session.ts';

if (parentPort === null) throw new Error('check-worker is started as a worker only');
const port = parentPort;
await runCheck(workerData, event => port.postMessage(event));
