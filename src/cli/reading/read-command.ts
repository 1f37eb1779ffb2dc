/** `modeq read`: what was understood of every optimizer and claim, before anything is judged. */
import type { Command } from 'commander';
import type { Claim, ModeqDocument } from '../../document/model.ts';
import { unexpectedProblems } from '../../document/told.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { complainAbout, type Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import { examples } from '../examples.ts';

export function addReadCommand(program: Command, context: Context): void {
  program
    .command('read')
    .summary('show how optimizers and claims are understood')
    .description(
      'Shows how every optimizer and claim of a document is understood, in its own letters. Nothing is judged.',
    )
    .addHelpText('after', examples(['modeq read paper.tex', 'optimizers and claims, with the conventions']))
    .argument('<file>', 'a .tex or .md file, a folder, - for standard input, or the id of a built-in document')
    .option('--json', 'print one JSON document')
    .action((file: string, options: { readonly json?: boolean }) => read(file, options.json === true, context));
}

async function read(file: string, json: boolean, { terminal, finish }: Context): Promise<void> {
  const { builtInDocuments, loadDocuments } = await import('../../files/documents/load.ts');
  const { documents, problems } = loadDocuments([file], file === '-' ? await terminal.readInput() : null);
  const all = [...problems, ...documents.flatMap(unexpectedProblems)];
  const known = [...documents, ...builtInDocuments().documents].flatMap(document => document.optimizers);
  const entries = await understood(documents, id => known.find(each => each.id === id) ?? null);
  await complainAbout(all, terminal);
  if (json) terminal.print(`${JSON.stringify({ schema: 1, file, ...entries }, null, 2)}\n`);
  else terminal.print(await textOf(entries, Math.max(60, Math.min(100, terminal.columns))));
  if (all.some(({ severity }) => severity !== 'warning')) finish(EXIT.badInput);
}

interface Understood {
  readonly optimizers: readonly {
    readonly id: string;
    readonly typed: string;
    readonly conventions: readonly string[];
  }[];
  readonly claims: readonly {
    readonly id: string;
    readonly about: string | null;
    readonly typed: string;
    readonly conventions: readonly string[];
  }[];
}

async function understood(
  documents: readonly ModeqDocument[],
  optimizerOf: (id: string) => Optimizer | null,
): Promise<Understood> {
  const { claimConventions, conventionsOf } = await import('../../document/conventions.ts');
  const optimizers = documents.flatMap(document => document.optimizers);
  const claims = documents.flatMap(document => document.claims);
  return {
    optimizers: optimizers.map(each => ({ id: each.id, typed: typedText(each), conventions: conventionsOf(each) })),
    claims: claims.map(each => ({
      id: each.id,
      about: each.about,
      typed: typedText(each),
      conventions: claimConventions(each, each.about === null ? null : optimizerOf(each.about)),
    })),
  };
}

const typedText = ({ span }: Pick<Claim, 'span'>): string => span.source.text.slice(span.start, span.end).trim();

async function textOf({ optimizers, claims }: Understood, width: number): Promise<string> {
  const { wrapLines } = await import('../../report/text/wrap.ts');
  const block = (title: string, typed: string, conventions: readonly string[]): string =>
    [
      title,
      ...typed.split('\n').map(line => `    ${line.trim()}`),
      ...conventions.flatMap(each =>
        wrapLines(each, width - 4).map((line, at) => `${at === 0 ? '  - ' : '    '}${line}`),
      ),
    ].join('\n');
  const blocks = [
    ...optimizers.map(each => block(`optimizer ${each.id}`, each.typed, each.conventions)),
    ...claims.map(each =>
      block(`claim ${each.id}${each.about === null ? '' : `, about ${each.about}`}`, each.typed, each.conventions),
    ),
  ];
  return blocks.length === 0 ? 'no optimizer and no claim\n' : `${blocks.join('\n\n')}\n`;
}
