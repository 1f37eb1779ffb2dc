/**
 * `npm run bench`: the times that the project promises, cold and warm, beside their targets. It measures and reports;
 * it fails only when something cannot be run at all, since a slow machine is no mistake of the program. `-- --small` runs
 * each measurement once, on smaller inputs: CI sees that all of them can be run, and no time of it means anything.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bench } from 'tinybench';
import { Budget } from '../src/base/budget.ts';
import type { Result } from '../src/base/problem.ts';
import { documentIndexOf, resolveClaim } from '../src/judge/claim-context.ts';
import { builtInDocuments } from '../src/files/documents/load.ts';
import { proveStatement } from '../src/judge/prove/prove.ts';
import { deriveModifiedEquation } from '../src/derivation/derive.ts';
import { evaluateCoefficients } from '../src/evaluate/evaluate-equation.ts';
import { readInstance } from '../src/evaluate/instance/read-instance.ts';
import { largeInstance, longInstance } from './large-instance.ts';
import { networkSpeed } from './network-speed.ts';
import { growthTable, rightSideGrowth } from './right-side-growth.ts';
import { asExpectedWithoutInstances, type Expected, timeCommand } from './whole-process.ts';

interface Row {
  readonly what: string;
  readonly cold: number;
  readonly warm: number;
  /** Processor time of a warm call: what `warm` would be on a machine with nothing else to do. Null for other processes. */
  readonly processor: number | null;
  readonly target: number;
}

const small = process.argv.includes('--small');
const rows: Row[] = [];

function value<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.problems.map(problem => problem.message).join('; '));
}

function found<T>(thing: T | undefined, name: string): T {
  if (thing === undefined) throw new Error(`${name} is missing`);
  return thing;
}

/** Cold is the first call in this process, warm the median of tinybench's samples. */
async function measure(what: string, target: number, action: () => unknown): Promise<void> {
  const start = performance.now();
  await action();
  const cold = performance.now() - start;
  const bench = small
    ? new Bench({ time: 0, iterations: 1, warmup: false })
    : new Bench({ time: 1000, iterations: 5, warmupIterations: 20, warmupTime: 500 });
  bench.add(what, async () => void (await action()));
  await bench.run();
  const { result } = found(bench.tasks[0], what);
  if (!('latency' in result)) throw new Error(`${what} could not be measured`);
  rows.push({ what, cold, warm: result.latency.p50, processor: await processorTime(action), target });
}

async function processorTime(action: () => unknown): Promise<number> {
  const calls = small ? 1 : 5;
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) await action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / calls;
}

function measureCommand(
  what: string,
  target: number,
  args: readonly string[],
  times: number,
  expected?: Expected,
): void {
  const { coldMilliseconds, bestMilliseconds } = timeCommand(args, small ? 1 : times, expected);
  rows.push({ what, cold: coldMilliseconds, warm: bestMilliseconds, processor: null, target });
}

const { documents } = builtInDocuments();
const adam = found(
  documents.flatMap(document => document.optimizers).find(({ id }) => id === 'adam'),
  'adam',
);
const claim = found(
  documents.flatMap(document => document.claims).find(({ id }) => id === 'thm-3.6'),
  'thm-3.6',
);
const statement = found(claim.statements[0], 'the statement of thm-3.6');
const derive = (order: number) => value(deriveModifiedEquation(adam, { order, setting: 'mini-batch' }));

await measure('derive Theorem 3.6 (order 1)', 20, () => derive(1));
const equation = derive(1);
await measure('prove Theorem 3.6', 20, () => {
  const outcome = proveStatement(claim, statement, adam, equation, Budget.unlimited());
  if (outcome.kind !== 'proved') throw new Error('thm-3.6 is not proved');
});
const remarkDocument = found(
  documents.find(document => document.claims.some(({ id }) => id === 'remark-3.7-terms')),
  'remark-3.7-terms',
);
const remark = value(
  resolveClaim(
    found(
      remarkDocument.claims.find(({ id }) => id === 'remark-3.7-terms'),
      'remark-3.7-terms',
    ),
    documentIndexOf(remarkDocument, documents),
  ),
).claim;
await measure('derive and prove Remark 3.7 (six quantities)', 20, () => {
  value(deriveModifiedEquation(adam, { order: 1, setting: 'full-batch' }));
  for (const each of remark.statements) {
    const outcome = proveStatement(remark, each, adam, null, Budget.unlimited());
    if (outcome.kind !== 'proved') throw new Error(`${each.id} is not proved`);
  }
});
await measure('derive mini-batch Adam, order 2', 400, () => derive(2));

