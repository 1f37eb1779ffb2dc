/** pdflatex, where it is installed: once over a file, without a shell, in a folder of its own, in bounded time. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export type Compiled =
  /** `complaint` is the first error that LaTeX went over; null where there was none. */
  | { readonly kind: 'made'; readonly complaint: string | null }
  | { readonly kind: 'not-installed' }
  | { readonly kind: 'failed'; readonly reason: string };

const MILLISECONDS = 120_000;
const LONGEST_LOG = 10_000_000;

/** Makes NAME.pdf beside NAME.tex in `folder`; other files stay there too. `stop` ends it. */
export function compileLatex(folder: string, name: string, stop?: AbortSignal): Promise<Compiled> {
  return new Promise(resolve => {
    const child = spawn('pdflatex', ['-no-shell-escape', '-interaction=nonstopmode', `${name}.tex`], {
      cwd: folder,
      env: { ...process.env, openout_any: 'p', openin_any: 'p', max_print_line: '1000' },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: MILLISECONDS,
      killSignal: 'SIGKILL',
      ...(stop ? { signal: stop } : {}),
    });
    let log = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (log.length < LONGEST_LOG) log += text;
    });
    child.on('error', error => {
      const missing = 'code' in error && error.code === 'ENOENT';
      resolve(missing ? { kind: 'not-installed' } : { kind: 'failed', reason: error.message });
    });
    child.on('close', (code, signal) => {
      const complaint = /^! .*$/m.exec(log)?.[0].slice(2) ?? null;
      if (signal !== null) resolve({ kind: 'failed', reason: 'it was ended' });
      else if (existsSync(join(folder, `${name}.pdf`))) resolve({ kind: 'made', complaint });
      else resolve({ kind: 'failed', reason: complaint ?? `pdflatex ended with code ${code}` });
    });
  });
}
