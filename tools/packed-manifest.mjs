// `npm pack` and `npm publish` put package.json into the package as it is; its scripts and development packages concern this
// repository only, and a `prepare` of a package that has nothing to prepare is warned of. So `prepack` writes package.json
// without them and `postpack` puts the whole one back.
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = join(root, 'package.json');
const kept = join(root, 'node_modules', '.cache', 'package.json');

if (process.argv[2] === 'restore') {
  if (existsSync(kept)) renameSync(kept, manifest);
} else {
  mkdirSync(dirname(kept), { recursive: true });
  copyFileSync(manifest, kept);
  const { scripts: _, devDependencies: __, ...published } = JSON.parse(readFileSync(manifest, 'utf8'));
  writeFileSync(manifest, `${JSON.stringify(published, null, 2)}\n`);
}
