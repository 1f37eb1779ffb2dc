/** `modeq figures training`: networks trained in the full batch beside the modified equations, on all cores, in parts, and on where it stopped. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { readShard, type Shard, unitsOfShard, WHOLE } from '../../base/shard.ts';
import { refuse } from '../../base/problem.ts';
import { VERSION } from '../../base/version.ts';
import { FIGURE_MARK } from '../../figures/figure.ts';
import { type Configuration, nameOfRun, type RunResult, TRAINING_FILES } from '../../figures/training/configuration.ts';
import { fullPlan, type Plan, runsOf, smallPlan } from '../../figures/training/plan.ts';
import { OutputFolder } from '../../files/output-folder.ts';
import { packageFolder } from '../../files/package-folder.ts';
import { programFingerprint } from '../../files/program-fingerprint.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import { integerOption } from '../option-values.ts';

interface TrainingOptions {
  readonly out: string;
  readonly small?: boolean;
  readonly seeds?: number;
  readonly jobs?: number;
  readonly shard: Shard;
  readonly merge?: readonly string[];
}

/** The folder in the output folder in which the runs are. */
const RUNS = 'training-runs';

export function addTrainingFigures(figures: Command, context: Context): void {
  figures
    .command('training')
    .summary('networks trained with Adam and RMSProp beside their modified equations')
    .description(
      'Trains small networks in the full batch and draws the loss, ‖∇E‖_{1,ε} and the test accuracy by β, ρ and h, with the solutions of the derived equations of order 0 and 1 beside each run; numbers as JSON and CSV, and a text. Runs that are made are kept in the folder: the same command goes on where it was stopped.',
    )
    .requiredOption('--out <dir>', 'the folder for the files; made if it is missing')
    .option('--small', 'a share that takes seconds')
    .addOption(integerOption('--seeds <n>', 'starts of each run', { from: 1, to: 100, otherwise: '5, with --small 2' }))
    .addOption(integerOption('--jobs <n>', 'threads', { from: 1, to: 256, otherwise: 'one a core' }))
    .addOption(
      new Option('--shard <i/N>', 'make every N-th run from the i-th on, and draw nothing')
        .argParser(shardOption)
        .default(WHOLE, '1/1'),
    )
    .option('--merge <dirs...>', 'take over the runs in these folders, of parts that were made elsewhere')
    .action((options: TrainingOptions) => training(options, context));
}

function shardOption(text: string): Shard {
  const shard = readShard(text);
  if (shard === null) throw new InvalidArgumentError('Expected i/N with 1 ≤ i ≤ N.');
  return shard;
}

async function training(options: TrainingOptions, { terminal, finish }: Context): Promise<void> {
  const { out, shard, seeds, merge = [] } = options;
  const plan = options.small ? smallPlan(seeds) : fullPlan(seeds);
  const all = runsOf(plan, nameOfRun);
  const { TrainingStore } = await import('../../session/training-store.ts');
  const mark = programMark();
  // That it can be written, before the work; nothing of it is left where the work is stopped.
  openOutputs(plan, shard, out).discard();
  const store = new TrainingStore(join(out, RUNS), mark);
  for (const path of merge) {
    if (!existsSync(join(path, RUNS))) refuse('missing-runs', `${path} holds no runs of modeq figures training`);
    for (const result of new TrainingStore(join(path, RUNS), mark).load(all).values()) store.save(result);
  }
  const own = unitsOfShard(all, shard);
  const found = store.load(own);
  if (found.size > 0 && terminal.complainsToTerminal)
    terminal.complain(`${found.size} of ${own.length} runs are in ${join(out, RUNS)} already\n`);
  const left = own.filter(configuration => !found.has(nameOfRun(configuration)));
  const isWhole = await makeRuns(left, options, terminal, result => {
    store.save(result);
    found.set(nameOfRun(result.configuration), result);
    return [found.size, own.length];
  });
  if (!isWhole) {
    terminal.complain(`modeq: interrupted; ${found.size} of ${own.length} runs are kept in ${join(out, RUNS)}\n`);
    finish(EXIT.otherVerdict);
  } else if (shard.of > 1) {
    terminal.print(`${join(out, RUNS)}  ${found.size} of ${all.length} runs, part ${shard.number} of ${shard.of}\n`);
  } else {
    const folder = openOutputs(plan, shard, out);
    try {
      await writeOutputs(plan, found, folder, out, terminal);
    } finally {
      folder.discard();
    }
  }
}

/** A part writes nothing but runs. */
function openOutputs(plan: Plan, shard: Shard, out: string): OutputFolder {
  const names = shard.of > 1 ? [] : outputsOf(plan);
  return OutputFolder.open(out, names, path => names.every(name => isOursOrMissing(join(path, name))));
}

const outputsOf = (plan: Plan): string[] => [...plan.sweeps.map(({ id }) => `training-${id}.svg`), ...TRAINING_FILES];

/** False where it was interrupted. */
async function makeRuns(
  left: readonly Configuration[],
  { jobs = availableParallelism() }: TrainingOptions,
  terminal: Context['terminal'],
  onResult: (result: RunResult) => readonly [done: number, all: number],
): Promise<boolean> {
  if (left.length === 0) return true;
  const { trainNetworks } = await import('../../session/train-networks.ts');
  const stop = new AbortController();
  const stopListening = terminal.onInterrupt(() => stop.abort());
  const show = (text: string): void => {
    if (terminal.complainsToTerminal) terminal.complain(`\r\u001b[K${text}`);
  };
  try {
    await trainNetworks(workerScript(), {
      configurations: left,
      jobs,
      stop: stop.signal,
      onResult: result => {
        const [done, all] = onResult(result);
        show(`run ${done}/${all} …`);
      },
    });
  } finally {
    stopListening();
    show('');
  }
  return !stop.signal.aborted;
}

async function writeOutputs(
  plan: Plan,
  found: ReadonlyMap<string, RunResult>,
  folder: OutputFolder,
  out: string,
  terminal: Context['terminal'],
): Promise<void> {
  const { trainingOutputs } = await import('../../figures/training/training-outputs.ts');
  const { figures, files } = trainingOutputs(plan, found);
  for (const { name, svg } of figures) folder.put(`${name}.svg`, svg);
  for (const [name, text] of files) folder.put(name, text);
  folder.commit([...figures.map(({ name }) => `${name}.svg`), ...files.keys()]);
  for (const { name, title } of figures) terminal.print(`${join(out, `${name}.svg`)}  ${title}\n`);
  for (const name of files.keys()) terminal.print(`${join(out, name)}\n`);
}

const isSource = import.meta.url.endsWith('.ts');

/** The build's own; the sources change too often to be told apart, and their runs are those of a version. */
function programMark(): string {
  const build = isSource ? null : packageFolder('build');
  return build === null ? `modeq ${VERSION} sources` : programFingerprint(pathToFileURL(`${build}/`));
}

function workerScript(): URL | null {
  const build = isSource ? null : packageFolder('build');
  return build === null ? null : pathToFileURL(join(build, 'cli', 'training-worker.js'));
}

/** Nothing but the files of an earlier run is replaced. */
function isOursOrMissing(path: string): boolean {
  if (!existsSync(path)) return true;
  if (!statSync(path).isFile()) return false;
  const begin = readFileSync(path, 'utf8').slice(0, 200);
  return [FIGURE_MARK, '"kind": "modeq training"', '# Training with Adam', 'run,'].some(sign => begin.includes(sign));
}
