#!/usr/bin/env node
/** The program `modeq`: connects the command line to this process and judges in a worker thread. */
import { checkHere } from './check-here.ts';
import { checkInWorker } from '../session/check-in-worker.ts';
import type { RunCheck } from './context.ts';
import { run } from './run.ts';
import { processTerminal } from './terminal.ts';

/** The worker stands beside this file in the build; the sources cannot be run as a worker and need none. */
const worker = new URL('./check-worker.js', import.meta.url);
const runCheck: RunCheck = import.meta.url.endsWith('.ts') ? checkHere : (...check) => checkInWorker(worker, ...check);

process.exitCode = await run(process.argv.slice(2), processTerminal(), runCheck);
