/** `modeq explain`: one claim as typed and as understood, what the update rule gives, every step, the verdict. */
import type { Command } from 'commander';
import { refuse } from '../base/problem.ts';
import { hintFor } from '../document/nearest.ts';
import { DEFAULTS } from './check-command.ts';
import { complainAbout, type Context, outPaint } from './context.ts';
import { checkExitCode } from './exit-code.ts';
import { examples } from './examples.ts';

export function addExplainCommand(program: Command, context: Context): void {
  program
    .command('explain')
    .summary('show how a claim gets its verdict')
    .description(
      'Shows a claim as typed and as understood, the derived counterpart, and every step to equality or to the counterexample.',
    )
    .addHelpText(
      'after',
      examples(
        ['modeq explain thm-3.6', 'a claim of the built-in documents'],
        ['modeq explain my-claim paper.tex --steps', 'the proof, step by step'],
      ),
    )
    .argument('<claim>', 'id of a claim')
    .argument('[file]', 'the document that makes the claim (default: the built-in ones)')
    .option('--steps', 'show the trace of the proof, every step with its rule, checked again at points')
    .action((claim: string, file: string | undefined, options: { readonly steps?: boolean }) =>
      explain(claim, file, options.steps === true, context),
    );
}

async function explain(
  id: string,
  file: string | undefined,
  steps: boolean,
  { terminal, finish }: Context,
): Promise<void> {
  const { builtInDocuments, builtInHint, loadDocuments } = await import('../files/documents/load.ts');
  const { documents, problems } = file === undefined ? builtInDocuments() : loadDocuments([file]);
  const claims = documents.flatMap(document => [...document.claims, ...document.unreadable]);
  const claim = claims.find(each => each.id === id);
  if (claim === undefined) {
    await complainAbout([...problems, ...documents.flatMap(document => document.problems)], terminal);
    return refuse(
      'unknown-claim',
      `there is no claim '${id}' ${file === undefined ? 'in the built-in documents' : `in ${file}`}`,
      null,
      builtInHint(id) ??
        hintFor(
          id,
          claims.map(each => each.id),
        ),
    );
  }
  const { explainClaim } = await import('../session/explain-claim.ts');
  const { text, verdict } = await explainClaim(
    claim,
    documents,
    { ...DEFAULTS, steps },
    Math.max(60, Math.min(120, terminal.columns)),
    outPaint(terminal),
  );
  terminal.print(text);
  finish(checkExitCode([verdict], false, false));
}
