/**
 * The write-ups of the catalogue: `modeq derive ID --format document` for every optimizer and setting, each a process of its own with a time
 * limit, read for what a referee would mark and compiled with pdflatex where that is installed. Prints a line a document; exit code 1 where
 * one has a fault.
 *
 *     npx tsx tools/write-ups.ts [ID ...] [--out FOLDER] [--seconds 60]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
export const WRITE_UP_SETTINGS = ['mini-batch', 'full-batch'] as const;

/** The ids of the catalogue, in order. */
export const catalogueIds = (): string[] =>
  readdirSync(join(root, 'derivations/optimizers'))
    .filter(name => name.endsWith('.tex'))
    .map(name => name.slice(0, -'.tex'.length))
    .sort();

/** What no printed formula and no sentence may hold. */
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/undefined|NaN|\[object|has no letter|#\w/, 'an internal name'],
  [/\\sum_\{[^{}]*\}\^\{[^{}]*\} 1(?![\d.^_])/, 'a sum of ones'],
  [/\\(?:sum|prod)_\{[^{}]*\}\^\{\\min\(0,|\\min\([^()]*, ?0\)/, 'an end such as min(0, n − 1)'],
  [/did not stand the check/, 'leading terms that are refuted'],
  [/No modified loss was found/, 'says that no modified loss was found'],
  [/\^\{[^{}]*\d+ \([^{}()]*\)/, 'an exponent that is not multiplied out'],
  [/(\w_\{[^{}]*\}\^\{\(n\)\}[^ ]*) - \1(?![\w(^_])/, 'a difference of equals'],
];

/** The faults of a document's text. */
export function faultsOf(latex: string): string[] {
  const text = latex.replace(/^%.*$/gm, '');
  const found = MARKS.filter(([pattern]) => pattern.test(text)).map(
    ([pattern, what]) => `${what}: ${pattern.exec(text)?.[0]}`,
  );
  const seen = new Set<string>();
  for (const side of rightSides(text)) {
    if (seen.has(side)) found.push(`a right side twice: ${side.slice(0, 80)}`);
    seen.add(side);
  }
  return found;
}

/** The right sides of the equations of motion. */
function rightSides(text: string): string[] {
  const displays = [...text.matchAll(/\\begin\{align\*?\}([\s\S]*?)\\end\{align\*?\}/g)];
  return displays.flatMap(([, display = '']) =>
    display
      .replace(/ \\tag\{\d+\}/g, '')
      .replace(/ ?\\\\\n\s*&(?:\\qquad\\quad|\\qquad|\\quad) ?/g, ' ')
      .split(/ \\\\\n/)
      .flatMap(row => {
        const [left, right] = row.split(/&(?:=|\\approx)/);
        return right !== undefined && left?.includes('\\dot{')
          ? [
              right
                .trim()
                .replace(/, t \\in .*$/, '')
                .replace(/[.,]$/, ''),
            ]
          : [];
      }),
  );
}

export interface Outcome {
  readonly id: string;
  readonly setting: string;
  readonly seconds: number;
  readonly latex: string | null;
  readonly faults: readonly string[];
  /** What the document itself says was not checked. */
  readonly open: readonly string[];
}

/** One document, made by the built program. */
export function writeUpOf(id: string, setting: string, seconds: number, more: readonly string[] = []): Outcome {
  const start = Date.now();
  const ran = spawnSync(
    process.execPath,
    [join(root, 'build/cli/main.js'), 'derive', id, '--setting', setting, '--format', 'document', ...more],
    { encoding: 'utf8', timeout: seconds * 1000, maxBuffer: 1 << 26 },
  );
  const taken = (Date.now() - start) / 1000;
  const latex = ran.status === 0 ? ran.stdout : null;
  const faults =
    latex === null
      ? [
          ran.status === null
            ? `none within ${seconds} s`
            : `exit code ${ran.status}: ${ran.stderr.trim().slice(0, 300)}`,
        ]
      : faultsOf(latex);
  const open =
    (latex ?? '').match(
      /\\textbf\{Not (?:checked|proved):\}[^\n]*|[Rr]egimes were not derived[^\n]*|no limit was found[^\n]*/g,
    ) ?? [];
  return { id, setting, seconds: taken, latex, faults, open };
}

/** What pdflatex complains about. */
export function complaintsOf(folder: string, name: string, text: string): string[] {
  writeFileSync(join(folder, `${name}.tex`), text);
  const ran = spawnSync('pdflatex', ['-no-shell-escape', '-interaction=nonstopmode', `${name}.tex`], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return ran.stdout.match(/^!.*|.*[Ww]arning.*|(?:Over|Under)full.*/gm) ?? [];
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, seconds: { type: 'string', default: '60' } },
  });
  const folder = values.out ?? join(tmpdir(), 'modeq-write-ups');
  mkdirSync(folder, { recursive: true });
  const hasLatex = spawnSync('pdflatex', ['--version']).status === 0;
  if (!existsSync(join(root, 'build/cli/main.js'))) execFileSync('npm', ['run', '--silent', 'build'], { cwd: root });
  const ids = positionals.length > 0 ? positionals : catalogueIds();
  let bad = 0;
  for (const id of ids) {
    for (const setting of WRITE_UP_SETTINGS) {
      const outcome = writeUpOf(id, setting, Number(values.seconds));
      const complaints =
        hasLatex && outcome.latex !== null ? complaintsOf(folder, `${id}-${setting}`, outcome.latex) : [];
      const faults = [...outcome.faults, ...complaints];
      if (faults.length > 0) bad++;
      process.stdout.write(
        `${faults.length > 0 ? 'FAULT' : 'ok   '} ${id} ${setting} ${outcome.seconds.toFixed(1)} s\n`,
      );
      for (const line of faults) process.stdout.write(`      ${line}\n`);
      for (const line of outcome.open) process.stdout.write(`      (${line})\n`);
    }
  }
  process.stdout.write(`${bad} of ${ids.length * WRITE_UP_SETTINGS.length} documents have a fault\n`);
  process.exitCode = bad > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
