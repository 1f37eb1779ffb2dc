/** LaTeX as a judge of documents: what pdflatex complains about, down to the last overfull line. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Compiled {
  /** Errors, warnings, overfull and underfull boxes of the last of two runs. */
  readonly complaints: readonly string[];
  readonly pages: number;
}

/** Compiles `text` twice in `folder`, so that references are resolved. */
export function compile(folder: string, text: string): Compiled {
  writeFileSync(join(folder, 'document.tex'), text);
  const run = (): string =>
    spawnSync('pdflatex', ['-no-shell-escape', '-interaction=nonstopmode', 'document.tex'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    }).stdout;
  if (/\\label\{/.test(text) || text.includes('\\input')) run();
  const log = run();
  return {
    complaints: log.match(/^!.*|.*[Ww]arning.*|(?:Over|Under)full.*/gm) ?? [],
    pages: Number(/\((\d+) pages?/.exec(log)?.[1] ?? 0),
  };
}
