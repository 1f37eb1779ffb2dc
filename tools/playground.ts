/**
 * The playground: a static page with the engine in it, for any static host.
 *
 *     npm run playground                      # into build/playground/
 *     npm run playground -- --out FOLDER
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { VERSION } from '../src/base/version.ts';
import type { ModeqDocument } from '../src/document/model.ts';
import { builtInDocuments } from '../src/files/documents/load.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src/playground');

interface Catalogue {
  readonly examples: readonly { readonly id: string; readonly title: string; readonly text: string }[];
  readonly claims: readonly { readonly id: string; readonly about: string; readonly text: string }[];
}

/** The built-in optimizers as examples, and the claims about them that need no other claim. */
export function catalogue(): Catalogue {
  const { documents } = builtInDocuments();
  const examples = documents.flatMap(document => document.optimizers.map(({ id }) => exampleOf(id, document)));
  const claims = documents.flatMap(document =>
    document.claims.flatMap(({ id, about, given, sameAs, span }) =>
      about === null || given.length > 0 || sameAs !== null || span.source.text[span.start - 1] === '$'
        ? []
        : [{ id, about, text: withComments(span.source.text, span.start, span.end) }],
    ),
  );
  return { examples: examples.sort((a, b) => a.title.localeCompare(b.title, 'en')), claims };
}

/** A document with one optimizer as it is; of one with several the rule alone. */
function exampleOf(id: string, { optimizers }: ModeqDocument): Catalogue['examples'][number] {
  const span = optimizers.find(each => each.id === id)?.span;
  if (span === undefined) throw new Error(`${id} is no optimizer of its document`);
  const { text } = span.source;
  const section = /\\section\{(.*)\}/.exec(text)?.[1] ?? id;
  if (optimizers.length > 1) return { id, title: id, text: withComments(text, span.start, span.end) };
  return { id, title: `${section.replace(/\$|\\[a-z]+/g, '')} (${id})`, text };
}

/** A display with the magic comments that stand right before it. */
function withComments(text: string, start: number, end: number): string {
  const before = text.slice(0, start).split('\n');
  const last = before.pop() ?? '';
  const comments: string[] = [];
  while (/^\s*%/.test(before.at(-1) ?? '')) comments.unshift(before.pop() ?? '');
  return `${[...comments, last + text.slice(start, end)].join('\n').trim()}\n`;
}

/** The catalogue as a module, and the one package that only `require` finds. */
const plugin: Plugin = {
  name: 'playground',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^modeq:catalogue$/ }, () => ({ path: 'catalogue', namespace: 'made' }));
    onResolve({ filter: /^node:module$/ }, () => ({ path: 'module', namespace: 'made' }));
    onLoad({ filter: /^catalogue$/, namespace: 'made' }, () => ({
      contents: JSON.stringify(catalogue()),
      loader: 'json',
    }));
    onLoad({ filter: /^module$/, namespace: 'made' }, () => ({
      contents: 'import * as odex from "odex"; export const createRequire = () => name => ({ odex })[name];',
      resolveDir: root,
    }));
  },
};

/** Writes the page into `folder`, which is emptied first. */
export async function buildPlayground(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: { page: join(sources, 'page/main.ts'), engine: join(sources, 'engine/worker.ts') },
    outdir: folder,
    bundle: true,
    format: 'esm',
    minify: true,
    platform: 'browser',
    target: 'es2023',
    logLevel: 'warning',
    plugins: [plugin],
  });
  const page = readFileSync(join(sources, 'page/index.html'), 'utf8').replace('%VERSION%', VERSION);
  writeFileSync(join(folder, 'index.html'), page);
  cpSync(join(sources, 'page/style.css'), join(folder, 'style.css'));
  const sheet = createRequire(import.meta.url).resolve('katex/dist/katex.min.css');
  // Every browser that runs the page reads woff2.
  const style = readFileSync(sheet, 'utf8').replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)/g, '');
  writeFileSync(join(folder, 'katex.min.css'), style);
  const fonts = join(dirname(sheet), 'fonts');
  mkdirSync(join(folder, 'fonts'));
  for (const name of readdirSync(fonts).filter(each => each.endsWith('.woff2')))
    cpSync(join(fonts, name), join(folder, 'fonts', name));
}

/** The bytes of all files but fonts, each packed by gzip. */
export function packedBytes(folder: string): ReadonlyMap<string, number> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    name => statSync(join(folder, name)).isFile() && !name.endsWith('.woff2'),
  );
  return new Map(
    files.map(name => [name, gzipSync(new Uint8Array(readFileSync(join(folder, name))), { level: 9 }).length]),
  );
}

async function main(): Promise<void> {
  const at = process.argv.indexOf('--out');
  const folder = at < 0 ? join(root, 'build/playground') : (process.argv[at + 1] ?? '');
  if (folder === '') throw new Error('--out needs a folder');
  await buildPlayground(folder);
  const bytes = packedBytes(folder);
  const total = [...bytes.values()].reduce((sum, each) => sum + each, 0);
  for (const [name, size] of bytes) console.log(`${String(Math.round(size / 1000)).padStart(6)} kB  ${name}`);
  console.log(`${String(Math.round(total / 1000)).padStart(6)} kB  in all, packed, without fonts`);
  console.log(`open ${join(folder, 'index.html')} through any static host`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
