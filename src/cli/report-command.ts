/** `modeq report`: judges every claim as `check` does, and writes what was found as a page, as JSON and as LaTeX. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { ClaimReport } from '../report/verdicts/check-report.ts';
import type { FullReport } from '../report/data/full-report.ts';
import {
  addJudgingOptions,
  DEFAULTS,
  FILES as DOCUMENTS,
  judge,
  type Judged,
  type JudgingOptions,
  tableFor,
} from './check-command.ts';
import { type Compiled, compileLatex } from '../files/compile-latex.ts';
import type { Context } from './context.ts';
import { OutputFolder } from '../files/output-folder.ts';
import { VERSION } from '../base/version.ts';
import { examples } from './examples.ts';

interface ReportOptions extends JudgingOptions {
  readonly out: string;
}

const PAGE = 'index.html';
const FILES = [PAGE, 'report.json', 'report.tex', 'report.pdf'] as const;

export function addReportCommand(program: Command, context: Context): void {
  const command = program
    .command('report')
    .summary('judge the claims of documents and write a report')
    .description(
      'Judges every claim as check does and writes what was found into a folder: index.html (one file, no network), report.json, report.tex and, where pdflatex is installed, report.pdf.',
    )
    .addHelpText(
      'after',
      examples(
        ['modeq report --out report', 'the built-in documents'],
        ['modeq report paper.tex --out report', 'a paper of your own'],
      ),
    )
    .argument('[file...]', `${DOCUMENTS} (default: all of these)`)
    .requiredOption('--out <dir>', 'the folder; it is made where it is missing');
  addJudgingOptions(command).action((paths: string[], options: ReportOptions) => report(paths, options, context));
}

async function report(paths: readonly string[], options: ReportOptions, context: Context): Promise<void> {
  const { GENERATOR } = await import('../report/page/html-page.ts');
  const { reportPage } = await import('../session/report-page.ts');
  const { reportLatex } = await import('../report/paper/latex-report.ts');
  const { sequenceFigure } = await import('../figures/sequence-figure.ts');
  // Before anything is judged: a folder that cannot be written is no reason to wait.
  const folder = OutputFolder.open(options.out, FILES, path => isReport(path, GENERATOR));
  try {
    const judged = await judge(paths, options, context, { pages: true });
    const { overview } = await import('../report/verdicts/overview.ts');
    context.terminal.print(tableFor(judged.report, context.terminal, overview));
    const full = fullReport(judged, commandLine(paths, options), sequenceFigure);
    folder.put(PAGE, reportPage(full));
    folder.put('report.json', `${JSON.stringify(full, null, 2)}\n`);
    folder.put('report.tex', reportLatex(full));
    const compiled = await makePdf(folder.workshop, context);
    const files = compiled.kind === 'made' ? FILES : FILES.filter(name => name !== 'report.pdf');
    folder.commit(files);
    context.terminal.print(`report: ${join(options.out, PAGE)}, ${besides(compiled)}\n`);
    context.finish(judged.code);
  } finally {
    folder.discard();
  }
}

/** Ctrl-C ends pdflatex; the other files are there all the same. */
async function makePdf(workshop: string, { terminal }: Context): Promise<Compiled> {
  const stop = new AbortController();
  const stopListening = terminal.onInterrupt(() => stop.abort());
  try {
    const compiled = await compileLatex(workshop, 'report', stop.signal);
    const complaint =
      compiled.kind === 'made' ? compiled.complaint : compiled.kind === 'failed' ? compiled.reason : null;
    if (complaint !== null) terminal.complain(`modeq: pdflatex on report.tex: ${complaint}\n`);
    return compiled;
  } finally {
    stopListening();
  }
}

function besides({ kind }: Compiled): string {
  switch (kind) {
    case 'made':
      return 'report.json, report.tex, report.pdf';
    case 'not-installed':
      return 'report.json, report.tex (no PDF: pdflatex is not installed)';
    case 'failed':
      return 'report.json, report.tex';
  }
}

/** Whether the folder holds the page of an earlier report. */
function isReport(path: string, generator: string): boolean {
  const page = join(path, PAGE);
  return existsSync(page) && readFileSync(page, 'utf8').slice(0, 4_000).includes(generator);
}

/** Claims without a page (the documents could not be read to the end) are left to the problems. */
function fullReport(
  { report: checked, collection, interrupted }: Judged,
  command: string,
  figureOf: (claim: ClaimReport) => string | null,
): FullReport {
  const { pages } = collection;
  return {
    ...checked,
    head: collection.head,
    claims: checked.claims.flatMap((claim, at) => {
      const { page, trace } = pages[at] ?? { page: null, trace: null };
      return page === null ? [] : [{ ...claim, page, trace, figure: figureOf(claim) }];
    }),
    unannotated: collection.unannotated,
    command,
    version: VERSION,
    interrupted,
  };
}

/** What gives the same verdicts again; options with their default values are left out. */
function commandLine(paths: readonly string[], { only, seed, instances, digits, timeout }: ReportOptions): string {
  const words = [
    'modeq',
    'report',
    ...paths,
    ...(only === undefined ? [] : ['--only', only.join(',')]),
    '--seed',
    String(seed),
    ...(instances === DEFAULTS.instances ? [] : ['--instances', String(instances)]),
    ...(digits === DEFAULTS.digits ? [] : ['--digits', String(digits)]),
    ...(timeout === undefined ? [] : ['--timeout', String(timeout / 1000)]),
    '--out',
    'DIR',
  ];
  return words.map(word => (/^[\w./,@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
