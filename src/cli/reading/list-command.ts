/** `modeq list`: what documents hold, by id, without judging anything. */
import type { Command } from 'commander';
import { positionAt, type Span } from '../../base/span.ts';
import type { ModeqDocument } from '../../document/model.ts';
import { unexpectedProblems } from '../../document/told.ts';
import { FILES } from '../check-command.ts';
import { complainAbout, type Context, outPaint } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import { examples } from '../examples.ts';

export function addListCommand(program: Command, context: Context): void {
  program
    .command('list')
    .summary('list the optimizers, definitions and claims of documents')
    .description(
      'Lists the optimizers, definitions and claims of documents with their places. Nothing is judged. Without FILE it lists the built-in documents.',
    )
    .addHelpText(
      'after',
      examples(['modeq list', 'what is built in'], ['modeq list paper.tex', 'what a document holds']),
    )
    .argument('[file...]', FILES)
    .option('--json', 'print one JSON document')
    .action((paths: string[], options: { readonly json?: boolean }) => list(paths, options.json === true, context));
}

/** An annotation with its id; keys that it does not have are null. */
interface Listed {
  readonly kind: 'optimizer' | 'definition' | 'claim';
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly about: string | null;
  readonly setting: string | null;
  readonly order: number | null;
  readonly expect: string | null;
  /** Whether it could be read. */
  readonly readable: boolean;
}

async function list(paths: readonly string[], json: boolean, { terminal, finish }: Context): Promise<void> {
  const { builtInDocuments, loadDocuments } = await import('../../files/documents/load.ts');
  const { problemReport } = await import('../../report/verdicts/check-report.ts');
  const input = paths.includes('-') ? await terminal.readInput() : null;
  const { documents, problems } = paths.length === 0 ? builtInDocuments() : loadDocuments(paths, input);
  const all = [...problems, ...documents.flatMap(unexpectedProblems)];
  const listed = documents.flatMap(entriesOf);
  await complainAbout(all, terminal);
  if (json)
    terminal.print(`${JSON.stringify({ schema: 1, problems: all.map(problemReport), entries: listed }, null, 2)}\n`);
  else terminal.print(await textOf(listed, outPaint(terminal)));
  if (all.some(({ severity }) => severity !== 'warning')) finish(EXIT.badInput);
}

/** In the order of the text, of each file that the document is made of. */
function entriesOf({ optimizers, definitions, claims, unreadable }: ModeqDocument): Listed[] {
  const nothing = { about: null, setting: null, order: null, expect: null, readable: true };
  const placed = ({ id, span }: { readonly id: string; readonly span: Span }) => ({
    id,
    file: span.source.name,
    ...positionAt(span.source.text, span.start),
  });
  const entries: Listed[] = [
    ...optimizers.map(each => ({ kind: 'optimizer' as const, ...placed(each), ...nothing })),
    ...definitions.map(each => ({ kind: 'definition' as const, ...placed(each), ...nothing, about: each.about })),
    ...claims.map(each => {
      const { about, setting, order, expect } = each;
      return { kind: 'claim' as const, ...placed(each), about, setting, order, expect, readable: true };
    }),
    ...unreadable.map(each => ({
      kind: 'claim' as const,
      ...placed(each),
      ...nothing,
      expect: each.expect,
      readable: false,
    })),
  ];
  const files = [...new Set(entries.map(({ file }) => file))];
  return entries.sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}

async function textOf(entries: readonly Listed[], paint: ReturnType<typeof outPaint>): Promise<string> {
  if (entries.length === 0) return 'no optimizer, no definition and no claim\n';
  const { harmless } = await import('../../report/text/paint.ts');
  const { padEnd, textWidth } = await import('../../report/text/wrap.ts');
  const width = Math.min(40, Math.max(...entries.map(({ id }) => textWidth(harmless(id)))));
  const lines: string[] = [];
  let file = '';
  for (const entry of entries) {
    if (entry.file !== file) {
      file = entry.file;
      lines.push(...(lines.length > 0 ? [''] : []), paint('bold', harmless(file)));
    }
    const line = paint('dim', `line ${entry.line}`.padEnd(10));
    lines.push(
      `  ${entry.kind.padEnd(10)}  ${padEnd(harmless(entry.id), width)}  ${line}  ${detailsOf(entry)}`.trimEnd(),
    );
  }
  return `${lines.join('\n')}\n`;
}

function detailsOf({ about, setting, order, expect, readable }: Listed): string {
  if (!readable) return 'unreadable';
  return [
    ...(about === null ? [] : [`about ${about}`]),
    ...(setting === null ? [] : [setting]),
    ...(order === null ? [] : [`order ${order}`]),
    ...(expect === null || expect === 'proved' ? [] : [`expect ${expect}`]),
  ].join(', ');
}
