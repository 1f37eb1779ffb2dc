/** `modeq lsp`: the language server, over standard input and output. */
import type { Command } from 'commander';
import { DEFAULTS } from '../check-command.ts';
import type { Context } from '../context.ts';
import { integerOption, secondsOption } from '../option-values.ts';

interface LspOptions {
  readonly instances: number;
  readonly timeout?: number;
}

export function addLspCommand(program: Command, { runCheck }: Context): void {
  program
    .command('lsp')
    .summary('serve an editor: verdicts while one types')
    .description(
      'Speaks the Language Server Protocol over standard input and output: verdicts at the claims while one types, what was understood and what is derived under the ' +
        'pointer, repairs and magic comments as code actions, definitions and references of quantities.',
    )
    .option('--stdio', 'as editors say it; there is no other way')
    .addOption(
      integerOption('--instances <n>', 'instances a statement', { from: 0, to: 100_000, value: DEFAULTS.instances }),
    )
    .option('--timeout <s>', 'seconds a claim, up to 86400 (default: 60)', secondsOption)
    .action(async ({ instances, timeout = DEFAULTS.timeoutMilliseconds }: LspOptions) => {
      const { serve } = await import('./language-server.ts');
      const { deriving } = await import('../annotate-command.ts');
      const { seed, digits } = DEFAULTS;
      const options = { seed, digits, instances, timeoutMilliseconds: timeout, jobs: 1, pages: true };
      await serve(process.stdin, process.stdout, runCheck, options, await deriving());
    });
}
