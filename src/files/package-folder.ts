/** Folders of files that come with the program. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this name in the package, wherever in it this file runs from; null where it does not come along. */
export function packageFolder(name: string): string | null {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    if (existsSync(join(folder, 'package.json'))) {
      const found = join(folder, name);
      return existsSync(found) ? found : null;
    }
    const parent = dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
}
