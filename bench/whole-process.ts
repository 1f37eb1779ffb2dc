/** Timings of the built command as a user starts it: a fresh process each time, everything included. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../build/cli/main.js', import.meta.url));

export interface ProcessTiming {
  /** The first run, when the operating system may not have the files in memory. */
  readonly coldMilliseconds: number;
  readonly bestMilliseconds: number;
}

/** Throws when the command ended otherwise than it should. */
export type Expected = (ended: {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}) => void;

const success: Expected = ({ status, stderr }) => {
  if (status !== 0) throw new Error(`it ended with ${status}:\n${stderr}`);
};

/** Runs `modeq ARGS…` `times` times; throws when it ends otherwise than `expected`. */
export function timeCommand(args: readonly string[], times: number, expected: Expected = success): ProcessTiming {
  const timings: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const start = performance.now();
    const ended = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
    timings.push(performance.now() - start);
    try {
      expected(ended);
    } catch (error) {
      throw new Error(`modeq ${args.join(' ')}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { coldMilliseconds: timings[0] ?? Number.NaN, bestMilliseconds: Math.min(...timings) };
}

interface ClaimLine {
  readonly id: string;
  readonly expect: string;
  readonly verdict: string;
}

/**
 * What `check --instances 0 --json` has to say: every claim as expected, but that nothing is refuted without an instance. So
 * claims that are expected to be refuted are undecided, and where there are such the exit code is 3.
 */
export const asExpectedWithoutInstances: Expected = ({ status, stdout, stderr }) => {
  if (status !== 0 && status !== 3) throw new Error(`it ended with ${status}:\n${stderr}`);
  const { claims }: { readonly claims: readonly ClaimLine[] } = JSON.parse(stdout);
  const isMissing = ({ expect, verdict }: ClaimLine): boolean => expect === 'refuted' && verdict === 'undecided';
  const strange = claims.filter(claim => claim.verdict !== claim.expect && !isMissing(claim));
  if (strange.length > 0)
    throw new Error(strange.map(({ id, verdict, expect }) => `${id} is ${verdict}, not ${expect}`).join('; '));
  if (claims.length === 0) throw new Error('no claim was judged');
};
