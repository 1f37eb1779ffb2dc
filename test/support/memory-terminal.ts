/** A terminal that keeps what is written, for running commands in process. */
import { checkHere } from '../../src/cli/check-here.ts';
import type { RunCheck } from '../../src/cli/context.ts';
import type { ExitCode } from '../../src/cli/exit-code.ts';
import { run } from '../../src/cli/run.ts';
import type { Terminal } from '../../src/cli/terminal.ts';

export interface Outcome {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface MemoryTerminalOptions {
  readonly columns?: number;
  readonly terminal?: boolean;
  /** As under FORCE_COLOR. */
  readonly alwaysColour?: boolean;
  readonly runCheck?: RunCheck;
  /** What standard input gives. */
  readonly input?: string;
  /** Hears all that was printed so far, whenever something is, and may press Ctrl-C. */
  readonly onPrint?: (out: string, interrupt: () => void) => void;
}

/** `modeq ARGS…` in this process, in this thread. */
export async function modeq(args: readonly string[], options: MemoryTerminalOptions = {}): Promise<Outcome> {
  let out = '';
  let err = '';
  const listeners = new Set<() => void>();
  const terminal: Terminal = {
    print: text => {
      out += text;
      options.onPrint?.(out, () => {
        for (const listener of listeners) listener();
      });
    },
    complain: text => {
      err += text;
    },
    printsToTerminal: options.terminal ?? false,
    complainsToTerminal: options.terminal ?? false,
    columns: options.columns ?? 80,
    colour: options.terminal ?? options.alwaysColour ?? false,
    alwaysColour: options.alwaysColour ?? false,
    readInput: async () => new TextEncoder().encode(options.input ?? ''),
    onInterrupt: listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const code = await run(args, terminal, options.runCheck ?? checkHere);
  return { code, out, err };
}
