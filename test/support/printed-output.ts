/** What a page prints as the output of a command, compared with what the command prints today. */

/** The text with times as `…`, without what stands behind its last line. */
export const withoutTimes = (text: string): string =>
  text
    .replace(/ +(?:\d+(\.\d+)? (ms|s)|…)$/gm, ' …')
    .replace(/"milliseconds": [\d.]+/g, '"milliseconds": …')
    .trimEnd();

/** The printed text as a pattern: a line `…` matches any lines. */
function pattern(printed: string): RegExp {
  const lines = withoutTimes(printed)
    .split('\n')
    .map(line => (line.trim() === '…' ? '[\\s\\S]*?' : line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${lines.join('\\n')}$`);
}

/** Whether an output is the printed one. */
export const matchesPrinted =
  (printed: string) =>
  (output: string): boolean =>
    pattern(printed).test(withoutTimes(output));
