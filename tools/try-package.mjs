// `npm run try-package`: packs modeq, installs the package in an empty folder as a stranger would (with --engine-strict), and uses it
// there: the command, the library with its types' entry, the language server, and the matchers in a test of vitest. Ends with 1 where something fails or npm warns.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'modeq-package-'));
const shell = process.platform === 'win32';

// The first run of a test records what it finds, which vitest leaves in CI; the second is one in CI.
const { CI: _, ...atHome } = process.env;
const inCi = { ...atHome, CI: 'true' };

function run(where, command, ...args) {
  return runIn(process.env, where, command, ...args);
}
function runIn(env, where, command, ...args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: where, encoding: 'utf8', shell, env });
  if (error || status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stdout + stderr}`);
  return { stdout, stderr };
}
/** What the installed language server says first, or all that it says before it ends. */
function firstAnswer(message) {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  return new Promise(resolve => {
    const server = spawn('npx', ['--no-install', 'modeq', 'lsp', '--stdio'], { cwd: folder, shell });
    let said = '';
    // Editors keep the stream open; its end ends the server.
    const take = data => {
      said += data;
      if (said.includes('"capabilities"')) server.stdin.end();
    };
    server.stdout.on('data', take);
    server.stderr.on('data', take);
    server.on('close', () => resolve(said));
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  });
}
const expect = (holds, what) => {
  if (!holds) throw new Error(what);
};

try {
  run(root, 'npm', 'pack', '--pack-destination', folder);
  const [archive] = readdirSync(folder);
  const { stdout: listing } = run(folder, 'tar', 'tzf', archive);
  const packed = listing.split('\n');
  for (const wanted of [
    'package/build/cli/main.js',
    'package/build/index.d.ts',
    'package/build/vitest.js',
    'package/build/vitest.d.ts',
    'package/README.md',
    'package/LICENSE',
  ])
    expect(packed.includes(wanted), `${wanted} is not in the package`);
  const strange = packed.filter(file => /^package\/(src|test|tools|bench|docs\/decisions)\//.test(file));
  expect(strange.length === 0, `in the package, too: ${strange.slice(0, 5).join(', ')}`);

  writeFileSync(join(folder, 'package.json'), '{ "name": "elsewhere", "version": "1.0.0", "type": "module" }\n');
  const { stderr } = run(folder, 'npm', 'install', '--engine-strict', `./${archive}`);
  expect(!/warn/i.test(stderr), `npm install warns: ${stderr}`);
  const derived = run(folder, 'npx', '--no-install', 'modeq', 'derive', 'gd', '--format', 'text').stdout;
  expect(derived.includes('(h / 2)'), `derive gd printed ${derived}`);
  writeFileSync(
    join(folder, 'use.js'),
    "import { deriveModifiedEquation, readDocument } from 'modeq';\nconsole.log(typeof deriveModifiedEquation, typeof readDocument);\n",
  );
  expect(run(folder, 'node', 'use.js').stdout === 'function function\n', 'the library has no names');
  const served = await firstAnswer({
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: {} },
  });
  expect(/"hoverProvider":true/.test(served), `the language server said ${served}`);
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  run(folder, 'npm', 'install', '--save-dev', '--prefer-offline', `vitest@${devDependencies.vitest}`);
  writeFileSync(
    join(folder, 'rule.test.js'),
    String.raw`import { expect, test } from 'vitest';
import 'modeq/vitest';
const descent = String.raw${'`'}\theta_j^{(n+1)} = \theta_j^{(n)} - h \nabla_j E(\theta^{(n)})${'`'};
test('descent', () => {
  expect(descent).toHaveModifiedEquation('\\dot\\theta = -\\nabla E - \\frac h4 \\nabla \\|\\nabla E\\|^2');
  expect(descent).toMatchEquationSnapshot();
});
`,
  );
  const recorded = join(folder, '__snapshots__', 'rule.test.js.modeq.json');
  for (const env of [atHome, inCi]) {
    const tested = runIn(env, folder, 'npx', '--no-install', 'vitest', 'run', '--testTimeout=60000').stdout;
    expect(/1 passed/.test(tested), `vitest printed ${tested}`);
    expect(existsSync(recorded), 'no equation was recorded');
  }
  console.log(`${archive}: ${packed.length - 1} files, installed and used in an empty folder`);
} catch (error) {
  console.error(`try-package: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
