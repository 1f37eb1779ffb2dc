/** Examples at the end of a command's help. test/cli/help.test.ts runs every one. */

/** Lines `modeq …  what it does`, the commands in one column; for commander's `addHelpText('after', …)`. */
export function examples(...lines: readonly (readonly [command: string, does: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  const rows = lines.map(([command, does]) =>
    width + does.length > 70 ? `  ${command}\n      ${does}` : `  ${command.padEnd(width)}  ${does}`,
  );
  return `\nExamples:\n${rows.join('\n')}`;
}
