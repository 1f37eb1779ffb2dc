#!/usr/bin/env node
/** The program `modeq`: connects the command line to this process and judges in a worker thread. */
import { checkInWorker } from './check-in-worker.ts';
import { run } from './run.ts';
import { processTerminal } from './terminal.ts';

// The worker stands beside this file in the build.
const worker = new URL('./check-worker.js', import.meta.url);

process.exitCode = await run(process.argv.slice(2), processTerminal(), (...check) => checkInWorker(worker, ...check));
