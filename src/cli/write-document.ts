/** The work of `modeq derive --format document`: a write-up, judged as printed, as LaTeX. */
import type { Setting } from '../notation/settings.ts';
import type { Optimizer } from '../optimizer/model.ts';
import type { Detail } from '../report/write-up/build-write-up.ts';
import { complainAbout, type Context } from './context.ts';
import { EXIT } from './exit-code.ts';

export interface DocumentOptions {
  readonly setting: Setting;
  readonly order: number;
  readonly detail: Exclude<Detail, 'steps'>;
  readonly fragment: boolean;
  readonly labelPrefix: string;
  readonly columns: 1 | 2;
  readonly checks: 'margin' | 'off';
  readonly seed: number;
  readonly instances: number;
  /** The command line that makes the document again. */
  readonly command: string;
}

const DIGITS = 50;
const SECONDS_A_CLAIM = 60;
/** Of a processor, after which no further step is begun: a busy machine changes nothing. */
const SECONDS_A_DOCUMENT = 180;
/** Digits on a line, a tenth fewer than fit: of the article printed here, and of the article class, each with one and with two columns. */
const WIDTH = { article: { 1: 77, 2: 43 }, fragment: { 1: 60, 2: 40 } } as const;

export async function writeDocument(optimizer: Optimizer, options: DocumentOptions, context: Context): Promise<void> {
  const { terminal, finish } = context;
  const { buildWriteUp } = await import('../report/write-up/build-write-up.ts');
  const { checkWriteUp } = await import('../report/write-up/check-write-up.ts');
  const { writeUpLatex } = await import('../report/write-up/print/write-up-latex.ts');
  const { setting, order, detail, fragment, labelPrefix, columns, checks, seed, instances, command } = options;
  const built = buildWriteUp(optimizer, { setting, order, detail });
  if (!built.ok) {
    await complainAbout(built.problems, terminal);
    finish(EXIT.badInput);
    return;
  }
  const width = WIDTH[fragment ? 'fragment' : 'article'][columns];
  const latex = { prefix: labelPrefix, fragment, width, columns, checks, command };
  const start = process.cpuUsage();
  let timeIsOver = false;
  const stop = new AbortController();
  const stopListening = terminal.onInterrupt(() => stop.abort());
  const progress = terminal.complainsToTerminal ? (text: string) => terminal.complain(`\r\u001b[K${text}`) : () => {};
  try {
    const findings = await checkWriteUp(
      built.value,
      latex,
      { seed, instances, digits: DIGITS, timeout: SECONDS_A_CLAIM, prover: 'on', suggestions: false },
      {
        onStart: claim => {
          timeIsOver ||= process.cpuUsage(start).user > SECONDS_A_DOCUMENT * 1_000_000;
          if (timeIsOver) return false;
          progress(`checking ${claim.id} …`);
          return true;
        },
        signal: stop.signal,
      },
    );
    progress('');
    if (stop.signal.aborted) terminal.complain('modeq: interrupted; steps without a check say so\n');
    terminal.print(writeUpLatex(built.value, { ...latex, findings: { ...findings, timeIsOver } }));
  } finally {
    stopListening();
    progress('');
  }
}
