/** What tells one build of the program from another: everything that it runs. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A digest of the program's code in the folder, of the versions of the packages that it uses, and of Node's. */
export function programFingerprint(build: URL): string {
  const folder = fileURLToPath(build);
  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.js'));
  const hash = createHash('sha256').update(process.version);
  for (const path of [...code.sort(), join('..', 'package.json')])
    hash.update(`\0${path}\0`).update(readFileSync(join(folder, path), 'utf8'));
  return hash.digest('hex');
}
