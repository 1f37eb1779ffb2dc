// Builds src/ into build/, if build/ is not of these very sources already: npm runs `prepare` more often than sources
// change (also behind the first `npx modeq`). The new build is put in place whole, so that a command that starts in the
// meantime finds the old one or the new one.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts'))
  .map(path => join('src', path))
  .sort();
const hash = createHash('sha256');
for (const path of [
  ...sources,
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsdown.config.ts',
  'tools/build.mjs',
]) {
  hash.update(path).update('\0').update(readFileSync(path)).update('\0');
}
const wanted = `${hash.digest('hex')}\n`;

const mark = join('build', '.sources');
if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) process.exit(0);

// Beside the packages, since nothing else there is looked at by git, the tests or the type checker.
const fresh = join('node_modules', `.modeq-build-${process.pid}`);
const stale = join('node_modules', `.modeq-stale-${process.pid}`);
mkdirSync(fresh, { recursive: true });
const { status, error } = spawnSync(
  process.execPath,
  [join('node_modules', 'tsdown', 'dist', 'run.mjs'), '--log-level', 'warn', '--out-dir', fresh],
  { stdio: 'inherit' },
);
if (status !== 0) {
  if (error) console.error(error.message);
  rmSync(fresh, { recursive: true, force: true });
  process.exit(1);
}
writeFileSync(join(fresh, '.sources'), wanted);
// The report that `npm start` wrote there is of the same documents whatever the build.
if (existsSync(join('build', 'report'))) renameSync(join('build', 'report'), join(fresh, 'report'));
if (existsSync('build')) renameSync('build', stale);
renameSync(fresh, 'build');
rmSync(stale, { recursive: true, force: true });