const descent = found(
  documents.flatMap(document => document.optimizers).find(({ id }) => id === 'gd'),
  'gd',
);
const high = small ? 4 : 9;
await measure(`derive gd, full batch, order ${high}`, 100, () =>
  value(deriveModifiedEquation(descent, { order: high, setting: 'full-batch' })),
);

const [steps, dimension] = small ? [10, 3] : [200, 20];
const text = largeInstance(steps, dimension);
const loadStart = performance.now();
value(await readInstance(largeInstance(0, 1), adam));
const loading = performance.now() - loadStart;
await measure(`read and evaluate mini-batch Adam, n = ${steps}, p = ${dimension}`, 2000, async () => {
  const instance = value(await readInstance(text, adam));
  return value(
    evaluateCoefficients(
      { coefficients: equation.coefficients, definitions: equation.definitions, declarations: adam.declarations },
      instance,
      40,
    ),
  );
});

for (const id of ['heavy-ball', 'momentum']) {
  const optimizer = found(
    documents.flatMap(document => document.optimizers).find(each => each.id === id),
    id,
  );
  const derived = value(deriveModifiedEquation(optimizer, { order: 1, setting: 'mini-batch' }));
  for (const full of [false, true]) {
    const instance = value(await readInstance(longInstance(2000, full), optimizer));
    await measure(`evaluate ${id}, ${full ? 'full batch' : 'mini-batch'}, n = 2000`, 5000, () =>
      // A new object each time: what an equation was compiled to is kept by it.
      value(evaluateCoefficients({ ...derived, declarations: optimizer.declarations }, instance, 40)),
    );
  }
}

measureCommand('modeq derive adam, whole process', 400, ['derive', 'adam'], 7);
measureCommand(
  `modeq derive gd, full batch, order ${high}, whole process`,
  500,
  ['derive', 'gd', '--setting', 'full-batch', '--order', `${high}`],
  3,
);
measureCommand(
  'modeq check without instances, whole process',
  4_000,
  ['check', '--no-cache', '--instances', '0', '--json'],
  3,
  asExpectedWithoutInstances,
);
if (!small) measureCommand('modeq check, whole process', 25_000, ['check', '--no-cache'], 2);
const folder = mkdtempSync(join(tmpdir(), 'modeq-bench-'));
try {
  const file = join(folder, 'large.json');
  writeFileSync(file, text);
  measureCommand(
    `modeq eval, n = ${steps}, p = ${dimension}, whole process`,
    2000 + loading,
    ['eval', 'adam', '--instance', file],
    2,
  );
} finally {
  rmSync(folder, { recursive: true });
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
console.log(
  `modeq ${version}, node ${process.versions.node}, v8 ${process.versions.v8}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}`,
);
console.log(`loading the reader of losses (mathjs): ${loading.toFixed(0)} ms\n`);
console.log(
  `${'what'.padEnd(52)}${'cold ms'.padStart(10)}${'warm ms'.padStart(10)}${'cpu ms'.padStart(9)}${'target'.padStart(9)}`,
);
for (const { what, cold, warm, processor, target } of rows) {
  console.log(
    `${what.padEnd(52)}${cold.toFixed(1).padStart(10)}${warm.toFixed(1).padStart(10)}${(processor?.toFixed(1) ?? '–').padStart(9)}${target.toFixed(0).padStart(9)}  ${small ? '' : warm <= target ? 'met' : 'missed'}`,
  );
}

console.log('\none right-hand side of order 1 of a simulation, mini-batch Adam, by what grows');
console.log(growthTable(rightSideGrowth(adam, small)));

console.log('\na network of tanh units: ms of processor time, on one thread, here and in NumPy');
console.log(networkSpeed(small));
