/**
 * What a command may touch of the outside: two streams, their width and colour, and Ctrl-C. Tests inject their own.
 * Output is written synchronously enough that a pipe closed by its reader ends nothing but the writing.
 */

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
  const noColour = (process.env.NO_COLOR ?? '') !== '' || process.env.TERM === 'dumb';
  return {
    print: text => void (readerGone || process.stdout.write(text)),
    complain: text => void process.stderr.write(text),
    printsToTerminal: process.stdout.isTTY === true,
    complainsToTerminal: process.stderr.isTTY === true,
    // Some terminals say 0.
    columns: (process.stdout.isTTY === true && process.stdout.columns) || 80,
    colour: !noColour,
    onInterrupt: listener => {
      process.once('SIGINT', listener);
      return () => void process.off('SIGINT', listener);
    },
  };
}
