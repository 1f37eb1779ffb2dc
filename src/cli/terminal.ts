/**
 * What a command may touch of the outside: two streams, their width and colour, and Ctrl-C. Tests inject their own.
 * Output is written synchronously enough that a pipe closed by its reader ends nothing but the writing.
 */
import { refuse } from '../base/problem.ts';

const LARGEST_INPUT = 64 * 1024 * 1024;

export interface Terminal {
  /** Data, to stdout. */
  print(text: string): void;
  /** Problems and progress, to stderr. */
  complain(text: string): void;
  /** Whether stdout and stderr are terminals. */
  readonly printsToTerminal: boolean;
  readonly complainsToTerminal: boolean;
  readonly columns: number;
  /** Whether to use colour on the terminal streams (NO_COLOR unset, TERM not dumb). */
  readonly colour: boolean;
  /** Whether to use it on every stream: FORCE_COLOR asks for it. */
  readonly alwaysColour: boolean;
  /** Everything that standard input gives, up to its end. Refuses more than 64 MB. */
  readInput(): Promise<Uint8Array>;
  /** Calls `listener` at the first Ctrl-C; a second one ends the program. Returns what stops listening. */
  onInterrupt(listener: () => void): () => void;
}

/** The real one. A reader that goes away (`modeq check | head`) is not an error: the rest is dropped in silence. */
export function processTerminal(): Terminal {
  let readerGone = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
      readerGone = true;
    });
  }
  const { colour, alwaysColour } = wantedColour(process.env);
  return {
    print: text => void (readerGone || process.stdout.write(text)),
    complain: text => void process.stderr.write(text),
    printsToTerminal: process.stdout.isTTY === true,
    complainsToTerminal: process.stderr.isTTY === true,
    // Some terminals say 0.
    columns: (process.stdout.isTTY === true && process.stdout.columns) || 80,
    colour,
    alwaysColour,
    readInput: async () => {
      const parts: Uint8Array[] = [];
      let length = 0;
      for await (const part of process.stdin) {
        parts.push(part);
        length += part.length;
        if (length > LARGEST_INPUT) refuse('file-too-large', `<stdin> is larger than ${LARGEST_INPUT / 2 ** 20} MB`);
      }
      return new Uint8Array(Buffer.concat(parts));
    },
    onInterrupt: listener => {
      process.once('SIGINT', listener);
      return () => void process.off('SIGINT', listener);
    },
  };
}

/**
 * Whether colour is wanted, as no-color.org and force-color.org have it: NO_COLOR that is not empty ends the question, then FORCE_COLOR, where 0
 * and false are no, then a dumb terminal has none.
 */
export function wantedColour(environment: NodeJS.ProcessEnv): Pick<Terminal, 'colour' | 'alwaysColour'> {
  const { NO_COLOR = '', FORCE_COLOR = '', TERM } = environment;
  if (NO_COLOR !== '' || FORCE_COLOR === '0' || FORCE_COLOR === 'false') return { colour: false, alwaysColour: false };
  const alwaysColour = FORCE_COLOR !== '';
  return { colour: alwaysColour || TERM !== 'dumb', alwaysColour };
}
