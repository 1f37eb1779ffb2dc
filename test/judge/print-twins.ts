/**
 * `npm run twins`: judges the wrong twins of every built-in claim that is to be proved and prints those that are not refuted.
 * Exit code 1 when one is open that open-twins.ts does not explain, or an explanation is out of date. `--only ID,…` takes
 * some claims, `--every N` each N-th twin of a claim; `--all` prints the refuted ones too.
 */
import { builtInDocuments } from '../../src/files/documents/load.ts';
import type { Claim } from '../../src/document/model.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations, type Engine } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS, type JudgeContext } from '../../src/judge/claim-task.ts';
import { type JudgedTwin, judgeTwins, type TwinSummary } from '../../src/judge/judge-twins.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { OPEN_TWINS, twinName } from './open-twins.ts';

const INSTANCES = 60;

interface Arguments {
  readonly only: readonly string[];
  readonly every: number;
  readonly all: boolean;
}

type Context = typeof standardEngine extends Engine<infer Equation> ? JudgeContext<Equation> : never;

const args = readArguments(process.argv.slice(2));
const print = (text: string): void => void process.stdout.write(`${text}\n`);
const summaries = claimsOf(args).map(([claim, context]) => judgeAndPrint(claim, context, args));

print(
  '\nclaim                            twins   refuted  harmless   without   open\n                                                    (proved)   value',
);
for (const summary of summaries) print(tableRow(summary.claim, [summary]));
print(tableRow('all', summaries));
const unexplained = summaries.flatMap(({ claim, open }) =>
  open.map(({ description }) => twinName(claim, description)).filter(name => !OPEN_TWINS.has(name)),
);
for (const name of unexplained) print(`OPEN: ${name}`);
const stale = args.every > 1 ? [] : outOfDate(summaries);
for (const name of stale) print(`no longer open: ${name}`);
print(`${(process.cpuUsage().user / 1e6).toFixed(0)} s of processor time`);
process.exitCode = unexplained.length + stale.length > 0 || summaries.length === 0 ? 1 : 0;

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
  return {
    only: after('--only')
      .split(',')
      .filter(id => id !== ''),
    every: Math.max(1, Number(after('--every') || 1)),
    all: list.includes('--all'),
  };
}
