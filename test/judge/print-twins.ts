/**
 * `npm run twins`: judges the wrong twins of every built-in claim that is to be proved and prints those that are not refuted.
 * Exit code 1 when one is open that open-twins.ts does not explain, or an explanation is out of date. `--only ID,…` takes
 * some claims, `--every N` each N-th twin of a claim; `--all` prints the refuted ones too. `--out FILE` keeps what is found after every claim, so that
 * the same command goes on where it was stopped; `--shard i/N` takes every N-th claim, and `--merge FILE… --out FILE` puts parts together.
 */
import { readShard, type Shard, unitsOfShard, WHOLE } from '../../src/base/shard.ts';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import type { Claim } from '../../src/document/model.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations, type Engine } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS, type JudgeContext } from '../../src/judge/claim-task.ts';
import { type JudgedTwin, judgeTwins, type TwinSummary } from '../../src/judge/judge-twins.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { fingerprint } from '../campaign/record.ts';
import { OPEN_TWINS, twinName } from './open-twins.ts';
import { inClaimOrder, mergeTwinRecords, openTwinRecord, readTwinRecord, saveTwinRecord } from './twin-record.ts';

const INSTANCES = 60;

interface Arguments {
  readonly only: readonly string[];
  readonly every: number;
  readonly all: boolean;
  readonly shard: Shard;
  /** Where what is found is kept; null: nowhere. */
  readonly out: string | null;
  /** The records that are put together; none: twins are judged. */
  readonly parts: readonly string[];
}

type Context = typeof standardEngine extends Engine<infer Equation> ? JudgeContext<Equation> : never;

const args = readArguments(process.argv.slice(2));
const print = (text: string): void => void process.stdout.write(`${text}\n`);
const claims = claimsOf(args);
const summaries = args.parts.length > 0 ? merged(args.parts) : judged();

print(
  '\nclaim                            twins   refuted  harmless   without   open\n                                                    (proved)   value',
);
for (const summary of summaries) print(tableRow(summary.claim, [summary]));
print(tableRow('all', summaries));
const unexplained = summaries.flatMap(({ claim, open }) =>
  open.map(({ description }) => twinName(claim, description)).filter(name => !OPEN_TWINS.has(name)),
);
for (const name of unexplained) print(`OPEN: ${name}`);
const missing = args.parts.length > 0 ? claims.filter(([{ id }]) => summaries.every(({ claim }) => claim !== id)) : [];
for (const [{ id }] of missing) print(`MISSING: ${id}`);
const stale = args.every > 1 ? [] : outOfDate(summaries);
for (const name of stale) print(`no longer open: ${name}`);
print(`${(process.cpuUsage().user / 1e6).toFixed(0)} s of processor time`);
process.exitCode = unexplained.length + stale.length + missing.length > 0 || summaries.length === 0 ? 1 : 0;

function judged(): readonly TwinSummary[] {
  const { every, out, shard } = args;
  const order = claims.map(([{ id }]) => id);
  const root = new URL('../../', import.meta.url).pathname;
  const mark = out === null ? '' : fingerprint([`${root}src`, `${root}derivations`]);
  let record = out === null ? { every, fingerprint: mark, summaries: [] } : openTwinRecord(out, every, mark);
  const known = new Set(record.summaries.map(({ claim }) => claim));
  for (const [claim, context] of unitsOfShard(claims, shard)) {
    if (known.has(claim.id)) continue;
    const summary = judgeAndPrint(claim, context, args);
    record = inClaimOrder({ ...record, summaries: [...record.summaries, summary] }, order);
    if (out !== null) saveTwinRecord(out, record);
  }
  return record.summaries;
}

function merged(paths: readonly string[]): readonly TwinSummary[] {
  try {
    const records = paths.map(path => readTwinRecord(path) ?? badUsage(`${path} holds no record of twins`));
    const whole = mergeTwinRecords(
      records,
      claims.map(([{ id }]) => id),
    );
    if (args.out !== null) saveTwinRecord(args.out, whole);
    return whole.summaries;
  } catch (error) {
    return badUsage(error instanceof Error ? error.message : String(error));
  }
}

function badUsage(message: string): never {
  process.stderr.write(`${message}\n`);
  return process.exit(2);
}

function claimsOf({ only }: Arguments): [Claim, Context][] {
  const { documents } = builtInDocuments();
  const equations = new Equations(standardEngine);
  return documents.flatMap(document =>
    document.claims
      .filter(({ id, expect }) => expect === 'proved' && (only.length === 0 || only.includes(id)))
      .map((claim): [Claim, Context] => [
        claim,
        { library: documentIndexOf(document, documents), engine: standardEngine, equations },
      ]),
  );
}

function judgeAndPrint(claim: Claim, context: Context, { every, all }: Arguments): TwinSummary {
  print(claim.id);
  return judgeTwins(
    claim,
    context,
    { ...DEFAULT_OPTIONS, instances: INSTANCES },
    {
      every,
      onTwin: ({ description, verdict, message }) => {
        if (!all && verdict === 'refuted') return;
        const reason = verdict === 'refuted' || message === null ? '' : `\n             ${message}`;
        print(`  ${verdict.padEnd(10)} ${description}${reason}`);
      },
    },
  );
}

function tableRow(name: string, list: readonly TwinSummary[]): string {
  const sum = (count: (summary: TwinSummary) => number): string =>
    String(list.reduce((total, summary) => total + count(summary), 0)).padStart(8);
  const columns = [
    sum(({ twins }) => twins.length),
    sum(({ refuted }) => refuted),
    sum(({ harmless }) => harmless),
    sum(({ empty }) => empty.length),
    sum(({ open }) => open.length),
  ];
  return `${name.padEnd(30)}${columns.join('  ')}`;
}

/** Explanations of twins of the claims judged that are not open. */
function outOfDate(judged: readonly TwinSummary[]): string[] {
  const seen = new Set(judged.map(({ claim }) => claim));
  const open = new Set(
    judged.flatMap(({ claim, open: twins }) => twins.map((twin: JudgedTwin) => twinName(claim, twin.description))),
  );
  return [...OPEN_TWINS.keys()].filter(name => seen.has(name.slice(0, name.indexOf(': '))) && !open.has(name));
}

function readArguments(list: readonly string[]): Arguments {
  const after = (name: string): string => (list.includes(name) ? (list[list.indexOf(name) + 1] ?? '') : '');
  const shard = after('--shard') === '' ? WHOLE : readShard(after('--shard'));
  if (shard === null) return badUsage('--shard takes i/N with 1 ≤ i ≤ N');
  const from = list.indexOf('--merge');
  const behind = from === -1 ? [] : list.slice(from + 1);
  const end = behind.findIndex(each => each.startsWith('--'));
  const parts = end === -1 ? behind : behind.slice(0, end);
  if (from !== -1 && parts.length === 0) return badUsage('--merge takes the records of the parts');
  return {
    shard,
    out: after('--out') || null,
    parts,
    only: after('--only')
      .split(',')
      .filter(id => id !== ''),
    every: Math.max(1, Number(after('--every') || 1)),
    all: list.includes('--all'),
  };
}
