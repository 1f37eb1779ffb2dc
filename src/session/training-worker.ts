/** The worker's side of {@link trainNetworks}: makes the runs that it is sent, one at a time. It prints nothing. */
import { parentPort } from 'node:worker_threads';
import { Trainer } from './trainer.ts';

if (parentPort === null) throw new Error('training-worker is started as a worker only');
const port = parentPort;
const trainer = new Trainer();
port.on('message', async configuration => port.postMessage(await trainer.run(configuration)));
