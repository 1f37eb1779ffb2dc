/** The built command, for the few tests that need a process of their own. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = join(ROOT, 'build/cli/main.js');

let upToDate = false;

/** The path of build/cli/main.js, built anew when the sources have changed. */
export function builtCommand(): string {
  if (!upToDate) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'tools/build.mjs')], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`the build failed:\n${stdout}${stderr}`);
    upToDate = true;
  }
  return MAIN;
}

export interface ProcessOutcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly outcome: Promise<ProcessOutcome>;
  kill(signal: NodeJS.Signals): void;
  /** Closes the reading end of the child's stdout, as `head` does. */
  stopReading(): void;
}

/** Starts `node build/cli/main.js ARGS…`. */
export function startCommand(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [builtCommand(), ...args], {
    cwd: ROOT,
    // Verdicts of earlier runs are for the tests that ask for them.
    env: { ...process.env, XDG_CACHE_HOME: '/dev/null', FORCE_COLOR: '', ...environment },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const outcome = new Promise<ProcessOutcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
  return { outcome, kill: signal => void child.kill(signal), stopReading: () => void child.stdout.destroy() };
}
