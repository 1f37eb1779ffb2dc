/** Programs that some tests need and a machine may not have. Such tests say so and are skipped there, never in CI. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of the first of these programs that is installed; null, with a line on stderr, where none is. */
export function executable(...names: readonly string[]): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here.
      }
    }
  }
  process.stderr.write(`skipped: these tests need ${names.join(' or ')}, which is not installed here\n`);
  return null;
}
