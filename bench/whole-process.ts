/** Timings of the built command as a user starts it: a fresh process each time, everything included. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../build/cli/main.js', import.meta.url));

export interface ProcessTiming {
  /** The first run, when the operating system may not have the files in memory. */
  readonly coldMilliseconds: number;
  readonly bestMilliseconds: number;
}

/** Runs `modeq ARGS…` `times` times; throws when it ends with another code than `expected`. */
export function timeCommand(args: readonly string[], times: number, expected = 0): ProcessTiming {
  const timings: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
    timings.push(performance.now() - start);
    if (status !== expected) throw new Error(`modeq ${args.join(' ')} ended with ${status}:\n${stderr}`);
  }
  return { coldMilliseconds: timings[0] ?? Number.NaN, bestMilliseconds: Math.min(...timings) };
}
