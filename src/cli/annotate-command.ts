/** `modeq annotate`: the magic comments that a document might have, as a patch. Nothing is judged. */
import { readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { BudgetSpent, Budget } from '../base/budget.ts';
import { complainAbout, type Context } from './context.ts';
import { EXIT } from './exit-code.ts';
import type { Derives } from '../document/annotate/world.ts';
import { examples } from './examples.ts';

export function addAnnotateCommand(program: Command, context: Context): void {
  program
    .command('annotate')
    .summary('propose magic comments for a paper that has none')
    .description(
      'Finds update rules, equations of motion and modified losses, names the letters it believes in and prints a patch with the magic ' +
        'comments under which `modeq check` reads them; what it is not sure of it says. Nothing is judged.',
    )
    .addHelpText(
      'after',
      examples(
        ['modeq annotate paper.tex', 'the proposed comments as a patch'],
        ['modeq annotate paper.tex --write', 'write them into the file'],
      ),
    )
    .argument('<file>', 'a .tex or .md file; files that it brings in by \\input are annotated too')
    .option('--write', 'put the comments into the files instead of printing the patch')
    .action((file: string, options: { readonly write?: boolean }) => annotate(file, options.write === true, context));
}

async function annotate(file: string, write: boolean, { terminal, finish }: Context): Promise<void> {
  const { openFile } = await import('../files/documents/load.ts');
  const { proposeComments } = await import('../document/annotate/propose.ts');
  const { editsIn } = await import('../document/annotate/place.ts');
  const { editedLines, textOfLines, unifiedDiff } = await import('../document/annotate/unified-diff.ts');
  const { source, follow } = openFile(file);
  const { insertions, sources, proposals, notes, isAnnotated } = proposeComments(source, follow, await deriving());
  const changed = sources.map(each => ({
    name: each.name,
    lines: editedLines(readFileSync(each.name, 'utf8'), editsIn(each, insertions)),
  }));
  await complainAbout(notes, terminal);
  if (proposals.length === 0) {
    terminal.complain(
      isAnnotated
        ? `${file}: has all the comments that could be proposed\n`
        : `${file}: no update rule without a magic comment was found that could be read\n`,
    );
    if (!isAnnotated || notes.length > 0) finish(EXIT.badInput);
    return;
  }
  const counted = (['optimizer', 'definition', 'claim'] as const).flatMap(kind => {
    const count = proposals.filter(each => each.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}${count > 1 ? 's' : ''}`];
  });
  if (write) {
    const { replaceFile } = await import('../files/replace-file.ts');
    for (const { name, lines } of changed) replaceFile(name, textOfLines(lines));
  } else for (const { name, lines } of changed) terminal.print(unifiedDiff(nameInPatch(name), lines));
  terminal.complain(
    `${file}: ${write ? 'wrote' : 'proposes'} ${counted.join(', ')}; modeq check judges what is accepted\n`,
  );
}

/** As the working folder calls it, where it is in it. */
function nameInPatch(name: string): string {
  const path = relative(process.cwd(), resolve(name));
  return path.startsWith('..') || isAbsolute(path) ? name : path.replaceAll('\\', '/');
}

/** What a proposed rule is derived to, and the work for it. */
const ORDER = 1;
const STEPS = 300_000;

/** Whether the equation of order one is derived; what takes too long is not held against a rule. */
export async function deriving(): Promise<Derives> {
  const { deriveModifiedEquation } = await import('../derivation/derive.ts');
  return optimizer => {
    try {
      const derived = deriveModifiedEquation(optimizer, {
        order: ORDER,
        setting: 'mini-batch',
        budget: new Budget(STEPS),
      });
      return derived.ok ? null : (derived.problems[0]?.message ?? 'no reason is known');
    } catch (error) {
      if (error instanceof BudgetSpent) return null;
      throw error;
    }
  };
}
