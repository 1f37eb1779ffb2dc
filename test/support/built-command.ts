/** The built command, for the few tests that need a process of their own. It is built anew when a source is newer. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = join(ROOT, 'build/cli/main.js');

/** The path of build/cli/main.js, up to date. */
export function builtCommand(): string {
  const newest = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map(path => statSync(join(ROOT, 'src', path)).mtimeMs)
    .reduce((latest, time) => Math.max(latest, time), 0);
  if (!existsSync(MAIN) || statSync(MAIN).mtimeMs < newest) {
    const { status, stdout, stderr } = spawnSync('npm', ['run', 'build'], { cwd: ROOT, encoding: 'utf8' });
    if (status !== 0) throw new Error(`the build failed:\n${stdout}${stderr}`);
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
  const child = spawn(process.execPath, [builtCommand(), ...args], { cwd: ROOT, env: { ...process.env, ...environment } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
  const outcome = new Promise<ProcessOutcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
  return { outcome, kill: signal => void child.kill(signal), stopReading: () => void child.stdout.destroy() };
}
