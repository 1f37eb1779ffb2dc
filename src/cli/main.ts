#!/usr/bin/env node
/** The program `modeq`: connects the command line to this process and judges in a worker thread. */
import { setFlagsFromString } from 'node:v8';
import { checkHere } from './check-here.ts';
import { checkInWorker } from '../session/check-in-worker.ts';
import type { RunCheck } from './context.ts';
import { CacheFolder, userCacheFolder } from '../files/cache-folder.ts';
import { programFingerprint } from '../files/program-fingerprint.ts';
import { remembering } from '../session/known-verdicts.ts';
import { run } from './run.ts';
import { processTerminal } from './terminal.ts';

/**
 * A check is short and much of it runs a few hundred times only: with V8's usual patience (66 KB of bytecode) a third of the
 * processor time of `check --instances 0` goes into optimizing what is hardly run again. Loops that run for long are still
 * optimized. It is set for all threads; no result depends on it. Versions of V8 beyond those measured keep their own.
 */
const BYTES_BEFORE_OPTIMIZING = 700_000;
const [major = 0] = process.versions.v8.split('.').map(Number);
if (major <= 13) setFlagsFromString(`--interrupt-budget=${BYTES_BEFORE_OPTIMIZING}`);

/** The worker stands beside this file in the build; the sources cannot be run as a worker and need none. */
const worker = new URL('./check-worker.js', import.meta.url);
const inWorker: RunCheck = (...check) => checkInWorker(worker, ...check);
/** The sources change too often for verdicts that are kept. */
const runCheck: RunCheck = import.meta.url.endsWith('.ts')
  ? checkHere
  : remembering(inWorker, new CacheFolder(userCacheFolder('modeq')), () =>
      programFingerprint(new URL('..', import.meta.url)),
    );

process.exitCode = await run(process.argv.slice(2), processTerminal(), runCheck);
